"""A round's results as CSV: one row for each action, with what is said of its area and of the round."""

import csv
import io

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .. import readings
from ..analysis import LEVELS
from .cells import inert

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheet programs take UTF-8 for something older


def results_csv(results, words):
    """The text of the file. Numbers are unrounded; what is hidden says so and leaves no number behind."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*_about_headings(), *_figure_headings(), *_around_headings()])
    areas = {area.code: area for area in results.areas}
    places = {entry.number: place for place, entry in enumerate(results.attention, start=1)}
    reasons = {entry.number: entry.reasons for entry in results.attention}
    for action in results.actions:
        why = reasons.get(action.number, ())
        about = _about(action, words.action(action.number))
        figures = _figures(action, why) if action.distribution else _without(action)
        around = _around(areas[action.area], results.turnout)
        writer.writerow([*about, *figures, places.get(action.number, ""), "; ".join(why), *around])
    return BYTE_ORDER_MARK + file.getvalue()


def file_name(round, what="results"):
    """Made of plain letters, so that it needs no quoting in a header."""
    parts = (slugify(round.partnership.name), slugify(round.title), what)
    return "-".join(part for part in parts if part) + ".csv"


def _about_headings():
    return [_("number"), _("code"), _("action"), _("area")]


def _about(action, words):
    return [action.number, inert(action.code), inert(words.title), inert(words.area_name)]


def _figure_headings():
    return [
        _("ratings"),
        *(_("rated %(level)d") % {"level": level} for level in LEVELS),
        _("don't know"),
        _("average"),
        _("median"),
        _("average deviation"),
        _("consensus"),
        _("agreement"),
        _("verdict"),
        _("reading"),
    ]


def _without(action):
    """In place of the figures, why there are none."""
    return [_("hidden") if action.hidden else _("not rated")] * len(_figure_headings())


def _figures(action, reasons):
    figures = [action.mean, action.median, action.average_deviation, action.consensus]
    return [
        action.n,
        *action.distribution.counts,
        action.dont_know,
        *map(_or_empty, figures),
        inert(readings.results.agreement(action)),
        action.verdict,
        inert(readings.results.reading_words(action, reasons)),
    ]


def _around_headings():
    """The action's place among those that might need attention, its area, and who answered the round."""
    return [
        _("place on the attention list"),
        _("reasons"),
        _("area average"),
        _("actions in the area average"),
        _("answered"),
        _("invited"),
    ]


def _around(area, turnout):
    return [_or_empty(area.mean), area.n, turnout.answered, turnout.invited]


def _or_empty(figure):
    return "" if figure is None else figure
