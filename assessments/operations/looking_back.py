"""What people say when they look back, beside what they rate today."""

from django.db import transaction
from django.utils import timezone

from .. import policies
from ..models import Rating
from ..queries.looking_back import asked
from .answers import held_for


@transaction.atomic
def look_back(*, invitation, code, action_id, level):
    """Save how the person would rate the action as it was in the round before; None takes it back.

    Response.DoesNotExist and OpensElsewhere as in ``answers.answer``.
    """
    response = held_for(invitation, code)
    policies.rounds.require_asked(action_id in asked(response.round, response.participant_id))
    policies.base.require_level(level)
    said = response.ratings.filter(action=action_id, layer=Rating.Layer.LOOKING_BACK).first()
    if level is None:
        return said and said.delete()
    said = said or Rating(response=response, action_id=action_id, layer=Rating.Layer.LOOKING_BACK, revision=0)
    said.level, said.saved_at = level, timezone.now()
    said.revision += 1
    said.save()
    return said
