"""The e-mails to the people of a round: what they say, to whom, and who is asked back.

Plain text, no ratings, nobody's name but that of the person who asks. Links begin with ``SITE_URL``,
never with a host name a visitor sent.
"""

import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Membership

from .models import Invitation, Letter

Mail, Kind = Invitation.Mail, Letter.Kind

LINK_PAGE = {
    Mail.RESULTS: "assessments:link_results",
    Kind.BEGUN: "assessments:you",
    Kind.WAS_THIS_YOU: "assessments:you",
    Kind.WAY_IN: "assessments:room_way_in",
}


@dataclass(frozen=True, slots=True)
class Asker:
    """The lead in whose name people are asked; without a name or address where there is none."""

    name: str = ""
    email: str = ""


def asker(round):
    """The lead who opened the round, else the longest-standing lead of the partnership."""
    leads = round.partnership.memberships.current().filter(role=Membership.Role.LEAD).order_by("pk")
    found = next((lead for lead in leads if f"user:{lead.user_id}" == round.opened_by), None) or leads.first()
    return Asker(one_line(found.name), found.email) if found else Asker()


def compose(invitation, kind, url, *, sender=None):
    """The message of ``kind`` with the private link ``url``, ready to send."""
    round = invitation.round
    sender = sender or asker(round)
    return EmailMessage(
        subject=subject(round, kind),
        body=body(round, kind, url=url, sender=sender, name=invitation.participant.name),
        to=[invitation.participant.membership.email],
        reply_to=[sender.email] if sender.email else None,
    )


def compose_letter(letter, token):
    """The message of a letter, ready to send. An answer would bring the lead the link that is in it, so
    nobody is asked back.
    """
    round = letter.round
    nobody = Asker(asker(round).name if letter.kind == Kind.WAY_IN else "")
    url = link_url(token, letter.kind)
    return EmailMessage(
        subject=subject(round, letter.kind),
        body=body(round, letter.kind, url=url, sender=nobody, name=letter.participant.name),
        to=[letter.participant.membership.email],
    )


def body(round, kind, *, url, sender, name=""):
    words = {
        "round": round,
        "partnership": round.partnership,
        "name": one_line(name),
        "sender": sender,
        "url": url,
    }
    return render_to_string(f"assessments/mail/{kind}.txt", words).strip() + "\n"


def subject(round, kind):
    words = {"partnership": one_line(round.partnership.name), "round": one_line(round.title)}
    return {
        Mail.INVITATION: _("How are we doing as a partnership? %(partnership)s, %(round)s"),
        Mail.REMINDER: _("Reminder: your view of %(partnership)s, %(round)s"),
        Mail.RESULTS: _("The results are ready: %(partnership)s, %(round)s"),
        Mail.RESTART: _("Please start again: %(partnership)s, %(round)s"),
        Kind.BEGUN: _("Answers were begun in your name: %(partnership)s, %(round)s"),
        Kind.WAS_THIS_YOU: _("Was this you? %(partnership)s, %(round)s"),
        Kind.WAY_IN: _("Your own way into the workshop: %(partnership)s, %(round)s"),
    }[kind] % words


def link_url(token, kind=Mail.INVITATION):
    """The whole address of a private link."""
    page = LINK_PAGE.get(kind, "assessments:rate")
    return settings.SITE_URL + reverse(page, args=[token])


def one_line(text):
    """Text that cannot end a header or turn the line around: controls and direction marks go."""
    visible = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return " ".join("".join(sign for sign in visible if sign not in TURNING).split())


# Marks that make what follows run the other way (letters of right-to-left scripts need none of these).
TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
