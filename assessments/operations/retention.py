"""After the council's retention period a frozen round keeps its counts and nothing else."""

from django.db import transaction
from django.utils import timezone

from partnerships.models import Participant
from partnerships.operations.audit import record

from ..analysis.dates import months_after
from ..models import Comment, Invitation, InvitationLink, Letter, Rating, Response, Round, Seat
from ..states import FROZEN
from .locking import locked


def rounds_past_retention(*, today):
    """Frozen rounds that still hold ratings although their council's months are over."""
    kept = Round.objects.filter(state__in=FROZEN, ratings_removed_at=None)
    return [
        round
        for round in kept.select_related("partnership__council").order_by("pk")
        if is_past_retention(round, today)
    ]


def is_past_retention(round, today):
    opened = timezone.localdate(round.revealed_at)
    return months_after(opened, round.partnership.council.retention_months) <= today


def remove_old_ratings(*, by, today, done=None):
    """Remove what is past its time, each round in a transaction of its own; returns the rounds.

    ``done`` is called with each round, for whoever wants to show progress. Running it again does no harm.
    """
    removed = []
    for round in rounds_past_retention(today=today):
        if _remove(by, round):
            removed.append(round)
            if done:
                done(round)
    return removed


@transaction.atomic
def _remove(by, round):
    round = locked(round)
    if round.ratings_removed_at:
        return False
    Rating.objects.filter(response__round=round).remove_frozen()
    Response.objects.filter(round=round).remove_frozen()
    Comment.objects.filter(round=round).delete()
    InvitationLink.objects.filter(invitation__round=round).delete()
    Seat.objects.filter(workshop__round=round).delete()
    Invitation.objects.filter(round=round).delete()
    Letter.objects.filter(round=round).delete()
    _forget_nameless(round)
    round.ratings_removed_at = timezone.now()
    round.save(update_fields=["ratings_removed_at"])
    record("ratings removed after retention", by=by, target=round, partnership=round.partnership)
    return True


def _forget_nameless(round):
    """Names from files, and participants that point at nobody, go with their last round."""
    Participant.objects.filter(
        partnership=round.partnership, membership=None, invitations=None, responses=None, seats=None
    ).delete()
