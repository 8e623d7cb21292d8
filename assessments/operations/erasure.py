"""Erasing a person: name, address and the link to their ratings go, frozen counts stay.

Next steps stay, too; one whose owner is exactly the person's name in that partnership has no owner then.
What else people wrote into a step nobody can find for sure, so the page that erases asks to look.
"""

from django.db import transaction
from django.db.models import F, Q

from partnerships.models import Membership, Participant
from partnerships.operations import remove_unheld_account
from partnerships.operations.audit import record

from .. import policies
from ..models import Invitation, InvitationLink, Letter, NextStep, Response, Round, Seat, Workshop
from ..states import FROZEN
from .locking import locked_workshop
from .proving_later import forget_proofs
from .seats import count_changed, take_unseen


@transaction.atomic
def erase_person(*, by, membership):
    """Erase a member, and their account if nothing else holds it. Returns whether the account went.

    Whoever left and came back, or stands in an imported file by their address, is the same person there.
    """
    memberships = list(_memberships_of(membership).select_related("user"))
    _require_another_lead(membership.partnership, memberships)
    record("person erased", by=by, target=membership, partnership=membership.partnership)
    for participant in _participants_of(membership):
        _cut(participant)
    for each in memberships:
        _disown_steps(each.partnership, each.name)
        each.delete()
    gone = [remove_unheld_account(user) for user in {each.user for each in memberships}]
    return any(gone)


def _memberships_of(membership):
    """Of the same person in the same partnership: the one given, and those of the account or address."""
    same = Q(pk=membership.pk)
    if membership.user_id:
        same |= Q(user=membership.user_id)
    if membership.email:
        same |= Q(email__iexact=membership.email)
    return Membership.objects.filter(same, partnership=membership.partnership_id)


def _participants_of(membership):
    same = Q(membership__in=_memberships_of(membership))
    if membership.email:
        same |= Q(imported_as__iexact=membership.email)
    return Participant.objects.filter(same, partnership=membership.partnership_id).order_by("pk")


@transaction.atomic
def erase_imported(*, by, participant):
    """Erase somebody who was brought in from a file and is known by the name in that file alone."""
    record("person erased", by=by, target=participant, partnership=participant.partnership)
    _disown_steps(participant.partnership, participant.imported_as)
    _cut(participant)


def _require_another_lead(partnership, memberships):
    if any(each.role == Membership.Role.LEAD and each.ended_at is None for each in memberships):
        others = partnership.memberships.current().filter(role=Membership.Role.LEAD)
        policies.rounds.require_another_lead(
            others.exclude(pk__in=[each.pk for each in memberships]).exists()
        )


def _cut(participant):
    """Leave the participant as a number that points at nobody."""
    _leave_rounds(participant)
    forget_proofs(participant)
    InvitationLink.objects.filter(invitation__participant=participant).delete()
    Letter.objects.filter(participant=participant).delete()
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
        if not held.is_over:
            take_unseen(held, participant.pk)
            count_changed(held)
    Seat.objects.filter(participant=participant).delete()


def _disown_steps(partnership, name):
    """The revision grows: whoever has the step open at this moment must not put the name back unasked."""
    owned = NextStep.objects.filter(partnership=partnership, owner__iexact=name).exclude(owner="")
    owned.update(owner="", revision=F("revision") + 1)
