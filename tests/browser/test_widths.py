"""What has to fit: names of one long word on the narrowest phone, and the results at every width."""

import pytest
from django.urls import reverse

from assessments.operations.invitations import issue_link
from partnerships.models import SiteText
from tests.assessments.results_room import SizedPartnership
from tests.factories import make_round
from tests.test_access import cast  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "Supercalifragilistic" * 6  # 120 letters, as many as a name may have
WIDTHS = (320, 480, 640, 641, 800, 899, 900, 1000, 1179, 1180, 1280)


def name_everything(cast, word):  # noqa: F811
    """Everything somebody can name gets a name without a gap."""
    lead = cast.users["lead"]
    for membership in lead.memberships.all():
        partnership = membership.partnership
        for thing in (partnership, partnership.council, *partnership.organisations.all()):
            thing.name = f"{word[:-2]}{thing.pk % 100:02}"
            thing.save()
        partnership.council.contact = f"https://council.example/{word}"
        partnership.council.save()
        partnership.memberships.update(name=word)
        for round in partnership.rounds.all():
            round.title = f"{word[:78]}{round.pk % 100:02}"
            round.save()
        make_round(partnership, by=lead, state="open", title="Open now")
    lead.name = word
    lead.save()
    SiteText.objects.create(key="privacy", body=f"# {word}\n\n{word}\n\n- https://council.example/{word}")


PAGES = (
    "assessments:partnerships",
    "privacy",
    "account",
    "partnership_settings",
    "partnership_hand_over",
    "organisations",
    "organisation",
    "members",
    "member",
    "member_end",
    "assessments:member_erase",
    "assessments:partnership",
    "assessments:round",
    "assessments:round_people",
    "assessments:round_sheet",
    "assessments:invitation_link",
    "assessments:results",
    "assessments:results_method",
    "assessments:comments",
    "assessments:named",
    "assessments:rate",
    "assessments:link_results",
)


def test_a_name_of_one_long_word_widens_no_page(
    phone,
    cast,  # noqa: F811
    sign_in,
    no_sideways_scroll,
    complaints,
):
    complaints.expect_status(409)
    name_everything(cast, WORD)
    sign_in(phone, cast.users["lead"])
    opened = cast.users["lead"].memberships.get().partnership.rounds.get(title="Open now")
    rest = ("", "people/", "close/", "settings/", "people/remind/")
    rounds = [f"/rounds/{opened.pk}/{page}" for page in rest]
    for address in [*map(cast.address, PAGES), *rounds]:
        phone.goto(address)
        no_sideways_scroll(phone)


@pytest.fixture
def results(edition):
    """A round in which one action is hidden and one has every pill there is."""
    room = SizedPartnership(8, 7)
    cells = [
        {**dict.fromkeys(range(1, 12), level), 8: 3 if n < 3 else "dk", 9: "dk" if n < 4 else level}
        for n, level in enumerate([1, 5, 5, 1, 5, 1, 1, 5, 1, 5, 3, 4, 2])
    ]
    return room, room.round(*cells, state="shared")


@pytest.mark.parametrize("query", ["", "?weight=organisation"])
def test_the_results_fit_at_every_width(page, results, sign_in, no_sideways_scroll, query):
    room, round = results
    sign_in(page, room.lead.user)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(reverse("assessments:results", args=[round.pk]) + query)
        assert page.locator(".all-actions .reading", has_text="Hidden").is_visible()
        page.locator("#radar-table > summary").click()
        for action in page.locator("details.one-action > summary").all():
            action.click()
        no_sideways_scroll(page)
        wide = page.evaluate(
            """() => [...document.querySelectorAll(".table-scroll, .one-action-body, table.levels")]
                .filter(each => each.scrollWidth > each.clientWidth)
                .map(each => `${each.className}: ${each.scrollWidth} in ${each.clientWidth}`)"""
        )
        assert wide == [], width


def test_without_a_chart_nothing_is_said_of_its_line(plain_page, page, results, sign_in):
    room, round = results
    for each, seen in ((plain_page, False), (page, True)):
        sign_in(each, room.lead.user)
        each.goto(reverse("assessments:results", args=[round.pk]))
        if seen:
            each.locator("#radar svg").first.wait_for()
        assert each.get_by_text("Line: average rating.").is_visible() == seen


def test_equal_weight_is_explained_on_paper_too(page, results, sign_in):
    room, round = results
    sign_in(page, room.lead.user)
    page.goto(reverse("assessments:results", args=[round.pk]) + "?weight=organisation")
    page.emulate_media(media="print")
    assert page.get_by_text("now show the average of the organisations' averages").is_visible()
    assert not page.get_by_text("Each person counts the same").is_visible()


def test_the_sheet_can_be_read_on_paper(page, results, sign_in):
    room, _round = results
    sign_in(page, room.lead.user)
    page.goto(reverse("assessments:sheet", args=[room.partnership.slug]))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 less its margins
    pixels = page.evaluate(
        """() => [...document.querySelectorAll(".paper-levels li *")]
            .map(each => parseFloat(getComputedStyle(each).fontSize))"""
    )
    assert min(pixels) >= 12  # nine points
    line = page.locator(".paper-line").first
    assert line.bounding_box()["width"] > 600


def test_the_results_by_link_fit_a_phone(phone, results, no_sideways_scroll):
    _room, round = results
    token = issue_link(by=None, invitation=round.invitations.first())
    phone.goto(reverse("assessments:link_results", args=[token]))
    no_sideways_scroll(phone)
