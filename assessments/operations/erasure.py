"""Erasing a person: name, address and the link to their ratings go, frozen counts stay."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnerships.audit import record
from partnerships.models import Membership, Participant

from .. import policies
from ..models import Invitation, InvitationLink, Response, Round, Seat, Workshop
from ..states import FROZEN
from .locking import locked_workshop
from .seats import count_changed, take_unseen


@transaction.atomic
def erase_person(*, by, membership):
    """Erase a member, and their account if nothing else holds it. Returns whether the account went."""
    _require_another_lead(membership)
    record("person erased", by=by, target=membership, partnership=membership.partnership)
    participant = Participant.objects.filter(membership=membership).first()
    if participant:
        _cut(participant)
    user = membership.user
    membership.delete()
    return _erase_account(user)


@transaction.atomic
def erase_imported(*, by, participant):
    """Erase somebody who was brought in from a file and is known by the name in that file alone."""
    record("person erased", by=by, target=participant, partnership=participant.partnership)
    _cut(participant)


def _require_another_lead(membership):
    if membership.role == Membership.Role.LEAD and membership.ended_at is None:
        others = membership.partnership.memberships.current().filter(role=Membership.Role.LEAD)
        policies.require_another_lead(others.exclude(pk=membership.pk).exists())


def _cut(participant):
    """Leave the participant as a number that points at nobody."""
    _leave_rounds(participant)
    InvitationLink.objects.filter(invitation__participant=participant).delete()
    # Comments stay: taking one away at this moment would show the lead whose it was.
    Invitation.objects.filter(participant=participant).update(mail_due="", mail_error="")
    participant.membership, participant.imported_as = None, ""
    participant.save()
    if not participant.invitations.exists() and not participant.responses.exists():
        participant.delete()


def _leave_rounds(participant):
    """In rounds whose results nobody has seen, nothing of the person stays but what a room has been shown.

    Held like the freeze does it, rounds before workshops before responses: a round that opens its results
    at this moment has either counted the person or never knew them.
    """
    pks = list(Round.objects.filter(_concerned(participant)).values_list("pk", flat=True).distinct())
    held = list(Round.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    _leave_workshops(participant, pks)
    still = [round.pk for round in held if not round.is_frozen]
    own = Response.objects.filter(participant=participant, round__in=still)
    list(own.select_for_update().order_by("pk"))
    own.exclude(pk__in=Response.objects.kept()).delete()
    shown = own.values("round")
    Invitation.objects.filter(participant=participant, round__in=still).exclude(round__in=shown).delete()


def _concerned(participant):
    """Rounds whose results nobody has seen, and those on which a workshop is under way."""
    unseen = Q(invitations__participant=participant) & ~Q(state__in=FROZEN)
    under_way = Q(workshop__in=Workshop.objects.unfinished())
    was_there = Q(workshop__seats__participant=participant) | Q(responses__participant=participant)
    return unseen | (under_way & was_there)


def _leave_workshops(participant, rounds):
    """Their seats go, and with them what nobody has seen; what a room has been shown stands."""
    for workshop in Workshop.objects.unfinished().filter(round__in=rounds).order_by("round"):
        held = locked_workshop(workshop)
        if not held.is_finished:
            take_unseen(held, participant.pk)
            count_changed(held)
    Seat.objects.filter(participant=participant).delete()


def _erase_account(user):
    """Delete the account, its addresses and its sessions unless another role holds it."""
    if user is None or _is_held(user):
        return False
    _end_sessions(user)
    user.delete()
    return True


def _is_held(user):
    has_power = user.is_staff or user.is_superuser or user.is_editor
    return has_power or user.memberships.exists() or user.councils.exists()


def _end_sessions(user):
    """Sessions name their person only inside, so each has to be looked into."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
