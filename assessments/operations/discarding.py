"""Taking away what was never meant to count: what is left of a workshop that was called off."""

from partnerships.models import Participant

from ..models import Seat, Workshop, WorkshopAction
from ..states import WorkshopState


def forget_called_off(round):
    """Take away the workshop on a round that was called off, which stood only for phones that still ask.

    The round is held. Nothing of such a workshop was ever shown, so no frozen row hangs on it.
    """
    workshop = Workshop.objects.filter(round=round, state=WorkshopState.CALLED_OFF)
    guests = list(Participant.objects.filter(seats__workshop__in=workshop, membership=None).distinct())
    Seat.objects.filter(workshop__in=workshop).delete()
    WorkshopAction.objects.filter(workshop__in=workshop).delete()
    workshop.delete()
    Participant.objects.filter(
        pk__in=[guest.pk for guest in guests], imported_as="", invitations=None, responses=None, seats=None
    ).delete()
