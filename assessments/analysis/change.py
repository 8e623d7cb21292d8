"""Whether people moved between two ratings of the same action: two rounds, or first and second ratings.

The same people are matched and counted: how many went lower, stayed, went higher. A difference of two
averages would also show who has come and gone, and with eleven actions it cries wolf almost every second
time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from .coarse import Counts, coarse

LEAST_MATCHED = 6
"""Fewer people who rated both times can never show a change: five of five gives p = 0.0625."""


class Reading(StrEnum):
    """What may be said of an action between two ratings of it."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Change:
    """What may be shown of one action between two ratings, or of all of them.

    ``lower``, ``same`` and ``higher`` are ``None`` where they are hidden or not said exactly; then the bounds
    may stand beside them (:class:`~.coarse.Counts`). ``matched``: how many rated the action both times;
    ``None`` where that is hidden. ``could_show`` is False where even everybody moving the same way would not
    have been a clear change.
    """

    number: int
    code: str
    why: str
    reading: Reading
    lower: int | None
    same: int | None
    higher: int | None
    hidden: bool = False
    could_show: bool = True
    matched: int | None = None
    lower_at_most: int | None = None
    lower_at_least: int | None = None
    higher_at_most: int | None = None
    higher_at_least: int | None = None

    @property
    def comparable(self) -> bool:
        return not self.why

    @property
    def counts(self) -> Counts:
        """What is said of how many moved."""
        return Counts(**{each.name: getattr(self, each.name) for each in fields(Counts)})

    def with_counts(self, counts: Counts) -> Change:
        return replace(self, **asdict(counts))


def not_comparable(number: int, code: str, why: str) -> Change:
    """Of an action of which nothing can be said, and why."""
    return Change(number, code, why, Reading.NOT_COMPARABLE, None, None, None, could_show=False)


def change_to_json(change: Change) -> dict[str, Any]:
    """A change as a plain dict for storing."""
    return asdict(change)


def change_from_json(data: Mapping[str, Any]) -> Change:
    """What :func:`change_to_json` gave.

    What was stored before counts were said coarsely has a p beside them, which nothing has today. It is read
    with no more than may be said of it today.
    """
    known = {each.name for each in fields(Change)}
    kept = {name: value for name, value in data.items() if name in known}
    change = Change(**{**kept, "reading": Reading(data["reading"])})
    return _said_safely(change) if "p_holm" in data else change


def _said_safely(change: Change) -> Change:
    """Of a change whose counts were hidden nobody can tell any longer whether its reading tells of a few."""
    if change.hidden:
        return replace(change, reading=Reading.TOO_FEW, could_show=False)
    if change.lower is None or change.same is None or change.higher is None:
        return change
    return change.with_counts(coarse(change.lower, change.same, change.higher))
