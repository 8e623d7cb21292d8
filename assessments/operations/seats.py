"""What joining and leaving a workshop change beside the seat itself."""

from django.db import connection

from ..models import Rating, Response, Seat


def count_changed(workshop, *fields):
    """Screens that show who is there and how many have rated look again."""
    workshop.count_revision += 1
    workshop.save(update_fields=["count_revision", *fields])


# Not worth waiting for the disk: all phones of a room count in the same row, one after another.
COUNT_ONE = """
    WITH quickly AS (SELECT set_config('synchronous_commit', 'off', true))
    UPDATE assessments_workshop SET count_revision = count_revision + 1 FROM quickly WHERE id = %s
"""
COUNT_ONE_ON_SQLITE = "UPDATE assessments_workshop SET count_revision = count_revision + 1 WHERE id = %s"


def count_one(workshop_pk):
    """The same, by whoever does not hold the workshop; a transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE if connection.vendor == "postgresql" else COUNT_ONE_ON_SQLITE, [workshop_pk])


def drop_other_votes(seat):
    """One person has one vote: the one they cast last, on whichever device.

    Until they cast it anew that of another device counts, and stays where it is: this one never shows it.
    """
    others = Seat.objects.filter(workshop=seat.workshop_id, participant=seat.participant_id)
    others.exclude(pk=seat.pk).exclude(worth=None).update(worth=None)


def take_unseen(workshop, participant, devices=None):
    """Remove what somebody said that nobody has seen, on all devices or on these. The round and the workshop
    are held.

    A response without any rating goes, too; but not from a frozen round, whose counts know of it.
    """
    responses = Response.objects.select_for_update().filter(round=workshop.round_id, participant=participant)
    for response in responses:
        said = Rating.objects.filter(response=response)
        if devices is not None:
            said = said.filter(saved_from__in=devices)
        said.remove_unseen()
        if workshop.is_room and not response.ratings.exists():
            response.delete()
