"""What is held about one person in one round, for that person alone."""

from collections import defaultdict

from ..models import Rating


def own_answers(invitation, response, words):
    """Name and address, place in the round, and every answer, as plain data for a JSON file."""
    membership, round = invitation.participant.membership, invitation.round
    return {
        "partnership": round.partnership.name,
        "round": round.title,
        "name": membership.name,
        "email": membership.email,
        "organisation": response.organisation.name if response.organisation else None,
        "standpoint": response.standpoint or None,
        "invited_at": _time(invitation.created_at),
        "last_email_at": _time(invitation.mailed_at),
        "came_in_by": response.get_came_by_display() or None,
        "started_at": _time(response.started_at),
        "first_answer_at": _time(response.answered_at),
        "sent_at": _time(response.submitted_at),
        "ratings": _ratings(response, words),
    }


def _ratings(response, words):
    layers = defaultdict(dict)
    for rating in response.ratings.all():
        layers[rating.action_id][rating.layer] = rating
    return [_rating(action, layers[action.id]) for action in words.actions if action.id in layers]


def _rating(action, layers):
    """What was said first, with what was said again after talking and looking back, where somebody did."""
    first = layers.get(Rating.Layer.FIRST)
    return _first(action, first) | {
        name: layers[name].level
        for name in (Rating.Layer.SECOND, Rating.Layer.LOOKING_BACK)
        if name in layers
    }


def _first(action, rating):
    rating = rating or Rating(saved_at=None)
    return {
        "number": action.number,
        "action": action.title,
        "level": rating.level,
        "dont_know": rating.dont_know,
        "comment": rating.comment,
        "saved_at": _time(rating.saved_at),
    }


def _time(moment):
    return moment.isoformat() if moment else None
