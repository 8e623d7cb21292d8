"""How frozen rounds stand in a line, for pages that read many: one stored row each, read once."""

from . import analysis, queries
from .models import RoundCounts

MOST = 5000
"""How many are kept. Each takes about three kilobytes."""

_kept: dict[tuple, analysis.Standing] = {}


def of(rounds):
    """Round id -> its standing; one query at most, none once the process knows them all.

    ``rounds`` are rounds or rows with their settings. A page of a hundred reads them all, so what was worked
    out is kept as it is: taking it apart for the cache and putting it together again costs as much.
    """
    rounds = list(rounds)
    if len(_kept) > MOST:
        _kept.clear()
    _read({each.pk: each for each in rounds if _key(each) not in _kept})
    return {each.pk: _kept[_key(each)] for each in rounds}


def _key(round):
    return round.pk, round.revealed_at


def _read(rounds):
    rows = RoundCounts.objects.filter(round__in=rounds).values_list("round", "data") if rounds else ()
    for pk, data in rows:
        counts = analysis.RoundCounts.from_json(data)
        _kept[_key(rounds[pk])] = analysis.standing(counts, queries.rules(rounds[pk]))
