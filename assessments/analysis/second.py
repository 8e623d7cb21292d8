"""The second ratings of an action, given after the room has talked, and how people moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .change import Change, change_from_json, change_to_json
from .counts import distribution_from_json, distribution_to_json
from .distribution import Distribution


@dataclass(frozen=True, slots=True)
class SecondCounts:
    """What a room has seen of an action's second ratings, safe to store and to show.

    ``change`` is the movement since the first ratings under the rule for hiding counts; ``None`` where
    the first ratings are hidden, of which it would speak.
    """

    distribution: Distribution
    change: Change | None

    def to_json(self) -> dict[str, Any]:
        """A plain dict for storing."""
        change = None if self.change is None else change_to_json(self.change)
        return distribution_to_json(self.distribution) | {"change": change}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SecondCounts:
        """What :meth:`to_json` gave."""
        change = data["change"]
        return cls(distribution_from_json(data), None if change is None else change_from_json(change))
