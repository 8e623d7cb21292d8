from django.db import transaction

from .. import policies
from . import rounds


@transaction.atomic
def judge_comments(*, by, round, judgements):
    """Show or hold back several comments of a round: ``judgements`` maps a comment's key to its judgement.

    Keys of another round's comments are passed over.
    """
    policies.rounds.require_frozen(round)
    for comment in round.comments.select_related("round").filter(pk__in=judgements):
        if comment.standing != judgements[comment.pk]:
            rounds.judge_comment(by=by, comment=comment, judgement=judgements[comment.pk])
