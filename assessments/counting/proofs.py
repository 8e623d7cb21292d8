"""Whose answers in two rounds may be taken for those of one person.

Whoever chooses what five people "said" in one round could read the sixth in the other. So in a confidential
round answers are matched only where they share a proof of who gave them, which the lead does not hold; and
those of files only with those of files, where whoever brought them in said that the people are the same.
"""

from collections import defaultdict
from typing import NamedTuple

from .. import analysis
from ..models import Response
from .taking import GROUP_FIELD, key_of


class Answerer(NamedTuple):
    """Somebody who answered a round: the group they were in, empty for none, and what proves who they are."""

    group: str
    proofs: frozenset


def answerers(rounds):
    """Round's key -> participant's key -> ``Answerer``. One query."""
    grouping = {round.pk: list(GROUP_FIELD).index(round.grouping) for round in rounds}
    rows = Response.objects.filter(round__in=rounds, answered_at__isnull=False).order_by()
    found = defaultdict(dict)
    for pk, person, proofs, *groups in rows.values_list(
        "round", "participant", "proofs", *GROUP_FIELD.values()
    ):
        found[pk][person] = Answerer(key_of(groups[grouping[pk]]), frozenset(proofs))
    return found


def why_not(one, other):
    """Why nobody of two rounds may be matched with anybody; empty where people may."""
    if one.is_brought_in != other.is_brought_in:
        return analysis.BROUGHT_IN
    if one.is_brought_in and not (one.has_same_people and other.has_same_people):
        return analysis.NOT_SAID_SAME
    return ""


def matched(one, other, there):
    """The keys of those who answered both rounds and may be matched; ``there`` are the answerers."""
    both = sorted(there[one.pk].keys() & there[other.pk].keys())
    if one.is_brought_in or not one.is_confidential:
        return both
    return [person for person in both if there[one.pk][person].proofs & there[other.pk][person].proofs]
