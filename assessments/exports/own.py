"""What is held about one person in one round, for that person alone."""


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
        "started_at": _time(response.started_at),
        "first_answer_at": _time(response.answered_at),
        "sent_at": _time(response.submitted_at),
        "ratings": _ratings(response, words),
    }


def _ratings(response, words):
    said = {rating.action_id: rating for rating in response.ratings.all()}
    return [_rating(action, said[action.id]) for action in words.actions if action.id in said]


def _rating(action, rating):
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
