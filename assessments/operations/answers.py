"""What people say. Saving holds the response, so that closing and the freeze can wait for it."""

from django.db import transaction
from django.utils import timezone

from partnerships.operations.audit import record

from .. import keys, policies
from ..models import Invitation, Rating, Response, Round
from ..states import RoundState
from .letters import tell_begun
from .proving import prove_beginning, prove_going_on


class AnsweredElsewhere(Exception):
    """Another page or device has saved a different answer since this one was shown."""

    def __init__(self, current):
        super().__init__("another answer has been saved since")
        self.current = current


class OpensElsewhere(Exception):
    """Answers are saved already, and this browser does not hold their return code."""


@transaction.atomic
def start_response(*, invitation, code, organisation, standpoint, browser=None):
    """Begin, or go on, with the return code the browser will hold; returns the response.

    ``browser`` (``proving.Browser``) is what may show whose the answers are. Pressing twice brings the same
    code and so the same response. As long as nothing has been answered, another browser may begin afresh
    with a code of its own.
    """
    policies.rounds.require_by_link(invitation.round)
    response, _made = Response.objects.get_or_create(
        round=invitation.round,
        participant=invitation.participant,
        defaults={"organisation": organisation, "standpoint": standpoint},
    )
    response = _held(pk=response.pk)
    policies.rounds.require_by_link(response.round)
    if not _require_code(response, code, browser):
        prove_going_on(response, browser)
    response.organisation, response.standpoint = organisation, standpoint
    response.save()
    Invitation.objects.filter(pk=invitation.pk).update(organisation=organisation, standpoint=standpoint)
    return response


def _require_code(response, code, browser):
    """Answers open only to the code they were begun with; as long as there are none, any code begins.

    Asked while the response is held: otherwise whoever else has the link could put their own code
    between this question and the first answer, and read it. Whether it began, which the caller saves, and
    once: a row written twice in a transaction would wait for the round, whose closing waits for the row.
    """
    if keys.code_opens(response, code):
        return False
    if response.ratings.exists():
        raise OpensElsewhere
    response.code_hash = keys.hash_code(
        code, round_id=response.round_id, participant_id=response.participant_id
    )
    prove_beginning(response, browser)
    if browser and not response.proofs:
        tell_begun(response)
    return True


@transaction.atomic
def recognise(*, response, browser):
    """Somebody has typed the return code: what shows that it is their own browser is kept while it counts."""
    response = _held(pk=response.pk)
    if response.round.state == RoundState.OPEN:
        prove_going_on(response, browser)
        response.save(update_fields=["proofs"])


@transaction.atomic
def answer(*, invitation, code, browser=None, **said):
    """``save_answer`` for whoever holds the return code of this invitation's answers.

    Response.DoesNotExist where there are none yet, or no longer: ``start_response`` comes first.
    """
    return _save(held_for(invitation, code, browser), **said)


def held_for(invitation, code, browser=None):
    """The invited person's response, locked, for whoever holds its return code while the round is open."""
    response = _held(round=invitation.round_id, participant=invitation.participant_id)
    policies.rounds.require_by_link(response.round)
    if _require_code(response, code, browser):
        response.save(update_fields=["code_hash", "came_by", "proofs"])
    return response


@transaction.atomic
def save_answer(*, response, **said):
    """Save what somebody says of one action and return the rating; takes what ``_save`` takes."""
    response = _held(pk=response.pk)
    policies.rounds.require_by_link(response.round)
    return _save(response, **said)


def _save(response, *, action_id, level=None, dont_know=False, comment="", seen=0, page=""):
    """``seen`` is the revision the page showed (0 for none yet) and ``page`` its random key: a newer
    revision saved by another page with other content raises AnsweredElsewhere; the same page again
    (a double click, a send repeated after a lost connection) passes. Without a level or don't know only
    the comment changes; a comment that stood alone goes when it is emptied.
    """
    rating = response.ratings.filter(action=action_id, layer=Rating.Layer.FIRST).first()
    if rating and not (level or dont_know):
        level, dont_know = rating.level, rating.dont_know  # an answered action stays answered
    said = {"level": level, "dont_know": dont_know, "comment": comment}
    if rating is None:
        rating = Rating(response=response, action_id=action_id, revision=0)
    elif all(getattr(rating, name) == value for name, value in said.items()):
        return rating
    elif rating.revision != seen and rating.saved_from != page:
        raise AnsweredElsewhere(rating)
    if not (level or dont_know or comment):
        return _take_back(rating)
    for name, value in said.items():
        setattr(rating, name, value)
    rating.revision += 1
    rating.saved_from, rating.saved_at = page, timezone.now()
    rating.save()
    if response.answered_at is None and (level or dont_know):
        _first_answer(response)
    return rating


# ``_save`` in SQL, where there is a rating already: something else writes over it, and only from who has seen
# it or wrote it. The rows are ``said``, which is there, and ``excluded``, which comes.
WRITES_OVER = """
    (said.revision = %s OR said.saved_from = excluded.saved_from)
    AND (COALESCE(said.level, 0) <> COALESCE(excluded.level, 0)
         OR said.dont_know <> excluded.dont_know OR said.comment <> excluded.comment)
"""


def _take_back(rating):
    if rating.pk:
        rating.delete()


def _held(**which):
    """The response, locked until the transaction ends, with its round read after the lock."""
    held = Response.objects.select_for_update().get(**which)
    held.round = Round.objects.select_related("partnership").get(pk=held.round_id)
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
    response = _held(pk=response.pk)
    policies.rounds.require_by_link(response.round)
    if response.submitted_at is None:
        response.submitted_at = timezone.now()
        response.save(update_fields=["submitted_at"])
    return response
