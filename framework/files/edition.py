"""An edition as a YAML file that a person can read and a reviewer can compare line by line.

Written in one fixed order, long texts as blocks, so that the same edition is always the same file.
``framework.files.reader`` reads it; ``docs/framework-file.md`` describes it for people.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from ..changes.proposals import TypedChange
from ..wording.translating import Translated
from ..wording.values import ActionWording, EditionWording
from .translations import translations_as_data

FORMAT = 2
FORMATS_READ = ("1", "2")
"""Format 1 is the same without translations."""
WIDTH = 88
ACTION_TEXTS = ("title", "short_title", "statement", "question")
AFTER_PROMPTS = ("helps", "hinders", "skills_question")


@dataclass(frozen=True)
class EditionFile:
    """All that a file holds: the framework, the edition with its words in every language, and what was said
    of its changes.

    ``lines`` says where a path stood in the file, for faults that only the site can find.
    """

    slug: str
    words: EditionWording
    note: str = ""
    made_from: int | None = None
    changes: tuple[TypedChange, ...] = ()
    translations: tuple[Translated, ...] = ()
    lines: dict[str, int] = field(default_factory=dict, compare=False, hash=False)


def write(edition: EditionFile) -> str:
    """The file's text. The same edition gives the same text, to the letter."""
    return str(
        yaml.dump(
            _as_data(edition),
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=WIDTH,
            default_flow_style=False,
        )
    )


def _as_data(edition: EditionFile) -> dict[str, Any]:
    words = edition.words
    made_from = {"made_from": edition.made_from} if edition.made_from else {}
    english = {
        "format": FORMAT,
        "framework": {"slug": edition.slug, "name": words.framework_name, "source": words.source},
        "edition": {
            "number": words.number,
            **made_from,
            "note": edition.note,
            "scale_note": words.scale_note,
        },
        "levels": {level.value: level.label for level in words.levels},
        "areas": [
            {
                "code": area.code,
                "name": area.name,
                "about": area.about,
                "colour": area.colour,
                "actions": [_action(action) for action in area.actions],
            }
            for area in words.areas
        ],
    }
    return english | _changes(edition.changes) | translations_as_data(words, edition.translations)


def _action(action: ActionWording) -> dict[str, Any]:
    return (
        {"number": action.number, "code": action.code}
        | {name: getattr(action, name) for name in ACTION_TEXTS}
        | {"prompts": list(action.prompts)}
        | {name: getattr(action, name) for name in AFTER_PROMPTS}
        | {"levels": {level.value: level.looks_like for level in action.levels}}
    )


def _changes(changes: tuple[TypedChange, ...]) -> dict[str, Any]:
    """What was said of the level labels, and of the actions in an order of its own."""
    of_labels = [change.kind for change in changes if change.of_labels]
    labels = {"level_labels": of_labels[0]} if of_labels else {}
    actions = sorted(
        (change for change in changes if not change.of_labels),
        key=lambda change: (change.before or change.after, change.after),
    )
    if not changes:
        return {}
    return {"changes": labels | {"actions": [_change(change) for change in actions]}}


def _change(change: TypedChange) -> dict[str, str]:
    ends = {"before": change.before, "after": change.after}
    return {"kind": change.kind} | {end: code for end, code in ends.items() if code}


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # yaml says nothing of its types
    """Lists stand in from their key, and the same text twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


OTHER_BREAKS = frozenset("\r\x85\u2028\u2029")
"""Signs that a block would turn into ordinary line breaks; in quotes they stay what they are."""


def _text(dumper: yaml.SafeDumper, text: str) -> Any:
    # Space around a text is lost in reading, so it is not written either: out and in again is the same.
    trimmed = text.strip()
    return dumper.represent_scalar("tag:yaml.org,2002:str", trimmed, style=_style(trimmed))


def _style(text: str) -> str | None:
    if OTHER_BREAKS & set(text):
        return '"'
    if "\n" in text:
        return "|"
    return ">" if len(text) > WIDTH - 20 else None


_Dumper.add_representer(str, _text)
