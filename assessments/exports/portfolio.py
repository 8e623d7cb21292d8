"""The portfolio of a council as CSV: a row for each partnership, three columns for each action."""

import csv
import io

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import readings
from .cells import inert
from .sheet import BYTE_ORDER_MARK


def portfolio_csv(portfolio):
    """The text of the file. Means and shares are unrounded; what may not be shown says so."""
    file = io.StringIO()
    writer = csv.writer(file)
    actions = portfolio.words.actions if portfolio.words else ()
    writer.writerow([*_about_headings(), *(heading for each in actions for heading in _headings(each))])
    for line in portfolio.lines:
        cells = line.cells or (None,) * len(actions)
        writer.writerow([*_about(line), *(figure for cell in cells for figure in _figures(cell))])
    return BYTE_ORDER_MARK + file.getvalue()


def _about_headings():
    return [
        _("partnership"),
        _("system"),
        _("round"),
        _("closed"),
        _("answered"),
        _("invited"),
        _("share of ratings that are 4 or 5"),
        _("actions firmly on the list"),
        _("of how many actions"),
        _("next round due"),
        _("remarks"),
    ]


def _about(line):
    due = line.review.due.isoformat() if line.review.due else ""
    name, system = inert(line.partnership.name), str(line.partnership.get_system_display())
    remarks = inert("; ".join(readings.portfolio.remarks(line)))
    if not line.round:
        return [name, system, *[""] * 7, due, remarks]
    standing, closed = line.standing, timezone.localdate(line.round.closed_at)
    share = "" if standing.share_high is None else standing.share_high
    people = [standing.turnout.answered, standing.turnout.invited]
    listed = [line.listed, line.of]
    return [name, system, inert(line.round.title), closed.isoformat(), *people, share, *listed, due, remarks]


def _headings(action):
    facts = {"number": action.number, "title": action.short_title}
    return [
        inert(_("%(number)d %(title)s: ratings") % facts),
        inert(_("%(number)d %(title)s: average") % facts),
        inert(_("%(number)d %(title)s: why on the list") % facts),
    ]


def _figures(cell):
    if cell is None or cell.kind == "none":
        return ["", "", ""]
    if cell.kind == "hidden":
        return [_("hidden"), _("hidden"), readings.portfolio.signs(cell.reasons)[1] or _("hidden")]
    return [cell.n, cell.mean, readings.portfolio.signs(cell.reasons)[1]]
