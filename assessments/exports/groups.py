"""The groups of a round as CSV: a row for each action, two columns for each group."""

import csv
import io

from django.utils.translation import gettext as _

from ..readings.groups import SHOWN
from .cells import inert
from .sheet import BYTE_ORDER_MARK


def groups_csv(results, table, words):
    """The text of the file. Means are unrounded; a cell that may not be shown says so in both columns."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_headings(table))
    for row in table.rows:
        writer.writerow(_line(row, words.action(row.action.number)))
    return BYTE_ORDER_MARK + file.getvalue()


def _headings(table):
    named = [
        inert(heading % {"group": name})
        for name in table.names
        for heading in (_("%(group)s: ratings"), _("%(group)s: average"))
    ]
    whole = [_("everybody: ratings"), _("everybody: average"), _("average with equal weight")]
    return [_("number"), _("code"), _("action"), _("area"), *whole, *named]


def _line(row, words):
    action = row.action
    about = [action.number, inert(action.code), inert(words.title), inert(words.area_name)]
    weighed = "" if action.equal_weight_mean is None else action.equal_weight_mean
    figures = [figure for cell in row.cells for figure in _figures(cell)]
    return [*about, *_figures(row.everybody), weighed, *figures]


def _figures(cell):
    return (cell.n, cell.mean) if cell.kind == SHOWN else (cell.words, cell.words)
