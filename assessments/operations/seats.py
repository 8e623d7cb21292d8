"""What joining and leaving a workshop change beside the seat itself."""

from django.db.models import F

from ..models import Rating, Response, Seat, Workshop


def count_changed(workshop, *fields):
    """Screens that show who is there and how many have rated look again."""
    workshop.count_revision += 1
    workshop.save(update_fields=["count_revision", *fields])


def count_one(workshop_pk):
    """The same, by whoever does not hold the workshop."""
    Workshop.objects.filter(pk=workshop_pk).update(count_revision=F("count_revision") + 1)


def take_over_vote(seat):
    """One person has one vote, on whichever device they cast it; the seat is saved by the caller."""
    others = Seat.objects.filter(workshop=seat.workshop_id, participant=seat.participant_id)
    voted = others.exclude(pk=seat.pk).exclude(worth=None)
    for other in voted:
        seat.worth = other.worth
    voted.update(worth=None)


def take_unseen(workshop, participant):
    """Remove what somebody said that nobody has seen. The round and the workshop are held.

    A response without any rating goes, too; but not from a frozen round, whose counts know of it.
    """
    responses = Response.objects.select_for_update().filter(round=workshop.round_id, participant=participant)
    for response in responses:
        Rating.objects.filter(response=response).remove_unseen()
        if workshop.is_room and not response.ratings.exists():
            response.delete()
