"""Pieces of the screens of a live workshop."""

from django import template

from .. import readings
from ..workshops import control, drawing, words

register = template.Library()


@register.inclusion_tag("assessments/workshop/_columns.html")
def columns(current):
    """How the ratings of the action on the screens fall, as columns, with the same numbers as a table."""
    shown, before = (current.second, current.first) if current.second else (current.first, None)
    return {
        "columns": drawing.columns(shown.counts, before.counts if before else None),
        "slots": list(zip(drawing.slots(), current.words.levels, strict=True)),
        "width": drawing.WIDTH,
        "height": drawing.HEIGHT,
        "rows": _rows(current.words.levels, shown, before),
        "shown": shown,
        "before": before,
        "words": current.words,
    }


def _rows(levels, shown, before):
    firsts = before.counts if before else (None,) * len(levels)
    return list(zip(levels, shown.counts, firsts, strict=True))


@register.inclusion_tag("assessments/workshop/_profile_radar.html")
def profile_radar(profile):
    """What was agreed over what was rated; the same numbers stand beside it as a table."""
    return drawing.radar(profile.rows) | {"has_second": profile.has_second}


@register.inclusion_tag("assessments/workshop/_press.html", takes_context=True)
def press(context, button, kind="secondary", key="", element=""):
    """A button of the control. ``key`` names the presenter key that presses it."""
    current = context["screen"].current
    return {
        "number": current.words.number if current else None,
        "button": button,
        "kind": kind,
        "key": key,
        "element": element,
        "workshop": context["workshop"],
        "seen": context["screen"].revision,
        "at": context["at"],
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def movement(change):
    return readings.talk.movement(change)


@register.filter
def stage_words(screen):
    return words.stage(screen)


@register.filter
def figures(current):
    return words.figures(current)


@register.filter
def rated_words(current):
    return words.rated(current)


@register.filter
def not_yet_words(current):
    return words.not_yet(current)


@register.filter
def needed_words(current):
    return words.needed(current)


@register.filter
def here_words(people):
    return words.here(people)


@register.filter
def votes(worth):
    """(how many, for what) of the vote at the end."""
    return list(zip(worth.counts, words.worth_titles(), strict=True))


@register.filter
def first_of(steps, most):
    """As many as a screen has room for; all, where ``most`` is not said."""
    return steps[:most] if most else steps


@register.filter
def beyond(steps, most):
    return max(len(steps) - most, 0) if most else 0


@register.filter
def following(screen):
    return control.following(screen)


@register.filter
def preceding(screen):
    return control.preceding(screen)
