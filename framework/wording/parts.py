"""Where words stand in an edition, by name: pages, the trail and the history all speak of parts.

A part is a text: ``action:CODE``, ``area:CODE``, ``levels`` for the labels of the scale, and the empty text
for what is said of the whole edition.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .values import LEVELS, ActionWording, AreaWording, EditionWording

OF_EDITION = ""
OF_LEVELS = "levels"
ACTION, AREA = "action", "area"

BESIDE = ("short_title", "prompts", "helps", "hinders", "skills_question")
"""The fields of an action that are read beside those people rate by."""

NAMES = {
    "title": gettext_lazy("title"),
    "short_title": gettext_lazy("short title"),
    "statement": gettext_lazy("statement"),
    "question": gettext_lazy("question"),
    "prompts": gettext_lazy("prompts to talk about"),
    "helps": gettext_lazy("what helps"),
    "hinders": gettext_lazy("what gets in the way"),
    "skills_question": gettext_lazy("question about leaders' own skills"),
    "name": gettext_lazy("name"),
    "about": gettext_lazy("what it is about"),
    "colour": gettext_lazy("colour"),
    "framework_name": gettext_lazy("name of the framework"),
    "source": gettext_lazy("source"),
    "scale_note": gettext_lazy("whose wording this is"),
}
"""The fields of a part by the names people read."""


def of_action(code: str) -> str:
    """The part an action's words are."""
    return f"{ACTION}:{code}"


def of_area(code: str) -> str:
    """The part an area's words are."""
    return f"{AREA}:{code}"


def texts_in(words: EditionWording, part: str) -> dict[str, str]:
    """Every text of a part by the name of its field; KeyError if the edition has no such part."""
    kind, _colon, code = part.partition(":")
    if kind == ACTION:
        return _levels({}) | texts_of(words.by_code(code))
    if kind == AREA:
        return texts_of_area({area.code: area for area in words.areas}[code])
    return {
        OF_LEVELS: _levels({level.value: level.label for level in words.levels}),
        OF_EDITION: texts_around(words),
    }[part]


def texts_of(action: ActionWording) -> dict[str, str]:
    """Every text of an action by the name of its field; prompts stand one a line, levels as ``level_1``…"""
    found = {field: getattr(action, field) for field in ("title", "statement", "question")}
    found |= {field: getattr(action, field) for field in BESIDE if field != "prompts"}
    found["prompts"] = "\n".join(action.prompts)
    return found | {f"level_{level.value}": level.looks_like for level in action.levels}


def texts_of_area(area: AreaWording) -> dict[str, str]:
    """Every text of an area by the name of its field, and its colour."""
    return {"name": area.name, "about": area.about, "colour": area.colour}


def texts_around(words: EditionWording) -> dict[str, str]:
    """What is said of the whole edition, by the name of its field."""
    return {field: getattr(words, field) for field in ("framework_name", "source", "scale_note")}


def _levels(texts: dict[int, str]) -> dict[str, str]:
    return {f"level_{value}": texts.get(value, "") for value in LEVELS}


def name_of_text(part: str, field: str) -> str:
    """The name of a text as people read it: "title", "label of level 3"."""
    if part == OF_LEVELS:
        return str(_("label of level %(value)s") % {"value": field.removeprefix("level_")})
    return name_of(field)


def name_of(field: str) -> str:
    """The name of any other text as people read it: "title", "what level 3 looks like"."""
    if field.startswith("level_"):
        return str(_("what level %(value)s looks like") % {"value": field.removeprefix("level_")})
    return str(NAMES[field])
