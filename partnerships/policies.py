"""What the state of a partnership allows. Each function raises Refusal with the sentence the person reads."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refusal(Exception):
    """The person may do this, but not as things stand; the message says why and what to do instead."""


def require_another_lead(leads_besides):
    if not leads_besides:
        raise Refusal(
            _("This is the only lead. Make somebody else a lead first, so that the partnership has one.")
        )


def require_nobody_belongs(people):
    if people:
        raise Refusal(
            ngettext(
                "%(count)d person belongs to this organisation. Give them another organisation first.",
                "%(count)d people belong to this organisation. Give them another organisation first.",
                people,
            )
            % {"count": people}
        )


def in_earlier_rounds():
    """The refusal where the database still refers to an organisation nobody belongs to any more."""
    return Refusal(
        _(
            "People of this organisation were asked in earlier rounds or have since left, "
            "so it stays in the history. You can change its name."
        )
    )
