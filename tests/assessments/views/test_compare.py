"""What each person finds when they put rounds side by side."""

import csv
import io
import json
import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Invitation
from assessments.operations import rounds
from assessments.operations.invitations import issue_link
from framework.queries.wording import forget
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.workshop_room import make_hall
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
    everybody,
    make_lead,
    make_round,
)
from tests.framework.editions import next_edition
from tests.made_once import made_once

from .results_pages import text

ACTIONS = range(1, 12)
STEADY = dict.fromkeys(ACTIONS, 3)


@made_once
def officer():
    return UserFactory()


@made_once
def partnership(officer):
    return PartnershipFactory(name="Northmoor Ageing Well", council=CouncilFactory(officers=[officer]))


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def as_lead(client, partnership):
    client.force_login(make_lead(partnership).user)
    return client


def address(partnership, *chosen, name="compare"):
    query = "&".join(f"rounds={getattr(each, 'pk', each)}" for each in chosen)
    return reverse(f"assessments:{name}", args=[partnership.slug]) + (f"?{query}" if chosen else "")


@made_once
def two(partnership):
    """Fifteen people: twelve rate action 1 higher and action 7 lower; five are new, of any mind."""
    before = [dict.fromkeys(ACTIONS, n % 3 + 2) for n in range(15)]
    after = [said | {1: said[1] + 1, 7: said[7] - 1} for said in before[:12]] + before[12:]
    new = [dict.fromkeys(ACTIONS, level) for level in (1, 2, 3, 4, 5)]
    spring = bring_in(partnership, "Spring 2026", crowd(*before))
    return spring, bring_in(partnership, "Autumn 2026", crowd(*after, *new))


