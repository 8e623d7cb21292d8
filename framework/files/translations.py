"""Other languages in an edition's file: one section for each, after the English.

So a translator has all of a language in one place, and a reviewer sees at once whether English words or only
translations changed. Texts stand under the codes of the actions and areas they are of. What was translated
from other English than the file has stands under ``written_for`` with that English.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from ..wording import parts
from ..wording.languages import OF_ACTION, OF_WHOLE
from ..wording.limits import MOST_PROMPTS
from ..wording.translating import LANGUAGES, Translated, all_lines, texts_of_part
from ..wording.values import EditionWording
from .yamltree import Node
from .yamlvalues import PROMPT, Values, at, unknown

WRITTEN_FOR = "written_for"
SECTIONS = ("edition", "levels", "areas", "actions")
OF_AREA = ("name", "about")
LIMITS = {"framework_name": "name"}
"""Texts that may be as long as another kind of text."""

Texts = dict[tuple[str, str], str]


# --- Writing ---


def translations_as_data(words: EditionWording, said: Iterable[Translated]) -> dict[str, Any]:
    """The section of the file; nothing where nothing is translated."""
    said = tuple(said)
    found = {language: _language(words, said, language) for language in LANGUAGES}
    found = {language: data for language, data in found.items() if data}
    return {"translations": found} if found else {}


def _language(words: EditionWording, said: tuple[Translated, ...], language: str) -> dict[str, Any]:
    mine = [each for each in said if each.language == language]
    lines = [line for of in all_lines(words, mine).values() for line in of if line.text]
    stale = [line for line in lines if line.state == "stale"]
    data = _tree((line.part, line.field, line.text) for line in lines)
    if stale:
        data[WRITTEN_FOR] = _tree((line.part, line.field, line.of) for line in stale)
    return data


def _tree(texts: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """Texts by part and field as nested maps, levels by their value and prompts as a list."""
    found: dict[str, Any] = {}
    for part, field, text in texts:
        kind, _colon, code = part.partition(":")
        place = found.setdefault({"": "edition"}.get(kind, f"{kind}s" if code else kind), {})
        place = place.setdefault(code, {}) if code else place
        if field.startswith("level_"):
            place = place.setdefault("levels", {}) if code else place
            place[int(field.removeprefix("level_"))] = text
        else:
            place[field] = text.split("\n") if field == "prompts" else text
    return found


# --- Reading ---


def read_translations(values: Values, node: Node, words: EditionWording) -> tuple[Translated, ...]:
    """What the section says, in an order of its own; faults are kept in ``values``."""
    if not node.value:
        return ()
    if not isinstance(node.value, dict):
        values.fault(
            node, "translations", _("Here the file needs: %(keys)s.") % {"keys": ", ".join(LANGUAGES)}
        )
        return ()
    found: list[Translated] = []
    for language, member in node.value.items():
        path = at("translations", language[:60])
        if language not in LANGUAGES:
            values.fault(member, path, unknown(language, LANGUAGES))
            continue
        found += _Language(values, words, path).read(language, member)
    return tuple(sorted(found))


class _Language:
    """Reads the section of one language."""

    def __init__(self, values: Values, words: EditionWording, path: str):
        self.values, self.path = values, path
        known = (parts.OF_EDITION, parts.OF_LEVELS)
        areas = [parts.of_area(area.code) for area in words.areas]
        actions = [parts.of_action(action.code) for action in words.actions]
        self.english = {part: texts_of_part(words, part) for part in (*known, *areas, *actions)}

    def read(self, language: str, node: Node) -> Iterator[Translated]:
        of = self.values.fields(node, self.path, (), (*SECTIONS, WRITTEN_FOR))
        texts = dict(self.texts(of, self.path))
        written_for = self.written_for(of[WRITTEN_FOR], texts)
        for (part, field), text in texts.items():
            english = self.english[part][field]
            yield Translated(language, part, field, text, written_for.get((part, field), english))

    def written_for(self, node: Node, texts: Texts) -> Texts:
        path = at(self.path, WRITTEN_FOR)
        if not node.value:
            return {}
        found = dict(self.texts(self.values.fields(node, path, (), SECTIONS), path))
        for part, field in found.keys() - texts.keys():
            what = _("There is no translation of “%(text)s” it could be of.") % {
                "text": f"{part} {field}".strip()
            }
            self.values.fault(node, path, what)
        return found

    def texts(self, of: dict[str, Node], path: str) -> Iterator[tuple[tuple[str, str], str]]:
        if of["edition"].value:
            yield from self.part(of["edition"], at(path, "edition"), parts.OF_EDITION, OF_WHOLE)
        if of["levels"].value:
            yield from self.levels(of["levels"], at(path, "levels"), parts.OF_LEVELS, "label")
        for node, place, part in self.by_code(of["areas"], at(path, "areas"), parts.of_area):
            yield from self.part(node, place, part, OF_AREA)
        for node, place, part in self.by_code(of["actions"], at(path, "actions"), parts.of_action):
            yield from self.part(node, place, part, (*OF_ACTION, "prompts"), ("levels",))

    def by_code(self, node: Node, path: str, part_of: Any) -> Iterator[tuple[Node, str, str]]:
        if node.value and not isinstance(node.value, dict):
            self.values.fault(node, path, _("Here the file needs a map: each code with its texts."))
            return
        members = node.value if isinstance(node.value, dict) else {}
        for code, member in members.items():
            place = at(path, code[:60])
            if part_of(code) in self.english:
                yield member, place, part_of(code)
            else:
                self.values.fault(member, place, _("There is nothing with this code in this file."))

    def part(
        self, node: Node, path: str, part: str, names: tuple[str, ...], other: tuple[str, ...] = ()
    ) -> Iterator[tuple[tuple[str, str], str]]:
        of = self.values.fields(node, path, (), (*names, *other))
        for name in names:
            if of[name].value:
                yield from self.one(of[name], at(path, name), part, name)
        if other and of["levels"].value:
            yield from self.levels(of["levels"], at(path, "levels"), part, "looks_like")

    def levels(self, node: Node, path: str, part: str, name: str) -> Iterator[tuple[tuple[str, str], str]]:
        for value, text in self.values.levels(node, path, name).items():
            yield from self.kept(node, at(path, value), part, f"level_{value}", text)

    def one(self, node: Node, path: str, part: str, name: str) -> Iterator[tuple[tuple[str, str], str]]:
        if name == "prompts":
            lines = self.values.items(node, path, MOST_PROMPTS)
            text = "\n".join(self.values.text(line, place, PROMPT) for line, place in lines)
        else:
            text = self.values.text(node, path, LIMITS.get(name, name))
        yield from self.kept(node, path, part, name, text)

    def kept(
        self, node: Node, path: str, part: str, field: str, text: str
    ) -> Iterator[tuple[tuple[str, str], str]]:
        """The text, if there is one, and English it can be a translation of."""
        if text and field not in self.english[part]:
            self.values.fault(node, path, _("There is no English here to be translated."))
        elif text:
            yield (part, field), text
