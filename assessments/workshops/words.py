"""What the screens of a workshop say in sentences: where the room is, who moved, what is missing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import readings
from ..states import Stage, WorkshopState

STAGES = {
    Stage.READING: lambda: _("Reading"),
    Stage.RATING: lambda: _("Rating, each alone"),
    Stage.REVEALED: lambda: _("Ratings shown"),
    Stage.RATING_AGAIN: lambda: _("Rating again"),
    Stage.REVEALED_AGAIN: lambda: _("Second ratings shown"),
}
STATES = {
    WorkshopState.LOBBY: lambda: _("People are joining"),
    WorkshopState.ENDING: lambda: _("The end: what we agreed"),
    WorkshopState.FINISHED: lambda: _("The workshop is finished"),
}


def where(screen):
    """Where the room is, in a line that a screen reader says when it changes."""
    if screen.state != WorkshopState.RUNNING:
        return STATES[screen.state]()
    if screen.current is None:
        return _("Between two actions")
    return _("Action %(number)d, %(title)s: %(stage)s") % {
        "number": screen.current.words.number,
        "title": screen.current.words.short_title,
        "stage": stage(screen),
    }


def stage(screen):
    if screen.is_covered:
        return _("Ratings hidden")
    return STAGES[screen.current.stage]()


def rated(current):
    return _("%(rated)d of %(present)d have rated") % {"rated": current.rated, "present": current.present}


def not_yet(current):
    """How many have not rated: a count, never who."""
    missing = max(current.present - current.rated, 0)
    if not missing:
        return _("Everybody here has rated.")
    return ngettext(
        "%(count)d person here has not rated yet.", "%(count)d people here have not rated yet.", missing
    ) % {"count": missing}


def needed(current):
    if not current.needed:
        return ""
    return ngettext(
        "%(count)d more rating is needed before they can be shown, so that nobody can be picked out.",
        "%(count)d more ratings are needed before they can be shown, so that nobody can be picked out.",
        current.needed,
    ) % {"count": current.needed}


def here(people):
    return ngettext("%(count)d person is here", "%(count)d people are here", people.here) % {
        "count": people.here
    }


def figures(current):
    """ "Median 3 · last round 2.5 · 1 said “don't know”"."""
    shown = current.second or current.first
    said = [_("Median %(median)s") % {"median": readings.median(shown.median)}]
    if current.second:
        said.append(_("first time %(median)s") % {"median": readings.median(current.first.median)})
    if current.last_median is not None:
        said.append(_("last round %(median)s") % {"median": readings.median(current.last_median)})
    if shown.dont_know:
        said.append(
            ngettext("%(count)d said “don't know”", "%(count)d said “don't know”", shown.dont_know)
            % {"count": shown.dont_know}
        )
    return " · ".join(said)
