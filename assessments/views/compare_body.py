"""What rounds side by side look like: the same for everybody who may see them, so kept."""

import json
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language

from .. import analysis, queries, readings
from ..analysis import ActionResult
from ..kept import kept
from ..models import RoundChange
from ..queries.comparison import Comparison

PARTS = ("table", "radar", "people")


def body(rounds):
    """What is drawn of the page, in parts, with the words its head takes; kept.

    Nothing in it depends on who looks. Titles can change, and what was not counted at the freeze, or by
    older rules, can be counted later on, so both are in the key.
    """
    rounds = sorted(rounds, key=lambda round: round.order)
    stored = RoundChange.objects.filter(earlier=rounds[-2], later=rounds[-1])
    facts = [(round.pk, round.has_finished_workshop, round.title) for round in rounds]
    return kept(
        "rounds compared",
        (facts, get_language(), stored.values_list("pk", "taken_at").first()),
        lambda: _draw(queries.comparison.compare(rounds, get_language())),
    )


def _draw(comparison):
    page = context(comparison)
    return {
        "parts": {part: render_to_string(f"assessments/compare/_{part}.html", page) for part in PARTS},
        "has_chart": page["chart"] is not None,
        "sentence": page["sentence"],
        "overall": readings.change.overall(comparison.between and comparison.between.overall),
        "facts": readings.change.facts(comparison),
        "who": readings.change.who(comparison.between),
        "mostly_new": readings.change.mostly_new(comparison.between),
    }


@dataclass(frozen=True)
class HeatCell:
    """A figure on the colour of its level. ``breaks`` says why it is not read on from the cell before."""

    round: str
    figure: str
    heat: int | None
    breaks: str
    note: str = ""
    agreed: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class BarPart:
    """One part of the lower, same, higher bar: where it lies, in hundredths, and what stands in it."""

    name: str
    text: str
    x: float
    width: float

    @property
    def middle(self):
        return self.x + self.width / 2


def context(comparison: Comparison):
    earlier, later = comparison.earlier, comparison.later
    rows = [_row(row, comparison) for row in comparison.rows]
    return {
        "comparison": comparison,
        "earlier": earlier,
        "later": later,
        "rounds": comparison.rounds,
        "rows": rows,
        "has_open": any(part.name == "open" for row in rows for part in row["bar"]),
        "areas": [_area(row, comparison) for row in comparison.areas],
        "shares": _shares(comparison),
        "has_looked_back": comparison.has_looked_back,
        "has_agreed": any(row.has_agreed for row in comparison.rows),
        "sentence": readings.change.sentence(comparison.changes, earlier.title),
        "between": comparison.between,
        "organisations": readings.change.organisations(comparison),
        "words": comparison.words,
        "chart": _chart(comparison),
        "has_diamonds": any(action.agreed for action in comparison.results[-1].actions),
        "summary": readings.change.radar_summary(comparison),
    }


def _row(row, comparison):
    change = row.change
    return {
        "words": row.words,
        "cells": [
            _action_cell(cell, round) for cell, round in zip(row.cells, comparison.rounds, strict=True)
        ],
        "change": change,
        "bar": bar(change),
        "moved": readings.change.moved(change),
        "pill": readings.change.pill(change),
        "reading": readings.change.reading(change),
        "note": readings.change.seen_more_clearly(change, row.looked_back)
        or readings.change.least_clear(change),
        "back": _back(row.looked_back),
    }


def _back(change):
    """What was said looking back; nothing where nobody was asked, or nobody answered."""
    if change is None:
        return None
    return {
        "bar": bar(change),
        "words": readings.change.looked_back(change),
        "moved": readings.change.moved_back(change),
    }


def _action_cell(cell, round):
    result: ActionResult | None = cell.result
    if result is None:
        return HeatCell(round.title, readings.results.NOTHING, None, readings.change.why(cell.breaks))
    return HeatCell(
        round.title,
        readings.results.mean(result.mean),
        None if cell.breaks else analysis.shades.step(result.mean),
        readings.change.why(cell.breaks),
        note="" if result.rated else readings.words.words_of("not_rated"),
        agreed=result.agreed,
        hidden=result.hidden,
    )


def bar(change):
    """The parts of the lower, same, higher bar that somebody is in; none where the counts are hidden.

    Where counts are said coarsely, those of whom it is not said which way they went have a part of their own.
    """
    if not change.matched:
        return []
    parts, left = [], 0.0
    for name, people, text in _shares_of(change):
        width = 100 * people / change.matched
        if people:
            parts.append(BarPart(name, text, round(left, 2), round(width, 2)))
        left += width
    return parts


def _shares_of(change):
    """(name, how many, what stands in it) from left to right, all of the matched together."""
    lower, open_left = _end(change.lower, change.lower_at_least, change.lower_at_most)
    higher, open_right = _end(change.higher, change.higher_at_least, change.higher_at_most)
    if change.lower_at_least or change.higher_at_least:  # the one who is not in the end can be anywhere
        open_left, open_right = bool(change.higher_at_least), bool(change.lower_at_least)
    same = change.matched - lower - higher - open_left - open_right
    exactly = change.counts.is_exact
    return (
        ("lower", lower, _at_least(lower, change.lower is not None)),
        ("open", open_left, ""),
        ("same", same, _at_least(same, exactly)),
        ("open", open_right, ""),
        ("higher", higher, _at_least(higher, change.higher is not None)),
    )


def _end(number, at_least, at_most):
    """How many went one way for sure, and how many more may have."""
    return (number, 0) if number is not None else (at_least or 0, at_most or 0)


def _at_least(number, exactly):
    return str(number) if exactly else f"≥ {number}"


def _area(row, comparison):
    cells = [_area_cell(cell, round) for cell, round in zip(row.cells, comparison.rounds, strict=True)]
    return {"words": row.words, "cells": cells}


def _area_cell(cell, round):
    if cell.result is None or cell.result.mean is None:
        return HeatCell(round.title, readings.results.NOTHING, None, readings.change.why(cell.breaks))
    colour = None if cell.breaks else analysis.shades.step(cell.result.mean)
    note = "" if cell.result.n == cell.result.n_actions else readings.results.area_from(cell.result)
    return HeatCell(
        round.title,
        readings.results.mean(cell.result.mean),
        colour,
        readings.change.why(cell.breaks),
        note=note,
    )


def _shares(comparison):
    """Of each round how many of its ratings are 4 or 5, and whether other actions stand behind it."""
    return [
        {
            "round": round,
            "figure": readings.change.share(results),
            "width": f"{100 * (results.share_high or 0):.1f}",
            "from": readings.change.share_from(results),
            "breaks": any(row.cells[place].breaks for row in comparison.rows),
        }
        for place, (round, results) in enumerate(zip(comparison.rounds, comparison.results, strict=True))
    ]


def _chart(comparison):
    later = comparison.results[-1]
    if not any(action.distribution for action in later.actions):
        return None
    figure = readings.charts.radar(later, comparison.words, before=comparison.before)
    return json.loads(figure.to_json())
