"""Where groups see an action differently: the widest gaps between the means of two groups."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .results import ActionResult, GroupResult, Results

WORTH_SAYING = 1
"""Two groups this far apart, in levels, are put into words: the product's own rule."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The group that rates an action lowest and the one that rates it highest. Both cells are shown."""

    number: int
    lowest: GroupResult
    highest: GroupResult


def gaps(results: Results) -> tuple[Gap, ...]:
    """For each action whose groups lie a level or more apart, the two furthest; the widest gap first.

    Only groups of at least the round's least number of people speak, also in a named round, where smaller
    ones are shown: two people are too few to say how a group sees it. Gaps of the same width stand in order
    of action number, groups of the same mean are taken by name. Means are compared as fractions.
    """
    found = [gap for action in results.actions if (gap := _widest(action, results.rules.least))]
    return tuple(sorted(found, key=lambda gap: (-_width(gap), gap.number)))


def _widest(action: ActionResult, least: int) -> Gap | None:
    cells = [cell for cell in action.groups if cell.n is not None and cell.n >= least]
    if len(cells) < 2:
        return None
    # Cells stand by name, and min and max keep the first of those that are alike.
    gap = Gap(action.number, min(cells, key=_mean), max(cells, key=_mean))
    return gap if _width(gap) >= WORTH_SAYING else None


def _width(gap: Gap) -> Fraction:
    return _mean(gap.highest) - _mean(gap.lowest)


def _mean(cell: GroupResult) -> Fraction:
    """The mean as the fraction it was: levels are whole, so ``n`` times the mean is."""
    if cell.n is None or cell.mean is None:
        raise ValueError("a hidden cell has no mean")
    return Fraction(round(cell.n * cell.mean), cell.n)
