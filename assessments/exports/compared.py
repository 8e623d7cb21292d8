"""How rounds compare as plain data and as CSV, as `docs/results-data.md` describes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .. import readings
from ..analysis import Between, Change
from .cells import inert
from .sheet import BYTE_ORDER_MARK


def as_data(between: Between | None, changes: Iterable[Change]) -> dict[str, Any]:
    """The change as a dict that JSON can write. ``between`` is None where nothing of it was kept.

    Counts are in people. What is not said is ``None``; ``hidden`` where nothing is said of how many moved
    though the action is comparable.
    """
    overall = between and between.overall
    return {
        "matched": between and between.matched,
        "new": between and between.new,
        "gone": between and between.gone,
        "actions": [
            {"number": change.number, "code": change.code, "comparable": change.comparable} | _said(change)
            for change in changes
        ],
        "overall": overall and _said(overall),
    }


BOUNDS = ("lower_at_most", "lower_at_least", "higher_at_most", "higher_at_least")


def _said(change: Change) -> dict[str, Any]:
    names = ("lower", "same", "higher", *BOUNDS, "matched")
    return {name: getattr(change, name) for name in names} | {
        "reading": change.reading.value,
        "hidden": change.hidden,
        "why": change.why or None,
    }


def comparison_csv(comparison) -> str:
    """The text of the file: a row for each action, three columns for each round, then the change.

    Numbers are unrounded; what is hidden says so and leaves no number behind.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*_about_headings(), *_round_headings(comparison), *_change_headings(comparison)])
    for row in comparison.rows:
        about = [row.words.number, row.words.code, row.words.title, row.words.area_name]
        levels = [figure for cell in row.cells for figure in _cell(cell)]
        back = _figures(row.looked_back) if comparison.has_looked_back else []
        writer.writerow([*map(_inert, [*about, *levels, *_change(row.change), *back])])
    return BYTE_ORDER_MARK + file.getvalue()


def file_name(comparison) -> str:
    """Made of plain letters, so that it needs no quoting in a header."""
    round = comparison.later
    parts = (slugify(round.partnership.name), slugify(round.title), "compared")
    return "-".join(part for part in parts if part) + ".csv"


def _about_headings():
    return [_("number"), _("code"), _("action"), _("area")]


def _round_headings(comparison):
    figures = (_("%(round)s: average"), _("%(round)s: ratings"), _("%(round)s: agreed"))
    return [inert(words % {"round": round.title}) for round in comparison.rounds for words in figures]


def _change_headings(comparison):
    between = _("from %(earlier)s to %(later)s") % {
        "earlier": comparison.earlier.title,
        "later": comparison.later.title,
    }
    headings = [
        inert(_("lower %(between)s") % {"between": between}),
        _("same"),
        _("higher"),
        _("reading"),
        _("note"),
    ]
    if not comparison.has_looked_back:
        return headings
    return [*headings, _("looking back: lower"), _("looking back: same"), _("looking back: higher")]


def _cell(cell):
    if cell.result is None:
        return ["", "", ""]
    agreed = _or_empty(cell.result.agreed)
    if not cell.result.rated:
        return [_("not rated"), _("not rated"), agreed]
    if cell.result.hidden:
        return [_("hidden"), _("hidden"), agreed]
    return [_or_empty(cell.result.mean), cell.result.n, agreed]


def _change(change):
    return [*_figures(change), readings.change.reading(change), readings.change.least_clear(change)]


def _figures(change):
    """Lower, same and higher, as far as they are said: "at most 1" where it may be nobody."""
    if change is None:
        return ["", "", ""]
    if change.hidden:
        return [_("hidden")] * 3
    return [_end(change, "lower"), _same(change), _end(change, "higher")]


def _end(change, way):
    number, most, least = (getattr(change, f"{way}{bound}") for bound in ("", "_at_most", "_at_least"))
    if most is not None:
        return _("at most %(count)d") % {"count": most}
    if least is not None:
        return _("at least %(count)d") % {"count": least}
    return _or_empty(number)


def _same(change):
    if change.matched is None or change.same is not None:
        return _or_empty(change.same)
    return _("the others")


def _inert(value):
    return inert(value) if isinstance(value, str) else value


def _or_empty(figure):
    return "" if figure is None else figure
