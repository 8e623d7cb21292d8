"""Reads an edition from a YAML file.

Strictly: nothing is guessed, every fault is found with its line and path, and a file with a fault is
refused whole. ``framework.files.edition`` writes such files.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from ..changes.kinds import BETWEEN
from ..changes.proposals import EFFECT, TypedChange
from ..wording.limits import MOST_ACTIONS, MOST_AREAS, MOST_PROMPTS
from ..wording.values import ActionWording, AreaWording, EditionWording, LevelLooksLike, LevelWording
from .edition import ACTION_TEXTS, AFTER_PROMPTS, FORMATS_READ, EditionFile
from .translations import read_translations
from .yamltree import BadFile, Node, read
from .yamlvalues import PROMPT, Values, at

COLOURS = ("convene", "system", "edge", "ethos")
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


class _Reader(Values):
    """Takes an edition out of the nodes of a file."""

    def edition(self, node: Node) -> EditionFile:
        needed = ("format", "framework", "edition", "levels", "areas")
        top = self.fields(node, "", needed, ("changes", "translations"))
        if top["format"].value not in FORMATS_READ:
            what = _("This version reads the formats %(formats)s.") % {"formats": ", ".join(FORMATS_READ)}
            self.fault(top["format"], "format", what)
        if top["format"].value == "1" and top["translations"].value:
            self.fault(top["translations"], "translations", _("Translations need format 2."))
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
            translations=read_translations(self, top["translations"], words),
            lines=self.lines,
        )

    def areas(self, node: Node, labels: dict[int, str]) -> tuple[AreaWording, ...]:
        areas: list[AreaWording] = []
        codes: set[object] = set()
        seen: tuple[set[object], set[object]] = (set(), set())
        for item, path in self.items(node, "areas", MOST_AREAS):
            of = self.fields(item, path, ("code", "name", "about", "colour", "actions"))
            area = AreaWording(
                code=self.code(of["code"], at(path, "code")),
                name=self.text(of["name"], at(path, "name")),
                about=self.text(of["about"], at(path, "about")),
                colour=self.one_of(of["colour"], at(path, "colour"), COLOURS),
                actions=(),
            )
            self.once(of["code"], at(path, "code"), area.code, codes)
            members = self.items(of["actions"], at(path, "actions"), MOST_ACTIONS)
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
            self.number(of["number"], at(path, "number")),
            self.code(of["code"], at(path, "code")),
        )
        for name, value, found in zip(("number", "code"), (number, code), seen, strict=True):
            self.once(of[name], at(path, name), value, found)
        prompts = self.items(of["prompts"], at(path, "prompts"), MOST_PROMPTS)
        return ActionWording(
            id=0,
            code=code,
            number=number,
            prompts=tuple(self.text(prompt, at, PROMPT) for prompt, at in prompts),
            area_code=area.code,
            area_name=area.name,
            colour=area.colour,
            levels=self.looks_like(of["levels"], at(path, "levels"), labels),
            **{name: self.text(of[name], at(path, name)) for name in ACTION_TEXTS + AFTER_PROMPTS},
        )

    def looks_like(self, node: Node, path: str, labels: dict[int, str]) -> tuple[LevelLooksLike, ...]:
        texts = self.levels(node, path, "looks_like")
        for value in texts.keys() - labels.keys():
            self.fault(node, at(path, value), _("This level has no label under “levels”."))
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
        kind = self.one_of(of["kind"], at(path, "kind"), tuple(EFFECT))
        ends = {name: self.code(of[name], at(path, name)) for name in ends_of}
        for name in beside:
            if of[name].value:
                self.fault(of[name], at(path, name), _("“%(kind)s” has no such action.") % {"kind": kind})
        if ends.get("after") and ends["after"] not in codes:
            what = _("There is no action “%(code)s” in this file.") % {"code": ends["after"]}
            self.fault(of["after"], at(path, "after"), what)
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
