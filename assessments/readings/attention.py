"""Why an action might need more attention, in sentences people can check against the figures."""

from django.utils.translation import gettext as _

from ..analysis import Reason, Verdict
from .results import AGREED, facts


def why(action, entry, fell="", few=""):
    """Why the action is on the list, in sentences people can check against the bar.

    ``entry`` is its place there. ``fell`` says how it has fallen, where that is among the reasons, and
    ``few`` how few gave it a level, where it is hidden for that.
    """
    if action.hidden:
        return few
    return " ".join(filter(None, (_why_now(action, entry), fell if Reason.FALLING in entry.reasons else "")))


def few(turnout, least):
    """How few gave a level to an action that is hidden."""
    facts = {"least": least, "people": turnout.people}
    return _("Fewer than %(least)d of the %(people)d who answered gave it a level.") % facts


def _why_now(action, entry):
    if Reason.SPLIT in entry.reasons:
        return _why_split(action, entry.reasons)
    said = [_why_low(action, entry), _agreed_low(action)] if Reason.LOW in entry.reasons else []
    if Reason.UNKNOWN in entry.reasons:
        said.append(_unknown(action, more=bool(said)))
    return " ".join(filter(None, said))


def _why_split(action, reasons):
    if Reason.UNKNOWN in reasons:
        words = _(
            "The average of %(mean)s hides it: %(low)d rated it 1 or 2, %(high)d rated it 4 or 5, "
            "and %(unknown)d more said they don't know."
        )
    else:
        words = _("The average of %(mean)s hides it: %(low)d rated it 1 or 2, %(high)d rated it 4 or 5.")
    return words % facts(action)


def _why_low(action, entry):
    """That the average is below the line; where it is near, how many stand on the line as well."""
    if Reason.LOW in entry.firm_reasons:
        words = _("The average of %(mean)s is below 3.0: %(low)d of %(n)d rated it 1 or 2.")
    elif action.distribution.counts[2]:
        words = _(
            "The average of %(mean)s is just below 3.0: %(low)d of %(n)d rated it 1 or 2, %(three)d said 3."
        )
    else:
        words = _("The average of %(mean)s is just below 3.0: %(low)d of %(n)d rated it 1 or 2.")
    return words % (facts(action) | {"three": action.distribution.counts[2]})


def _agreed_low(action):
    """That people agree, where it is that it is low."""
    if action.distribution.median > 2:
        return ""
    if action.verdict is Verdict.LONE_VOICE:
        return _("People agree about it, with one different view.")
    return _("People agree about it.") if action.verdict in AGREED else ""


def _unknown(action, *, more):
    words = (
        _("%(unknown)d more said they don't know.")
        if more
        else _("%(unknown)d of %(people)d said they don't know.")
    )
    return words % facts(action)


def fell(change, since):
    """How an action has fallen that more people rate lower than in the round of that title."""
    if change.matched is None:
        return _("More people rate it lower than in %(since)s.") % {"since": since}
    facts = {"down": change.lower, "people": change.matched, "since": since}
    if change.lower is None:
        return _("All %(people)d who rated it in %(since)s as well, or all but one, went down.") % facts
    return _("%(down)d of the %(people)d who rated it in %(since)s as well went down.") % facts
