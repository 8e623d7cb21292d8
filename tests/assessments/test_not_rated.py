"""A workshop that ends before all actions were put to the room: the others are not rated, and not hidden."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from assessments import queries
from assessments.analysis import NOT_RATED, Between
from assessments.models import RoundChange, Seat
from tests.assessments.round_room import words
from tests.assessments.workshop_room import make_hall
from tests.factories import advance, everybody, make_round, proved
from tests.made_once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@made_once
def hall():
    """Everybody rated all eleven before; the room got as far as action 2, and three were too few for it."""
    hall = make_hall(people=6, members=6)
    members = hall.place.members
    make_round(hall.place.partnership, title="Before", state="revealed", answers=everybody(members, *[2] * 6))
    for seat in hall.seats:
        Seat.objects.filter(pk=seat.pk).update(proofs=proved(seat))
    hall.reveal(1, 1, 2, 3, 4, 5, 4)
    hall.go_to(2)
    hall.move("start")
    hall.rate(2, 3, 3, 3)
    hall.finish()
    return hall


def read(hall, name):
    return hall.place.web.get(reverse(f"assessments:{name}", args=[hall.round.pk]))


def printed(hall, *more):
    out = io.StringIO()
    call_command("results", str(hall.round.pk), "--format", "json", *more, stdout=out)
    return json.loads(out.getvalue())


def test_what_nobody_was_asked_is_neither_low_nor_hidden(hall):
    results = queries.results.of(hall.round)
    assert results.not_rated == tuple(range(3, 12))
    assert results.too_few == (2,)
    assert [(each.rated, each.hidden) for each in results.actions[:3]] == [
        (True, False),
        (True, True),
        (False, False),
    ]


def test_the_page_says_so(hall):
    said = words(read(hall, "results"))
    assert (
        "2 of 11 actions were rated. Nobody was asked about actions 3, 4, 5, 6, 7, 8, 9, 10 and 11." in said
    )
    assert said.count("Nobody was asked about it in this round") == 9
    assert said.count("hidden to protect people") == 1


def test_the_data_say_so(hall):
    data = printed(hall, "--by", "organisation")
    assert data["not_rated"] == list(range(3, 12))
    assert [(each["hidden"], each["n"]) for each in data["actions"][1:3]] == [(True, None), (False, None)]
    assert {len(group["actions"]) for group in data["groups"]} <= {2}


def test_the_files_say_so(hall):
    rows = list(csv.reader(io.StringIO(read(hall, "results_csv").content.decode("utf-8-sig"))))
    assert [row[4] for row in rows[1:4]] == ["6", "hidden", "not rated"]
    assert read(hall, "groups").status_code == read(hall, "groups_csv").status_code == 200


def test_it_cannot_be_compared(hall):
    changes = Between.from_json(RoundChange.objects.get(later=hall.round).data).changes
    assert {change.why for change in changes[2:]} == {NOT_RATED}
    page = hall.place.web.get(reverse("assessments:compare", args=[hall.place.partnership.slug]))
    assert "Not rated in one of the rounds" in words(page)


def test_a_round_rated_by_link_leaves_nothing_out():
    place = make_hall(people=0, members=6).place
    round = make_round(
        place.partnership, title="By link", state="open", answers=everybody(place.members, *[2] * 6)
    )
    assert queries.results.of(advance(round, "revealed")).not_rated == ()
