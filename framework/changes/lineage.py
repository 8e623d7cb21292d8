"""Whether an action means the same in two editions, by the typed changes recorded between them.

Editions are made from one another, so any two of a framework have a way between them: up from both to the
edition they come from. Every change on that way counts, whichever of the two was used first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SCALE = ""
"""Stands for the labels of the levels, where a change is about no single action."""

BREAKING = frozenset({"meaning_changed", "split", "merged", "retired", "new"})
"""The kinds of change after which an action is no longer compared."""
OTHER_FRAMEWORK = "other_framework"
UNRELATED = "unrelated"
SCALE_CHANGED = "scale_changed"


@dataclass(frozen=True)
class Lineage:
    """Some editions, what each was made from, and what was changed in it.

    ``changes`` holds for each edition the codes whose meaning it breaks, with how; ``SCALE`` is a code, too.
    """

    codes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    frameworks: Mapping[int, int] = field(default_factory=dict)
    predecessors: Mapping[int, int | None] = field(default_factory=dict)
    changes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def why(self, earlier: int, later: int, code: str) -> str:
        """Why ratings of the action may not be compared between the editions with these keys.

        A kind of ``framework.Change``, or ``scale_changed``, ``unrelated`` (no way between the editions is
        recorded), ``other_framework``; empty where they may.
        """
        if earlier == later:
            return ""
        if self.frameworks[earlier] != self.frameworks[later]:
            return OTHER_FRAMEWORK
        way = self._way(earlier, later)
        if way is None:
            return UNRELATED
        return self._recorded(way, code) or self._missing(earlier, later, code)

    def _recorded(self, way: list[int], code: str) -> str:
        found = [self.changes.get(edition, {}) for edition in way]
        of_action = next((each[code] for each in found if code in each), "")
        return of_action or next((SCALE_CHANGED for each in found if SCALE in each), "")

    def _missing(self, earlier: int, later: int, code: str) -> str:
        if code not in self.codes[earlier]:
            return "new"
        return "" if code in self.codes[later] else "retired"

    def _way(self, one: int, other: int) -> list[int] | None:
        """The editions whose changes lie between the two, the newest first; None where no way is known."""
        mine, theirs = self._ancestors(one), self._ancestors(other)
        common = next((edition for edition in mine if edition in theirs), None)
        if common is None:
            return None
        return theirs[: theirs.index(common)] + mine[: mine.index(common)]

    def _ancestors(self, edition: int) -> list[int]:
        """The edition itself, what it was made from, and so on."""
        found: list[int] = []
        at: int | None = edition
        while at is not None and at not in found:
            found.append(at)
            at = self.predecessors.get(at)
        return found
