"""Writing the words of a draft in a browser: saved as typed, nothing lost, two editors at once."""

import textwrap

import pytest
from django.conf import settings
from django.test import Client

from framework.checks.radarlabels import CHART_WIDTH
from framework.models import Framework
from framework.operations import publish, start_draft, write_texts
from framework.queries.drafts import LANGUAGE
from framework.queries.wording import wording
from framework.wording import parts
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

DRAFT = "/framework/transforming-together/draft/"
SYSTEMIC = f"{DRAFT}action/systemic/"
PART = parts.of_action("systemic")


@pytest.fixture
def draft(edition):
    return start_draft(by=None, framework=edition.framework)


@pytest.fixture
def rowan(draft):
    return UserFactory(name="Rowan Hale", is_editor=True)


@pytest.fixture
def asha(draft):
    return UserFactory(name="Asha Brook", is_editor=True)


@pytest.fixture
def sign_in(live_server):
    """Signs somebody in to a page's browser; several can be signed in, each in their own."""

    def sign(page, user):
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )

    return sign


@pytest.fixture
def open_at(new_page, sign_in):
    """The page of an action, opened by an editor in a browser of their own."""

    def open_page(user, address=SYSTEMIC, size="wide", **kwargs):
        page = new_page(size, **kwargs)
        sign_in(page, user)
        page.goto(address)
        return page

    return open_page


def stored(draft, part=PART):
    return parts.texts_in(wording(draft, LANGUAGE), part)


def write(draft, by, **texts):
    write_texts(by=by, edition=draft, part=PART, texts=texts, seen=stored(draft))


