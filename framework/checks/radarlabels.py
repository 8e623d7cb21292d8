"""Where the labels around the radar stand, and which of them run into each other.

``assessments.charts`` draws by the same numbers. Lengths are pixels of the drawing; angles are degrees,
clockwise from the top.
"""

import math
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from ..wording.values import ActionWording
from .findings import OF_ACTION, Finding

CHART_WIDTH = 16
"""Letters in a line of a label beside the radar, the number of the action among them."""
CHART_LINES = 3


HEIGHT = 492
MARGIN_SIDE, MARGIN_ABOVE = 100, 44
LABELS_AT, REACH = 5.5, 5.7
"""How far out the labels stand, and where the axis ends, in levels."""
FONT_SIZE = 13
NARROW_BELOW = 540
"""Drawn narrower than this, labels are numbers alone; the table beside the chart is their key."""
NARROW_MARGIN = 26
"""As in charts.js."""
WIDTHS = (640, NARROW_BELOW, 240)
"""What is looked at: the chart at its full size, the least with whole labels, and a small phone's."""

# How plotly sets lines of text, and how far letters reach above and below their line, in font sizes.
LINE_SPACING, FIRST_LINE, ASCENT, DESCENT = 1.3, 0.75, 0.93, 0.24

# Advance widths in thousandths of the font size, of DejaVu Sans: the widest of the fonts the chart names, so
# that what fits in it fits in the others.
_BY_WIDTH = {
    275: "'",
    278: "ijlî",
    295: "IJ",
    318: " ,.’",
    337: "/:;\\|",
    352: "f",
    361: "-",
    390: "()[]",
    392: "t",
    401: "!",
    411: "r",
    460: '"',
    500: "*_`–",
    521: "s",
    525: "z",
    531: "?",
    550: "c",
    557: "L",
    575: "F",
    579: "k",
    592: "vxyŷ",
    603: "P",
    611: "TYoô",
    613: "aâáà",
    615: "eêéè",
    634: "Ehnuû",
    636: "Sbdgpq0123456789${}",
    656: "K",
    685: "AVXZBÂ",
    698: "RC",
    748: "NHU",
    780: "DGOQ&",
    838: "wŵ#+<=>^~",
    863: "M",
    989: "mW%",
}
_WIDTH_OF = {sign: width for width, signs in _BY_WIDTH.items() for sign in signs}
_USUAL, _WIDE = 700, 1000


@dataclass(frozen=True)
class Box:
    """What a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class Trouble:
    """Two labels that run into each other, or one that runs off the chart; at which width it is drawn so."""

    labels: tuple[ActionWording, ...]
    width: int


def lines(number: int, title: str) -> list[str]:
    """The lines of a label: the number and the short title."""
    return textwrap.wrap(f"{number} {title}", width=CHART_WIDTH)


def beside(angle: float) -> tuple[str, str]:
    """On which side of its point a label stands, up and across, so that it points away from the middle."""
    if min(angle, 360 - angle) < 12:
        return "top", "center"
    upright = "top" if angle < 50 or angle > 310 else "bottom" if 130 < angle < 230 else "middle"
    return upright, "right" if angle < 180 else "left"


def boxes(actions: Sequence[ActionWording], width: int) -> list[Box]:
    """What each label covers in a chart drawn at this width, in the order of the actions."""
    is_narrow = width < NARROW_BELOW
    height = width if is_narrow else HEIGHT
    aside, above = (NARROW_MARGIN, NARROW_MARGIN) if is_narrow else (MARGIN_SIDE, MARGIN_ABOVE)
    out = min(width - 2 * aside, height - 2 * above) / 2 * LABELS_AT / REACH
    found = []
    for place, action in enumerate(actions):
        angle = place * 360 / len(actions)
        x = width / 2 + out * math.sin(math.radians(angle))
        y = height / 2 - out * math.cos(math.radians(angle))
        said = [str(action.number)] if is_narrow else lines(action.number, action.short_title)
        found.append(_box(x, y, said, *beside(angle)))
    return found


def troubles(actions: Sequence[ActionWording]) -> Iterator[Trouble]:
    """Labels that cannot be read, each pair once, at the widest drawing in which it is so."""
    known = set()
    for width in WIDTHS:
        for labels in _unreadable(actions, width):
            key = tuple(label.code for label in labels)
            if key not in known:
                known.add(key)
                yield Trouble(labels, width)


def label_findings(actions: Sequence[ActionWording]) -> tuple[Finding, ...]:
    """What cannot be read around the radar, as advice: the table beside the chart says the same."""
    return tuple(map(_finding, troubles(actions)))


def _finding(trouble: Trouble) -> Finding:
    names = [f"“{label.number} {label.short_title}”" for label in trouble.labels]
    what, mend = _said(len(names) > 1, trouble.width < NARROW_BELOW)
    where = _("Radar") if trouble.width == WIDTHS[0] else _("Radar, drawn small")
    return Finding(
        where,
        what % {"first": names[0], "second": names[-1]},
        mend,
        must=False,
        code=trouble.labels[0].code,
        field="short_title",
        page=OF_ACTION,
    )


def _said(are_two: bool, is_phone: bool) -> tuple[str, str]:
    if is_phone:
        return (
            _("The numbers of %(first)s and %(second)s run into each other."),
            _("Nothing but fewer actions helps."),
        )
    if are_two:
        return (
            _("%(first)s and %(second)s run into each other."),
            _("Shorten one of the two short titles, so that it takes a line less."),
        )
    return _("%(first)s runs off its edge."), _("Shorten the longest word of the short title.")


def _unreadable(actions: Sequence[ActionWording], width: int) -> Iterator[tuple[ActionWording, ...]]:
    covered = list(zip(actions, boxes(actions, width), strict=True))
    for (one, box), (other, its_box) in combinations(covered, 2):
        if box.overlaps(its_box):
            yield one, other
    for action, box in covered:
        if not box.is_within(width, HEIGHT if width >= NARROW_BELOW else width):
            yield (action,)


def _box(x: float, y: float, said: list[str], upright: str, across: str) -> Box:
    wide = max((_length(line) for line in said), default=0)
    left = {"right": x, "left": x - wide, "center": x - wide / 2}[across]
    high = (len(said) - 1) * LINE_SPACING + 1
    first = y + FONT_SIZE * (FIRST_LINE + {"top": -high, "middle": -high / 2, "bottom": 0}[upright])
    bottom = first + FONT_SIZE * ((len(said) - 1) * LINE_SPACING + DESCENT)
    return Box(left, first - FONT_SIZE * ASCENT, left + wide, bottom)


def _length(text: str) -> float:
    return sum(map(_width, text)) * FONT_SIZE / 1000


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    return _WIDTH_OF.get(sign, _USUAL)
