"""What people say. Saving holds the response, so that closing and the freeze can wait for it."""

from django.db import transaction
from django.utils import timezone

from partnerships.audit import record

from .. import keys, policies
from ..models import Invitation, Rating, Response


class AnsweredElsewhere(Exception):
    """Another page or device has saved a different answer since this one was shown."""

    def __init__(self, current):
        super().__init__("another answer has been saved since")
        self.current = current


class OpensElsewhere(Exception):
    """Answers are saved already, and this browser does not hold their return code."""


@transaction.atomic
def start_response(*, invitation, code, organisation, standpoint):
    """Begin, or go on, with the return code the browser will hold; returns the response.

    Pressing twice brings the same code and so the same response. As long as nothing has been answered,
    another browser may begin afresh with a code of its own.
    """
    policies.require_open(invitation.round)
    response, _made = Response.objects.select_for_update().get_or_create(
        round=invitation.round,
        participant=invitation.participant,
        defaults={"organisation": organisation, "standpoint": standpoint},
    )
    if _somebody_elses(response, code):
        raise OpensElsewhere
    response.organisation, response.standpoint = organisation, standpoint
    response.code_hash = keys.hash_code(
        code, round_id=invitation.round_id, participant_id=invitation.participant_id
    )
    response.save()
    Invitation.objects.filter(pk=invitation.pk).update(organisation=organisation, standpoint=standpoint)
    return response


def _somebody_elses(response, code):
    has_answers = response.ratings.exists()
    return has_answers and not keys.code_opens(response, code)


@transaction.atomic
def save_answer(*, response, action_id, level=None, dont_know=False, comment="", seen=0, page=""):
    """Save what somebody says of one action and return the rating.

    ``seen`` is the revision the page showed (0 for none yet) and ``page`` its random key: a newer
    revision saved by another page with other content raises AnsweredElsewhere; the same page again
    (a double click, a send repeated after a lost connection) passes.
    """
    response = _held(response)
    policies.require_open(response.round)
    rating = response.ratings.filter(action=action_id, layer=Rating.Layer.FIRST).first()
    said = {"level": level, "dont_know": dont_know, "comment": comment}
    if rating is None:
        rating = Rating(response=response, action_id=action_id, revision=0)
    elif all(getattr(rating, name) == value for name, value in said.items()):
        return rating
    elif rating.revision != seen and rating.saved_from != page:
        raise AnsweredElsewhere(rating)
    for name, value in said.items():
        setattr(rating, name, value)
    rating.revision += 1
    rating.saved_from, rating.saved_at = page, timezone.now()
    rating.save()
    if response.answered_at is None and (level or dont_know):
        _first_answer(response)
    return rating


def _held(response):
    """The response, locked until the transaction ends, with its round read after the lock."""
    held = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    held.round.refresh_from_db(fields=["state"])
    return held


def _first_answer(response):
    response.answered_at = timezone.now()
    response.save(update_fields=["answered_at"])
    invitation = Invitation.objects.get(round=response.round_id, participant=response.participant_id)
    if invitation.is_away:
        invitation.is_away = False
        invitation.save(update_fields=["is_away"])
    record("answered", by=response.participant, target=invitation, partnership=response.round.partnership)


@transaction.atomic
def submit_response(*, response):
    """Send: the person says they have finished. What they saved counts either way."""
    response = _held(response)
    policies.require_open(response.round)
    if response.submitted_at is None:
        response.submitted_at = timezone.now()
        response.save(update_fields=["submitted_at"])
    return response
