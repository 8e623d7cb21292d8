"""Results in, plotly figures out.

Labels carry no markup but line breaks: the content security policy forbids the inline style that bold
would become. Colours come from the framework's areas; positions and words say the same without them.
"""

from dataclasses import dataclass

import plotly.graph_objects as go

from framework.checks import radarlabels
from framework.checks.radarlabels import LABELS_AT, NARROW_BELOW, REACH
from framework.wording.values import ActionWording

from .. import readings
from ..analysis import LEVELS, ActionResult
from . import talk

INK, MUTED, RING = "#14213d", "#5b6475", "#d5d9e2"
COLOURS = {"convene": "#3f3d9e", "system": "#00726b", "edge": "#b2500b", "ethos": "#8c2b70"}
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'

RIM = 5.2
"""How far out the area sectors reach: a little beyond level 5, so that a dot there stands on them."""
BIGGEST_DOT = 28
"""Diameter in pixels of the dot for the level that the most people gave."""
THINNEST = 0.08
"""How thick, in levels, the band of other partnerships is at least, so that it is seen where they agree."""


def radar(results, words, *, equal_weight=False, before=None, others=None):
    """The radar of one round. Spokes stand in framework order, clockwise from the top.

    ``before`` maps an action's code to where an earlier round's line runs: it is dashed and grey, with a gap
    where there is nothing to compare.

    ``equal_weight`` draws the outline through the means that give each organisation the same weight. A
    hidden or missing value is a gap in the outline, never a zero. Levels that a workshop agreed stand over
    the outline as diamonds: single levels, so no line joins them. ``others`` is action code -> the two
    means between which the middle half of the council's other partnerships lie: a quiet band behind the
    rest, with a gap where there is none.
    """
    width = 360 / len(results.actions)
    spokes = [
        _Spoke(
            action,
            words.action(action.number),
            place * width,
            readings.results.drawn(action, equal_weight=equal_weight),
        )
        for place, action in enumerate(results.actions)
    ]
    figure = go.Figure(layout=_layout(width))
    figure.add_traces(
        [
            *_sectors(spokes, words, width),
            *_band(spokes, others or {}, width),
            _spokes(spokes),
            *_before(spokes, before or {}),
            _outline(spokes),
            *_dots(spokes, words),
            _means(spokes, equal_weight),
            *_agreed(spokes, words),
            _labels(spokes),
        ]
    )
    return figure


@dataclass(frozen=True)
class _Spoke:
    """One action's place on the radar: its angle in degrees from the top, and where the outline meets it."""

    action: ActionResult
    words: ActionWording
    angle: float
    value: float | None

    @property
    def colour(self):
        return COLOURS[self.words.colour]

    @property
    def title(self):
        return _inert(self.words.short_title)


def _layout(width):
    return go.Layout(
        template=go.layout.Template(),
        font={"family": FONT, "size": radarlabels.FONT_SIZE, "color": INK},
        height=radarlabels.HEIGHT,
        margin=dict.fromkeys("lr", radarlabels.MARGIN_SIDE) | dict.fromkeys("tb", radarlabels.MARGIN_ABOVE),
        paper_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        hoverlabel={"bgcolor": "#fff", "bordercolor": RING, "font": {"color": INK}, "align": "left"},
        meta={"narrow_below": NARROW_BELOW},
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "angularaxis": _angular(width),
            "radialaxis": _radial(width),
        },
    )


def _angular(width):
    return {
        "direction": "clockwise",
        "rotation": 90,
        "tickvals": [place * width for place in range(round(360 / width))],
        "showticklabels": False,
        "ticks": "",
        "showgrid": False,
        "showline": False,
    }


def _radial(width):
    return {
        "range": [0, REACH],  # labels have to stand within it to be drawn
        "tickvals": list(LEVELS),
        "angle": 90 - width / 2,
        "tickangle": 90 - width / 2,
        "tickfont": {"size": 12, "color": MUTED},
        "ticks": "",
        "gridcolor": RING,
        "showline": False,
    }


def _sectors(spokes, words, width):
    """A light sector behind the spokes of each area."""
    for area in words.areas:
        own = [spoke for spoke in spokes if spoke.words.area_code == area.code]
        if own:
            yield go.Barpolar(
                theta=[sum(spoke.angle for spoke in own) / len(own)],
                r=[RIM],
                width=[width * len(own)],
                marker={"color": COLOURS[area.colour], "opacity": 0.07, "line": {"width": 0}},
                hoverinfo="skip",
                name=area.name,
            )


def _band(spokes, found, width):
    """The middle half of other partnerships, as a piece of a ring across each spoke."""
    shown = [spoke for spoke in spokes if spoke.words.code in found]
    if not shown:
        return
    pieces = [_thick_enough(*found[spoke.words.code]) for spoke in shown]
    yield go.Barpolar(
        theta=[spoke.angle for spoke in shown],
        base=[low for low, _high in pieces],
        r=[high - low for low, high in pieces],
        width=[width * 0.8] * len(shown),
        marker={"color": MUTED, "opacity": 0.22, "line": {"width": 0}},
        hovertext=[readings.others.hover(spoke.title, found[spoke.words.code]) for spoke in shown],
        hoverinfo="text",
        name="others",
    )