def type_in(page, label, text):
    """Type and leave the field."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()
    return field


def wait_for(page, words):
    page.locator("[data-words-status]").filter(has_text=words).wait_for()


def test_one_prompt_made_two_by_a_line_break_is_saved(open_at, draft, rowan):
    page = open_at(rowan)
    prompts = stored(draft)["prompts"]
    type_in(page, "Prompts to talk about", prompts.replace(" ", "\n", 1))
    wait_for(page, "Saved at")
    assert stored(draft)["prompts"] == prompts.replace(" ", "\n", 1)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_page_fits_and_is_accessible(
    open_at, draft, rowan, asha, axe, no_sideways_scroll, size, complaints
):
    complaints.expect_status(409)
    page = open_at(rowan, size=size)

    def look():
        axe(page)
        no_sideways_scroll(page)

    for address in (f"{DRAFT}area/system/", f"{DRAFT}around/", SYSTEMIC):
        page.goto(address)
        look()
    type_in(page, "Statement", "We look at the whole system, " + "Donaudampfschifffahrtsgesellschaft" * 3)
    wait_for(page, "Saved at")
    write(draft, asha, title="Think together")
    type_in(page, "Title", "Think in systems")
    wait_for(page, "except what somebody else changed too")
    type_in(page, "Short title", "x" * 42)
    page.get_by_text("at most 40 characters fit, and it has 42. This is not saved.").wait_for()
    page.get_by_text("2 letters too many.").wait_for()
    page.get_by_role("link", name="Show me where").click()
    assert page.url.endswith("#title-conflict")
    look()


def test_words_are_saved_when_the_field_is_left_and_marked_beside_it(open_at, draft, rowan):
    page = open_at(rowan)
    wait_for(page, "Every change is saved as you go.")
    type_in(page, "Title", "Think and plan systemically")
    wait_for(page, "Saved at")
    assert page.locator("#title-beside ins").text_content() == "[put in: plan ]"
    assert stored(draft)["title"] == "Think and plan systemically"
    page.get_by_role("button", name="Put the published words back (Title)").click()
    page.locator("#title-beside").get_by_text("As published").wait_for()
    assert page.get_by_label("Title", exact=True).input_value() == "Think and act systemically"
    assert stored(draft)["title"] == "Think and act systemically"


def test_leaving_the_page_saves_and_the_way_back_has_the_words(open_at, draft, rowan):
    page = open_at(rowan)
    page.get_by_label("Question", exact=True).fill("Half a question")
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("link", name="Next: Action 4").click()
    page.wait_for_url("**/purpose/")
    page.go_back()
    page.wait_for_url("**/systemic/")
    assert page.get_by_label("Question", exact=True).input_value() == "Half a question"
    type_in(page, "Question", "A whole question?")
    wait_for(page, "Saved at")
    assert stored(draft)["question"] == "A whole question?"


def test_saving_and_going_on(open_at, draft, rowan):
    page = open_at(rowan)
    page.get_by_label("Title", exact=True).fill("Think first")
    page.get_by_role("button", name="Save and go to the next action").click()
    page.wait_for_url("**/purpose/")
    assert stored(draft)["title"] == "Think first"


def test_a_lost_connection_keeps_the_words_and_saves_them_later(open_at, draft, rowan, complaints):
    page = open_at(rowan)
    page.context.set_offline(True)
    field = type_in(page, "Title", "Written on a train")
    wait_for(page, "Not saved: no connection. Your words are still here, trying again.")
    page.get_by_role("button", name="Try again").click()
    wait_for(page, "Not saved: no connection.")
    assert field.input_value() == "Written on a train"
    page.context.set_offline(False)  # the page notices and saves by itself
    wait_for(page, "Saved at")
    assert stored(draft)["title"] == "Written on a train"
    complaints.lines[:] = [line for line in complaints.lines if "ERR_INTERNET_DISCONNECTED" not in line]


def test_what_was_not_saved_is_there_after_a_reload(open_at, draft, rowan, complaints):
    page = open_at(rowan)
    page.route(
        "**/systemic/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks whether to leave
    type_in(page, "Title", "Half a thought")
    wait_for(page, "Not saved: no connection.")
    page.unroute("**/systemic/")
    page.reload()
    wait_for(page, "Saved at")
    assert page.get_by_label("Title", exact=True).input_value() == "Half a thought"
    assert stored(draft)["title"] == "Half a thought"
    complaints.lines[:] = [line for line in complaints.lines if "ERR_FAILED" not in line]


def test_two_editors_of_different_texts_see_each_others(open_at, draft, rowan, asha):
    mine, theirs = open_at(rowan), open_at(asha)
    type_in(theirs, "Title", "Think together")
    wait_for(theirs, "Saved at")
    type_in(mine, "Question", "Do we see the whole?")
    wait_for(mine, "Saved at")
    mine.get_by_text("Asha Brook changed words here just now: title.").wait_for()
    assert mine.get_by_label("Title", exact=True).input_value() == "Think together"
    type_in(mine, "Statement", "We see the whole.")
    wait_for(mine, "Saved at")
    found = stored(draft)
    assert (found["title"], found["question"]) == ("Think together", "Do we see the whole?")


@pytest.mark.parametrize(
    ("button", "counts"), [("Keep mine", "Think in systems, too"), ("Take theirs", "Think together")]
)
def test_two_editors_of_the_same_text_are_asked(open_at, draft, rowan, asha, complaints, button, counts):
    complaints.expect_status(409)
    mine, theirs = open_at(rowan, size="phone"), open_at(asha)
    type_in(theirs, "Title", "Think together")
    wait_for(theirs, "Saved at")
    field = type_in(mine, "Title", "Think in systems")
    wait_for(mine, "except what somebody else changed too")
    conflict = mine.locator("#title-conflict")
    assert "Think together" in conflict.inner_text()
    assert "Think in systems" in conflict.inner_text()
    assert stored(draft)["title"] == "Think together"
    field.fill("Think in systems, too")
    conflict.get_by_role("button", name=button).click()
    conflict.wait_for(state="hidden")
    assert field.input_value() == counts
    assert stored(draft)["title"] == counts


def test_a_button_pressed_while_the_answer_comes_is_clicked(open_at, draft, rowan):
    """To press it leaves the field, which saves, and the answer has new buttons."""
    page = open_at(rowan)
    type_in(page, "Title", "Think and plan systemically")
    wait_for(page, "Saved at")
    page.get_by_label("Title", exact=True).fill("Think and plan together")
    button = page.get_by_role("button", name="Put the published words back (Title)")
    button.hover()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.mouse.down()
    page.mouse.up()
    page.locator("#title-beside").get_by_text("As published").wait_for()
    assert stored(draft)["title"] == "Think and act systemically"


def test_the_keyboard_keeps_its_place_when_the_answer_comes(open_at, draft, rowan):
    page = open_at(rowan)
    type_in(page, "Title", "Think and plan systemically")
    wait_for(page, "Saved at")
    page.get_by_label("Title", exact=True).fill("Think and plan together")
    page.keyboard.press("Tab")
    page.locator("#title-beside").get_by_text("together").wait_for()
    assert page.evaluate("document.activeElement.value") == "published:title"
    page.keyboard.press("Enter")
    page.locator("#title-beside").get_by_text("As published").wait_for()
    assert page.evaluate("document.activeElement.name") == "title"


def test_the_navigation_counts_afresh_what_is_left_to_say(open_at, rowan):
    page = open_at(rowan)
    kinds = page.get_by_role("navigation", name="Draft").get_by_role("link", name="Kinds of change")
    before = kinds.inner_text()
    type_in(page, "Title", "Think and plan systemically")
    wait_for(page, "Saved at")
    assert kinds.inner_text() != before
    assert "1" in kinds.inner_text()


def test_what_is_typed_while_a_save_is_under_way_is_not_lost_to_its_answer(
    open_at, draft, rowan, asha, complaints
):
    complaints.expect_status(409)
    page = open_at(rowan)
    title = page.get_by_label("Title", exact=True)
    write(draft, asha, title="Think together")
    page.route("**/systemic/", lambda route: (title.fill("Typed meanwhile"), route.continue_()), times=1)
    type_in(page, "Question", "Do we?")
    wait_for(page, "Saved at")
    assert title.input_value() == "Typed meanwhile"
    title.blur()
    wait_for(page, "except what somebody else changed too")
    assert stored(draft)["title"] == "Think together"


def test_whoever_is_signed_out_signs_in_again_and_has_the_words(open_at, sign_in, draft, rowan, complaints):
    complaints.expect_status(409)
    page = open_at(rowan)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    type_in(page, "Title", "Half a thought")
    wait_for(page, "Not saved: you have been signed out.")
    assert stored(draft)["title"] == "Think and act systemically"
    sign_in(page, rowan)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Sign in again").click()
    wait_for(page, "Saved at")
    assert stored(draft)["title"] == "Half a thought"


def test_a_draft_that_is_published_meanwhile_keeps_the_words_on_the_page(open_at, draft, rowan, complaints):
    complaints.expect_status(409)
    page = open_at(rowan)
    publish(by=None, edition=draft, note="As it was.")
    field = type_in(page, "Title", "Too late")
    wait_for(page, "has been published in the meantime, so its words can no longer change.")
    assert field.input_value() == "Too late"
    assert stored(draft)["title"] == "Think and act systemically"


def test_the_short_title_says_at_once_whether_it_fits_the_chart(open_at, rowan):
    page = open_at(rowan)
    hint = page.locator("[data-fits]")
    field = page.get_by_label("Short title")
    for text in ("Think", "Think and act systemically", "Long-term-minded political leaders", "A - B -- C"):
        field.fill(text)
        lines = len(textwrap.wrap(f"3 {text}", CHART_WIDTH, break_long_words=False))
        assert (
            hint.inner_text() == f"{40 - len(text)} letters left. It takes {lines} of 3 lines on the chart."
        )
    field.fill("Unquestionablysystemic")
    assert hint.inner_text() == "Too long for the chart. 18 letters left in the field."


def test_without_javascript(open_at, draft, rowan, no_sideways_scroll):
    page = open_at(rowan, size="phone", javascript=False)
    page.get_by_label("Title", exact=True).fill("x" * 201)
    page.get_by_label("Question", exact=True).fill("Do we see the whole?")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role(
        "link", name="Title: Shorten this: at most 200 characters fit, and it has 201."
    ).wait_for()
    assert page.get_by_label("Question", exact=True).input_value() == "Do we see the whole?"
    no_sideways_scroll(page)
    page.get_by_label("Title", exact=True).fill("See the whole")
    page.get_by_role("button", name="Save and go to the next action").click()
    page.wait_for_url("**/purpose/")
    found = stored(draft)
    assert (found["title"], found["question"]) == ("See the whole", "Do we see the whole?")
    assert Framework.objects.get().editions.drafts().count() == 1
