"""Counting a frozen round again and comparing with what was stored, while its ratings are kept."""

from enum import StrEnum

from django.db import transaction

from partnerships.operations.audit import record

from .. import analysis, counting, queries
from ..models import Round, RoundCounts
from ..states import FROZEN
from .locking import locked


class Recount(StrEnum):
    """What a second count says of the stored one.

    ``REGROUPED``: every figure of the whole room is right, but people would fall into other groups today,
    because an organisation got another sector, say. What was stored at the freeze stands then: a second
    table beside the one that has been read could be taken from it.
    """

    RIGHT = "right"
    REGROUPED = "regrouped"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    MISSING = "missing"


DAMAGED = {Recount.WRONG, Recount.UNREADABLE, Recount.MISSING}


def rounds_to_check(pks=()):
    """Frozen rounds whose ratings are kept; all of them, or those with these numbers."""
    found = Round.objects.filter(state__in=FROZEN, ratings_removed_at=None)
    found = found.select_related("partnership", "workshop").order_by("pk")
    return found.filter(pk__in=pks) if pks else found


def check_counts(round):
    """Compare the stored counts with the ratings; changes nothing."""
    return _compare(RoundCounts.objects.filter(round=round).first(), _count(round))


@transaction.atomic
def rebuild_counts(*, by, round):
    """Store what the ratings come to where the stored counts are damaged; returns what was found."""
    round = locked(round)
    counted = _count(round)
    found = _compare(RoundCounts.objects.filter(round=round).first(), counted)
    if found in DAMAGED:
        RoundCounts.objects.put_right(round, counted.to_json())
        record(
            "counts rebuilt",
            by=by,
            target=round,
            partnership=round.partnership,
            before={"found": found.value},
        )
    return found


def _count(round):
    workshop = getattr(round, "workshop", None)
    taken = queries.room.taken(workshop) if workshop is not None and workshop.is_room else {}
    return counting.taking.count(round, taken)


def _compare(stored, counted):
    if stored is None:
        return Recount.MISSING
    try:
        kept = analysis.RoundCounts.from_json(stored.data)
    except (ValueError, KeyError, TypeError):
        return Recount.UNREADABLE
    if _figures(kept) != _figures(counted):
        return Recount.WRONG
    return Recount.RIGHT if _groups(kept) == _groups(counted) else Recount.REGROUPED


def _figures(counts):
    """What is said of the whole room; names of organisations may change."""
    turnout = counts.turnout
    people = (turnout.invited, turnout.answered, turnout.away, turnout.guests)
    return people, [(each.code, each.whole) for each in counts.actions]


def _groups(counts):
    return [
        (
            {group.key: group.distribution for group in each.groups},
            each.pooled,
            {k for k, _ in each.hidden_groups},
        )
        for each in counts.actions
    ]