def row(html, title):
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return next(" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in rows if title in each)


@made_once
def html(partnership, officer, two):
    """The page on which the two are compared."""
    client = Client()
    client.force_login(officer)
    return client.get(address(partnership, *two)).content.decode()


class TestThePage:
    def test_says_the_most_important_thing_first(self, html):
        assert "more people rate 1 of 11 actions higher and 1 lower; for 9 there is no clear" in html

    def test_the_level_of_each_round_and_how_people_moved(self, html):
        assert row(html, "Citizens and places") == (
            "1 Citizens and places 3.0 3.6 Of the 15 who rated both times, 12 went up and at most one went "
            "down. ≥ 2 12 ▲ More rate it higher"
        )
        assert row(html, "Passionate, persuasive").endswith("12 ≥ 2 ▼ More rate it lower")
        assert row(html, "Think and act systemically").endswith("≥ 13 = No clear change")

    def test_the_line_over_all_actions(self, html):
        assert (
            "Over all actions: all of the 15 who rated both times, or all but at most two, rate as many "
            "actions higher as lower. That is no clear change."
        ) in html

    def test_each_area(self, html):
        assert row(html, "Convene around places") == "Convene around places 3.0 3.3"

    def test_who_took_part(self, html):
        said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
        assert "15 people answered both times and 5 are new." in said
        assert "New in Autumn 2026 5" in said

    def test_share_of_fours_and_fives(self, html):
        shares = re.findall(r'<strong class="share-figure">(.*?)</strong>', html)
        assert shares == ["33 %", "35 %"]  # 55 of 165, 77 of 220

    def test_the_radar_of_both_with_the_earlier_one_dashed(self, html):
        figure = json.loads(re.search(r'id="radar-data"[^>]*>(.*?)</script>', html, re.S)[1])
        before, now = (
            next(each for each in figure["data"] if each["name"] == name) for name in ("before", "outline")
        )
        assert (before["line"]["dash"], before["r"][0], now["r"][0]) == ("dash", 3.0, 3.6)


def test_a_few_alone_hide_the_counts_and_leave_readings_that_tell_nothing_of_them(partnership, as_officer):
    spring = bring_in(partnership, "Spring", crowd(*[STEADY] * 15))
    autumn = bring_in(partnership, "Autumn", crowd(*[STEADY | {1: 5}] * 15, STEADY))
    html = as_officer.get(address(partnership, spring, autumn)).content.decode()
    assert row(html, "Citizens and places") == (
        "1 Citizens and places 3.0 4.9 hidden to protect people ▲ More rate it higher"
    )
    assert "Over all actions: all 15 who rated both times, or all but one, rate more actions higher" in html
    assert "15 people rated" in html  # who took part is no secret


def test_too_few_to_ever_show_a_change(partnership, as_officer):
    spring = bring_in(partnership, "Spring", crowd(*[STEADY] * 7))
    autumn = bring_in(partnership, "Autumn", crowd(*[STEADY | {1: 5}] * 4, *[STEADY] * 3))
    html = as_officer.get(address(partnership, spring, autumn)).content.decode()
    assert row(html, "Citizens and places").endswith("= No clear change")


def test_mostly_other_people(partnership, as_officer):
    spring = bring_in(partnership, "Spring", crowd(*[STEADY] * 10))
    autumn = bring_in(partnership, "Autumn", crowd(*[STEADY] * 20, first=5))
    said = text(as_officer.get(address(partnership, spring, autumn)))
    assert "More than half of the people are different from the time before." in said


def test_rounds_of_one_wording_lead_to_no_difference(partnership, as_officer):
    rounds = [bring_in(partnership, title, crowd(*[STEADY] * 6)) for title in ("Spring", "Autumn")]
    assert "see what differs" not in as_officer.get(address(partnership, *rounds)).content.decode()


def test_the_line_breaks_where_the_meaning_changed(partnership, as_officer, edition):
    spring = bring_in(partnership, "Spring", crowd(*[STEADY] * 15))
    later = next_edition(edition, {"political-support": "meaning_changed"}, new=["listening"])
    autumn = bring_in(partnership, "Autumn", crowd(*[STEADY | {5: 5}] * 15), edition=later)
    html = as_officer.get(address(partnership, spring, autumn)).content.decode()
    said = "the meaning of action 5 changed in Autumn · action 12 cannot be compared in Autumn"
    assert said in html
    assert row(html, "Long-term political support") == (
        "5 Long-term political support 3.0 5.0 (The meaning changed) not comparable ‖ The meaning changed"
    )
    assert 'href="/framework/transforming-together/1/to/2/"' in html
    assert html.count('class="heat-cell broken"') == 2 + 2  # the two actions, and their areas
    assert "2 actions cannot be compared." in html
    figure = json.loads(re.search(r'id="radar-data"[^>]*>(.*?)</script>', html, re.S)[1])
    before = next(each for each in figure["data"] if each["name"] == "before")
    assert before["r"][4] is None


def test_levels_a_workshop_agreed(edition, client):
    hall = make_hall(people=8)
    make_round(
        hall.place.partnership,
        title="Before",
        state="shared",
        answers=everybody(hall.place.members, *[2] * 8),
    )
    hall.reveal(1, *[4] * 8)
    hall.agree(1, 5)
    rounds.share_round(by=hall.by, round=hall.finish())
    client.force_login(hall.by)
    html = client.get(address(hall.place.partnership)).content.decode()
    assert "agreed in the workshop: 5" in row(html, "Citizens and places")
    assert "Diamonds: the level agreed in the workshop on" in html
    assert "Not rated" in row(html, "Time, energy and resources")


def test_without_a_choice_the_last_four_of_one_kind(partnership, as_officer):
    people = crowd(*[STEADY] * 6)
    make_lead(partnership)
    named = make_round(partnership, title="Named one", state="shared", confidentiality="named")
    for number in range(1, 6):
        bring_in(partnership, f"Round {number}", people)
    said = text(as_officer.get(address(partnership)))
    assert f"{partnership.name} · Round 2 to Round 5 · 4 rounds" in said
    assert "Diamonds:" not in said
    assert named.title in said  # it can be chosen


def test_nothing_to_compare_yet(partnership, as_officer):
    bring_in(partnership, "Spring", crowd(*[STEADY] * 6))
    page = as_officer.get(address(partnership))
    assert page.status_code == 200
    assert "Nothing to compare yet" in text(page)
    assert as_officer.get(address(partnership, name="compare_csv")).status_code == 400


class TestWhatIsRefused:
    @pytest.mark.parametrize("name", ["compare", "compare_csv"])
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            (["x"], "names no rounds we understand"),
            (["1; DROP TABLE", "2"], "names no rounds we understand"),
            (["９９", "２"], "names no rounds we understand"),
            (["9" * 19, "2"], "names no rounds we understand"),
            (["-1", "2"], "names no rounds we understand"),
        ],
    )
    def test_a_tampered_address(self, partnership, as_officer, two, asked, said, name):
        page = as_officer.get(address(partnership, *asked, name=name))
        assert page.status_code == 400
        assert said in text(page)

    def test_one_round_and_nine(self, partnership, as_officer, two):
        page = as_officer.get(address(partnership, two[0]))
        assert page.status_code == 400
        assert "Choose two to eight rounds to compare. You have chosen 1." in text(page)
        more = [bring_in(partnership, f"R{n}", crowd(*[STEADY] * 6)) for n in range(7)]
        assert as_officer.get(address(partnership, *two, *more)).status_code == 400
        assert as_officer.get(address(partnership, *two, *more[1:])).status_code == 200

    def test_the_same_round_twice(self, partnership, as_officer, two):
        page = as_officer.get(address(partnership, two[0], two[0]))
        assert page.status_code == 400
        assert "The same round was chosen twice." in text(page)

    def test_a_round_of_another_partnership_is_not_found(self, partnership, as_officer, officer, two):
        """Not even for an officer who may see it where it belongs."""
        elsewhere = PartnershipFactory(council=partnership.council)
        other = bring_in(elsewhere, "Elsewhere", crowd(*[STEADY] * 6))
        assert as_officer.get(address(partnership, two[0], other)).status_code == 404
        assert as_officer.get(address(partnership, two[0], 999_999)).status_code == 404

    def test_results_that_are_not_shared_yet(self, partnership, as_officer, two):
        revealed = bring_in(partnership, "Winter 2026", crowd(*[STEADY | {1: 1}] * 15), share=False)
        page = as_officer.get(address(partnership, two[0], revealed))
        assert page.status_code == 403
        assert "The results of “Winter 2026” are not open to you yet." in text(page)
        assert "Winter 2026" not in text(as_officer.get(address(partnership)))

    def test_a_draft_is_no_round_anybody_but_the_lead_knows_of(self, partnership, as_lead, officer, two):
        draft = make_round(partnership, title="Secret draft")
        page = as_lead.get(address(partnership, two[0], draft))
        assert page.status_code == 403
        assert "Secret draft" in text(page)
        as_lead.force_login(officer)
        assert as_lead.get(address(partnership, two[0], draft)).status_code == 404

    def test_a_named_with_a_confidential_one(self, partnership, as_lead, two):
        named = make_round(partnership, title="Named one", state="shared", confidentiality="named")
        page = as_lead.get(address(partnership, two[0], named))
        assert page.status_code == 400
        assert "A named round is never compared with a confidential one" in text(page)

    def test_no_action_in_common(self, partnership, as_lead, two, edition):
        gone = {action.code: "retired" for action in edition.actions.all()}
        others = next_edition(edition, gone, new=[f"other-{n}" for n in range(11)])
        other = bring_in(partnership, "Other", crowd(*[STEADY] * 6), edition=others)
        page = as_lead.get(address(partnership, two[0], other))
        assert page.status_code == 400
        assert "no action in common" in text(page)


