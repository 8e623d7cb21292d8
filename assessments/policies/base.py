"""How the state of something says no, and what holds for every answer."""

from django.utils.translation import gettext as _

from ..analysis import LEVELS


class NotNow(Exception):
    """The person may do this, but not at this moment; the message says why and what to do instead."""


def require_level(level):
    if level is not None and level not in LEVELS:
        raise NotNow(_("Choose a level from 1 to 5."))
