"""What is counted of looking back, once, at the freeze."""

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When

from .. import analysis
from ..models import Rating


def changes(round, actions):
    """How people say they moved: from what they say now it was then, to what they rate today.

    ``actions`` are the counts of the round, made safe. One query; called once, at the freeze.
    """
    if not round.looks_back_to_id:
        return ()
    said = {code: people for code, *people in _moved(round)}
    movements = (_movement(action, *said.get(action.code, (0, 0, 0, 0))) for action in actions)
    return analysis.changes(movements, least=round.least_number, confidential=round.is_confidential)


def _moved(round):
    now = Rating.objects.filter(
        response=OuterRef("response"), action=OuterRef("action"), layer=Rating.Layer.FIRST
    )
    return (
        Rating.objects.filter(response__round=round, layer=Rating.Layer.LOOKING_BACK)
        .annotate(now=Subquery(now.values("level")[:1]))
        .values_list("action__code")
        .annotate(
            lower=_count(level__gt=F("now")),
            same=_count(level=F("now")),
            higher=_count(level__lt=F("now")),
            people=Count("pk"),
        )
        .order_by()
    )


def _count(**which):
    return Count(Case(When(Q(**which), then=1)))


def _movement(action, lower, same, higher, people):
    if action.whole is None:
        return analysis.Movement(action.number, action.code)
    both = lower + same + higher
    return analysis.Movement(
        action.number, action.code, lower, same, higher, people - both, action.whole.n - both
    )
