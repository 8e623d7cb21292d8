"""The groups of a round as a table and in words: what page, file and command line say of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from .. import analysis, readings
from ..analysis import gaps

SHOWN, HIDDEN, NO_RATING, NOBODY = "shown", "hidden", "no_rating", "nobody"
MOST_GAPS = 5

BY = {
    "organisation": lazy("By organisation"),
    "sector": lazy("By sector"),
    "standpoint": lazy("By standpoint"),
}


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """What a group says of an action: figures (``shown``), nothing that may be shown (``hidden``), no
    level at all in a named round (``no_rating``), or that nobody of it answered the round (``nobody``)."""

    group: str
    kind: str
    n: int | None = None
    mean: float | None = None

    @property
    def step(self):
        return analysis.shades.step(self.mean)

    @property
    def words(self):
        return readings.results.mean(self.mean) if self.kind == SHOWN else str(CELLS[self.kind])


CELLS = {
    HIDDEN: lazy("hidden to protect people"),
    NO_RATING: lazy("no rating"),
    NOBODY: lazy("no one"),
}


@dataclass(frozen=True, slots=True)
class ActionByGroups:
    """An action with what everybody says of it and what each group does."""

    action: Any
    everybody: GroupFigure
    cells: tuple[GroupFigure, ...]

    @property
    def equal_words(self):
        """The average with equal weight for each organisation."""
        return readings.results.mean(self.action.equal_weight_mean)


@dataclass(frozen=True, slots=True)
class Table:
    """Names of the groups, those of which nobody answered last, and a row for each action."""

    names: tuple[str, ...]
    rows: tuple[ActionByGroups, ...]


def table(results, silent=()):
    """The table of a round's groups. ``silent`` names the groups of which nobody answered."""
    names = next((tuple(cell.name for cell in each.groups) for each in results.actions if each.rated), ())
    rows = tuple(_row(action, names, silent) for action in results.actions)
    return Table((*names, *silent), rows)


def _row(action, names, silent):
    if not action.rated:
        cells = [GroupFigure(name, NO_RATING, 0) for name in (*names, *silent)]
        return ActionByGroups(action, GroupFigure("", NO_RATING, 0), tuple(cells))
    whole = GroupFigure("", HIDDEN) if action.hidden else _shown("", action.n, action.mean)
    cells = [
        GroupFigure(each.name, HIDDEN) if each.hidden else _shown(each.name, each.n, each.mean)
        for each in action.groups
    ]
    return ActionByGroups(action, whole, (*cells, *(GroupFigure(name, NOBODY) for name in silent)))


def _shown(name, n, mean):
    return GroupFigure(name, SHOWN, n, mean) if n else GroupFigure(name, NO_RATING, 0)


def widest(results, words):
    """(wording of the action, sentence) for the widest gaps: "Frontline 2.1 (9 people), Senior ..."."""
    return [(words.action(gap.number), _gap(gap)) for gap in gaps(results)[:MOST_GAPS]]


def _gap(gap):
    return _("%(low)s %(lowest)s (%(few)s), %(high)s %(highest)s (%(many)s)") % {
        "low": gap.lowest.name,
        "lowest": readings.results.mean(gap.lowest.mean),
        "few": readings.results.people(gap.lowest.n),
        "high": gap.highest.name,
        "highest": readings.results.mean(gap.highest.mean),
        "many": readings.results.people(gap.highest.n),
    }


def who_is_silent(names):
    """Of which groups nobody answered, in a sentence; empty where somebody of each did."""
    return _("Nobody answered from %(names)s.") % {"names": readings.results.joined(names)} if names else ""


def in_short(results):
    """What the table says, in a sentence."""
    found = len(gaps(results))
    if not any(_speaking(action, results.rules.least) > 1 for action in results.actions):
        return _("No two groups are large enough to be compared.")
    if not found:
        return _("No two groups lie a level or more apart on any action.")
    said = ngettext(
        "On %(count)d action groups lie a level or more apart.",
        "On %(count)d actions groups lie a level or more apart.",
        found,
    ) % {"count": found}
    return said if found <= MOST_GAPS else f"{said} {_('These are the widest gaps.')}"


def _speaking(action, least):
    return sum(cell.n is not None and cell.n >= least for cell in action.groups)
