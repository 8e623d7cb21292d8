"""An independent referee for group tables: the audit of pytauargus (the engine of tau-Argus).

It is handed what is shown of an action as a table of one dimension, once with the sums of the levels and once
with the numbers of people who gave one, and says between which bounds each hidden cell must lie.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from .groups import Room, cell, shown

MOST = 5
"""The highest level: what one person can add to a sum."""


def is_there() -> bool:
    try:
        import pytauargus.engine  # noqa: F401
    except ImportError:
        return False
    return True


def fixed(room: Room) -> list[str]:
    """Names of the hidden groups of which the sum must be what it is, or that somebody gave no level.

    That all of them gave one shows where all of the room did.
    """
    cells = shown(room)
    hidden = [place for place, each in enumerate(cells) if each is None]
    if len(hidden) < 2:
        return []
    numbers, sums = zip(*map(cell, room.said), strict=True)
    narrow = {place for place, _top in _narrow(sums, [size * MOST for size in room.sizes], hidden)}
    narrow |= {place for place, most in _narrow(numbers, room.sizes, hidden) if most < room.sizes[place]}
    return sorted(room.names[place] for place in narrow)


def _narrow(values: Sequence[int], most: Sequence[int], hidden: list[int]) -> list[tuple[int, float]]:
    """(place, value) of the hidden cells that can have one value alone."""
    return [(place, top) for place, low, top in _bounds(values, most, hidden) if top - low < 1]


def _bounds(values: Sequence[int], most: Sequence[int], hidden: list[int]) -> list[tuple[int, float, float]]:
    """(place, least, greatest) of each hidden cell. The first line of the table is its total."""
    from pytauargus.engine import audit_jj

    lines = [f"0 {sum(values)} 1 s 0 {sum(most)} 0 0 0"]
    for place, (value, greatest) in enumerate(zip(values, most, strict=True), 1):
        lines.append(f"{place} {value} 1 {'u' if place - 1 in hidden else 's'} 0 {greatest} 0 0 0")
    parts = " ".join(f"{place} (1)" for place in range(1, len(lines)))
    with tempfile.TemporaryDirectory() as here:
        table = Path(here) / "table.jj"
        table.write_text(
            "\n".join(["0", str(len(lines)), *lines, "1", f"0 {len(lines)} : 0 (-1) {parts}", ""])
        )
        rows = audit_jj(str(table))
    return [(row["cell"] - 1, row["min"], row["max"]) for row in rows]
