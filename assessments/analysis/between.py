"""What is kept of the change between two rounds of a partnership, safe to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .change import Change, Reading, change_from_json, change_to_json

VERSION = 3
READABLE = (1, 2, VERSION)
"""Versions 1 and 2 were stored by older rules: counts exactly, beside p values, no line over all actions."""

RATINGS_REMOVED = "ratings_removed"
"""Why nothing is known of a change: ratings were removed before both rounds had opened their results."""

BROUGHT_IN = "brought_in"
NOT_PROVED = "not_proved"
NOT_SAID_SAME = "not_said_same"
"""Why people may not be matched: one of the rounds came from a file; nobody proved who they are in both;
nobody said of two files that their respondents are the same people."""

NOT_RATED = "not_rated"
"""Why an action cannot be compared: in one of the rounds nobody was asked about it."""


@dataclass(frozen=True, slots=True)
class Between:
    """How the people who rated in both of two rounds moved, and who is new and has gone.

    ``matched`` people answered both rounds, ``new`` the later alone, ``gone`` the earlier alone: that
    somebody took part is no secret. ``None`` where nobody knows who is the same, as of files. ``changes``
    has one for each action of either round, in order of number; ``overall`` is the line over all that were
    tested, ``None`` in what was stored before there was one.
    """

    matched: int | None
    new: int | None
    gone: int | None
    changes: tuple[Change, ...]
    overall: Change | None = None

    @property
    def is_mostly_new(self) -> bool:
        """Whether more than half of the people of the later round did not answer the earlier one."""
        return self.new is not None and self.matched is not None and self.new > self.matched

    @property
    def compared(self) -> tuple[Change, ...]:
        """The actions that mean the same in both rounds."""
        return tuple(change for change in self.changes if change.comparable)

    def read(self, reading: Reading) -> tuple[Change, ...]:
        """The actions of which this may be said."""
        return tuple(change for change in self.changes if change.reading is reading)

    def to_json(self) -> dict[str, Any]:
        """A plain dict for storing."""
        return {
            "version": VERSION,
            "matched": self.matched,
            "new": self.new,
            "gone": self.gone,
            "changes": [change_to_json(change) for change in self.changes],
            "overall": None if self.overall is None else change_to_json(self.overall),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Between:
        """What :meth:`to_json` gave. ``ValueError`` for a version we cannot read."""
        if data.get("version") not in READABLE:
            raise ValueError(f"a stored change of version {data.get('version')!r} cannot be read")
        changes = tuple(change_from_json(change) for change in data["changes"])
        overall = data.get("overall")
        found = cls(data["matched"], data["new"], data["gone"], changes)
        return replace(found, overall=change_from_json(overall)) if overall else found


def is_of_today(data: Mapping[str, Any]) -> bool:
    """Whether what is stored was stored by the rules of today, or should be counted again."""
    return bool(data.get("version") == VERSION)
