"""What the state of a next step allows."""

from django.utils.translation import gettext as _

from ..states import RoundState
from .base import NotNow


class ChangedMeanwhile(NotNow):
    """Somebody else has changed it since the person's page was made; nothing of theirs is overwritten."""


def require_seen(step, seen):
    if step.revision != seen:
        raise ChangedMeanwhile(
            _(
                "Somebody else has changed this next step since you opened it, so nothing was saved. "
                "What you wrote is still here. Look above at what it says now, then save again or cancel."
            )
        )


def require_opened(round):
    if round and round.state == RoundState.DRAFT:
        raise NotNow(_("This round has not been opened yet, so nothing can have been decided in it."))


def require_under_way(step):
    if not step.is_open:
        raise NotNow(
            _("This next step is done or dropped already. If there is more to do, take it up again first.")
        )


def require_ended(step):
    if step.is_open:
        raise NotNow(_("This next step is under way already."))


def require_why(word):
    if not word.strip():
        raise NotNow(_("Write in a word why it is dropped. Whoever looks at it later will ask."))
