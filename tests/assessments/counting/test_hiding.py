"""Which groups a round hides, through the database and the file: by who answered, whatever they said.

Each test makes two rounds that differ in what one group said, and everything printed must be the same.
"""

import csv
import io

import pytest
from django.urls import reverse

from assessments.models import RevealedCounts, RoundCounts
from tests.factories import OrganisationFactory
from tests.made_once import made_once

from ..results_room import SizedPartnership
from ..round_room import make_place
from ..workshop_room import make_hall

OTHERS = (2, 3, 3, 4, 4, 5)
"""What six people of a larger organisation say."""


@made_once
def five_six_and_one():
    return SizedPartnership(5, 6, 1)


@made_once
def two_three_and_six():
    return SizedPartnership(2, 3, 6)


def groups_file(client, room, *people, **settings):
    """The file of a round in which these people said this of the first action."""
    answers = [{1: said, 2: 1 + place % 5} for place, said in enumerate(people)]
    round = room.round(*answers, **settings)
    client.force_login(room.lead.user)
    return client.get(reverse("assessments:groups_csv", args=[round.pk])).content.decode("utf-8-sig")


def shown(file, row=0):
    """The groups with figures in one row of the file."""
    found = list(csv.DictReader(io.StringIO(file)))[row]
    return {name.removesuffix(": average") for name, said in found.items()
            if name.startswith("Body") and name.endswith(": average") and said[0].isdigit()}  # fmt: skip


def test_one_who_does_not_know_brings_no_other_column_back(five_six_and_one, client):
    the_one_is_silent = groups_file(client, five_six_and_one, 1, 2, 3, 4, 5, *OTHERS, "dk")
    another_is = groups_file(client, five_six_and_one, 1, 2, "dk", 4, 5, *OTHERS, 3, title="Winter 2026")
    assert the_one_is_silent == another_is
    assert shown(the_one_is_silent, 0) == shown(the_one_is_silent, 1) == {"Body B"}


def test_a_group_is_not_hidden_because_its_people_agreed(two_three_and_six, client):
    together = groups_file(client, two_three_and_six, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4)
    mixed = groups_file(client, two_three_and_six, 2, 3, 4, 2, 2, 2, 2, 3, 3, 4, 4, title="Winter 2026")
    assert together == mixed
    assert shown(together, 0) == set()
    assert shown(together, 1) == {"Body C"}


def test_how_many_of_each_group_answered_is_kept(five_six_and_one):
    room = five_six_and_one
    round = room.round(*[{1: 2}] * 5, *[{2: 3}] * 6, {3: "dk"})
    keys = [str(room.members[place].organisation_id) for place in (0, 5, 11)]
    kept = RoundCounts.objects.get(round=round).data["answered"]
    assert kept == dict(zip(keys, (5, 6, 1), strict=True))


@pytest.mark.parametrize("grouping", ["sector", "standpoint"])
def test_people_of_no_group_are_kept_under_none(five_six_and_one, grouping):
    for member in five_six_and_one.members[:7]:
        member.organisation, member.standpoint = (
            (None, "frontline") if grouping == "sector" else (member.organisation, "")
        )
        member.save()
    round = five_six_and_one.round(*[3] * 12, grouping=grouping)
    assert RoundCounts.objects.get(round=round).data["answered"][""] == 7


def test_a_named_round_hides_by_who_answered_from_those_who_see_no_names(five_six_and_one, client):
    """The officer reads the groups; the one of Body C knows nothing of the first action."""
    room = five_six_and_one
    round = room.round(
        *[{1: said, 2: 3} for said in (1, 2, 3, 4, 5, *OTHERS, "dk")],
        confidentiality="named", state="shared",
    )  # fmt: skip
    client.force_login(room.officer)
    place = reverse("assessments:groups_csv", args=[round.pk])
    file = client.get(place).content.decode("utf-8-sig")
    assert shown(file) == {"Body B"}


def test_a_reveal_hides_by_who_has_answered_by_then(edition):
    """Six, five and one: the one says nothing but that they do not know."""
    place = make_place(people=12)
    alone = place.members[11]
    alone.organisation = OrganisationFactory(partnership=place.partnership, name="Tarn Trust")
    alone.save()
    hall = make_hall(people=12, place=place)
    hall.reveal(1, *(1 + seat // 2 % 5 for seat in range(11)), "dk")
    kept = RevealedCounts.objects.get(workshop_action__action__number=1).data
    assert [group["name"] for group in kept["groups"]] == ["Moorside Carers"]
    assert [group["name"] for group in kept["hidden_groups"]] == ["NHS", "Tarn Trust"]
