"""How long a browser holds somebody's answers open, and how it forgets them."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property

from partnerships.permissions import Role, roles

from .. import keys

AFTER_CLOSING = timedelta(days=30)
AT_LEAST = timedelta(days=1)  # a round may stay open long after it was to be closed
ON_A_LEADS_DEVICE = timedelta(hours=2)  # time to answer in, and no more


def cookie_name(invitation_pk):
    return f"answers-{invitation_pk}"


def kept_for(round):
    """Until thirty days after the round is to be closed; with no day for that, thirty days from now."""
    if not round.closing_on:
        return AFTER_CLOSING
    closing = timezone.make_aware(datetime.combine(round.closing_on, time.max))
    return max(closing + AFTER_CLOSING - timezone.now(), AT_LEAST)


class DeviceMixin:
    """What the browser that answers holds, for a page with an ``invitation`` and a ``membership``."""

    @property
    def cookie(self):
        return cookie_name(self.invitation.pk)

    @cached_property
    def is_a_leads_device(self):
        """Whether somebody is signed in here who could have a fresh link made to the answers of another.

        A lead sits with people, who answer on the tablet that the lead takes home.
        """
        user = self.request.user
        if not user.is_authenticated or self.membership.user_id == user.pk:
            return False
        return user.is_superuser or Role.LEAD in roles(user, self.round.partnership)

    def remember(self, answer, code):
        """Let this browser hold the return code, out of reach of scripts and other pages."""
        kept = ON_A_LEADS_DEVICE if self.is_a_leads_device else kept_for(self.round)
        answer.set_cookie(
            self.cookie,
            keys.sealed(code, self.invitation.pk),
            max_age=kept,
            path="/r/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return answer

    def forget(self, answer):
        """From here on the answers open in this browser as in any other: with the return code."""
        answer.delete_cookie(self.cookie, path="/r/", samesite="Lax")
        return answer
