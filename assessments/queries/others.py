"""How a council's other partnerships rate each action: the quiet band behind one partnership's radar."""

from collections import defaultdict
from dataclasses import dataclass

from framework.queries.lineage import lineage

from ..analysis import middle_half
from ..analysis.standing import LEAST_OTHERS
from ..kept import kept
from . import portfolio, standings


@dataclass(frozen=True, slots=True)
class Others:
    """``halves``: action code -> the two means between which the middle half of the others lie. ``count``:
    how many other partnerships have anything to show."""

    count: int
    halves: dict[str, tuple[float, float]]

    @property
    def facts(self):
        """What tells these others from any others."""
        return self.count, tuple(sorted(self.halves.items()))


def of_others(round):
    """Where the other partnerships of the same council lie on the actions of a round; None where
    at least eight of them have shared results of no action in the meaning it has in the round."""
    rounds = portfolio.rounds_of(partnership__council=round.partnership.council_id, state="shared")
    rounds.pop(round.partnership_id, None)
    last = [portfolio.last_shared(own, portfolio.Asked()) for own in rounds.values()]
    if len(last) < LEAST_OTHERS:
        return None
    facts = (round.edition_id, sorted((each.pk, each.revealed_at) for each in last))
    found = kept("others", facts, lambda: _others(last, round.edition_id))
    return found if found.halves else None


def _others(rounds, edition):
    related = lineage({edition, *(each.edition_id for each in rounds)})
    means, found, others = defaultdict(list), standings.of(rounds), set()
    for each in rounds:
        for action in found[each.pk].actions:
            if action.speaks and not related.why(each.edition_id, edition, action.code):
                means[action.code].append(action.mean)
                others.add(each.pk)
    halves = {code: half for code, values in means.items() if (half := middle_half(values))}
    return Others(len(others), halves)
