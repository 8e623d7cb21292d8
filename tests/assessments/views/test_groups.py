"""What each person reads of the groups of a round, and what every door refuses."""

import csv
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessments import queries
from assessments.models import Response
from assessments.operations.retention import remove_old_ratings
from partnerships.models import Organisation
from tests.made_once import made_once

from ..results_room import SizedPartnership
from .results_pages import address, private_address, text

LOW, HIGH = 2, 4
LOWS, HIGHS, FOUR_HIGH = (1, 1, 2, 2, 3, 3), (4, 3, 3, 4, 5, 5), (3, 4, 4, 5)
"""The same on average, and not of one mind."""


@made_once
def room():
    """Six of Body A and six of Body B, and Body C that nobody answers for."""
    room = SizedPartnership(6, 6, 1)
    for member, standpoint in zip(room.members, ["frontline"] * 7 + ["senior"] * 6, strict=True):
        member.standpoint = standpoint
        member.save()
    return room


@made_once
def round(room):
    return room.round(*LOWS, *HIGHS, state="shared")


@made_once
def named(room):
    return room.round(*[LOW] * 6, *[HIGH] * 5, *[], state="shared", title="Named", confidentiality="named")


@pytest.fixture
def as_lead(room, client):
    client.force_login(room.lead.user)
    return client


@pytest.fixture
def as_officer(room, client):
    client.force_login(room.officer)
    return client


def page(client, round, query="", name="groups"):
    return client.get(address(name, round) + query)


def cells(response):
    """(label, what it says) of each cell of the first action."""
    html = response.content.decode()
    first = re.search(r"<tbody>\s*<tr>(.*?)</tr>", html, re.S)[1]
    return [
        (label, " ".join(re.sub(r"<[^>]+>", " ", inner).split()))
        for label, inner in re.findall(r'<td[^>]*data-label="([^"]*)"[^>]*>(.*?)</td>', first, re.S)
    ]


