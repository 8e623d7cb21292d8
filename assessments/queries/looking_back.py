"""Looking back: which round people may be asked to look back to, who is asked about what, what is counted.

"Thinking back to the last round, how would you rate it then?" Asked right after an action is rated, so
that a fall that comes from seeing more clearly can be told from a real one. Kept in a layer of its own:
no average, share or reading of a round is made of it.
"""

from framework.queries.lineage import lineage
from framework.queries.wording import wording

from ..models import Response, Round


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
