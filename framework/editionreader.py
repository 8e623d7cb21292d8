"""Reads an edition from a YAML file (pure).

Strictly: nothing is guessed, every fault is found with its line and path, and a file with a fault is
refused whole. ``framework.editionfile`` writes such files.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from django.utils.translation import gettext as _

from framework.checks import LEVELS
from framework.editionfile import ACTION_TEXTS, AFTER_PROMPTS, FORMAT, EditionFile
from framework.kinds import BETWEEN
from framework.limits import LONGEST, MOST_ACTIONS, MOST_AREAS, MOST_PROMPTS, ONE_LINE, is_control
from framework.proposals import EFFECT, TypedChange
from framework.wording import (
    ActionWording,
    AreaWording,
    EditionWording,
    LevelLooksLike,
    LevelWording,
)
from framework.yamltree import BadFile, Fault, Node, read

COLOURS = ("convene", "system", "edge", "ethos")
LONGEST_CODE = 40
HIGHEST_NUMBER = 9999
MOST_CHANGES = 200
BOTH = ("before", "after")
SAME_ACTION = ("typo", "clarified", "meaning_changed")
ENDS = {"new": ("after",), "retired": ("before",)}
"""Which of the two actions a kind of change names, where it is not both."""


def read_edition(content: bytes) -> EditionFile:
    """The edition in the file; BadFile with every fault that was found."""
    reader = _Reader()
    edition = reader.edition(read(content))
    if reader.faults:
        raise BadFile(reader.faults)
    return edition


class _Missing(Node):
    """Stands for what is not in the file. That it is missing is said once, and nothing else about it."""


class _Values:
    """Takes single values out of nodes, and keeps every fault with its place."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def fault(self, node: Node, path: str, what: str) -> None:
        if not isinstance(node, _Missing):
            self.faults.append(Fault(node.line, path, what))

    def fields(
        self, node: Node, path: str, needed: tuple[str, ...], other: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        """The members of a map by their names; what is missing is an empty text."""
        if not isinstance(node.value, dict):
            self.fault(node, path, _("Here the file needs: %(keys)s.") % {"keys": ", ".join(needed + other)})
            return dict.fromkeys(needed + other, _Missing("", node.line))
        for name in needed:
            if name not in node.value:
                self.fault(node, path, _("“%(key)s” is missing.") % {"key": name})
        for name, member in node.value.items():
            self.lines[_at(path, name)] = member.line
            if name not in needed + other:
                self.fault(member, _at(path, name[:60]), _unknown(name, needed + other))
        return {name: node.value.get(name, _Missing("", node.line)) for name in needed + other}

    def text(self, node: Node, path: str, name: str = "") -> str:
        """A text within its limits, which go by its name: the last part of the path, if no other is given."""
        if not isinstance(node.value, str):
            self.fault(node, path, _("Here the file needs a text."))
            return ""
        text, name = node.value.strip(), name or path.rpartition(".")[2]
        most = ONE_LINE.get(name, LONGEST)
        if len(text) > most:
            what = _("The text has %(letters)d letters; at most %(most)d fit.")
            self.fault(node, path, what % {"letters": len(text), "most": most})
        if any(is_control(sign, one_line=name in ONE_LINE) for sign in text):
            self.fault(node, path, _("There is a line break or an unreadable character in the text."))
        return text

    def number(self, node: Node, path: str) -> int:
        text = node.value if isinstance(node.value, str) else ""
        if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
            what = _("Here the file needs a whole number from 1 to %(most)d.") % {"most": HIGHEST_NUMBER}
            self.fault(node, path, what)
            return 0
        return int(text)

    def code(self, node: Node, path: str) -> str:
        text = node.value if isinstance(node.value, str) else ""
        if not re.fullmatch(rf"[-a-zA-Z0-9_]{{1,{LONGEST_CODE}}}", text):
            what = _("A code is 1 to %(most)d letters a to z, digits and hyphens.") % {"most": LONGEST_CODE}
            self.fault(node, path, what)
            return ""
        return text

    def one_of(self, node: Node, path: str, known: tuple[str, ...]) -> str:
        if node.value not in known:
            self.fault(node, path, _("Here the file needs one of: %(known)s.") % {"known": ", ".join(known)})
            return known[0]
        return str(node.value)

    def items(self, node: Node, path: str, most: int) -> Iterator[tuple[Node, str]]:
        """Every item of a list with its path; an empty value is an empty list."""
        found = node.value or []
        if not isinstance(found, list):
            self.fault(node, path, _("Here the file needs a list, each item after a hyphen."))
        elif len(found) > most:
            what = _("The list has %(items)d items; at most %(most)d are allowed.")
            self.fault(node, path, what % {"items": len(found), "most": most})
        else:
            yield from ((item, _at(path, number)) for number, item in enumerate(found, 1))

    def once(self, node: Node, path: str, value: object, seen: set[object]) -> None:
        if value and value in seen:
            self.fault(node, path, _("“%(value)s” stands in the file twice.") % {"value": value})
        seen.add(value)

    def levels(self, node: Node, path: str, name: str) -> dict[int, str]:
        """The texts of levels by the level's value. ``name`` is what such a text is called."""
        known = tuple(str(value) for value in LEVELS)
        found = self.fields(node, path, (), known)
        there = node.value if isinstance(node.value, dict) else {}
        return {
            int(value): self.text(found[value], _at(path, value), name) for value in known if value in there
        }


class _Reader(_Values):
    """Takes an edition out of the nodes of a file."""

    def edition(self, node: Node) -> EditionFile:
        top = self.fields(node, "", ("format", "framework", "edition", "levels", "areas"), ("changes",))
        if top["format"].value != str(FORMAT):
            self.fault(
                top["format"], "format", _("This version reads format %(format)d.") % {"format": FORMAT}
            )
        of = self.fields(top["framework"], "framework", ("slug", "name", "source"))
        facts = self.fields(top["edition"], "edition", ("number",), ("made_from", "note", "scale_note"))
        labels = self.levels(top["levels"], "levels", "label")
        areas = self.areas(top["areas"], labels)
        actions = sorted((each for area in areas for each in area.actions), key=lambda each: each.number)
        made_from = self.number(facts["made_from"], "edition.made_from") if facts["made_from"].value else None
        words = EditionWording(
            edition_id=0,
            number=self.number(facts["number"], "edition.number"),
            framework_name=self.text(of["name"], "framework.name"),
            source=self.text(of["source"], "framework.source"),
            scale_note=self.text(facts["scale_note"], "edition.scale_note"),
            levels=tuple(LevelWording(value, label) for value, label in labels.items()),
            areas=areas,
            actions=tuple(actions),
        )
        return EditionFile(
            slug=self.code(of["slug"], "framework.slug"),
            words=words,
            note=self.text(facts["note"], "edition.note"),
            made_from=made_from,
            changes=self.changes(top["changes"], made_from, {each.code for each in actions}),
            lines=self.lines,
        )

    def areas(self, node: Node, labels: dict[int, str]) -> tuple[AreaWording, ...]:
        areas: list[AreaWording] = []
        codes: set[object] = set()
        seen: tuple[set[object], set[object]] = (set(), set())
        for item, path in self.items(node, "areas", MOST_AREAS):
            of = self.fields(item, path, ("code", "name", "about", "colour", "actions"))
            area = AreaWording(
                code=self.code(of["code"], _at(path, "code")),
                name=self.text(of["name"], _at(path, "name")),
                about=self.text(of["about"], _at(path, "about")),
                colour=self.one_of(of["colour"], _at(path, "colour"), COLOURS),
                actions=(),
            )
            self.once(of["code"], _at(path, "code"), area.code, codes)
            members = self.items(of["actions"], _at(path, "actions"), MOST_ACTIONS)
            actions = [self.action(member, at, area, labels, seen) for member, at in members]
            areas.append(replace(area, actions=tuple(sorted(actions, key=lambda each: each.number))))
        return tuple(areas)

    def action(
        self,
        node: Node,
        path: str,
        area: AreaWording,
        labels: dict[int, str],
        seen: tuple[set[object], set[object]],
    ) -> ActionWording:
        of = self.fields(node, path, ("number", "code", *ACTION_TEXTS, "prompts", "levels"), AFTER_PROMPTS)
        number, code = (
            self.number(of["number"], _at(path, "number")),
            self.code(of["code"], _at(path, "code")),
        )
        for name, value, found in zip(("number", "code"), (number, code), seen, strict=True):
            self.once(of[name], _at(path, name), value, found)
        prompts = self.items(of["prompts"], _at(path, "prompts"), MOST_PROMPTS)
        return ActionWording(
            id=0,
            code=code,
            number=number,
            prompts=tuple(self.text(prompt, at) for prompt, at in prompts),
            area_code=area.code,
            area_name=area.name,
            colour=area.colour,
            levels=self.looks_like(of["levels"], _at(path, "levels"), labels),
            **{name: self.text(of[name], _at(path, name)) for name in ACTION_TEXTS + AFTER_PROMPTS},
        )

    def looks_like(self, node: Node, path: str, labels: dict[int, str]) -> tuple[LevelLooksLike, ...]:
        texts = self.levels(node, path, "looks_like")
        for value in texts.keys() - labels.keys():
            self.fault(node, _at(path, value), _("This level has no label under “levels”."))
        return tuple(LevelLooksLike(value, labels.get(value, ""), text) for value, text in texts.items())

    def changes(self, node: Node, made_from: int | None, codes: set[str]) -> tuple[TypedChange, ...]:
        if not node.value:
            return ()
        if made_from is None:
            self.fault(node, "changes", _("Say which edition this one was made from: edition, made_from."))
        of = self.fields(node, "changes", (), ("level_labels", "actions"))
        found: list[TypedChange] = []
        if of["level_labels"].value:
            found.append(TypedChange(self.one_of(of["level_labels"], "changes.level_labels", SAME_ACTION)))
        for item, path in self.items(of["actions"], "changes.actions", MOST_CHANGES):
            change = self.change(item, path, codes)
            self.agrees(item, path, change, found)
            found.append(change)
        return tuple(found)

    def change(self, node: Node, path: str, codes: set[str]) -> TypedChange:
        there = node.value if isinstance(node.value, dict) else {}
        ends_of = ENDS.get(str(there["kind"].value) if "kind" in there else "", BOTH)
        beside = tuple(name for name in BOTH if name not in ends_of)
        of = self.fields(node, path, ("kind", *ends_of), beside)
        kind = self.one_of(of["kind"], _at(path, "kind"), tuple(EFFECT))
        ends = {name: self.code(of[name], _at(path, name)) for name in ends_of}
        for name in beside:
            if of[name].value:
                self.fault(of[name], _at(path, name), _("“%(kind)s” has no such action.") % {"kind": kind})
        if ends.get("after") and ends["after"] not in codes:
            what = _("There is no action “%(code)s” in this file.") % {"code": ends["after"]}
            self.fault(of["after"], _at(path, "after"), what)
        if kind in SAME_ACTION and ends_of == BOTH and ends["before"] != ends["after"]:
            self.fault(node, path, _("Before and after have to be the same action here."))
        return TypedChange(kind, **ends)

    def agrees(self, node: Node, path: str, change: TypedChange, others: list[TypedChange]) -> None:
        """One answer for each action: two kinds of change for it would leave open which one counts."""
        for other in others:
            same = (change.before, change.after) == (other.before, other.after)
            shared = (change.before and change.before == other.before) or (
                change.after and change.after == other.after
            )
            # A part of what was split may have gone into another action.
            both = {change.kind, other.kind}
            if same or (shared and len(both) > 1 and not both <= BETWEEN):
                self.fault(node, path, _("Another change in this file speaks of the same action."))
                return


def _at(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def _unknown(name: str, known: tuple[str, ...]) -> str:
    nearest = get_close_matches(name[:60], known, 1)
    if nearest:
        return str(_("This is not known here. Is “%(key)s” meant?") % {"key": nearest[0]})
    return str(_("This is not known here. Known are: %(keys)s.") % {"keys": ", ".join(known)})
