from django.db import transaction
from django.utils import timezone

from partnerships.models import Participant
from partnerships.models.audit import AuditEvent
from partnerships.operations.audit import record

from .. import keys, policies
from ..models import Invitation, InvitationLink, Letter, Response
from .letters import forget_letters
from .locking import locked

Mail = Invitation.Mail


@transaction.atomic
def invite(*, by, round):
    """An invitation for every current member who has none in this round; returns the new ones."""
    round = locked(round)
    policies.rounds.require_open(round)
    members = round.partnership.memberships.current().exclude(participant__invitations__round=round)
    made = [
        invite_one(round=round, member=member)
        for member in members.select_related("participant").order_by("pk")
    ]
    if made:
        record(
            "people invited", by=by, target=round, partnership=round.partnership, after={"people": len(made)}
        )
    return made


def invite_one(*, round, member):
    """A place in the round for one member, as of today; without an e-mail where the room rates, or nobody
    is real."""
    is_written_to = member.email and not round.is_in_room and not round.partnership.is_rehearsal
    participant, _made = Participant.objects.get_or_create(
        membership=member, defaults={"partnership": round.partnership}
    )
    return Invitation.objects.create(
        round=round,
        participant=participant,
        organisation=member.organisation,
        entered_organisation=member.organisation,
        standpoint=member.standpoint,
        mail_due=Mail.INVITATION if is_written_to else "",
    )


@transaction.atomic
def issue_link(*, by, invitation):
    """One more valid link; returns its token, which is kept nowhere."""
    return _issue(by, invitation, "link made")


@transaction.atomic
def renew_link(*, by, invitation):
    """A new link that replaces all earlier ones; returns its token."""
    _hold(invitation)
    _withdraw(invitation)
    return _issue(by, invitation, "link renewed")


@transaction.atomic
def withdraw_links(*, by, invitation):
    """No link of this invitation opens anything any more."""
    _hold(invitation)
    _withdraw(invitation)
    _forget_mail(invitation)
    _record("link withdrawn", by, invitation)


def _forget_mail(invitation):
    invitation.mail_due, invitation.mail_error = "", ""
    invitation.save(update_fields=["mail_due", "mail_error"])


def _hold(invitation):
    """Wait for an e-mail whose link is being made at this moment, so that no link slips past."""
    Invitation.objects.select_for_update().get(pk=invitation.pk)


def _issue(by, invitation, event, mailed_to=""):
    """``mailed_to`` only where the link goes to that address and is shown to nobody else."""
    token = keys.new_token()
    InvitationLink.objects.create(
        invitation=invitation,
        token_hash=keys.hash_token(token),
        mailed_to=mailed_to and keys.hash_address(mailed_to),
    )
    _record(event, by, invitation)
    return token


def _withdraw(invitation):
    invitation.links.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def mark_away(*, by, invitation, away=True):
    """Take somebody who cannot take part out of the response rate, or put them back."""
    policies.rounds.require_not_frozen(invitation.round)
    if away:
        policies.rounds.require_not_answered(_responses(invitation).exclude(answered_at=None).exists())
    invitation.is_away = away
    invitation.save(update_fields=["is_away"])
    if away:
        _forget_mail(invitation)
    _record("marked as away" if away else "marked as not away", by, invitation)
    return invitation


@transaction.atomic
def remind(*, by, round, seen_at=None):
    """Make a reminder due for everybody who has an address and has not sent their answers.

    ``seen_at`` is when the lead was shown how many those are: whoever has had an e-mail since is not
    reminded, so that two leads pressing at once remind once.
    """
    policies.rounds.require_by_link(round)
    due = to_remind(round)
    if seen_at:
        due = due.exclude(mailed_at__gt=seen_at)
    pks = [invitation.pk for invitation in due]
    count = Invitation.objects.filter(pk__in=pks).update(mail_due=Mail.REMINDER, mail_error="")
    record("reminded", by=by, target=round, partnership=round.partnership, after={"people": count})
    return count


def unfinished(round):
    """Invitations, with an address or without, of people still in the partnership who have not sent."""
    return (
        round.invitations.with_response()
        .filter(is_away=False, submitted_at=None, participant__membership__ended_at=None)
        .exclude(participant__membership=None)
    )


def to_remind(round):
    """Who gets a reminder. Somebody whose invitation still waits gets that instead: a reminder of an
    e-mail never sent would puzzle. A link the lead has withdrawn is not brought back by a reminder."""
    return (
        unfinished(round)
        .with_links()
        .filter(is_withdrawn=False)
        .exclude(participant__membership__email="")
        .exclude(mail_due=Mail.INVITATION)
    )


def to_tell(round):
    """Who gets an e-mail that the results are shared."""
    return (
        round.invitations.with_links()
        .filter(is_withdrawn=False, participant__membership__ended_at=None)
        .exclude(participant__membership=None)
        .exclude(participant__membership__email="")
    )


@transaction.atomic
def make_mail_due(*, by, invitation):
    """Send the invitation to one person again."""
    policies.rounds.require_by_link(invitation.round)
    policies.rounds.require_address(invitation)
    invitation.mail_due, invitation.mail_error = Mail.INVITATION, ""
    invitation.save(update_fields=["mail_due", "mail_error"])
    _record("invitation sent again", by, invitation)


@transaction.atomic
def restart_answers(*, by, invitation):
    """Take away what somebody saved, because they have lost both the browser and the return code.

    They are told by e-mail, so that nobody's answers vanish without their knowing; whoever changes the
    address first cannot have them told somewhere else.
    """
    policies.rounds.require_by_link(locked(invitation.round))
    responses = list(_responses(invitation).select_for_update())
    policies.rounds.require_started(responses)
    policies.rounds.require_still_member(invitation.participant.membership)
    policies.rounds.require_same_address(_address_changed(invitation))
    _responses(invitation).delete()
    forget_letters(invitation.round, invitation.participant, Letter.Kind.BEGUN)
    if invitation.participant.membership and invitation.participant.membership.email:
        invitation.mail_due, invitation.mail_error = Mail.RESTART, ""
        invitation.save(update_fields=["mail_due", "mail_error"])
    _record("answers taken away to start again", by, invitation)


def _address_changed(invitation):
    """Whether the person's address has been changed since they were asked: the first e-mail with a link
    went to the former one. The trail says which fields changed.
    """
    changes = AuditEvent.objects.filter(
        event="member changed",
        target_kind="membership",
        target_key=str(invitation.participant.membership_id),
        at__gte=invitation.created_at,
    )
    return any("email" in change.after["changed"] for change in changes)


def _responses(invitation):
    return Response.objects.filter(round=invitation.round_id, participant=invitation.participant_id)


def _record(event, by, invitation):
    record(event, by=by, target=invitation, partnership=invitation.round.partnership)
