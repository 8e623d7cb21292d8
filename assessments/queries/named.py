"""Who gave which level, in a named round only. No confidential round's page, file or command comes here."""

from django.utils.translation import gettext as _

from ..models import Confidentiality, Rating, Response, Seat

DONT_KNOW = "dk"


def named_ratings(round, words):
    """(name, what they said of each action in order) for everybody who answered, by name.

    A level, ``dk``, or None where they said nothing. Empty once retention has removed the ratings.
    """
    if round.confidentiality != Confidentiality.NAMED:
        raise ValueError("names stand beside ratings in named rounds only")
    said = {
        (response, action): level or (DONT_KNOW if dont_know else None)
        for response, action, level, dont_know in Rating.objects.filter(
            response__round=round, layer=Rating.Layer.FIRST
        ).values_list("response_id", "action_id", "level", "dont_know")
    }
    answered = Response.objects.filter(round=round).exclude(answered_at=None)
    guests = dict(
        Seat.objects.filter(workshop__round=round, is_guest=True).values_list("participant", "guest_number")
    )
    people = [
        (
            _name(response.participant, guests),
            [said.get((response.pk, action.id)) for action in words.actions],
        )
        for response in answered.select_related("participant__membership")
    ]
    return sorted(people, key=lambda person: person[0].casefold())


def _name(participant, guests):
    """Guests of a workshop have a number; ``guests`` is participant -> number."""
    if participant.pk in guests:
        return _("Guest %(number)d") % {"number": guests[participant.pk]}
    return participant.name
