"""The pages of next steps in a browser, wide and narrow, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import NextStep
from tests.assessments.round_room import make_place
from tests.factories import make_round, make_step

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Ring everybody who told us their view, and say what became of it. " * 5
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitän" * 2


@pytest.fixture
def place(edition):
    place = make_place()
    said = [(member, dict.fromkeys(range(1, 12), 4) | {3: 1, 8: 1}) for member in place.members]
    place.round = make_round(place.partnership, by=place.by, state="revealed", answers=said)
    return place


def day(days):
    return timezone.localdate() + timedelta(days=days)


def fill(place):
    steps = [
        make_step(place.partnership, 10, LONG, owner=UNBROKEN, due_on=day(-3), round=place.round),
        make_step(place.partnership, 2, UNBROKEN, due_on=day(20)),
        make_step(place.partnership, 5, "One form", owner="NHS", state="done", word=LONG),
        make_step(place.partnership, 11, "Ask again", state="dropped", word=UNBROKEN),
    ]
    return {step.state: step for step in steps}


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_page_of_them_fits_and_is_accessible(place, new_page, sign_in, axe, no_sideways_scroll, size):
    home = f"/partnerships/{place.partnership.slug}/next-steps/"
    page = new_page(size)
    sign_in(page, place.by)

    def look(address):
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)

    look(home)  # nothing yet
    steps = fill(place)
    look(home)
    look(f"{home}new/?action=learning&round={place.round.pk}")
    for step, word in (
        ("open", ""),
        ("open", "done/"),
        ("open", "drop/"),
        ("done", "take-up/"),
        ("done", ""),
    ):
        look(f"{home}{steps[step].pk}/{word}")
    look(place.url)
    look(f"/rounds/{place.round.pk}/results/")
    look(f"/partnerships/{place.partnership.slug}/rounds/new/")
    ahead = make_round(place.partnership, by=place.by, title="Next")
    look(f"/rounds/{ahead.pk}/")
    sign_in(page, place.members[0].user)
    look(home)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_results_to_a_step_that_is_done(place, new_page, sign_in, javascript, axe):
    page = new_page(javascript=javascript)
    sign_in(page, place.by)
    page.goto(f"/rounds/{place.round.pk}/results/")
    page.get_by_role("link", name="Add a next step about Track, reflect, learn and adapt").click()
    page.get_by_label("What will be done?").fill("Look back once a quarter")
    page.get_by_label("Who does it?").fill("Moorside Carers")
    page.get_by_label("By when?").fill(day(30).isoformat())
    page.get_by_role("button", name="Add the next step").click()
    page.get_by_text("The next step is added.").wait_for()
    step = NextStep.objects.get()
    assert (step.action.code, step.round, step.due_on) == ("learning", place.round, day(30))
    page.get_by_role("link", name="Mark as done Look back once a quarter").click()
    page.get_by_label("What came of it?").fill("We kept what works.")
    page.get_by_role("button", name="Mark as done").click()
    page.get_by_text("We kept what works.").wait_for()
    axe(page) if javascript else None


def test_a_mistake_is_said_at_the_top_and_beside_the_field(place, phone, sign_in, axe, complaints):
    complaints.expect_status(422)
    sign_in(phone, place.by)
    phone.goto(f"/partnerships/{place.partnership.slug}/next-steps/new/")
    phone.get_by_label("Who does it?").fill("NHS")
    phone.get_by_role("button", name="Add the next step").click()
    summary = phone.get_by_role("alert").or_(phone.locator(".error-summary"))
    summary.get_by_text("Write what will be done.").click()
    assert phone.get_by_label("What will be done?").evaluate("field => field === document.activeElement")
    assert phone.get_by_label("Who does it?").input_value() == "NHS"
    axe(phone)


def test_of_two_leads_the_slower_one_sees_both(place, new_page, sign_in, axe, complaints):
    complaints.expect_status(409)
    step = make_step(place.partnership)
    pages = [new_page(), new_page("phone")]
    for page, text in zip(pages, ("By the quicker one", "By the slower one"), strict=True):
        sign_in(page, place.by)
        page.goto(f"/partnerships/{place.partnership.slug}/next-steps/{step.pk}/")
        page.get_by_label("What will be done?").fill(text)
    for page in pages:
        page.get_by_role("button", name="Save the changes").click()
    slower = pages[1]
    slower.get_by_text("By the quicker one").wait_for()
    axe(slower)
    assert slower.get_by_label("What will be done?").input_value() == "By the slower one"
    slower.get_by_role("button", name="Save the changes").click()
    slower.get_by_text("The changes are saved.").wait_for()
    step.refresh_from_db()
    assert (step.text, step.revision) == ("By the slower one", 3)
