"""YAML from strangers, as plain text in maps and lists that know their lines.

The file is taken event by event: an anchor, an alias or a tag is refused where it stands, before anything
is built from it, and so is a file that is too large or too deep. Every value stays the text that was
written, so that ``no`` is a word and not the opposite of true.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from yaml import events

from ..wording.limits import is_control

MOST_BYTES = 500_000
MOST_VALUES = 10_000
DEEPEST = 8
MOST_SHOWN = 30
NO_CHARACTER = gettext_lazy("There is a character here that cannot stand in a text.")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file, in which line and at what path: ``areas.2.name``, counted from 1."""

    line: int
    path: str
    what: str

    def __str__(self) -> str:
        place = _("line %(line)d") % {"line": self.line}
        said = f"{place}, {self.path}: {self.what}" if self.path else f"{place}: {self.what}"
        # The file's own words stand in it, and a terminal obeys some signs instead of showing them.
        return "".join("\ufffd" if is_control(sign, one_line=True) else sign for sign in said)


class BadFile(Exception):
    """The file is refused whole; ``faults`` says why, each with its place."""

    def __init__(self, faults: list[Fault]):
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(*self.faults)

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:MOST_SHOWN]]
        if more := len(self.faults) - len(lines):
            lines.append(
                ngettext("and %(more)d more fault", "and %(more)d more faults", more) % {"more": more}
            )
        return "\n".join(lines)


@dataclass(frozen=True)
class Node:
    """A text, a list of nodes or a map of nodes, with the line it begins in."""

    value: str | list["Node"] | dict[str, "Node"]
    line: int


def read(content: bytes) -> Node:
    """The one document of a YAML file; BadFile with the first fault that stops reading it."""
    if len(content) > MOST_BYTES:
        raise _stop(1, _("The file is too large: %(most)d kB at most.") % {"most": MOST_BYTES // 1000})
    text = _decoded(content)
    builder = _Builder(yaml.parse(text, Loader=yaml.SafeLoader))
    try:
        return builder.document()
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise _stop(mark.line + 1 if mark else 1, _unreadable(fault.problem)) from fault
    except yaml.reader.ReaderError as fault:
        raise _stop(text.count("\n", 0, fault.position) + 1, NO_CHARACTER) from fault
    except (OverflowError, ValueError) as fault:  # "\UFFFFFFFF" stands for nothing
        raise _stop(builder.line, NO_CHARACTER) from fault


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise _stop(line, _("This is not UTF-8. Save the file as UTF-8.")) from fault


def _unreadable(problem: Any) -> str:
    what = _(
        "This cannot be read as YAML (%(problem)s). A text with a colon or quotes in it needs >- before it."
    )
    return str(what % {"problem": problem})


def _stop(line: int, what: str) -> BadFile:
    return BadFile([Fault(line, "", str(what))])


class _Builder:
    """Makes nodes of a stream of events, counting as it goes."""

    def __init__(self, stream: Iterator[Any]):
        self.stream, self.values, self.line = stream, 0, 1

    def document(self) -> Node:
        found, documents = Node("", 1), 0
        for event in self.stream:
            if isinstance(event, events.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _stop(_line(event), _("There is a second document. One file holds one edition."))
            elif isinstance(event, events.NodeEvent):
                found = self.node(event, 1)
        return found

    def node(self, event: Any, depth: int) -> Node:
        self.refuse(event, depth)
        if isinstance(event, events.MappingStartEvent):
            return Node(self.mapping(event, depth), _line(event))
        if isinstance(event, events.SequenceStartEvent):
            return Node(list(self.items(events.SequenceEndEvent, depth)), _line(event))
        empty = event.implicit[0] and event.value in ("", "~", "null")
        return Node("" if empty else event.value, _line(event))

    def items(self, end: type, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.stream), end):
            yield self.node(event, depth + 1)

    def mapping(self, start: Any, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        members = self.items(events.MappingEndEvent, depth)
        for key in members:
            if not isinstance(key.value, str):
                raise _stop(key.line, _("A list or a map cannot be a key."))
            if key.value in found:
                raise _stop(key.line, _("The key “%(key)s” stands here twice.") % {"key": key.value[:60]})
            value = next(members)
            # Where the text begins in the line below its key, the key is where people look.
            found[key.value] = Node(value.value, key.line)
        return found

    def refuse(self, event: Any, depth: int) -> None:
        self.values += 1
        self.line = line = _line(event)
        if isinstance(event, events.AliasEvent) or event.anchor:
            raise _stop(line, _("Anchors and aliases (& and *) are not allowed. Write the text out."))
        if event.tag:
            raise _stop(line, _("Tags (!) are not allowed. Put a text that begins with ! in quotes."))
        if self.values > MOST_VALUES:
            raise _stop(
                line, _("There is too much in the file: %(most)d values at most.") % {"most": MOST_VALUES}
            )
        if depth > DEEPEST:
            raise _stop(line, _("Lists and maps are nested too deep here."))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
