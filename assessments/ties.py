"""Rounds tied together: where nobody who rated an action both times changed their level.

That nobody moved is shown as "0 lower, 9 the same, 0 higher", and then the two rounds are as good as one
table of those people: what one round shows can be taken from what the other shows. So such counts stand only
where the parts that the tied rounds show (groups, and the hidden ones taken as one), laid over each other,
divide people into pieces of the least number or more. See docs/decisions/change-between-rounds.md.
"""

from collections import Counter, defaultdict
from dataclasses import replace

from . import analysis
from .models import Rating, RoundChange, RoundCounts
from .queries import GROUP_FIELD

POOLED = ""


def hidden_where_tied(round, others, found):
    """``found`` (other's key -> Between of it and ``round``) without the counts that would give too much."""
    if not round.is_confidential:
        return found
    rounds = {each.pk: each for each in (round, *others)}
    stored = None
    for code in sorted({change.code for between in found.values() for change in between.changes}):
        still = {pk for pk, between in found.items() if _is_still(between, code)}
        if still:
            stored = _stored(round) if stored is None else stored
            tied = _tied({round.pk, *still}, code, stored)
            if not _is_safe(tied, rounds, code):
                found = {pk: _without(each, code) if pk in still else each for pk, each in found.items()}
    return found


def _is_still(between, code):
    change = next((change for change in between.changes if change.code == code), None)
    return bool(change and change.same and not change.lower and not change.higher)


def _stored(round):
    """(earlier, later) -> what is kept of the other rounds of the partnership."""
    rows = RoundChange.objects.filter(later__partnership=round.partnership_id)
    return {
        frozenset(pair): analysis.Between.from_json(data)
        for *pair, data in rows.values_list("earlier", "later", "data")
    }


def _tied(rounds, code, stored):
    """These rounds with all that are tied to one of them already."""
    ties = [pair for pair, between in stored.items() if _is_still(between, code)]
    while more := {pk for pair in ties if pair & rounds for pk in pair} - rounds:
        rounds = rounds | more
    return rounds


def _is_safe(tied, rounds, code):
    if not tied <= rounds.keys():
        return False  # the ratings of one are gone, so nobody can look
    tied = [rounds[pk] for pk in tied]
    rows = RoundCounts.objects.filter(round__in=tied).values_list("round", "data")
    counts = {pk: _action(analysis.RoundCounts.from_json(data), code) for pk, data in rows}
    if all(len([n for n in each.whole.counts if n]) == 1 for each in counts.values()):
        return True  # everybody gave the same level, which shows anyway
    return min(_pieces(tied, counts, code)) >= max(each.least_number for each in tied)


def _action(counts, code):
    return next(action for action in counts.actions if action.code == code)


def _pieces(tied, counts, code):
    """How many people are in each piece that the parts of all these rounds cut, laid over each other."""
    places = defaultdict(dict)
    for round in tied:
        shown = {group.key for group in counts[round.pk].groups}
        rated = Rating.objects.filter(
            response__round=round, layer=Rating.Layer.FIRST, level__isnull=False, action__code=code
        )
        for person, group in rated.values_list("response__participant", GROUP_FIELD[round.grouping]):
            places[person][round.pk] = str(group) if str(group) in shown else POOLED
    return Counter(tuple(sorted(each.items())) for each in places.values()).values()


def _without(between, code):
    changes = tuple(each.without_counts() if each.code == code else each for each in between.changes)
    return replace(between, changes=changes)
