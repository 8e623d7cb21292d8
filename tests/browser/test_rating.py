"""Rating on a phone, in a real browser: the whole way, a lost connection, another device, no JavaScript."""

import pytest

from assessments.models import Rating, Response
from assessments.operations import rounds
from tests.assessments.rating_room import ask_a_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(edition):
    return ask_a_member()


def choose(page, level):
    page.locator(f".choice:has([value='{level}'])").click()


def begin(page, room):
    page.goto(room.url())
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")


def rate(page, number, level):
    page.wait_for_url(f"**/{number}/**")
    choose(page, level)
    page.get_by_role("button", name="Save and continue").click()


def test_eleven_actions_on_a_phone(phone, room, axe, no_sideways_scroll):
    def look():
        axe(phone)
        no_sideways_scroll(phone)

    phone.goto(room.url())
    look()
    phone.get_by_role("button", name="Start").click()
    phone.wait_for_url("**/1/")
    look()
    phone.get_by_role("button", name="Save and continue").click()
    phone.get_by_role("heading", name="There is a problem").wait_for()
    look()
    for number in range(1, 12):
        rate(phone, number, number % 5 + 1)
    phone.wait_for_url("**/review/")
    look()
    phone.get_by_role("button", name="Send my answers").click()
    phone.wait_for_url("**/sent/")
    look()
    assert room.levels() == {number: number % 5 + 1 for number in range(1, 12)}
    assert Response.objects.get().submitted_at


def test_without_javascript(new_page, room, axe):
    page = new_page("phone", javascript=False)
    begin(page, room)
    for number in range(1, 12):
        rate(page, number, number % 5 + 1)
    page.wait_for_url("**/review/")
    page.get_by_role("link", name="Change 3").click()
    choose(page, "dk")
    page.get_by_label("What makes you say so?").fill("I joined last week")
    page.get_by_role("button", name="Save").last.click()
    page.wait_for_url("**/review/")
    assert page.get_by_text("I joined last week").is_visible()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/sent/")
    assert Rating.objects.get(action__number=3).dont_know


def test_a_lost_connection_keeps_what_was_typed_and_sends_it_later(phone, room, axe, complaints):
    begin(phone, room)
    choose(phone, 4)
    phone.get_by_label("What makes you say so?").fill("Written on a train")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Save and continue").click()
    alert = phone.get_by_role("alert").filter(has_text="Not saved: no connection.")
    alert.wait_for()
    alert.get_by_role("button", name="Try again").click()
    assert phone.get_by_label("What makes you say so?").input_value() == "Written on a train"
    axe(phone)
    assert not Rating.objects.exists()
    phone.context.set_offline(False)  # the page notices and sends by itself
    phone.wait_for_url("**/2/")
    assert Rating.objects.get().comment == "Written on a train"
    complaints.lines[:] = [line for line in complaints.lines if "ERR_INTERNET_DISCONNECTED" not in line]


def test_what_was_typed_and_not_saved_is_there_after_a_reload(phone, room):
    begin(phone, room)
    choose(phone, 2)
    phone.get_by_label("What makes you say so?").fill("Half a thought")
    phone.reload()
    assert phone.get_by_label("What makes you say so?").input_value() == "Half a thought"
    assert phone.locator("[name=level][value='2']").is_checked()
    assert phone.get_by_text("It is not saved yet.").is_visible()
    phone.get_by_role("button", name="Save and continue").click()
    phone.wait_for_url("**/2/")
    phone.go_back()
    assert phone.get_by_label("What makes you say so?").input_value() == "Half a thought"
    assert phone.get_by_text("It is not saved yet.").count() == 0


def test_the_back_button_then_another_choice(phone, room):
    begin(phone, room)
    rate(phone, 1, 4)
    rate(phone, 2, 3)
    phone.wait_for_url("**/3/")
    phone.go_back()
    phone.wait_for_url("**/2/")
    choose(phone, 5)
    phone.get_by_role("button", name="Save and continue").click()
    phone.wait_for_url("**/3/")
    assert room.levels() == {1: 4, 2: 5}


def test_pressing_twice_saves_once(phone, room):
    begin(phone, room)
    choose(phone, 4)
    phone.get_by_role("button", name="Save and continue").dblclick()
    phone.wait_for_url("**/2/")
    assert Rating.objects.get().revision == 1
    assert room.levels() == {1: 4}


def test_a_choice_changed_while_the_first_is_under_way_counts(phone, room):
    begin(phone, room)
    phone.route("**/1/", lambda route: (choose(phone, 2), route.continue_()), times=1)
    choose(phone, 4)
    phone.get_by_role("button", name="Save and continue").click()
    phone.wait_for_url("**/2/")
    assert room.levels() == {1: 2}


def test_enter_goes_on_and_not_back(phone, room):
    begin(phone, room)
    rate(phone, 1, 4)
    phone.wait_for_url("**/2/")
    choose(phone, 3)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/3/")


def test_another_device_needs_the_return_code(phone, page, room, axe, no_sideways_scroll, complaints):
    begin(phone, room)
    code = phone.locator(".return-code").inner_text()
    rate(phone, 1, 4)
    phone.wait_for_url("**/2/")
    page.goto(room.url())
    page.wait_for_url("**/code/")
    axe(page)
    page.get_by_label("Return code").fill("AAAA AAAA")
    page.get_by_role("button", name="Open my answers").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    axe(page)
    page.get_by_label("Return code").fill(code)
    page.get_by_role("button", name="Open my answers").click()
    page.wait_for_url("**/2/")

    complaints.expect_status(409)
    choose(page, 5)
    rate(phone, 2, 1)
    phone.wait_for_url("**/3/")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="Two answers: which one counts?").wait_for()
    axe(page)
    page.get_by_role("button", name="Use this one instead").click()
    page.wait_for_url("**/3/")
    assert room.levels() == {1: 4, 2: 5}


def test_kind_pages(phone, room, axe, no_sideways_scroll, complaints):
    complaints.expect_status(404)
    phone.goto("/r/no-such-link/")
    axe(phone)
    no_sideways_scroll(phone)
    begin(phone, room)
    choose(phone, 4)
    rounds.close_round(by=room.lead.user, round=room.round)
    complaints.expect_status(409)
    phone.get_by_role("button", name="Save and continue").click()
    phone.get_by_role("heading", name="This round is closed").wait_for()
    assert phone.get_by_text("4 – ").is_visible()
    axe(phone)
    no_sideways_scroll(phone)


def test_a_page_to_rate_on_brings_no_charts_and_no_htmx(phone, room):
    names = []
    phone.on("requestfinished", lambda request: names.append(request.url.rsplit("/", 1)[-1]))
    begin(phone, room)
    assert {name for name in names if name.endswith((".js", ".css"))} == {"rate.css", "main.js", "rate.js"}