def _thick_enough(low, high):
    """The same ends, or a little further apart where the others agree and nothing would be seen."""
    more = max(0, THINNEST - (high - low)) / 2
    return low - more, high + more


def _spokes(spokes):
    """The spokes themselves, from the middle to the rim: the axis' own grid would run on to the labels."""
    return go.Scatterpolar(
        theta=[spoke.angle for spoke in spokes for _end in range(3)],
        r=[end for _spoke in spokes for end in (0, RIM, None)],
        mode="lines",
        line={"color": RING, "width": 1},
        hoverinfo="skip",
        name="spokes",
    )


def _before(spokes, before):
    values = [before.get(spoke.action.code) for spoke in spokes]
    if any(value is not None for value in values):
        yield go.Scatterpolar(
            theta=[spoke.angle for spoke in spokes] + [0],
            r=values + values[:1],
            mode="lines",
            line={"color": MUTED, "width": 1.5, "dash": "dash"},
            connectgaps=False,
            hoverinfo="skip",
            name="before",
        )


def _outline(spokes):
    """The means as a closed line; filled only where it is whole, as a fill would bridge a gap."""
    values = [spoke.value for spoke in spokes]
    whole = all(value is not None for value in values)
    return go.Scatterpolar(
        theta=[spoke.angle for spoke in spokes] + [0],
        r=values + values[:1],
        mode="lines",
        line={"color": INK, "width": 2.5},
        connectgaps=False,
        fill="toself" if whole else "none",
        fillcolor="rgba(20,33,61,0.05)",
        hoverinfo="skip",
        name="outline",
    )


def _dots(spokes, words):
    """A dot for each level somebody gave, its area in proportion to how many."""
    shown = [spoke for spoke in spokes if spoke.action.distribution]
    most = max((max(spoke.action.distribution.counts) for spoke in shown), default=0)
    for area in words.areas:
        given = [
            (spoke, level, count)
            for spoke in shown
            if spoke.words.area_code == area.code
            for level, count in zip(LEVELS, spoke.action.distribution.counts, strict=True)
            if count
        ]
        if given:
            yield _area_dots(area, given, most, _level_labels(words))


def _area_dots(area, given, most, labels):
    return go.Scatterpolar(
        theta=[spoke.angle for spoke, _level, _count in given],
        r=[level for _spoke, level, _count in given],
        mode="markers",
        marker={
            "color": COLOURS[area.colour],
            "opacity": 0.45,
            "size": [count for _spoke, _level, count in given],
            "sizemode": "area",
            "sizeref": 2 * most / BIGGEST_DOT**2,
            "sizemin": 2,  # a radius: one person among a hundred is still seen
            "line": {"width": 0},
        },
        cliponaxis=False,
        hovertext=[
            readings.results.level_hover(spoke.title, level, labels[level], count)
            for spoke, level, count in given
        ],
        hoverinfo="text",
        name=f"dots {area.code}",
    )


def _means(spokes, equal_weight):
    shown = [spoke for spoke in spokes if spoke.value is not None]
    return go.Scatterpolar(
        theta=[spoke.angle for spoke in shown],
        r=[spoke.value for spoke in shown],
        mode="markers",
        marker={
            "color": [spoke.colour for spoke in shown],
            "size": 11,
            "line": {"color": "#fff", "width": 2},
        },
        cliponaxis=False,
        hovertext=[
            readings.results.mean_hover(spoke.title, spoke.action, equal_weight=equal_weight)
            for spoke in shown
        ],
        hoverinfo="text",
        name="means",
    )


def _agreed(spokes, words):
    agreed = [spoke for spoke in spokes if spoke.action.agreed is not None]
    if not agreed:
        return
    labels = _level_labels(words)
    yield go.Scatterpolar(
        theta=[spoke.angle for spoke in agreed],
        r=[spoke.action.agreed for spoke in agreed],
        mode="markers",
        marker={
            "symbol": "diamond",
            "color": "#fff",
            "size": 13,
            "line": {"color": INK, "width": 2.5},
        },
        cliponaxis=False,
        hovertext=[
            talk.agreed_hover(spoke.title, spoke.action.agreed, labels[spoke.action.agreed])
            for spoke in agreed
        ],
        hoverinfo="text",
        name="agreed",
    )


def _labels(spokes):
    """The names of the spokes. ``meta`` holds what a narrow drawing says instead."""
    return go.Scatterpolar(
        theta=[spoke.angle for spoke in spokes],
        r=[LABELS_AT] * len(spokes),
        mode="text",
        text=[label(spoke.action.number, spoke.words.short_title) for spoke in spokes],
        textposition=[" ".join(radarlabels.beside(spoke.angle)) for spoke in spokes],
        textfont={"size": radarlabels.FONT_SIZE, "color": [spoke.colour for spoke in spokes]},
        cliponaxis=False,
        hoverinfo="skip",
        meta={"narrow": [str(spoke.action.number) for spoke in spokes]},
        name="labels",
    )


def _level_labels(words):
    return {level.value: _inert(level.label) for level in words.levels}


def label(number, title):
    """ "4 Clear purpose", "and priorities": the number and the short title over two or three lines."""
    return "<br>".join(_inert(line) for line in radarlabels.lines(number, title))


def _inert(text):
    """Plotly reads a few tags in a label; a title that holds a sign of one shows it as it was written."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
