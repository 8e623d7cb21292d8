"""The freeze: what is written when the results of a round are first opened."""

from .. import counting
from ..models import Comment, Rating, RoundCounts
from .comparing import set_previous, store_changes


def freeze(round, taken=None):
    """Store the counts, already safe to show, how people moved, and the comments, cut from who wrote them.

    Called inside the transaction that opens the results, while the partnership and every response are
    held; the caller saves the round. ``taken`` are counts by action number that a room has seen already.
    """
    counts = counting.taking.count(round, taken or {})
    RoundCounts.objects.create(round=round, data=counts.to_json())
    Comment.objects.bulk_create(_comments(round, counts))
    store_changes(round)
    set_previous(round)


def _comments(round, counts):
    """Comments on the actions that may be shown; those of a hidden action are never copied."""
    shown = {action.code for action in counts.actions if action.whole is not None}
    written = (
        Rating.objects.filter(response__round=round, layer=Rating.Layer.FIRST, action__code__in=shown)
        .exclude(comment="")
        .values_list("action_id", "comment")
    )
    return [Comment(round=round, action_id=action, text=text) for action, text in written]