def table(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def data(round, *options):
    out = io.StringIO()
    call_command("results", str(round.pk), "--format", "json", *options, stdout=out)
    return json.loads(out.getvalue())


class TestTheTable:
    def test_each_group_with_its_average_and_how_many_it_comes_from(self, as_lead, round):
        assert cells(page(as_lead, round)) == [
            ("Everybody", "3.0 12 people"),
            ("Body A", "2.0 6 people"),
            ("Body B", "4.0 6 people"),
            ("Body C", "no one"),
        ]

    def test_the_widest_gaps_in_words(self, as_lead, round):
        said = text(page(as_lead, round))
        assert "On 11 actions groups lie a level or more apart. These are the widest gaps." in said
        assert "Citizens and places: Body A 2.0 (6 people), Body B 4.0 (6 people)" in said
        assert "Nobody answered from Body C." in said

    def test_small_groups_are_hidden_with_another_one(self, room, as_lead):
        small = room.round(*LOWS, *FOUR_HIGH, *[{}] * 2, 3, state="shared")
        assert cells(page(as_lead, small)) == [
            ("Everybody", "2.8 11 people"),
            ("Body A", "2.0 6 people"),
            ("Body B", "hidden to protect people"),
            ("Body C", "hidden to protect people"),
        ]

    def test_the_csv_has_the_same(self, room, as_lead):
        small = room.round(*LOWS, *FOUR_HIGH, *[{}] * 2, 3, state="shared")
        row = table(page(as_lead, small, name="groups_csv"))[0]
        assert (row["everybody: ratings"], row["Body A: ratings"], row["Body A: average"]) == (
            "11",
            "6",
            "2.0",
        )
        assert row["Body B: ratings"] == row["Body C: average"] == "hidden to protect people"
        assert float(row["average with equal weight"]) == pytest.approx((2 + 19 / 5) / 2)
        assert len(table(page(as_lead, small, name="groups_csv"))) == 11

    def test_equal_weight_stands_beside_everybody(self, room, as_lead):
        uneven = room.round(1, 1, 2, 3, 3, {}, *HIGHS, state="shared")
        assert ("Each organisation the same", "3.0") in cells(page(as_lead, uneven, "?weight=organisation"))
        assert "Each organisation the same" not in dict(cells(page(as_lead, uneven)))

    def test_by_standpoint_where_the_round_is(self, room, as_lead):
        other = room.round(*LOWS, *HIGHS, state="shared", grouping="standpoint")
        said = page(as_lead, other)
        assert cells(said)[1:] == [
            ("Frontline", "2.3 7 people"),
            ("Senior leader", "4.0 5 people"),
            ("Middle manager", "no one"),  # the lead, who did not answer
        ]
        assert "Each organisation counts the same" not in text(said)

    def test_with_too_few_answers_there_is_no_table(self, room, as_lead):
        few = room.round(1, 5, 5, 5, state="shared")
        said = text(page(as_lead, few))
        assert "Too few answers to show" in said
        assert "Body A" not in said

    def test_members_without_an_account_read_it_by_their_link(self, room, round, client):
        said = client.get(private_address(room, round, "link_groups"))
        assert ("Body A", "2.0 6 people") in cells(said)
        assert "/rounds/" not in said.content.decode()

    @pytest.mark.parametrize("name", ["groups", "groups_csv"])
    def test_before_sharing_only_the_lead_reads_it(self, room, client, name):
        revealed = room.round(*LOWS, *HIGHS)
        for user, status in ((room.officer, 403), (room.members[0].user, 403), (room.lead.user, 200)):
            client.force_login(user)
            assert page(client, revealed, name=name).status_code == status
        assert client.get(private_address(room, revealed, "link_groups")).status_code == 403

    def test_before_the_results_are_opened_nobody_does(self, room, as_lead):
        closed = room.round(*LOWS, *HIGHS, state="closed")
        assert "no results to see yet" in text(page(as_lead, closed))
        assert page(as_lead, closed, name="groups_csv").status_code == 409

    def test_a_group_whose_sector_was_changed_since_is_not_called_silent(self, room, as_lead):
        by_sector = room.round(*LOWS, *HIGHS, state="shared", grouping="sector")
        Organisation.objects.filter(name="Body A").update(sector="police")
        assert "no one" not in [said for _label, said in cells(page(as_lead, by_sector))]


class TestAnotherGroupingOfAConfidentialRound:
    """Refused in a sentence at every door."""

    SENTENCE = "read by organisation only"

    @pytest.mark.parametrize("other", ["sector", "standpoint"])
    def test_pages_and_files(self, room, round, client, other):
        for user in (room.lead.user, room.members[0].user, room.officer):
            client.force_login(user)
            for name in ("groups", "groups_csv"):
                refused = page(client, round, f"?by={other}", name)
                assert refused.status_code == 409
                assert self.SENTENCE in text(refused)
                assert "2.0" not in refused.content.decode()
        by_link = client.get(private_address(room, round, "link_groups") + f"?by={other}")
        assert (by_link.status_code, self.SENTENCE in text(by_link)) == (409, True)
        assert "/rounds/" not in by_link.content.decode()

    @pytest.mark.parametrize("other", ["sector", "standpoint"])
    def test_the_command(self, round, other):
        with pytest.raises(CommandError, match=self.SENTENCE):
            data(round, "--by", other)

    def test_no_other_is_offered(self, as_lead, round):
        assert "By sector" not in text(page(as_lead, round))

    @pytest.mark.parametrize(
        "query", ["?by=", "?by=name", "?by=organisation%00", "?by=' OR 1=1 --", "?by=organisation&by=x"]
    )
    def test_a_tampered_address(self, as_lead, round, query):
        refused = page(as_lead, round, query)
        assert refused.status_code == 409
        assert "There is no such grouping." in text(refused)


class TestANamedRound:
    def test_lead_and_members_read_it_by_any_grouping_and_nothing_is_hidden(self, room, named, client):
        for user in (room.lead.user, room.members[0].user):
            client.force_login(user)
            said = page(client, named, "?by=standpoint")
            assert cells(said)[1:3] == [("Frontline", "2.3 7 people"), ("Senior leader", "4.0 4 people")]
            assert table(page(client, named, "?by=standpoint", "groups_csv"))[0]["Frontline: ratings"] == "7"
        by_link = client.get(private_address(room, named, "link_groups") + "?by=sector")
        assert cells(by_link)[1:] == [("Voluntary or community", "2.9 11 people")]

    def test_officers_do_not_see_who_said_what_so_small_groups_are_hidden_from_them(self, room, client):
        one = room.round(*[LOW] * 6, HIGH, *[{}] * 5, 3, state="shared", title="One", confidentiality="named")
        client.force_login(room.officer)
        said = page(client, one)
        assert {what for label, what in cells(said) if label != "Everybody"} == {"hidden to protect people"}
        assert "officers of the council do not" in text(said)
        for name in ("groups", "groups_csv"):
            refused = page(client, one, "?by=standpoint", name)
            assert refused.status_code == 409
            assert "which only the lead and the members may see" in text(refused)
        assert "hidden to protect people" in table(page(client, one, name="groups_csv"))[0]["Body B: average"]
        client.force_login(room.lead.user)
        assert ("Body B", "4.0 1 person") in cells(page(client, one))

    def test_once_the_ratings_are_removed_only_what_was_stored_is_read(self, room, named, as_lead):
        from datetime import timedelta

        from django.utils import timezone

        remove_old_ratings(by=None, today=timezone.localdate() + timedelta(days=365 * 12))
        named.refresh_from_db()
        assert not Response.objects.filter(round=named).exists()
        refused = page(as_lead, named, "?by=sector")
        assert (refused.status_code, "have been removed since" in text(refused)) == (409, True)
        assert ("Body A", "2.0 6 people") in cells(page(as_lead, named))

    def test_the_command_gives_any(self, named):
        found = data(named, "--by", "standpoint")["groups"]
        assert [(group["name"], group["actions"][0]) for group in found] == [
            ("Frontline", {"number": 1, "n": 7, "mean": pytest.approx(16 / 7), "hidden": False}),
            ("Senior leader", {"number": 1, "n": 4, "mean": 4.0, "hidden": False}),
        ]
        sectors = queries.groups.of(named, "sector", sees_names=True)
        assert (
            sectors.actions[0].mean
            == queries.groups.of(named, "organisation", sees_names=True).actions[0].mean
        )


def test_the_command_gives_groups_where_they_are_asked_for_alone(room, round):
    assert "groups" not in data(round)
    found = data(round, "--by", "organisation")
    assert [group["name"] for group in found["groups"]] == ["Body A", "Body B"]
    assert found["groups"][0]["actions"][10] == {"number": 11, "n": 6, "mean": 2.0, "hidden": False}
    small = room.round(*LOWS, *FOUR_HIGH, title="Small", state="shared")
    assert data(small, "--by", "organisation")["groups"][1]["actions"][0] == {
        "number": 1, "n": None, "mean": None, "hidden": True
    }  # fmt: skip


@pytest.mark.parametrize("confidentiality", ["confidential", "named"])
def test_with_groups_the_command_says_the_same_of_what_has_fallen(room, confidentiality):
    room.round(*[5] * 12, state="shared", title="Before", confidentiality=confidentiality)
    later = room.round(*[4] * 12, state="shared", title="Later", confidentiality=confidentiality)
    by = ["organisation"] if confidentiality == "confidential" else ["organisation", "standpoint"]
    for grouping in by:
        assert data(later, "--by", grouping)["attention"] == data(later)["attention"] != []


def test_the_command_says_groups_in_words_too(round):
    out = io.StringIO()
    call_command("results", str(round.pk), "--by", "organisation", stdout=out)
    assert "Body A: 2.0, n 6" in out.getvalue()


def test_the_results_lead_to_the_groups(as_lead, round):
    assert (
        reverse("assessments:groups", args=[round.pk])
        in page(as_lead, round, name="results").content.decode()
    )


def test_the_groups_cost_no_more_with_more_people(room, as_lead, django_assert_max_num_queries):
    round = room.round(*LOWS, *HIGHS, state="shared")
    page(as_lead, round)
    with django_assert_max_num_queries(8):
        page(as_lead, round)
