"""Choosing a framework, and what a lead is told before a draft is opened with newer wording."""

import pytest
from django.urls import reverse

from assessments.models import Round
from framework.models import Edition
from tests.assessments.council_room import another_framework
from tests.assessments.round_room import make_place
from tests.factories import make_round
from tests.framework.editions import next_edition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(db):
    return Edition.objects.newest_published()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_lead_plans_a_round_of_one_of_two_frameworks_and_opens_it_with_the_newest_words(
    new_page, edition, sign_in, axe, no_sideways_scroll, complaints, size
):
    complaints.expect_status(409)  # yet another edition comes out
    place, page = make_place(), new_page(size)
    another_framework(edition)
    sign_in(page, place.by)

    def look():
        axe(page)
        no_sideways_scroll(page)

    page.goto(reverse("framework"))
    look()
    page.goto(reverse("assessments:round_new", args=[place.partnership.slug]))
    look()
    page.get_by_label("Transforming Together").check()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("heading", name="Before you open it").wait_for()
    next_edition(edition, {"purpose": "clarified"}, number=2)
    page.reload()
    page.get_by_text("The wording has changed since this round was set up").wait_for()
    look()
    page.get_by_role("link", name="Open the round").click()
    page.get_by_text("Opening it will use edition 2").wait_for()
    look()
    next_edition(Edition.objects.get(framework=edition.framework, number=2), {}, number=3)
    page.get_by_role("button", name="Open the round").click()
    page.get_by_text("Nothing has happened yet").wait_for()
    look()
    assert Round.objects.get().state == "draft"
    page.goto(reverse("assessments:round_open", args=[Round.objects.get().pk]))
    page.get_by_role("button", name="Open the round").click()
    page.get_by_text("The round is open.").wait_for()
    assert Round.objects.get().edition.number == 3


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_which_edition_people_rated_on_paper(new_page, edition, sign_in, axe, no_sideways_scroll, size):
    place, page = make_place(), new_page(size)
    next_edition(edition, {"purpose": "retired"})
    another_framework(edition)
    make_round(place.partnership, state="open")
    sign_in(page, place.by)
    for name in ("import_ratings", "sheet", "next_step_new"):
        page.goto(reverse(f"assessments:{name}", args=[place.partnership.slug]))
        axe(page)
        no_sideways_scroll(page)
    page.goto(reverse("assessments:import_ratings", args=[place.partnership.slug]))
    page.get_by_role("link", name="Transforming Together, edition 1", exact=True).click()
    page.get_by_role("link", name="Sheet to print").click()
    page.get_by_role("heading", name="Agree a clear purpose").wait_for()
