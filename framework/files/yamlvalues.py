"""Takes single values out of a file, strictly, and keeps every fault with its line and path."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _

from ..wording.limits import LONGEST, ONE_LINE, is_control
from ..wording.values import LEVELS
from .yamltree import Fault, Node

LONGEST_CODE = 40
HIGHEST_NUMBER = 9999
PROMPT = "prompt"
"""What one of the prompts is called: it stands in one line, and is as long as it likes."""


class Missing(Node):
    """Stands for what is not in the file. That it is missing is said once, and nothing else about it."""


class Values:
    """Takes single values out of nodes, and keeps every fault with its place."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def fault(self, node: Node, path: str, what: str) -> None:
        if not isinstance(node, Missing):
            self.faults.append(Fault(node.line, path, what))

    def fields(
        self, node: Node, path: str, needed: tuple[str, ...], other: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        """The members of a map by their names; what is missing is an empty text."""
        if not isinstance(node.value, dict):
            self.fault(node, path, _("Here the file needs: %(keys)s.") % {"keys": ", ".join(needed + other)})
            return dict.fromkeys(needed + other, Missing("", node.line))
        for name in needed:
            if name not in node.value:
                self.fault(node, path, _("“%(key)s” is missing.") % {"key": name})
        for name, member in node.value.items():
            self.lines[at(path, name)] = member.line
            if name not in needed + other:
                self.fault(member, at(path, name[:60]), unknown(name, needed + other))
        return {name: node.value.get(name, Missing("", node.line)) for name in needed + other}

    def text(self, node: Node, path: str, name: str = "") -> str:
        """A text within its limits, which go by its name: the last part of the path, if no other is given."""
        if not isinstance(node.value, str):
            self.fault(node, path, _("Here the file needs a text."))
            return ""
        text, name = node.value.strip(), name or path.rpartition(".")[2]
        most, one_line = ONE_LINE.get(name, LONGEST), name in (*ONE_LINE, PROMPT)
        if len(text) > most:
            what = _("The text has %(letters)d letters; at most %(most)d fit.")
            self.fault(node, path, what % {"letters": len(text), "most": most})
        if any(is_control(sign, one_line=one_line) for sign in text):
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
            yield from ((item, at(path, number)) for number, item in enumerate(found, 1))

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
            int(value): self.text(found[value], at(path, value), name) for value in known if value in there
        }


def at(path: str, name: object) -> str:
    """The path of what is named so below ``path``."""
    return f"{path}.{name}" if path else str(name)


def unknown(name: str, known: tuple[str, ...]) -> str:
    """Says of a key that it is not known, and which one may be meant."""
    nearest = get_close_matches(name[:60], known, 1)
    if nearest:
        return str(_("This is not known here. Is “%(key)s” meant?") % {"key": nearest[0]})
    return str(_("This is not known here. Known are: %(keys)s.") % {"keys": ", ".join(known)})
