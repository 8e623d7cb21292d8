"""Why an action might need more attention, in sentences people can check against the figures."""

from django.utils.translation import gettext as _

from ..analysis import Reason, Verdict
from .results import AGREED, facts


def why(action, reasons, fell=""):
    """Why the action might need more attention, in sentences people can check against the bar.

    ``fell`` says how it has fallen, where that is among the reasons.
    """
    return " ".join(filter(None, (_why_now(action, reasons), fell if Reason.FALLING in reasons else "")))


def _why_now(action, reasons):
    if Reason.SPLIT in reasons:
        return _why_split(action, reasons)
    if Reason.LOW in reasons:
        return _why_low(action, reasons)
    if Reason.UNKNOWN in reasons:
        return _("%(unknown)d of %(people)d said they don't know.") % facts(action)
    return ""


def _why_split(action, reasons):
    if Reason.UNKNOWN in reasons:
        words = _(
            "The average of %(mean)s hides it: %(low)d rated it 1 or 2, %(high)d rated it 4 or 5, "
            "and %(unknown)d more said they don't know."
        )
    else:
        words = _("The average of %(mean)s hides it: %(low)d rated it 1 or 2, %(high)d rated it 4 or 5.")
    return words % facts(action)


def _why_low(action, reasons):
    if Reason.UNKNOWN in reasons:
        words = _("%(low)d of %(n)d rated it 1 or 2, and %(unknown)d more said they don't know.")
    elif action.verdict is Verdict.LONE_VOICE:
        words = _("%(low)d of %(n)d rated it 1 or 2: people agree, with one different view.")
    elif action.verdict in AGREED:
        words = _("%(low)d of %(n)d rated it 1 or 2, and people agree about it.")
    else:
        words = _("%(low)d of %(n)d rated it 1 or 2; ratings are spread.")
    return words % facts(action)


def fell(change, since):
    """How an action has fallen that more people rate lower than in the round of that title."""
    if change.matched is None:
        return _("More people rate it lower than in %(since)s.") % {"since": since}
    return _("%(down)d of the %(people)d who rated it in %(since)s as well went down.") % {
        "down": change.lower,
        "people": change.matched,
        "since": since,
    }
