"""Rounds side by side in a real browser: at every width, with and without JavaScript, and looking back."""

import pytest
from django.urls import reverse

from assessments.models import Invitation, Rating
from assessments.operations.invitations import issue_link
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.round_room import make_place
from tests.factories import everybody, make_round
from tests.framework.editions import next_edition

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 480, 640, 641, 800, 1000, 1179, 1180, 1280)
STEADY = dict.fromkeys(range(1, 12), 3)


BROKEN_WORDS = """() => [...document.querySelectorAll(".heat-head span")].flatMap(head => {
    const text = head.firstChild, range = document.createRange();
    return [...text.data.matchAll(/\\S+/g)].filter(word => {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return range.getClientRects().length > 1;
    }).map(word => word[0]);
})"""


@pytest.fixture
def place(edition):
    return make_place(people=8)


@pytest.fixture
def address(place, edition):
    """Eight rounds, the last two of an edition in which one action means something else."""
    later = next_edition(edition, {"political-support": "meaning_changed"})
    for n in range(8):
        people = crowd(*[STEADY | {1: 1 + (n + 1) // 2, 7: 4 - n // 3}] * 14)
        bring_in(
            place.partnership,
            f"Midsummerreview {2019 + n}",
            people,
            edition=later if n > 5 else edition,
        )
    chosen = "&".join(f"rounds={pk}" for pk in place.partnership.rounds.values_list("pk", flat=True))
    return reverse("assessments:compare", args=[place.partnership.slug]) + f"?{chosen}"


def test_it_fits_every_width(page, place, address, sign_in, axe, no_sideways_scroll, complaints):
    sign_in(page, place.by)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        page.locator("#radar svg").first.wait_for()
        no_sideways_scroll(page)
        wide = page.evaluate(
            """() => [...document.querySelectorAll(".table-scroll")]
                .map(each => each.scrollWidth - each.clientWidth)"""
        )
        assert max(wide) <= 0, width
        if width in (320, 1280):
            axe(page)
    assert page.get_by_role("row", name="Citizens and places").get_by_text("More rate it higher").count() == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 971})  # A4 within its margins
    page.goto(address)
    page.locator("#radar svg").first.wait_for()
    no_sideways_scroll(page)
    assert page.evaluate(BROKEN_WORDS) == []
    assert page.get_by_text(f"{place.partnership.name} · Midsummerreview 2019 to").is_visible()


def test_choosing_rounds_without_javascript(plain_page, place, address, sign_in, complaints):
    complaints.expect_status(400)
    page = plain_page
    sign_in(page, place.by)
    page.goto(address)
    for box in page.get_by_role("checkbox").all()[1:]:
        box.uncheck()
    page.get_by_role("button", name="Compare these").click()
    page.get_by_text("Choose two to eight rounds to compare. You have chosen 1.").wait_for()
    page.get_by_role("checkbox", name="Midsummerreview 2019").check()
    page.get_by_role("button", name="Compare these").click()
    page.get_by_text("Since Midsummerreview 2019, more people rate").wait_for()
    assert page.get_by_role("columnheader").count() == 1 + 2 + 2


@pytest.mark.parametrize("javascript", [True, False])
def test_looking_back_is_one_tap(new_page, place, axe, no_sideways_scroll, complaints, javascript):
    before = make_round(
        place.partnership, state="closed", title="Spring", answers=everybody(place.members, *[3] * 8)
    )
    round = make_round(place.partnership, state="open", title="Autumn", looks_back_to=before)
    invitation = Invitation.objects.get(round=round, participant__membership=place.members[0])
    phone = new_page("phone", javascript=javascript)
    phone.goto(f"/r/{issue_link(by=None, invitation=invitation)}/")
    phone.get_by_role("button", name="Start").click()
    phone.get_by_role("radio", name="Mostly").check()
    phone.get_by_role("button", name="Save and continue").click()
    phone.get_by_role("heading", name="And thinking back to Spring").wait_for()
    no_sideways_scroll(phone)
    if javascript:
        axe(phone)
    phone.get_by_role("button", name="Starting").click()
    phone.get_by_text("2 of 11").first.wait_for()
    said = Rating.objects.filter(response__round=round).order_by("layer").values_list("layer", "level")
    assert list(said) == [("first", 4), ("looking_back", 2)]
