"""The partnerships of a council beside each other: what stands in a line and in a cell of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from . import shades
from .attention import Reason
from .standing import Standing


@dataclass(frozen=True, slots=True)
class Review:
    """When the next review is due, counted from the last round that closed; None before the first."""

    due: date | None
    is_overdue: bool
    is_under_way: bool


SAME, OTHER_EDITION, OTHER_FRAMEWORK = "same", "edition", "framework"


@dataclass(frozen=True, slots=True)
class PortfolioCell:
    """An action of a partnership, with ``reasons`` and ``firm`` as in its standing.

    ``kind`` is ``shown``, ``few`` (a named round, too few to say), ``hidden``, or ``none`` where nobody gave
    a level or the round did not ask for it in that meaning.
    """

    kind: str
    mean: float | None = None
    n: int | None = None
    reasons: tuple[Reason, ...] = ()
    firm: bool = False

    @property
    def step(self) -> int | None:
        return shades.step(self.mean) if self.kind == "shown" else None


NO_CELL = PortfolioCell("none")


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """A partnership with its last shared round that was asked for; ``round`` is None without one.

    ``kind`` says whether the round was rated with the edition the columns are of. If it was another of the
    same framework, only the cells of actions that meant the same are filled.
    """

    partnership: Any
    review: Review
    round: Any = None
    standing: Standing | None = None
    kind: str = SAME
    edition: str = ""
    cells: tuple[PortfolioCell, ...] = ()

    @property
    def listed(self) -> int:
        """How many actions stand on the list firmly: what partnerships are ranked by."""
        return len(self.standing.firm) if self.standing else 0

    @property
    def of(self) -> int:
        """Of how many that is: those that enough people gave a level, or that are listed as too few did."""
        if self.standing is None:
            return 0
        return sum(action.speaks or action.firm for action in self.standing.actions)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Wording of the columns, None where no partnership has shared a round; a line for each partnership."""

    words: Any
    lines: tuple[PortfolioLine, ...]

    @property
    def with_results(self) -> list[PortfolioLine]:
        return [line for line in self.lines if line.round]
