"""How frozen rounds stand in a line, for pages that read many: one stored row each, read once."""

from django.db.models import OuterRef, Subquery

from .. import analysis
from ..models import RoundChange, RoundCounts
from . import results

MOST = 5000
"""How many are kept. Each takes about three kilobytes."""

_kept: dict[tuple, analysis.Standing] = {}


def of(rounds):
    """Round id -> its standing; one query at most, none once the process knows them all.

    ``rounds`` are rows with their settings and whether the round before is shared: what has fallen since
    counts for those who may see that one, too. A page of a hundred reads them all, so what was worked out is
    kept as it is: taking it apart for the cache and putting it together again costs as much.
    """
    rounds = list(rounds)
    found = {each.pk: _kept.get(_key(each)) for each in rounds}
    found |= _read({each.pk: each for each in rounds if found[each.pk] is None})
    if len(_kept) > MOST:
        _kept.clear()  # whoever reads at this moment has what it found
    _kept.update((_key(each), found[each.pk]) for each in rounds)
    return found


def _key(round):
    return round.pk, round.revealed_at, round.is_read_beside


def _read(rounds):
    if not rounds:
        return {}
    change = RoundChange.objects.filter(later=OuterRef("round"), earlier=OuterRef("round__previous"))
    rows = RoundCounts.objects.filter(round__in=rounds).annotate(since=Subquery(change.values("data")[:1]))
    rows = rows.values_list("round", "data", "since")
    return {pk: _standing(rounds[pk], data, since) for pk, data, since in rows}


def _standing(round, data, since):
    counts = analysis.RoundCounts.from_json(data)
    shown = since if round.is_read_beside else None
    return analysis.standing(counts, results.rules(round), shown and analysis.Between.from_json(shown))
