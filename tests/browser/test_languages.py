"""In a real browser: a member rates in Welsh on a phone, and editors translate what they read."""

import pytest

from framework.operations import start_draft, write_texts
from framework.queries.drafts import translated
from framework.queries.wording import forget
from tests.assessments.rating_room import ask_a_member
from tests.factories import UserFactory
from tests.framework.welsh import SOME, translate, welsh_edition

pytestmark = pytest.mark.django_db(transaction=True)

TRANSLATING = "/framework/transforming-together/draft/language/cy/"


@pytest.fixture(autouse=True)
def _cold():
    forget()
    yield
    forget()


def test_a_member_rates_in_welsh_on_a_phone(phone, edition, look):
    room = ask_a_member(edition=welsh_edition(edition.framework))
    phone.goto(room.url())
    phone.get_by_role("button", name="Cymraeg").click()
    phone.get_by_role("heading", name="Sut rydym ni'n dod ymlaen fel partneriaeth?").wait_for()
    assert phone.locator("html").get_attribute("lang") == "cy"
    look(phone)
    phone.get_by_role("button", name="Dechrau").click()
    phone.wait_for_url("**/1/")
    phone.get_by_role("heading", name="Canolbwyntio ar ddinasyddion a lleoedd").wait_for()
    assert phone.get_by_text("Nid yw popeth wedi'i gyfieithu eto").is_visible()
    assert phone.locator(".choice-title [lang=en]").first.inner_text() == "Starting"
    look(phone)
    phone.get_by_role("button", name="Cadw a pharhau").click()
    phone.get_by_role("heading", name="Mae problem").wait_for()
    look(phone)
    for number in range(1, 12):
        phone.wait_for_url(f"**/{number}/**")
        phone.locator(f".choice:has([value='{number % 5 + 1}'])").click()
        phone.get_by_role("button", name="Cadw a pharhau").click()
    phone.wait_for_url("**/review/")
    look(phone)
    phone.get_by_role("button", name="Anfon fy atebion").click()
    phone.get_by_role("heading", name="Diolch. Mae eich atebion wedi dod i law.").wait_for()
    look(phone)
    assert room.levels() == {number: number % 5 + 1 for number in range(1, 12)}


def test_what_was_typed_is_still_there_in_the_other_language(phone, edition):
    room = ask_a_member()
    phone.goto(room.url())
    phone.get_by_role("button", name="Start").click()
    phone.wait_for_url("**/1/")
    phone.get_by_label("What makes you say so?").fill("We met twice")
    phone.get_by_role("button", name="Cymraeg").click()
    phone.get_by_label("Beth sy'n gwneud i chi ddweud hynny?").wait_for()
    assert phone.locator("textarea").input_value() == "We met twice"


def test_without_javascript_the_language_is_chosen_too(plain_page, edition):
    plain_page.goto("/framework/")
    plain_page.get_by_role("button", name="Cymraeg").click()
    plain_page.get_by_role("heading", name="Y fframwaith").wait_for()
    plain_page.get_by_role("button", name="English").click()
    plain_page.get_by_role("heading", name="The framework").wait_for()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_an_editor_translates(new_page, sign_in, edition, look, size):
    editor = UserFactory(name="Edda Tarn", is_editor=True)
    draft = start_draft(by=editor, framework=edition.framework)
    translate(draft, SOME)
    write_texts(
        by=editor,
        edition=draft,
        part="action:citizens-places",
        texts={"title": "Focus on people and places"},
        seen={"title": "Focus on local citizens and places"},
    )
    page = new_page(size)
    sign_in(page, editor)
    page.goto(TRANSLATING)
    page.get_by_text("The English of 1 text has changed since it was translated").wait_for()
    look(page)
    page.get_by_role("link", name="Action 1, Focus on people and places").click()
    page.get_by_text("English, changed since it was translated").wait_for()
    look(page)
    page.get_by_role("button", name="The translation is still right (Title)").click()
    page.get_by_text("English, changed since it was translated").wait_for(state="detached")
    page.get_by_label("Question", exact=True).fill("Ydym ni'n dechrau gyda phobl?")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.keyboard.press("Tab")
    said = {each.field: each for each in translated(draft, "cy") if each.part == "action:citizens-places"}
    assert said["question"].text == "Ydym ni'n dechrau gyda phobl?"
    assert said["title"].of == "Focus on people and places"
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url("**/action:relationships/")
    look(page)
