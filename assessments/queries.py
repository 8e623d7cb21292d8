"""The one crossing from the database to the arithmetic: SQL counts here, ``analysis`` does the rest."""

from collections import defaultdict

from django.core.cache import caches
from django.db.models import Count, Exists, OuterRef

from framework.wording import wording
from partnerships.models import Sector, Standpoint

from . import analysis
from .analysis import Distribution
from .models import Grouping, Rating, Response, RoundCounts

GROUP_FIELD = {
    Grouping.ORGANISATION: "response__organisation",
    Grouping.SECTOR: "response__organisation__sector",
    Grouping.STANDPOINT: "response__standpoint",
}


def results(round):
    """The results of a frozen round, from its stored counts; kept in the process, as they never change."""
    cache, key = caches["pages"], f"results:{round.pk}"
    found = cache.get(key)
    if found is None:
        found = analysis.analyse(
            analysis.RoundCounts.from_json(RoundCounts.objects.get(round=round).data), rules(round)
        )
        cache.set(key, found, timeout=None)
    return found


def rules(round):
    return analysis.Rules(
        least=round.least_number,
        confidential=round.is_confidential,
        baseline=round.is_baseline,
        grouping=round.grouping,
    )
