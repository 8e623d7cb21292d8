"""A round's results as CSV: one row for each action."""

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
    writer.writerow(_headings())
    reasons = readings.reasons_by_number(results)
    writer.writerows(
        _row(action, words.action(action.number), reasons.get(action.number, ()))
        for action in results.actions
    )
    return BYTE_ORDER_MARK + file.getvalue()


def file_name(round):
    """Made of plain letters, so that it needs no quoting in a header."""
    parts = (slugify(round.partnership.name), slugify(round.title), "results")
    return "-".join(part for part in parts if part) + ".csv"


def _headings():
    return [
        _("number"),
        _("code"),
        _("action"),
        _("area"),
        _("ratings"),
        *(_("rated %(level)d") % {"level": level} for level in LEVELS),
        _("don't know"),
        _("average"),
        _("median"),
        _("average deviation"),
        _("consensus"),
        _("agreement"),
        _("reading"),
    ]


def _row(action, words, reasons):
    about = [action.number, inert(action.code), inert(words.title), inert(words.area_name)]
    if action.hidden:
        return about + [_("hidden")] * (len(_headings()) - len(about))
    spread = action.distribution
    figures = [action.mean, action.median, action.average_deviation, action.consensus]
    return [
        *about,
        action.n,
        *spread.counts,
        action.dont_know,
        *("" if figure is None else figure for figure in figures),
        inert(readings.agreement(action)),
        inert(readings.reading_words(action, reasons)),
    ]
