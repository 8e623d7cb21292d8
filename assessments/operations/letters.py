"""Letters: what makes one due, and how it is claimed for sending and settled afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnerships.models import Participant
from partnerships.operations.audit import record

from .. import keys, letters, policies
from ..models import Letter, Workshop
from .locking import locked_workshop

CLAIM_LASTS = timedelta(minutes=5)
"""Longer than any one e-mail takes: after that the process that claimed it is taken for dead."""

BEGUN, WAS_THIS_YOU, WAY_IN = Letter.Kind.BEGUN, Letter.Kind.WAS_THIS_YOU, Letter.Kind.WAY_IN


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed e-mail; ``settle`` is told whether it was sent, and if not, why."""

    message: EmailMessage
    settle: Callable[[bool, str], None]


def free(field):
    """Nobody is sending it at this moment."""
    return Q(**{field: None}) | Q(**{f"{field}__lt": timezone.now() - CLAIM_LASTS})


def tell_begun(response):
    """Somebody has begun to answer in a way that proves nothing about who they are."""
    letter = _letter(BEGUN, response.round, response.participant)
    if letter and letter.said == Letter.Said.NO:  # and now once more
        letter.is_due, letter.error, letter.said = True, "", ""
        letter.save()


def ask_whether_it_was_them(workshop, participant):
    """Somebody has typed the person's address in a room."""
    return _letter(WAS_THIS_YOU, workshop.round, participant)


def give_way_in(round, participant):
    """A link of the person's own into the room; another if they are written to once more."""
    letter = _letter(WAY_IN, round, participant)
    if letter and not letter.is_due:
        letter.is_due, letter.error = True, ""
        letter.save()


def _letter(kind, round, participant):
    """The letter of this kind, due from now on if there was none; None for whom nothing can reach."""
    if round.partnership.is_rehearsal or not (participant.membership and participant.membership.email):
        return None
    return Letter.objects.get_or_create(round=round, participant=participant, kind=kind)[0]


@transaction.atomic
def send_ways_in(*, by, workshop):
    """A link of their own into the room for every member with an address who has none yet; how many those
    are. Nobody but they ever sees it.
    """
    workshop = locked_workshop(workshop)
    policies.workshops.require_unfinished(workshop)
    policies.workshops.require_real(workshop.round.partnership)
    members = without_way_in(workshop).select_related("participant").order_by("pk")
    people = [_participant(member, workshop.round.partnership) for member in members]
    Letter.objects.bulk_create(
        Letter(round=workshop.round, participant=person, kind=WAY_IN) for person in people
    )
    facts = {"target": workshop, "partnership": workshop.round.partnership}
    record("ways in sent", by=by, **facts, after={"people": len(people)})
    return len(people)


def without_way_in(workshop):
    """Members who can be written to, and have not been sent a way into this workshop."""
    members = workshop.round.partnership.memberships.current().exclude(email="")
    have = Letter.objects.filter(round=workshop.round_id, kind=WAY_IN)
    return members.exclude(participant__in=have.values("participant"))


def _participant(member, partnership):
    known = getattr(member, "participant", None)
    return known or Participant.objects.create(membership=member, partnership=partnership)


def forget_letters(round, participant, *kinds):
    """What they were about is gone; about what comes after it another may be written."""
    Letter.objects.filter(round=round, participant=participant, kind__in=kinds).delete()


def queue(round=None):
    """How to claim each letter that waits, the oldest first."""
    due = Letter.objects.filter(round=round) if round else Letter.objects.all()
    waiting = due.waiting().filter(free("claimed_at")).order_by("pk")
    return [partial(_claim, pk) for pk in waiting.values_list("pk", flat=True)]


@transaction.atomic
def _claim(pk):
    """Take a letter for this process and make its link; None if another has it or it is out of date."""
    waiting = Letter.objects.filter(free("claimed_at"), pk=pk).waiting()
    if not waiting.update(claimed_at=timezone.now()):
        return None
    letter = Letter.objects.select_related("round__partnership", "participant__membership").get(pk=pk)
    if not _still_wanted(letter):
        _give_back(pk, is_due=False)
        return None
    token, email = keys.new_token(), letter.participant.membership.email
    changes = {"token_hash": keys.hash_token(token), "mailed_to": keys.hash_address(email)}
    Letter.objects.filter(pk=pk).update(**changes)
    return Ready(letters.compose_letter(letter, token), partial(_settle, pk))


def _still_wanted(letter):
    membership = letter.participant.membership
    if not (membership and membership.email and membership.ended_at is None):
        return False
    return letter.kind == BEGUN or Workshop.objects.unfinished().filter(round=letter.round_id).exists()


@transaction.atomic
def _settle(pk, sent, reason):
    if sent:
        _give_back(pk, is_due=False, mailed_at=timezone.now(), error="")
    else:
        _give_back(pk, token_hash="", error=reason)  # nobody can hold it, so it must not open anything


def _give_back(pk, **changes):
    Letter.objects.filter(pk=pk).update(claimed_at=None, **changes)
