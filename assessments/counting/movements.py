"""How people moved from round to round: the database counts, ``analysis`` reads (like ``queries``).

Matched by who took part, never by anything a page shows. Asked once for two rounds, when the second of
them opens its results.
"""

from collections import Counter, defaultdict

from django.db.models import Case, Count, F, Q, When

from .. import analysis
from ..models import Rating, Response, RoundCounts

THERE = "response__participant__responses"
"""From a rating to the other rounds of whoever gave it."""


def between(round, others, lineage):
    """Other's key -> what may be kept of the change between it and ``round``, for rounds of one partnership.

    A handful of queries, however many people and rounds. ``others`` still hold their ratings.
    """
    rounds = [round, *others]
    counts = _counts(rounds)
    moved, matched = _moved(round, others), _matched(round, others)
    found = {}
    for other in others:
        earlier, later = sorted((other, round), key=lambda each: each.order)
        movements = _movements(earlier, later, moved[other.pk], counts, lineage, turned=later is other)
        found[other.pk] = analysis.Between(
            matched=matched[other.pk],
            new=counts[later.pk].turnout.people - matched[other.pk],
            gone=counts[earlier.pk].turnout.people - matched[other.pk],
            changes=analysis.changes(
                movements,
                least=max(earlier.least_number, later.least_number),
                confidential=round.is_confidential,
            ),
        )
    return found


def _counts(rounds):
    rows = RoundCounts.objects.filter(round__in=rounds).values_list("round", "data")
    return {pk: analysis.RoundCounts.from_json(data) for pk, data in rows}


def _moved(round, others):
    """Other's key -> action code -> how many give it a lower, the same, a higher level in ``round``."""
    there = f"{THERE}__ratings__"
    rows = (
        Rating.objects.filter(response__round=round, layer=Rating.Layer.FIRST, level__isnull=False)
        .filter(
            **{
                f"{THERE}__round__in": others,
                f"{there}layer": Rating.Layer.FIRST,
                f"{there}level__isnull": False,
                f"{there}action__code": F("action__code"),
            }
        )
        .values_list(f"{THERE}__round", "action__code")
        .annotate(
            lower=_count(level__lt=F(f"{there}level")),
            same=_count(level=F(f"{there}level")),
            higher=_count(level__gt=F(f"{there}level")),
        )
        .order_by()
    )
    found = defaultdict(dict)
    for other, code, *people in rows:
        found[other][code] = tuple(people)
    return found


def _count(**which):
    return Count(Case(When(Q(**which), then=1)))


def _matched(round, others):
    """Other's key -> how many people answered it and ``round``."""
    answered = Response.objects.filter(round=round, answered_at__isnull=False)
    rows = answered.filter(
        participant__responses__round__in=others, participant__responses__answered_at__isnull=False
    )
    pairs = rows.values_list("participant__responses__round").annotate(people=Count("pk")).order_by()
    return Counter(dict(pairs))


def _movements(earlier, later, moved, counts, lineage, *, turned):
    """Every action of either round; ``turned`` where people were counted from the later to the earlier."""
    before, after = ({action.code: action for action in counts[each.pk].actions} for each in (earlier, later))
    for code in [*after, *(code for code in before if code not in after)]:
        number = (after.get(code) or before[code]).number
        why = lineage.why(earlier.edition_id, later.edition_id, code)
        wholes = [side[code].whole if code in side else None for side in (before, after)]
        if why or None in wholes:  # what is hidden in one round has no change to speak of
            yield analysis.Movement(number, code, why=why)
        else:
            down, same, up = moved.get(code, (0, 0, 0))[:: -1 if turned else 1]
            both = down + same + up
            alone = [whole.n - both for whole in wholes]
            yield analysis.Movement(number, code, down, same, up, *alone)
