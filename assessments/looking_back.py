"""Looking back: which round people may be asked to look back to, who is asked about what, what is counted.

"Thinking back to the last round, how would you rate it then?" Asked right after an action is rated, so
that a fall that comes from seeing more clearly can be told from a real one. Kept in a layer of its own:
no average, share or reading of a round is made of it.
"""

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When

from framework.lineage import lineage
from framework.wording import wording

from . import analysis
from .models import Rating, Response, Round


def last_comparable(partnership, *, framework, confidentiality, besides=None):
    """The round that closed last, of the same framework and confidentiality, or None."""
    rounds = Round.objects.filter(
        partnership=partnership,
        closed_at__isnull=False,
        confidentiality=confidentiality,
        edition__framework=framework,
    )
    return rounds.exclude(pk=besides and besides.pk).order_by("closed_at", "pk").last()


def asked(round, participant):
    """Keys of the actions that the person is asked to look back on, in a round that asks for it.

    Only who answered the earlier round can look back to it, and only on what meant the same then.
    """
    if not round.looks_back_to_id or not _was_there(round, participant):
        return frozenset()
    before, now = round.looks_back_to.edition_id, round.edition_id
    related = lineage((before, now))
    actions = wording(now, "en").actions
    return frozenset(action.id for action in actions if not related.why(before, now, action.code))


def _was_there(round, participant):
    return Response.objects.filter(
        round=round.looks_back_to_id, participant=participant, answered_at__isnull=False
    ).exists()


def changes(round, actions):
    """How people say they moved: from what they say now it was then, to what they rate today.

    ``actions`` are the counts of the round, made safe. One query; called once, at the freeze.
    """
    if not round.looks_back_to_id:
        return ()
    said = {code: people for code, *people in _moved(round)}
    moves = (_moves(action, *said.get(action.code, (0, 0, 0, 0))) for action in actions)
    return analysis.changes(moves, least=round.least_number, confidential=round.is_confidential)


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


def _moves(action, lower, same, higher, people):
    if action.whole is None:
        return analysis.Moves(action.number, action.code)
    both = lower + same + higher
    return analysis.Moves(
        action.number, action.code, lower, same, higher, people - both, action.whole.n - both
    )
