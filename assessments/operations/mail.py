"""Sending what is due. Each e-mail is claimed and its link made in one transaction, sent after it, and
settled in another; a process that dies on the way leaves a claim that lapses, and the e-mail stays due.
"""

import time
from dataclasses import dataclass
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.cache import caches
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerships.operations.audit import record

from .. import keys, letters
from ..models import Invitation, InvitationLink, Letter
from ..states import RoundState
from . import letters as letters_due
from .invitations import _issue
from .letters import Ready, free

Mail = Invitation.Mail

SENDING = "letters-are-being-sent"
"""The key under which a process says so to all others."""

SENDS_FOR, WAITS_FOR = 2, 5
"""Seconds somebody who comes in may wait for the letters of those before them, and for the mail server."""


class Unreachable(Exception):
    """The mail server does not answer."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one call has sent, what it could not send, and how many are still waiting."""

    sent: int
    failed: int
    waiting: int


def deliver(*, by, round=None, seconds=None):
    """Send the e-mail that is due, of one round or of all, for at most ``seconds`` (but at least one).

    Never call it inside a transaction: a link has to be saved before anybody can follow it.
    """
    queue = [*_queue(by, round), *letters_due.queue(round)]
    try:
        outcomes = _deliver(queue, seconds) if queue else []
    except Unreachable:
        outcomes = _nothing_goes_out(round)
    return Delivery(
        sent=outcomes.count(True),
        failed=outcomes.count(False),
        waiting=_of(round).mail_waiting().count() + _letters_of(round).waiting().count(),
    )


def deliver_letters(*, round):
    """Send the letters that are due in a round, from the page of somebody who has just come in.

    One process at a time does, for a moment, so that five hundred phones do not stand at the mail server;
    whoever finds it silent keeps the others from trying for a minute. What is left stays due.
    """
    if not letters_due.queue(round) or not caches["default"].add(SENDING, True, timeout=60):
        return
    began = time.monotonic()
    try:
        with translation.override(settings.LANGUAGE_CODE):  # e-mail is in one language, whoever comes in
            while (queue := letters_due.queue(round)) and time.monotonic() - began < SENDS_FOR:
                _deliver(queue, SENDS_FOR, timeout=WAITS_FOR)
    except Unreachable:
        return
    caches["default"].delete(SENDING)


def _of(round):
    return Invitation.objects.filter(round=round) if round else Invitation.objects.all()


def _letters_of(round):
    return Letter.objects.filter(round=round) if round else Letter.objects.all()


def _queue(by, round):
    """How to claim each e-mail that waits."""
    waiting = _of(round).mail_waiting().filter(free("mail_claimed_at")).order_by("pk")
    return [partial(_claim, by, pk) for pk in waiting.values_list("pk", flat=True)]


def _deliver(queue, seconds, **how):
    """One connection for all; True for each sent, False for each failed."""
    began, outcomes, connection = time.monotonic(), [], get_connection(**how)
    try:
        connection.open()
    except (OSError, SMTPException):
        raise Unreachable from None
    try:
        for claim in queue:
            outcomes += _send_one(claim, connection)
            if seconds is not None and time.monotonic() - began >= seconds:
                break
    finally:
        connection.close()
    return outcomes


def _nothing_goes_out(round):
    """The mail server does not answer: say so at once instead of trying each. Letters stay due."""
    stuck = _of(round).mail_waiting().filter(free("mail_claimed_at"))
    count = stuck.update(mail_error=_("The mail server could not be reached."))
    return [False] * count


def _send_one(claim, connection):
    ready = claim()
    if ready is None:
        return []
    try:
        ready.message.connection = connection
        sent = bool(ready.message.send())
        reason = "" if sent else _("The mail server did not take it.")
    except (OSError, SMTPException, ValueError) as fault:
        connection.close()  # whatever broke, the next one begins on a connection of its own
        sent, reason = False, _why(fault)
    ready.settle(sent, reason)
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
    waiting = Invitation.objects.filter(free("mail_claimed_at"), pk=pk).mail_waiting()
    if not waiting.update(mail_claimed_at=timezone.now()):
        return None
    invitation = Invitation.objects.select_related("round__partnership", "participant__membership").get(pk=pk)
    kind = invitation.mail_due
    if not _still_wanted(invitation, kind):
        _give_back(pk, mail_due="")
        return None
    token = _issue(by, invitation, "link mailed", mailed_to=invitation.participant.membership.email)
    link = InvitationLink.objects.get(token_hash=keys.hash_token(token))
    message = letters.compose(invitation, kind, letters.link_url(token, kind))
    return Ready(message, partial(_settle, invitation, kind, link))


def _still_wanted(invitation, kind):
    """Things may have moved on since it became due: the round, the person, their address."""
    membership = invitation.participant.membership
    state = RoundState.SHARED if kind == Mail.RESULTS else RoundState.OPEN
    reachable = membership and membership.email and not membership.ended_at
    is_real = not invitation.round.partnership.is_rehearsal
    return invitation.round.state == state and bool(reachable) and is_real


@transaction.atomic
def _settle(invitation, kind, link, sent, reason):
    """Write down how it went; another e-mail that became due meanwhile stays due."""
    pk = invitation.pk
    if sent:
        Invitation.objects.filter(pk=pk, mail_due=kind).update(mail_due="")
        _give_back(pk, mailed_at=timezone.now(), mail_error="")
    else:
        link.delete()  # nobody can hold it, so it must not open anything
        _give_back(pk, mail_error=reason)


def _give_back(pk, **changes):
    Invitation.objects.filter(pk=pk).update(mail_claimed_at=None, **changes)


@transaction.atomic
def retry_failed(*, by, round):
    """What could not be sent becomes due once more; returns how many."""
    count = _of(round).mail_failed().update(mail_error="", mail_claimed_at=None)
    count += _letters_of(round).failed().update(error="", claimed_at=None)
    record("mail tried again", by=by, target=round, partnership=round.partnership, after={"people": count})
    return count
