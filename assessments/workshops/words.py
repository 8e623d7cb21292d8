"""What the screens of a workshop say in sentences: where the room is, who moved, what is missing."""

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from .. import readings
from ..states import RATED, Stage, WorkshopState

STAGES = {
    Stage.READING: lazy("Reading"),
    Stage.RATING: lazy("Rating, each alone"),
    Stage.REVEALED: lazy("Ratings shown"),
    Stage.RATING_AGAIN: lazy("Rating again"),
    Stage.REVEALED_AGAIN: lazy("Second ratings shown"),
}
STATES = {
    WorkshopState.LOBBY: lazy("People are joining"),
    WorkshopState.ENDING: lazy("The end: what we agreed"),
    WorkshopState.FINISHED: lazy("The workshop is finished"),
    WorkshopState.CALLED_OFF: lazy("The workshop was called off"),
}


def worth_titles():
    """What 1 to 5 mean as an answer to "was this worth your time?"."""
    return _("Not at all"), _("Not much"), _("Partly"), _("Mostly"), _("Very much")


def where(screen):
    """Where the room is, in a line that a screen reader says when it changes."""
    if screen.state != WorkshopState.RUNNING:
        return str(STATES[screen.state])
    if screen.current is None:
        return _("Between two actions")
    return _("Action %(number)d, %(title)s: %(stage)s") % {
        "number": screen.current.words.number,
        "title": screen.current.words.short_title,
        "stage": stage(screen),
    }


def said(screen, decided=()):
    """What a screen reader is told, line by line; the script says the lines that were not there before."""
    found = (f"{where(screen)}.", *_result(screen), *_settled(screen, decided), *_timer(screen))
    return "\n".join(" ".join(line.split()) for line in found)


def said_to_lead(screen, decided=()):
    """The same with what only whoever leads has to know. No name: the room may see this screen, too."""
    return "\n".join((said(screen, decided), *_for_lead(screen)))


def _result(screen):
    current = screen.current
    if current is None or current.stage == Stage.RATING_AGAIN:
        return
    if current.shown is not None:
        yield f"{readings.results.agreement(current.shown)}. {figures(current)}."
    if current.movement is not None:
        yield readings.talk.movement(current.movement)


def _settled(screen, decided):
    if screen.current is None:
        return
    if agreed := screen.current.agreed:
        yield " ".join((level_agreed(agreed), agreed.why)).strip()
    for step in decided:
        yield _("Next step: %(text)s") % {"text": step.text}


def _timer(screen):
    if screen.timer_ends_at:
        until = time_format(timezone.localtime(screen.timer_ends_at), "H:i")
        yield _("A timer runs until %(time)s.") % {"time": until}


def _for_lead(screen):
    current = screen.current
    if screen.people.asking:
        yield _("Somebody asks to come in with a second phone.")
    if current and current.stage in RATED and current.rated and not current.needed:
        if current.rated >= current.present:
            yield not_yet(current)
        else:
            yield _("Enough have rated to reveal.")


def level_agreed(agreed):
    return _("Level agreed: %(level)d.") % {"level": agreed.level}


def stage(screen):
    if screen.is_covered:
        return _("Ratings hidden")
    return str(STAGES[screen.current.stage])


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
        "%(count)d more person has to rate before they can be shown, so that nobody can be picked out.",
        "%(count)d more people have to rate before they can be shown, so that nobody can be picked out.",
        current.needed,
    ) % {"count": current.needed}


def here(people):
    return ngettext("%(count)d person is here", "%(count)d people are here", people.here) % {
        "count": people.here
    }


def figures(current):
    """ "Median 3 · last round 2.5 · 1 said “don't know”"."""
    shown = current.shown
    said = [_("Median %(median)s") % {"median": readings.results.median(shown.median)}]
    if current.second and current.first:
        said.append(_("first time %(median)s") % {"median": readings.results.median(current.first.median)})
    if current.last_median is not None:
        said.append(_("last round %(median)s") % {"median": readings.results.median(current.last_median)})
    if shown.dont_know:
        said.append(
            ngettext("%(count)d said “don't know”", "%(count)d said “don't know”", shown.dont_know)
            % {"count": shown.dont_know}
        )
    return " · ".join(said)
