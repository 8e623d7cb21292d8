"""How people moved from round to round: who is matched comes out of the database, ``analysis`` reads it.

Matched by who took part and what proves it, never by anything a page shows. Asked once for two rounds, when
the second of them opens its results.
"""

from collections import defaultdict

from .. import analysis
from ..models import Rating, RoundCounts
from . import proofs


def between(round, others, lineage, *, beside):
    """Other's key -> what may be kept of the change between it and ``round``, for rounds of one partnership.

    Three queries, however many people and rounds. ``beside`` are all rounds that still hold their ratings
    and may be compared with ``round``, ``others`` among them: what is hidden hangs on them all.
    """
    kept = _Kept([round, *beside])
    return {
        other.pk: _between(*sorted((other, round), key=lambda each: each.order), kept, lineage)
        for other in others
    }


class _Kept:
    """What is known of these rounds: their counts, who answered, which levels they gave, which are tied."""

    def __init__(self, rounds):
        rows = RoundCounts.objects.filter(round__in=rounds).values_list("round", "data")
        self.rounds = rounds
        self.counts = {pk: analysis.RoundCounts.from_json(data) for pk, data in rows}
        self.there = proofs.answerers(rounds)
        self.levels = _levels(rounds)
        self._ties = {}

    def actions(self, round):
        """Action code -> its counts."""
        return {action.code: action for action in self.counts[round.pk].actions}

    def is_tied(self, code, *rounds):
        """Whether one of these is tied to any round there is, in what they show of the action."""
        shows = tuple(self._shows_a_cell(each, code) for each in self.rounds)
        if shows not in self._ties:
            cells = zip(shows, map(self._groups, self.rounds), strict=True)
            least = max(each.least_number for each in self.rounds)
            found = analysis.tied([analysis.Cells(*each) for each in cells], least)
            self._ties[shows] = {self.rounds[place].pk for place in found}
        return any(each.pk in self._ties[shows] for each in rounds)

    def _shows_a_cell(self, round, code):
        action = self.actions(round).get(code)
        return bool(action and action.groups)

    def _groups(self, round):
        return {person: each.group for person, each in self.there[round.pk].items()}


def _levels(rounds):
    """Round's key -> participant's key -> action code -> the level they gave it."""
    rows = Rating.objects.filter(
        response__round__in=rounds, layer=Rating.Layer.FIRST, level__isnull=False
    ).values_list("response__round", "response__participant", "action__code", "level")
    found = defaultdict(lambda: defaultdict(dict))
    for pk, person, code, level in rows.order_by():
        found[pk][person][code] = level
    return found


def _between(earlier, later, kept, lineage):
    """Between two rounds, of which ``earlier`` closed first."""
    why = proofs.why_not(earlier, later)
    people = [] if why else proofs.matched(earlier, later, kept.there)
    both = len(kept.there[earlier.pk].keys() & kept.there[later.pk].keys())
    if both and not people:
        why = why or analysis.NOT_PROVED
    answered = analysis.Answered(*(kept.counts[each.pk].turnout.people for each in (earlier, later)))
    pairs = list(_pairs(earlier, later, kept, lineage, why))
    then, now = kept.levels[earlier.pk], kept.levels[later.pk]
    found = analysis.compare(
        pairs,
        [analysis.both_times(pairs, then[person], now[person]) for person in people],
        answered=answered,
        least=max(earlier.least_number, later.least_number),
        confidential=later.is_confidential,
    )
    known = why in ("", analysis.NOT_PROVED)
    return analysis.Between(
        matched=both if known else None,
        new=answered.after - both if known else None,
        gone=answered.before - both if known else None,
        changes=found.actions,
        overall=found.overall,
    )


def _pairs(earlier, later, kept, lineage, why):
    """Every action of either round."""
    before, after = kept.actions(earlier), kept.actions(later)
    for code in [*after, *(code for code in before if code not in after)]:
        number = (after.get(code) or before[code]).number
        cannot = why or lineage.why(earlier.edition_id, later.edition_id, code)
        if not cannot and not (before[code].asked and after[code].asked):
            cannot = analysis.NOT_RATED
        if cannot:
            yield analysis.Pair(number, code, why=cannot)
            continue
        yield analysis.Pair(
            number,
            code,
            before[code].whole,
            after[code].whole,
            has_cells=bool(before[code].groups or after[code].groups),
            is_tied=later.is_confidential and kept.is_tied(code, earlier, later),
        )
