"""The people of a round as their lead sees them: whether they have answered, never what."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from partnerships.templatetags.together import long_date

from ..models import Invitation
from ..states import RoundState

PROGRESS = {
    "away": lazy("Away"),
    "sent": lazy("Answers sent"),
    "answered": lazy("Answered, not sent yet"),
    "started": lazy("Started"),
    "not_started": lazy("Not started"),
}


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """One person: how far they are, what became of their e-mail, and what the lead can do."""

    invitation: Invitation
    name: str
    organisation: str
    progress: str
    words: str
    mail: str
    mail_failed: bool
    actions: frozenset


def changed_organisations(round):
    """Who says they are of another organisation than was written down, by name; until results are opened."""
    if round.is_frozen:
        return []
    people = round.invitations.with_changed_organisation().select_related(
        "participant__membership", "organisation", "entered_organisation"
    )
    return sorted(people, key=lambda invitation: invitation.participant.name.casefold())


def rows(round):
    """By name. The same number of queries however many people there are."""
    people = (
        round.invitations.with_response()
        .with_links()
        .select_related("participant__membership", "organisation")
    )
    found = [_row(invitation, round) for invitation in people]
    return sorted(found, key=lambda row: row.name.casefold())


@dataclass(frozen=True, slots=True)
class Proved:
    """How many of those who answered proved who they are, so that other rounds can be matched."""

    people: int
    of: int


def proved(round):
    """None until the results are opened, when it changes no more: told one by one, it would say who did.

    Nor of files, where nobody comes in, and once the ratings are removed.
    """
    if not round.is_frozen or round.is_brought_in or round.ratings_removed_at:
        return None
    answered = round.responses.exclude(answered_at=None)
    return Proved(people=answered.exclude(proofs=[]).count(), of=answered.count())


def _row(invitation, round):
    progress = _progress(invitation)
    return AskedPerson(
        invitation=invitation,
        name=invitation.participant.name,
        organisation=invitation.organisation.name if invitation.organisation else "",
        progress=progress,
        words=str(PROGRESS[progress]),
        mail=mail_words(invitation),
        mail_failed=bool(invitation.mail_due and invitation.mail_error),
        actions=frozenset(_actions(invitation, round, progress)),
    )


def _progress(invitation):
    """Somebody who has answered is not away, whatever was marked before."""
    if invitation.submitted_at:
        return "sent"
    if invitation.answered_at:
        return "answered"
    if invitation.is_away:
        return "away"
    return "started" if invitation.started_at else "not_started"


def mail_words(invitation):
    if invitation.mail_due:
        return _not_sent(invitation)
    if invitation.mailed_at:
        return _("E-mail sent %(day)s") % {"day": long_date(invitation.mailed_at)}
    if not _address(invitation):
        return _("No e-mail address: give them a link yourself")
    return _("No e-mail sent")


def _not_sent(invitation):
    if invitation.mail_error:
        return _("E-mail not sent. %(why)s") % {"why": invitation.mail_error}
    return _("E-mail waiting to be sent")


def _address(invitation):
    membership = invitation.participant.membership
    return membership.email if membership else ""


def _actions(invitation, round, progress):
    """What makes sense now; the operations refuse the rest."""
    if not invitation.participant.membership:
        if invitation.participant.imported_as:
            yield "erase"
        return
    if round.state in (RoundState.OPEN, RoundState.SHARED):
        yield from ("link", "renew")
    if not invitation.is_withdrawn:
        yield "withdraw"
    if round.state == RoundState.OPEN:
        yield from _while_open(invitation, progress)
    elif round.state == RoundState.CLOSED and progress in ("away", "not_started", "started"):
        yield "back" if progress == "away" else "away"


def _while_open(invitation, progress):
    if _address(invitation) and progress != "sent":
        yield "again"
    if progress in ("sent", "answered", "started") and not invitation.participant.membership.ended_at:
        yield "restart"
    if progress in ("not_started", "started"):
        yield "away"
    if progress == "away":
        yield "back"
