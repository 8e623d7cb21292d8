"""Rounds tied together: where it shows of people who rated an action both times how each of them moved.

That nobody moved is shown as "0 lower, 9 the same, 0 higher", and then the two rounds are as good as one
table of those people: what one round shows can be taken from what the other shows. The same holds for a few
parts of the rounds (groups, and the hidden ones taken as one) that hold the same people both times, if all
of these stayed or all took one step: that the sums of the parts tell. So such counts stand only where the
parts of the tied rounds, laid over each other, divide people into pieces of the least number or more. See
docs/decisions/change-between-rounds.md.
"""

from collections import Counter, defaultdict
from dataclasses import replace

from .. import analysis
from ..models import Rating, RoundChange, RoundCounts
from .taking import GROUP_FIELD

POOLED = ""


def hidden_where_tied(round, others, found):
    """``found`` (other's key -> Between of it and ``round``) without the counts that would give too much."""
    if not round.is_confidential or not found:
        return found
    rounds = {each.pk: each for each in (round, *others)}
    stored, rated = _stored(round), _rated(rounds)
    for code in sorted({change.code for between in found.values() for change in between.changes}):
        telling = _telling(round, found, code, rated[code], rounds, stored)
        found = {pk: _without(each, code) if pk in telling else each for pk, each in found.items()}
    return found


def _telling(round, found, code, rated, rounds, stored):
    """Keys of the others whose counts beside ``round`` would give away what a few people said."""
    shown = {pk for pk, between in found.items() if _matched(between, code)}
    still = {pk for pk in shown if _is_still(found[pk], code)}
    tied = _tied({round.pk, *still}, code, stored)
    telling = still if still and not _is_safe(tied, rounds, rated) else set()
    return telling | {pk for pk in shown if _parts_tell(rated, rounds[pk], round)}


# --- Where nobody moved ---


def _change(between, code):
    return next((change for change in between.changes if change.code == code), None)


def _matched(between, code):
    change = _change(between, code)
    return change and change.matched


def _is_still(between, code):
    change = _change(between, code)
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


def _is_safe(tied, rounds, rated):
    if not tied <= rounds.keys():
        return False  # the ratings of one are gone, so nobody can look
    return _says_one_level(rated, tied) or min(_pieces(rated, tied)) >= _least(rounds[pk] for pk in tied)


def _says_one_level(rated, tied):
    """Whether everybody gave the same level, each time: that shows anyway."""
    return all(len({level for _part, level in rated[pk].values()}) == 1 for pk in tied)


def _pieces(rated, tied):
    """How many people are in each piece that the parts of all these rounds cut, laid over each other."""
    places = defaultdict(dict)
    for pk in sorted(tied):
        for person, (part, _level) in rated[pk].items():
            places[person][pk] = part
    return Counter(tuple(each.items()) for each in places.values()).values()


def _least(rounds):
    return max(round.least_number for round in rounds)


# --- Where the sums of a few parts tell ---


def _parts_tell(rated, one, other):
    """Whether parts that hold the same people both times, cut into other pieces, tell of a few of them."""
    if _says_one_level(rated, {one.pk, other.pk}):
        return False
    steps = _steps(rated[one.pk], rated[other.pk])
    return any(
        _moved_alike([steps[piece] for piece in family])
        and min(len(steps[piece]) for piece in family) < _least((one, other))
        for family in _families(steps)
        if len(family) > 1
    )


def _steps(one, other):
    """(part in one round, part in the other) -> by how many levels each of its people moved; None for those
    who rated one time alone, and for the part they were in the other time."""
    found = defaultdict(list)
    for person in one.keys() | other.keys():
        (part, level), (other_part, other_level) = (each.get(person, (None, None)) for each in (one, other))
        both = level is not None and other_level is not None
        found[part, other_part].append(other_level - level if both else None)
    return found


def _families(pieces):
    """The pieces, together with all that lie in one part with them in either round."""
    families = []
    for piece in pieces:
        touched = [family for family in families if any(_shares_a_part(piece, each) for each in family)]
        families = [family for family in families if family not in touched]
        families.append({piece}.union(*touched))
    return families


def _shares_a_part(one, other):
    return any(part is not None and part == there for part, there in zip(one, other, strict=True))


def _moved_alike(pieces):
    steps = {step for piece in pieces for step in piece}
    return len(steps) == 1 and None not in steps


# --- What was rated ---


def _rated(rounds):
    """Action code -> round's key -> person -> (part of the round they are in, level). Two queries."""
    parts = _parts(rounds)
    rows = Rating.objects.filter(
        response__round__in=rounds, layer=Rating.Layer.FIRST, level__isnull=False
    ).values_list("action__code", "response__round", "response__participant", "level", *GROUP_FIELD.values())
    found = defaultdict(lambda: {pk: {} for pk in rounds})
    for code, pk, person, level, *groups in rows.order_by():
        group = str(dict(zip(GROUP_FIELD, groups, strict=True))[rounds[pk].grouping])
        found[code][pk][person] = (group if group in parts[pk, code] else POOLED), level
    return found


def _parts(rounds):
    """(round's key, action code) -> keys of the groups it shows."""
    rows = RoundCounts.objects.filter(round__in=rounds).values_list("round", "data")
    read = {pk: analysis.RoundCounts.from_json(data) for pk, data in rows}
    found = defaultdict(set)
    for pk, counts in read.items():
        for action in counts.actions:
            found[pk, action.code] = {group.key for group in action.groups}
    return found


def _without(between, code):
    changes = tuple(each.without_counts() if each.code == code else each for each in between.changes)
    return replace(between, changes=changes)
