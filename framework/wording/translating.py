"""What there is to translate of an edition, what is missing in a language, and what is stale.

A translation is stale where the English is no longer what it was written for. Members still read it in a
preview, but an edition with a stale translation is not published: somebody translates it again, or says that
it is still right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from . import parts
from .languages import ENGLISH, OF_WHOLE
from .values import LEVELS, EditionWording

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code.partition("-")[0] != ENGLISH)
"""The languages of the site wording can be translated into."""
ORDER = (
    *OF_WHOLE,
    *("name", "about"),
    *("title", "short_title", "statement", "question", "prompts", "helps", "hinders", "skills_question"),
    *(f"level_{value}" for value in LEVELS),
)
"""Every text that can be translated, in the order people meet them; a colour is none."""


@dataclass(frozen=True, order=True)
class Translated:
    """One text in another language; ``of`` is the English it was written for."""

    language: str
    part: str
    field: str
    text: str
    of: str


@dataclass(frozen=True)
class TextToTranslate:
    """A text there is to translate, with its translation if there is one."""

    part: str
    field: str
    english: str
    text: str = ""
    of: str = ""

    @property
    def state(self) -> Literal["missing", "stale", "done"]:
        if not self.text:
            return "missing"
        return "done" if self.of == self.english else "stale"

    @property
    def name(self) -> str:
        """The name of the text as people read it."""
        return parts.name_of_text(self.part, self.field)


def name_of_language(language: str) -> str:
    """The name of the language in itself: Cymraeg."""
    return str(get_language_info(language)["name_local"])


def texts_of_part(words: EditionWording, part: str) -> dict[str, str]:
    """The texts of a part that are there to be translated; KeyError if the edition has no such part."""
    texts = parts.texts_in(words, part)
    return {field: texts[field] for field in ORDER if texts.get(field)}


def parts_of(words: EditionWording) -> tuple[str, ...]:
    """Every part of an edition in the order people meet them."""
    areas = [parts.of_area(area.code) for area in words.areas]
    actions = [parts.of_action(action.code) for action in words.actions]
    return (parts.OF_EDITION, parts.OF_LEVELS, *areas, *actions)


def lines(words: EditionWording, said: Iterable[Translated], part: str) -> tuple[TextToTranslate, ...]:
    """What there is to translate in a part, beside what is said in one language."""
    there = {each.field: each for each in said if each.part == part}
    return tuple(
        TextToTranslate(part, field, english, there[field].text, there[field].of)
        if field in there
        else TextToTranslate(part, field, english)
        for field, english in texts_of_part(words, part).items()
    )


def all_lines(words: EditionWording, said: Iterable[Translated]) -> dict[str, tuple[TextToTranslate, ...]]:
    """The lines of every part that has any."""
    said = tuple(said)
    found = {part: lines(words, said, part) for part in parts_of(words)}
    return {part: of for part, of in found.items() if of}


def place_of(words: EditionWording, part: str) -> str:
    """Where a part stands, as people read it: "Action 3, Think and act systemically"."""
    kind, _colon, code = part.partition(":")
    if kind == parts.ACTION:
        action = words.by_code(code)
        return str(_("Action %(number)d, %(title)s") % {"number": action.number, "title": action.title})
    if kind == parts.AREA:
        name = next(each.name for each in words.areas if each.code == code)
        return str(_("Area “%(name)s”") % {"name": name})
    return str(_("The scale") if part == parts.OF_LEVELS else _("The framework"))