def test_the_lead_compares_what_is_opened_and_not_shared(partnership, as_lead):
    spring = bring_in(partnership, "Spring", crowd(*[STEADY] * 15))
    autumn = bring_in(partnership, "Autumn", crowd(*[STEADY] * 15), share=False)
    assert as_lead.get(address(partnership, spring, autumn)).status_code == 200


def test_by_private_link_once_the_round_is_shared(partnership, client):
    make_lead(partnership)
    members = MembershipFactory.create_batch(9, partnership=partnership)
    found = [
        make_round(partnership, title=title, state="shared", answers=everybody(members, *[level] * 9))
        for title, level in (("Spring", 2), ("Autumn", 4))
    ]
    invitation = Invitation.objects.get(round=found[1], participant__membership=members[0])
    token = issue_link(by=None, invitation=invitation)
    page = client.get(reverse("assessments:link_results", args=[token]))
    place = reverse("assessments:link_compare", args=[token])
    assert f"{place}?rounds={found[0].pk}&amp;rounds={found[1].pk}" in page.content.decode()
    page = client.get(place)
    assert "more people rate 11 of 11 actions higher and none lower" in text(page)
    assert "CSV" not in text(page)


class TestTheFile:
    @pytest.fixture
    def rows(self, partnership, as_officer):
        spring = bring_in(partnership, "=cmd()", crowd(*[STEADY] * 15))
        autumn = bring_in(partnership, "Autumn", crowd(*[STEADY | {1: 5}] * 12, *[STEADY | {2: "dk"}] * 3))
        response = as_officer.get(address(partnership, spring, autumn, name="compare_csv"))
        assert response["Content-Disposition"] == (
            'attachment; filename="northmoor-ageing-well-autumn-compared.csv"'
        )
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    def test_a_row_for_each_action(self, rows):
        heading, first, *rest = rows
        assert heading[4:11] == [
            "'=cmd(): average", "=cmd(): ratings".join(["'", ""]), "'=cmd(): agreed", "Autumn: average",
            "Autumn: ratings", "Autumn: agreed", "lower from =cmd() to Autumn",
        ]  # fmt: skip
        assert first[:11] == [
            "1", "citizens-places", "Focus on local citizens and places", "Convene around places",
            "3.0", "15", "", "4.6", "15", "", "at most 1",
        ]  # fmt: skip
        assert first[11:] == ["the others", "12", "More rate it higher", ""]
        assert len(rest) == 10

    def test_where_hardly_anybody_moved_no_number_says_how_many(self, rows):
        assert rows[3][10:] == ["at most 1", "the others", "at most 1", "No clear change", ""]

    def test_what_is_hidden_leaves_no_number(self, partnership, as_officer):
        spring = bring_in(partnership, "Spring", crowd(*[STEADY] * 15))
        autumn = bring_in(partnership, "Autumn", crowd(*[STEADY | {1: 5}] * 16))
        body = as_officer.get(address(partnership, spring, autumn, name="compare_csv")).content.decode(
            "utf-8-sig"
        )
        assert list(csv.reader(io.StringIO(body)))[1][10:] == ["hidden"] * 3 + ["More rate it higher", ""]


