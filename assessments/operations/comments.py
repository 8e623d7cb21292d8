from django.db import transaction

from .. import policies
from . import rounds


@transaction.atomic
def judge_comments(*, by, round, standings):
    """Show or hold back several comments of a round: ``standings`` maps a comment's key to its standing.

    Keys of another round's comments are passed over.
    """
    policies.rounds.require_frozen(round)
    for comment in round.comments.select_related("round").filter(pk__in=standings):
        if comment.standing != standings[comment.pk]:
            rounds.judge_comment(by=by, comment=comment, standing=standings[comment.pk])
