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
from .locking import locked, locked_workshop
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
    _leave_workshops(participant)
    _leave_unfrozen_rounds(participant)
    InvitationLink.objects.filter(invitation__participant=participant).delete()
    # Comments stay: taking one away at this moment would show the lead whose it was.
    Invitation.objects.filter(participant=participant).update(mail_due="", mail_error="")
    participant.membership, participant.imported_as = None, ""
    participant.save()
    if not participant.invitations.exists() and not participant.responses.exists():
        participant.delete()


def _leave_workshops(participant):
    """Their seats go. In a workshop that is not finished, what nobody has seen of theirs goes, too; what
    the room has been shown stands, like the counts of a frozen round.
    """
    under_way = Workshop.objects.unfinished().filter(_has_been_in(participant)).distinct()
    for workshop in under_way.select_related("round").order_by("round"):
        locked(workshop.round)
        held = locked_workshop(workshop)
        if not held.is_finished:
            take_unseen(held, participant.pk)
            count_changed(held)
    Seat.objects.filter(participant=participant).delete()


def _has_been_in(participant):
    return Q(seats__participant=participant) | Q(round__responses__participant=participant)


def _leave_unfrozen_rounds(participant):
    """In rounds whose results nobody has seen, nothing of the person stays but what a room has been shown.

    Held like the freeze does it, rounds before responses: a round that opens its results at this moment
    has either counted the person or never knew them.
    """
    invited = Round.objects.filter(invitations__participant=participant).exclude(state__in=FROZEN)
    pks = list(invited.values_list("pk", flat=True))
    held = Round.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    still = [round.pk for round in held if not round.is_frozen]
    list(Response.objects.select_for_update().filter(participant=participant, round__in=still).order_by("pk"))
    own = Response.objects.filter(participant=participant, round__in=still)
    own.exclude(pk__in=Response.objects.kept()).delete()
    shown = own.values("round")
    Invitation.objects.filter(participant=participant, round__in=still).exclude(round__in=shown).delete()


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
