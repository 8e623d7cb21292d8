"""Columns and radar of a workshop for SVG elements: in attributes, since styles are forbidden."""

import math
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


# --- The agreed profile ---

SIZE = 480
MIDDLE = SIZE // 2
RIM = 196
"""How far out level 5 lies; the numbers of the actions stand a little beyond."""


def radar(rows):
    """The agreed levels over what was rated. What is missing is a gap in the line, never a nought."""
    turn = 2 * math.pi / len(rows)
    angles = [place * turn for place in range(len(rows))]
    return {
        "size": SIZE,
        "middle": MIDDLE,
        "rings": [_ring(level) for level in LEVELS],
        "spokes": [_spoke(row.step, angle) for row, angle in zip(rows, angles, strict=True)],
        "rated": _line(angles, [row.value for row in rows]),
        "agreed": _line(angles, [row.step.agreed for row in rows]),
    }


def _ring(level):
    radius = RIM * level / LEVELS[-1]
    return {"level": level, "radius": radius, "y": MIDDLE - radius + 16}


def _spoke(step, angle):
    (x, y), (label_x, label_y) = _at(angle, RIM), _at(angle, RIM + 22)
    return {"number": step.number, "colour": step.colour, "x": x, "y": y} | {
        "label_x": label_x,
        "label_y": label_y + 7,
    }


def _at(angle, radius):
    return round(MIDDLE + radius * math.sin(angle), 1), round(MIDDLE - radius * math.cos(angle), 1)


def _line(angles, values):
    """The path through neighbouring values, closed where all are there, and its points."""
    points = [
        None if value is None else _at(angle, RIM * value / LEVELS[-1])
        for angle, value in zip(angles, values, strict=True)
    ]
    whole = zip(points, [*points[1:], points[0]], strict=True)
    steps = [f"M{a[0]} {a[1]}L{b[0]} {b[1]}" for a, b in whole if a and b]
    return {"path": "".join(steps), "points": [point for point in points if point]}
