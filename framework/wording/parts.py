"""Where words stand in an edition, by name: pages, the trail and the history all speak of parts (pure)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from framework.changes.differences import texts_around, texts_of, texts_of_area
from framework.checks.drafts import LEVELS, name_of
from framework.queries.wording import EditionWording
from framework.wording.partnames import ACTION, AREA, OF_EDITION, OF_LEVELS, of_action, of_area

__all__ = [
    "ACTION",
    "AREA",
    "OF_EDITION",
    "OF_LEVELS",
    "name_of_text",
    "of_action",
    "of_area",
    "texts_in",
]

NAMES = {
    "name": gettext_lazy("name"),
    "about": gettext_lazy("what it is about"),
    "colour": gettext_lazy("colour"),
    "framework_name": gettext_lazy("name of the framework"),
    "source": gettext_lazy("source"),
    "scale_note": gettext_lazy("whose wording this is"),
}


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


def name_of_text(part: str, field: str) -> str:
    """The name of a text as people read it: "title", "label of level 3"."""
    if part == OF_LEVELS:
        return str(_("label of level %(value)s") % {"value": field.removeprefix("level_")})
    return str(NAMES[field]) if field in NAMES else name_of(field)


def _levels(texts: dict[int, str]) -> dict[str, str]:
    return {f"level_{value}": texts.get(value, "") for value in LEVELS}
