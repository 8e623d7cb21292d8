"""How a council's other partnerships rate each action: the quiet band behind one partnership's radar."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import caches

from . import portfolio, standings
from .analysis import middle_half
from .analysis.standing import LEAST_OTHERS


@dataclass(frozen=True, slots=True)
class Spread:
    """``halves``: action code -> the two means between which the middle half of the others lie. ``others``:
    how many other partnerships have anything to show."""

    others: int
    halves: dict[str, tuple[float, float]]

    @property
    def key(self):
        """Tells one spread from another."""
        return hashlib.sha256(repr((self.others, sorted(self.halves.items()))).encode()).hexdigest()


def of_others(round):
    """The spread of the other partnerships of the same council over the actions of a round; None where
    fewer than five have shared results by the same edition of the framework."""
    rounds = portfolio.rounds_of(partnership__council=round.partnership.council_id, state="shared")
    rounds.pop(round.partnership_id, None)
    last = [portfolio.last_shared(own, portfolio.Asked()) for own in rounds.values()]
    comparable = [each for each in last if each.edition_id == round.edition_id]
    if len(comparable) < LEAST_OTHERS:
        return None
    cache = caches["pages"]
    key = f"spread:{hashlib.sha256(repr(sorted(each.pk for each in comparable)).encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = _spread(standings.of(comparable).values())
        cache.set(key, found, timeout=None)
    return found if found.halves else None


def _spread(others):
    means = defaultdict(list)
    for standing in others:
        for action in standing.actions:
            if action.speaks:
                means[action.code].append(action.mean)
    halves = {code: half for code, values in means.items() if (half := middle_half(values))}
    return Spread(sum(standing.speaking > 0 for standing in others), halves)
