"""Wording in another language than English.

Editions are written in English. Where a text is not translated, it stands in English and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .parts import OF_EDITION, OF_LEVELS, of_action, of_area
from .values import (
    ActionWording,
    EditionWording,
    LevelLooksLike,
    LevelWording,
    area_wording,
)

ENGLISH = "en"

Said = Callable[[str, str], str]
"""Gives a text of some part by its field and its English."""


class InEnglish(str):
    """A text nobody has translated yet, in the wording of another language.

    Put into a page it is marked as English. In an attribute or a file there is no place for that: ``str``.
    """

    def __html__(self) -> SafeString:
        return format_html('<span lang="en" class="in-english">{}</span>', str(self))


class AllInEnglish(InEnglish):
    """The same where nothing of the edition is translated: one sentence says so, and no mark for the eyes."""

    def __html__(self) -> SafeString:
        return format_html('<span lang="en">{}</span>', str(self))


def in_language(words: EditionWording, texts: Mapping[tuple[str, str], str]) -> EditionWording:
    """The wording with these texts, by part and field, and ``InEnglish`` where there is none."""
    stands_in = InEnglish if texts else AllInEnglish

    def said(part: str) -> Said:
        return lambda field, english: english and (texts.get((part, field)) or stands_in(english))

    labels = {level.value: said(OF_LEVELS)(f"level_{level.value}", level.label) for level in words.levels}
    names = {area.code: said(of_area(area.code))("name", area.name) for area in words.areas}
    actions = tuple(
        _translated_action(action, said(of_action(action.code)), names[action.area_code], labels)
        for action in words.actions
    )
    return replace(
        words,
        levels=tuple(LevelWording(value, label) for value, label in labels.items()),
        areas=tuple(
            area_wording(
                area.code,
                names[area.code],
                said(of_area(area.code))("about", area.about),
                area.colour,
                actions,
            )
            for area in words.areas
        ),
        actions=actions,
        **_each(OF_WHOLE, said(OF_EDITION), words),
    )


OF_WHOLE = ("framework_name", "source", "scale_note")
OF_ACTION = ("title", "short_title", "statement", "question", "helps", "hinders", "skills_question")


def _each(names: tuple[str, ...], said: Said, words: EditionWording | ActionWording) -> dict[str, Any]:
    return {name: said(name, getattr(words, name)) for name in names}


def _translated_action(
    action: ActionWording, said: Said, area_name: str, labels: Mapping[int, str]
) -> ActionWording:
    prompts = said("prompts", "\n".join(action.prompts))
    as_is = type(prompts)
    return replace(
        action,
        area_name=area_name,
        prompts=tuple(as_is(line) for line in prompts.split("\n")) if prompts else (),
        levels=tuple(
            LevelLooksLike(level.value, labels[level.value], said(f"level_{level.value}", level.looks_like))
            for level in action.levels
        ),
        **_each(OF_ACTION, said, action),
    )


def has_english(words: Any, kind: type = InEnglish) -> bool:
    """Whether any text in some wording, or in a part of it, stands in for a translation."""
    if is_dataclass(words):
        return any(has_english(getattr(words, field.name), kind) for field in fields(words))
    if isinstance(words, tuple):
        return any(has_english(each, kind) for each in words)
    return isinstance(words, kind)
