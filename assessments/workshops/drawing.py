"""The columns of a distribution for an SVG element (pure): in attributes, since styles are forbidden."""

from dataclasses import dataclass

from ..analysis import LEVELS

WIDTH, HEIGHT = 600, 280
GAP = 18
ROOM_ABOVE = 34
"""For the count that stands on the highest column."""
RADIUS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: its path with the upper corners rounded, and where its count stands."""

    level: int
    count: int
    path: str
    middle: float
    top: float
    is_pale: bool = False


def columns(counts, before=None):
    """The columns of ``counts``, each with that of ``before`` (the first ratings) pale at its left."""
    most = max(*counts, *(before or ()), 1)
    slot = (WIDTH - GAP * (len(LEVELS) - 1)) / len(LEVELS)
    layers = [(before, True), (counts, False)] if before else [(counts, False)]
    width = (slot - 4 * (len(layers) - 1)) / len(layers)
    return [
        _column(level, layer[place], most, place * (slot + GAP) + index * (width + 4), width, is_pale)
        for place, level in enumerate(LEVELS)
        for index, (layer, is_pale) in enumerate(layers)
    ]


def _column(level, count, most, left, width, is_pale):
    height = (HEIGHT - ROOM_ABOVE) * count / most
    middle, top = round(left + width / 2, 1), round(HEIGHT - height - 10, 1)
    return Column(level, count, _path(left, width, height), middle, top, is_pale)


def _path(left, width, height):
    if not height:
        return ""
    corner, top = min(RADIUS, height), HEIGHT - height
    return (
        f"M{left:.1f} {HEIGHT}V{top + corner:.1f}q0 -{corner:.1f} {corner:.1f} -{corner:.1f}"
        f"h{width - 2 * corner:.1f}q{corner:.1f} 0 {corner:.1f} {corner:.1f}V{HEIGHT}z"
    )


def slots():
    """The middle of each level's place, in hundredths of the width."""
    slot = (WIDTH - GAP * (len(LEVELS) - 1)) / len(LEVELS)
    return [round(place * (slot + GAP) + slot / 2, 1) for place in range(len(LEVELS))]
