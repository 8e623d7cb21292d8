"""How a council's other partnerships rate each action: the quiet band behind one partnership's radar."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import caches

from framework.queries.lineage import lineage

from ..analysis import middle_half
from ..analysis.standing import LEAST_OTHERS
from . import portfolio, standings


@dataclass(frozen=True, slots=True)
class Others:
    """``halves``: action code -> the two means between which the middle half of the others lie. ``count``:
    how many other partnerships have anything to show."""

    count: int
    halves: dict[str, tuple[float, float]]

    @property
    def key(self):
        """Tells these others from any others."""
        return hashlib.sha256(repr((self.count, sorted(self.halves.items()))).encode()).hexdigest()


def of_others(round):
    """Where the other partnerships of the same council lie on the actions of a round; None where
    at least five of them have shared results of no action in the meaning it has in the round."""
    rounds = portfolio.rounds_of(partnership__council=round.partnership.council_id, state="shared")
    rounds.pop(round.partnership_id, None)
    last = [portfolio.last_shared(own, portfolio.Asked()) for own in rounds.values()]
    if len(last) < LEAST_OTHERS:
        return None
    cache, facts = caches["pages"], (round.edition_id, sorted((each.pk, each.revealed_at) for each in last))
    key = f"others:{hashlib.sha256(repr(facts).encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = _others(last, round.edition_id)
        cache.set(key, found)
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
