"""Sending what is due. Each e-mail is claimed and its link made in one transaction, sent after it, and
settled in another; a process that dies on the way leaves a claim that lapses, and the e-mail stays due.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.operations.audit import record

from .. import keys, letters
from ..models import Invitation, InvitationLink
from ..states import RoundState
from .invitations import _issue

CLAIM_LASTS = timedelta(minutes=5)
"""Longer than any one e-mail takes: after that the process that claimed it is taken for dead."""

Mail = Invitation.Mail


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one call has sent, what it could not send, and how many are still waiting."""

    sent: int
    failed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class _Ready:
    """A claimed e-mail with its link."""

    invitation: Invitation
    kind: str
    link: InvitationLink
    message: object


def deliver(*, by, round=None, seconds=None):
    """Send the e-mail that is due, of one round or of all, for at most ``seconds`` (but at least one).

    Never call it inside a transaction: a link has to be saved before anybody can follow it.
    """
    queue = _queue(round)
    outcomes = _deliver(by, queue, seconds) if queue else []
    return Delivery(
        sent=outcomes.count(True),
        failed=outcomes.count(False),
        waiting=_of(round).mail_waiting().count(),
    )


def _of(round):
    return Invitation.objects.filter(round=round) if round else Invitation.objects.all()


def _free():
    return Q(mail_claimed_at=None) | Q(mail_claimed_at__lt=timezone.now() - CLAIM_LASTS)


def _queue(round):
    return list(_of(round).mail_waiting().filter(_free()).order_by("pk").values_list("pk", flat=True))


def _deliver(by, queue, seconds):
    """One connection for all; True for each sent, False for each failed."""
    began, outcomes, connection = time.monotonic(), [], get_connection()
    try:
        connection.open()
    except (OSError, SMTPException):
        return _nothing_goes_out(queue)
    try:
        for pk in queue:
            outcomes += _send_one(by, pk, connection)
            if seconds is not None and time.monotonic() - began >= seconds:
                break
    finally:
        connection.close()
    return outcomes


def _nothing_goes_out(queue):
    """The mail server does not answer: say so at once instead of trying each."""
    stuck = Invitation.objects.filter(pk__in=queue).mail_waiting()
    count = stuck.update(mail_error=_("The mail server could not be reached."))
    return [False] * count


def _send_one(by, pk, connection):
    ready = _claim(by, pk)
    if ready is None:
        return []
    try:
        ready.message.connection = connection
        sent = bool(ready.message.send())
        reason = "" if sent else _("The mail server did not take it.")
    except (OSError, SMTPException, ValueError) as fault:
        connection.close()  # whatever broke, the next one begins on a connection of its own
        sent, reason = False, _why(fault)
    _settle(ready, sent, reason)
    return [sent]


def _why(fault):
    """In plain words; what the server said can hold the address, and helps nobody who reads this."""
    if isinstance(fault, SMTPRecipientsRefused):
        return _("The mail server refused this address.")
    if isinstance(fault, ValueError | UnicodeError):
        return _("An e-mail cannot be written to this address.")
    return _("The connection to the mail server broke off.")


@transaction.atomic
def _claim(by, pk):
    """Take one e-mail for this process and make its link; None if another has it or it is out of date."""
    claimed = Invitation.objects.filter(_free(), pk=pk).mail_waiting().update(mail_claimed_at=timezone.now())
    if not claimed:
        return None
    invitation = Invitation.objects.select_related("round__partnership", "participant__membership").get(pk=pk)
    kind = invitation.mail_due
    if not _still_wanted(invitation, kind):
        _give_back(pk, mail_due="")
        return None
    token = _issue(by, invitation, "link mailed", mailed_to=invitation.participant.membership.email)
    link = InvitationLink.objects.get(token_hash=keys.hash_token(token))
    message = letters.compose(invitation, kind, letters.link_url(token, kind))
    return _Ready(invitation, kind, link, message)


def _still_wanted(invitation, kind):
    """Things may have moved on since it became due: the round, the person, their address."""
    membership = invitation.participant.membership
    state = RoundState.SHARED if kind == Mail.RESULTS else RoundState.OPEN
    reachable = membership and membership.email and not membership.ended_at
    is_real = not invitation.round.partnership.is_rehearsal
    return invitation.round.state == state and bool(reachable) and is_real


@transaction.atomic
def _settle(ready, sent, reason):
    """Write down how it went; another e-mail that became due meanwhile stays due."""
    pk = ready.invitation.pk
    if sent:
        Invitation.objects.filter(pk=pk, mail_due=ready.kind).update(mail_due="")
        _give_back(pk, mailed_at=timezone.now(), mail_error="")
    else:
        ready.link.delete()  # nobody can hold it, so it must not open anything
        _give_back(pk, mail_error=reason)


def _give_back(pk, **changes):
    Invitation.objects.filter(pk=pk).update(mail_claimed_at=None, **changes)


@transaction.atomic
def retry_failed(*, by, round):
    """What could not be sent becomes due once more; returns how many."""
    count = _of(round).mail_failed().update(mail_error="", mail_claimed_at=None)
    record("mail tried again", by=by, target=round, partnership=round.partnership, after={"people": count})
    return count
