"""The screens of a workshop one by one: keyboard, focus, lost connections, no script."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import AgreedRating
from assessments.operations import workshops
from tests.assessments.workshop_room import levels, make_hall, say
from tests.browser.workshop_hands import button, forget_lost_connections, heading, join

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall(edition):
    return make_hall(people=6)


def test_one_screen_for_a_single_laptop(new_page, hall, sign_in, look):
    laptop = new_page()
    sign_in(laptop, hall.by)
    laptop.goto(f"/workshops/{hall.workshop.pk}/one-screen/")
    look(laptop)
    button(laptop, "Let people rate").click()
    laptop.locator("#stage").get_by_text("0 of 6 have rated").wait_for()
    hall.rate(1, 1, 1, 2, 4, 5, 5)
    laptop.locator("#stage").get_by_text("6 of 6 have rated").wait_for()
    laptop.keyboard.press("Escape")
    laptop.evaluate("document.activeElement.blur()")
    laptop.keyboard.press(" ")
    laptop.locator(".columns-drawing").wait_for()
    laptop.locator("summary", has_text="Record what we agreed").click()
    look(laptop)
    laptop.locator(".agree-level:has([value='3'])").click()
    button(laptop, "Record what we agreed").last.click()
    laptop.locator("#stage").get_by_text("Level agreed: 3").wait_for()
    assert not laptop.locator("#agree-panel .agree-box").is_visible()
    laptop.locator("summary", has_text="Add a next step").click()
    laptop.get_by_label("What will be done?").fill("Meet in the village hall")
    look(laptop)
    button(laptop, "Add the next step").last.click()
    laptop.locator(".decided", has_text="Meet in the village hall").wait_for()
    assert not laptop.locator("#step-panel .agree-box").is_visible()
    laptop.set_viewport_size({"width": 320, "height": 640})
    look(laptop)


def test_what_comes_next_is_in_sight_on_the_facilitators_phone(phone, hall, sign_in, look):
    sign_in(phone, hall.by)
    hall.reveal(1, 1, 2, 3, 4, 5, 5)
    phone.goto(f"/workshops/{hall.workshop.pk}/")
    expect(phone.locator("#press-next")).to_be_in_viewport(ratio=1)
    look(phone)
    phone.locator("#to-agree").click()
    expect(phone.locator("#agree-title")).to_be_in_viewport()


def test_nobody_is_disturbed_while_typing_and_nothing_typed_is_lost(page, hall, sign_in, look, complaints):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    why = page.get_by_label("Why")
    why.fill("A reason that takes a while")
    hall.agree(1, 2, "Theirs")
    page.get_by_text("The room has moved on. What you typed here is not saved yet.").wait_for()
    assert why.input_value() == "A reason that takes a while"
    assert page.evaluate("document.activeElement.id") == "agree-why"
    look(page)
    page.locator(".agree-level:has([value='4'])").click()
    complaints.expect_status(409)
    button(page, "Record what we agreed").click()
    heading(page, "The room has moved on")
    assert page.get_by_text("A reason that takes a while").is_visible()
    assert AgreedRating.objects.get().why == "Theirs"
    look(page)
    button(page, "Do it all the same").click()
    page.wait_for_url(re.compile(r"/workshops/\d+/$"))
    assert AgreedRating.objects.get().why == "A reason that takes a while"


def test_the_focus_stays_on_the_button_that_was_pressed(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    page.locator("#press-next").focus()
    page.keyboard.press("Enter")
    page.get_by_text("0 of 6 have rated").wait_for()
    page.locator("#stone-5").focus()
    say(hall.seats[0], 1, 3)
    page.get_by_text("1 of 6 have rated").wait_for()
    assert page.evaluate("document.activeElement.id") == "stone-5"


def test_the_focus_stays_where_somebody_works_while_another_lead_changes_things(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    hall.move("start")
    page.locator("#stage").get_by_text("0 of 6 have rated").wait_for()
    focus = "document.activeElement.id"
    page.evaluate("window.heading = document.getElementById('agree-title')")
    for number, (place, keys, value) in enumerate(
        [
            ("#agree-why", "W", "W"),
            ("#step-text", "Meet", "Meet"),
            ("#step-owner", "Kit", "Kit"),
            ("#step-due", "12", ""),  # half a date has no value yet
            ("#agree-4", " ", "4"),  # chosen, not recorded
            ("#press-lock", "", "lock"),
            ("#timer-minutes", "", "5"),  # only stood in
        ]
    ):
        field = page.locator(place)
        field.focus()
        page.keyboard.type(keys)
        with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 200):
            say(hall.seats[number % 6], 1, number % 5 + 1)  # counts change on the control
        with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 204):
            pass
        assert page.evaluate(focus) == place[1:]
        assert field.input_value() == value if place != "#press-lock" else True
        page.evaluate("document.activeElement.blur()")
    assert page.evaluate("window.heading.isConnected")  # a screen reader keeps its place
    assert page.locator("#agree-4").is_checked()
    assert page.locator("#step-text").input_value() == "Meet"
    assert page.locator("#agree-why").input_value() == "W"
    # Going on by a button of this screen loses nothing typed either: it waits to be recorded
    hall_before = hall.seen
    page.locator("#stone-5").click()
    page.get_by_text("The room has moved on. What you typed here is not saved yet.").wait_for()
    assert hall.seen == hall_before + 1
    assert page.locator("#agree-why").input_value() == "W"
    button(page, "Show where the room is").click()
    page.locator("#now-title", has_text=re.compile("^5[.]")).wait_for()


def test_all_of_a_workshop_by_keyboard(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/one-screen/")
    stage = page.locator("#stage")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Presenter keys").wait_for()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    stage.get_by_text("0 of 6 have rated").wait_for()
    hall.rate(1, 1, 1, 2, 4, 5, 5)
    page.locator("#press-next", has_text="Show the ratings").focus()
    page.keyboard.press(" ")  # the button itself takes it, once
    page.locator(".columns-drawing").wait_for()
    assert hall.stage(1) == "revealed"
    page.keyboard.press("h")  # the focus is on a button: letters and arrows still work
    stage.get_by_text("The ratings are hidden for now.").wait_for()
    page.keyboard.press("h")
    page.locator(".columns-drawing").wait_for()
    page.locator("#agree-summary").focus()
    page.keyboard.press("Enter")
    page.locator("#agree-2").focus()
    page.keyboard.press("ArrowRight")  # chooses a level, and does not go to another action
    page.locator("#agree-why").focus()
    page.keyboard.type("why h? ")
    page.locator("#press-agree").focus()
    page.keyboard.press("Enter")
    stage.get_by_text("Level agreed: 3").wait_for()
    assert AgreedRating.objects.get().why == "why h?"
    page.keyboard.press("ArrowRight")
    heading(page, "2. Develop honest")
    page.keyboard.press("ArrowLeft")
    heading(page, "1. Focus on local")


SPOKEN = """() => {
    window.spoken = [];
    const said = document.querySelector("[data-live-said]");
    new MutationObserver(() => said.textContent && window.spoken.push(said.textContent))
        .observe(said, {childList: true});
}"""


def test_changes_are_announced_once_and_in_words(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/projector/")
    page.evaluate(SPOKEN)
    stage = page.locator("#stage")
    hall.move("start")
    stage.get_by_text("0 of 6 have rated").wait_for()
    hall.rate(1, 1, 1, 1, 4, 5, 5)
    stage.get_by_text("6 of 6 have rated").wait_for()
    hall.move("reveal")
    page.locator(".columns-drawing").wait_for()
    hall.agree(1, 3, "For now.")
    stage.get_by_text("Level agreed: 3").wait_for()
    page.locator("[data-live-said]", has_text="Level agreed: 3.").wait_for(state="attached")
    assert page.evaluate("window.spoken") == [
        "Action 1, Citizens and places: Rating, each alone.",
        "Action 1, Citizens and places: Ratings shown. Split. Median 2.5.",
        "Level agreed: 3. For now.",
    ]


def test_a_screen_that_loses_the_network_says_so_and_catches_up(page, hall, sign_in, look, complaints):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/projector/")
    page.context.set_offline(True)
    page.get_by_text("No connection: trying again").wait_for()
    look(page)
    hall.go_to(7)
    page.context.set_offline(False)
    heading(page, "7. Be passionate")
    assert not page.get_by_text("No connection: trying again").is_visible()
    forget_lost_connections(complaints)


def test_a_second_phone_waits_and_a_removed_guest_is_told(page, new_page, hall, sign_in, look):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    second, guest = new_page("phone"), new_page("phone")
    join(second, hall.workshop.code, hall.place.members[0].email)
    join(guest, hall.workshop.code)
    heading(second, "Ask the facilitator")
    look(second)
    heading(page, "Somebody asks to come in")
    look(page)
    page.get_by_role("button", name=f"Let in {hall.place.members[0].name}").click()
    second.locator("#stage").get_by_text("You can rate in a moment").wait_for()
    page.locator("#guests-summary").click()
    page.get_by_role("button", name="Remove guest 1").click()
    heading(guest, "You are no longer in the room")
    look(guest)


def test_without_javascript(new_page, hall, look):
    phone = new_page("phone", javascript=False)
    join(phone, hall.workshop.code)
    hall.move("start")
    phone.get_by_role("link", name="See what is new").click()
    phone.locator(".choice:has([value='4'])").click()
    button(phone, "Save my rating").click()
    phone.get_by_text("Saved. You can change it until the ratings are shown.").wait_for()
    assert levels(1) == [4]


def test_kind_pages(phone, hall, look, complaints):
    complaints.expect_status(404)
    complaints.expect_status(409)
    phone.goto("/w/AAA222/")
    heading(phone, "This code opens no workshop")
    look(phone)
    phone.goto(f"/w/room/{hall.workshop.pk}/")
    heading(phone, "This phone has no place in that workshop")
    look(phone)
    workshops.lock_door(by=hall.by, workshop=hall.workshop, locked=True)
    phone.goto(f"/w/{hall.workshop.code}/")
    phone.get_by_text("locked the door for guests").wait_for()
    look(phone)
