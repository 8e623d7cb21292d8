"""Taking away what was never meant to count: a workshop that was called off, and rehearsals."""

from datetime import timedelta

from django.db import transaction

from partnerships.models import Membership, Organisation, Participant, Partnership
from partnerships.operations.audit import record

from ..models import (
    AgreedRating,
    Comment,
    Invitation,
    Letter,
    NextStep,
    Rating,
    Response,
    RevealedCounts,
    Round,
    RoundCounts,
    Seat,
    Workshop,
    WorkshopAction,
)
from ..states import WorkshopState

REHEARSAL_KEPT = timedelta(days=1)
"""After that a rehearsal nobody has thrown away is forgotten."""


def forget_called_off(round):
    """Take away the workshop on a round that was called off, which stood only for phones that still ask.

    The round is held. Nothing of such a workshop was ever shown, so no frozen row hangs on it.
    """
    workshop = Workshop.objects.filter(round=round, state=WorkshopState.CALLED_OFF)
    guests = list(Participant.objects.filter(seats__workshop__in=workshop, membership=None).distinct())
    Seat.objects.filter(workshop__in=workshop).delete()
    Letter.objects.filter(round=round).exclude(kind=Letter.Kind.BEGUN).delete()
    WorkshopAction.objects.filter(workshop__in=workshop).delete()
    workshop.delete()
    Participant.objects.filter(
        pk__in=[guest.pk for guest in guests], imported_as="", invitations=None, responses=None, seats=None
    ).delete()


@transaction.atomic
def throw_away(*, by, rehearsal):
    """Delete a rehearsal with everything in it; the trail of what was done stays, and says it was one.

    Returns whether it was still there. Its workshop is held, so that nobody is rating at this moment.
    """
    found = Partnership.with_rehearsals.select_for_update().filter(
        pk=rehearsal.pk, rehearsal_of__isnull=False
    )
    if not found:
        return False
    rounds = Round.objects.filter(partnership=rehearsal)
    list(rounds.select_for_update().order_by("pk"))
    list(Workshop.objects.select_for_update().filter(round__in=rounds).order_by("pk"))
    record("rehearsal thrown away", by=by, target=rehearsal, partnership=rehearsal.rehearsal_of)
    _remove_what_was_said(rehearsal)
    _remove_rounds(rehearsal)
    for model in (Participant, Membership, Organisation):
        model.objects.filter(partnership=rehearsal).delete()
    found.delete()
    return True


def _remove_what_was_said(rehearsal):
    RevealedCounts.objects.filter(workshop_action__workshop__round__partnership=rehearsal).remove_rehearsed()
    RoundCounts.objects.filter(round__partnership=rehearsal).remove_rehearsed()
    Rating.objects.filter(response__round__partnership=rehearsal).remove_rehearsed()
    Response.objects.filter(round__partnership=rehearsal).remove_rehearsed()


def _remove_rounds(rehearsal):
    NextStep.objects.filter(partnership=rehearsal).delete()
    for model in (Seat, WorkshopAction):
        model.objects.filter(workshop__round__partnership=rehearsal).delete()
    for model in (Workshop, AgreedRating, Comment, Invitation):
        model.objects.filter(round__partnership=rehearsal).delete()
    Round.objects.filter(partnership=rehearsal).delete()


def forgotten_rehearsals(*, now):
    """Those begun more than a day ago."""
    old = Partnership.with_rehearsals.filter(rehearsal_of__isnull=False, created_at__lt=now - REHEARSAL_KEPT)
    return list(old.select_related("rehearsal_of").order_by("pk"))


def throw_away_forgotten(*, by, now):
    """Each in a transaction of its own; returns how many."""
    return sum(throw_away(by=by, rehearsal=rehearsal) for rehearsal in forgotten_rehearsals(now=now))