class TestQueries:
    def count(self, client, place):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
        return len(queries)

    def test_eight_rounds_cost_what_two_do_and_less_once_kept(self, partnership, as_officer):
        found = [bring_in(partnership, f"R{n}", crowd(*[STEADY] * 6)) for n in range(8)]
        counts = []
        for chosen in (found[3:5], found):
            forget()
            caches["pages"].clear()
            counts.append(self.count(as_officer, address(partnership, *chosen)))
        assert counts[0] == counts[1] <= 15
        assert self.count(as_officer, address(partnership, *found)) <= 7

    def test_several_editions_cost_the_same_for_eight_rounds_as_for_two(
        self, partnership, as_officer, edition
    ):
        later = next_edition(edition, {"learning": "clarified"})
        found = [
            bring_in(partnership, f"R{n}", crowd(*[STEADY] * 6), edition=edition if n < 2 else later)
            for n in range(4)
        ]
        self.count(as_officer, address(partnership, *found[1:3]))  # the words of both editions are kept
        counts = []
        for chosen in (found[1:3], found):
            caches["pages"].clear()
            counts.append(self.count(as_officer, address(partnership, *chosen)))
        assert counts[0] == counts[1] <= 15


def test_a_round_renamed_is_called_by_its_new_name(partnership, as_lead, two):
    spring, autumn = two
    as_lead.get(address(partnership, spring, autumn))
    rounds.change_round(by=None, round=spring, title="The first one")
    assert "Since The first one, more people" in text(as_lead.get(address(partnership, spring, autumn)))
