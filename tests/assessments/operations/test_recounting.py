"""Stored counts are checked against the ratings and, where damaged, stored anew."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.models import RoundCounts
from assessments.operations.retention import _remove
from partnerships.models import AuditEvent, Organisation
from tests.made_once import made_once

from ..results_room import SizedPartnership
from ..workshop_room import make_hall


@made_once
def round():
    room = SizedPartnership(6, 6)
    return room.round(*[2] * 6, *[4] * 6, state="shared", grouping="sector")


def checked(*options):
    out = io.StringIO()
    call_command("check_counts", *map(str, options), stdout=out)
    return out.getvalue()


def damage(round, data):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assessments_roundcounts SET data = %s WHERE round_id = %s", [data, round.pk])


def test_counts_as_they_were_taken_are_right(round):
    assert checked() == "Rounds checked: 1; damaged: 0\n"


def test_in_a_workshop_what_the_room_was_shown_counts(edition):
    hall = make_hall(people=7)
    hall.reveal(1, 1, 1, 1, 5, 5, 5, 5)
    hall.finish()
    assert checked().endswith("Rounds checked: 1; damaged: 0\n")


@pytest.mark.parametrize(
    ("data", "said"), [("{}", "cannot be read"), ('{"version": 1, "layers": {}}', "cannot be read")]
)
def test_damaged_counts_are_named_and_stored_anew_when_asked(round, data, said):
    kept = RoundCounts.objects.get().data
    damage(round, data)
    with pytest.raises(CommandError, match="--rebuild"):
        checked()
    assert said in checked("--rebuild")
    assert RoundCounts.objects.get().data == kept
    event = AuditEvent.objects.get(event="counts rebuilt")
    assert (event.actor, event.before) == ("command", {"found": "unreadable"})
    assert checked() == "Rounds checked: 1; damaged: 0\n"


def test_a_figure_that_is_not_what_was_rated(round):
    kept = RoundCounts.objects.get().data
    wrong = RoundCounts.objects.get()
    wrong.data["layers"]["first"]["actions"][3]["whole"]["counts"] = [0, 5, 1, 6, 0]
    damage(round, json.dumps(wrong.data))
    assert "does not agree with its ratings" in checked("--rebuild", round.pk)
    assert RoundCounts.objects.get().data == kept


def test_counts_that_are_missing(round):
    kept = RoundCounts.objects.get().data
    RoundCounts.objects.remove_frozen()
    assert "is missing" in checked("--rebuild")
    assert RoundCounts.objects.get().data == kept


def test_another_sector_since_the_freeze_changes_nothing_that_was_stored(round):
    kept = RoundCounts.objects.get().data
    Organisation.objects.filter(name="Body A").update(sector="police")
    assert "the stored one stands" in checked("--rebuild")
    assert RoundCounts.objects.get().data == kept
    assert not AuditEvent.objects.filter(event="counts rebuilt").exists()


def test_a_round_without_ratings_cannot_be_checked(round):
    _remove(None, round)
    assert checked() == "Rounds checked: 0; damaged: 0\n"
    with pytest.raises(CommandError, match="ratings kept"):
        checked(round.pk)
