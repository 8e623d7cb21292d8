"""What the product holds about a signed-in person, for themselves; no rating of anybody."""

from django.utils.translation import gettext as _

from partnerships.models import Membership

from ..models import Invitation, NextStep, Response

CAME_BY = dict(Response.CameBy.choices)


def my_data(user):
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "since": user.date_joined,
            "last_sign_in": user.last_login,
            "editor": user.is_editor,
            "administrator": user.is_superuser or user.is_staff,
            "officer_of": [council.name for council in user.councils.order_by("pk")],
        },
        "memberships": [_membership(member) for member in _memberships(user)],
        "rounds": [_round(invitation) for invitation in _invitations(user)],
        "next_steps": [step for member in _memberships(user) for step in _steps(member)],
        "about_ratings": _(
            "Your ratings and comments are not in this file, because nobody but you may read them, not even "
            "through your account. While a round is open you find them through your private link, in the "
            "browser you used or with your return code."
        ),
    }


def _memberships(user):
    return user.memberships.select_related("partnership__council", "organisation").order_by("pk")


def _membership(member):
    return {
        "partnership": member.partnership.name,
        "council": member.partnership.council.name,
        "name": member.name,
        "email": member.email,
        "role": member.role,
        "organisation": member.organisation.name if member.organisation else None,
        "standpoint": member.standpoint,
        "since": member.created_at,
        "until": member.ended_at,
    }


def _steps(member):
    """Steps that say this person does them, as far as the person may read them in the partnership now."""
    if member.ended_at:
        return []
    is_lead = member.role == Membership.Role.LEAD
    steps = NextStep.objects.filter(partnership=member.partnership, owner__iexact=member.name)
    return [_step(member, step) for step in steps.readable_by(is_lead=is_lead).with_words()]


def _step(member, step):
    return {
        "partnership": member.partnership.name,
        "action": step.action.title,
        "what": step.text,
        "who": step.owner,
        "by": step.due_on,
        "state": step.state,
        "how_it_ended": step.closing_word,
    }


def _invitations(user):
    return (
        Invitation.objects.filter(participant__membership__user=user)
        .with_response()
        .select_related("round__partnership", "organisation")
        .order_by("pk")
    )


def _round(invitation):
    return {
        "partnership": invitation.round.partnership.name,
        "round": invitation.round.title,
        "organisation": invitation.organisation.name if invitation.organisation else None,
        "standpoint": invitation.standpoint,
        "marked_as_away": invitation.is_away,
        "invited": invitation.created_at,
        "last_email": invitation.mailed_at,
        "came_in_by": CAME_BY.get(invitation.came_by),
        "started": invitation.started_at,
        "first_answer": invitation.answered_at,
        "sent": invitation.submitted_at,
        "asked_by_email": [_letter(each) for each in _letters(invitation)],
    }


def _letters(invitation):
    return invitation.round.letters.filter(participant=invitation.participant_id).order_by("pk")


def _letter(letter):
    """An e-mail about somebody who came in as the person, and what they answered."""
    return {
        "about": letter.get_kind_display(),
        "sent": letter.mailed_at,
        "you_said": letter.get_said_display() or None,
    }
