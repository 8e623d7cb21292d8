"""Holding rows until the transaction ends: the round first, then its workshop, then responses, so that
nobody waits in a ring."""

from django.db import connection

from partnerships.models import Partnership

from ..models import Response, Round, Workshop


def lock_partnership(partnership):
    """Two people giving the same title at the same moment wait for each other, and so do two rounds that
    open their results. Before any round.

    Not its key: who holds a round and adds somebody to the partnership must not wait for us.
    """
    Partnership.with_rehearsals.select_for_update(no_key=True).get(pk=partnership.pk)


def locked(round):
    """The round as it is now, held until the transaction ends."""
    return Round.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=round.pk)


def locked_workshop(workshop):
    """The workshop as it is now, held until the transaction ends. Whoever rates in it waits."""
    held = Workshop.objects.select_for_update(of=("self",))
    return held.select_related("round__partnership", "action").get(pk=workshop.pk)


def shared_workshop(workshop):
    """The workshop as it is now. Until the transaction ends nobody moves it, nor its round; others may share
    it, and may count. Nothing of either may be changed by whoever shares: two would wait for each other.
    """
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute(SHARE, [workshop.pk])
    return Workshop.objects.select_related("round__partnership", "action").get(pk=workshop.pk)


SHARE = """
    SELECT 1 FROM assessments_workshop workshop JOIN assessments_round round ON round.id = workshop.round_id
    WHERE workshop.id = %s FOR SHARE OF round FOR KEY SHARE OF workshop
"""


def lock_responses(round):
    """Wait for every answer being saved, and let none begin.

    ``operations.at_once`` shares a lock on the round while it saves, ``operations.answers`` holds the
    response and then reads the state of the round.
    """
    locked(round)
    list(Response.objects.select_for_update().filter(round=round).order_by("pk").values_list("pk"))
