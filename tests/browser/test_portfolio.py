"""The council's portfolio and the groups of a round in a browser: at every width, on paper, plain."""

import pytest
from django.urls import reverse

from tests.assessments.council_room import Hall
from tests.assessments.results_room import SizedPartnership
from tests.factories import CouncilFactory

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 480, 640, 641, 899, 900, 1000, 1180, 1280)
WORD = "Supercalifragilistic" * 6  # 120 letters, as many as a name may have
WEAK = {9: 1, **dict.fromkeys([n for n in range(1, 12) if n != 9], 4)}


@pytest.fixture
def hall(edition):
    hall = Hall()
    hall.partnership("Ageing Well", *[WEAK] * 6, days_ago=300)
    hall.partnership("Climate", 1, 1, 5, 5)
    for place, level in enumerate((2, 3, 3, 4, 5, 3, 4, 4)):
        hall.partnership(f"Partnership {place}", *[level] * 6)
    hall.partnership("Newcomers")
    CouncilFactory(name="Southmoor Council", officers=[hall.officer])
    return hall


def portfolio(hall, query=""):
    return reverse("assessments:portfolio_council", args=[hall.council.slug]) + query


def test_an_officer_finds_out_where_to_look_and_why(page, hall, sign_in, axe):
    sign_in(page, hall.officer)
    page.goto("/")
    assert page.get_by_role("heading", name="Portfolio").is_visible()
    first = page.get_by_role("region", name="Where to look first").get_by_role("link").first
    assert first.inner_text() == "Partnership 0"
    axe(page)
    first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Round: results"
    page.locator("#radar svg").first.wait_for()
    assert page.get_by_text("Grey band:").is_visible()
    axe(page)


def test_the_portfolio_fits_at_every_width(page, hall, sign_in, axe, no_sideways_scroll):
    sign_in(page, hall.officer)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(portfolio(hall))
        no_sideways_scroll(page)
    page.set_viewport_size({"width": 320, "height": 900})
    axe(page)


def test_a_name_of_one_long_word_widens_nothing(phone, hall, sign_in, no_sideways_scroll):
    for partnership in hall.council.partnerships.all():
        partnership.name = f"{WORD[:-2]}{partnership.pk % 100:02}"
        partnership.save()
        partnership.rounds.update(title=WORD[:80])
    hall.council.name = WORD
    hall.council.save()
    sign_in(phone, hall.officer)
    phone.goto(portfolio(hall))
    no_sideways_scroll(phone)


def test_filters_work_without_scripts(plain_page, hall, sign_in):
    sign_in(plain_page, hall.officer)
    plain_page.goto(portfolio(hall))
    plain_page.get_by_label("In order of").select_option("Most actions on the list")
    plain_page.get_by_role("button", name="Show").click()
    assert plain_page.locator(".portfolio-name").first.inner_text() == "Partnership 0"
    plain_page.get_by_role("link", name="Southmoor Council").click()
    assert plain_page.get_by_text("Southmoor Council hosts no partnership yet").is_visible()


def test_what_is_wrong_with_a_filter_is_said(page, hall, sign_in, axe, complaints):
    complaints.expect_status(422)
    sign_in(page, hall.officer)
    page.goto(portfolio(hall, "?since=2026-02-01&until=2026-01-01"))
    assert page.get_by_role("link", name="Rounds closed until: Choose a day").is_visible()
    axe(page)


def test_the_portfolio_on_paper_shows_every_column(page, hall, sign_in):
    sign_in(page, hall.officer)
    page.goto(portfolio(hall))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1017, "height": 700})  # A4 on its side less its margins
    table = page.locator(".portfolio-table").bounding_box()
    assert table["x"] + table["width"] <= 1017
    head = page.locator(".portfolio-table thead").bounding_box()
    assert head["height"] < 700 / 4  # else the next page has no heading
    assert not page.get_by_role("button", name="Show").is_visible()


@pytest.fixture
def room(edition):
    room = SizedPartnership(6, 6, 5, 1)
    return room, room.round(*[2] * 6, *[4] * 6, *[3] * 4, state="shared")


@pytest.mark.parametrize("query", ["", "?weight=organisation"])
def test_the_groups_fit_at_every_width(page, room, sign_in, axe, no_sideways_scroll, query):
    room, round = room
    sign_in(page, room.officer)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(reverse("assessments:groups", args=[round.pk]) + query)
        no_sideways_scroll(page)
        if width in (320, 1280):
            axe(page)
    assert page.get_by_text("hidden to protect people").first.is_visible()
    assert page.get_by_text("no one").first.is_visible()
