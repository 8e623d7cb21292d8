"""From the stored counts of a round to everything that may be read from it."""

from __future__ import annotations

from dataclasses import dataclass

from .agreement import Verdict
from .attention import AttentionEntry
from .bands import Band
from .counts import Turnout
from .distribution import Distribution

LEAST_ALLOWED = 5
ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Rules:
    """How a round is read, as fixed when it froze.

    ``least`` is the least number of people to show, 5 or more. ``grouping`` is ``organisation``,
    ``sector`` or ``standpoint``. ``baseline`` marks an early-stage baseline, which has no bands.
    Raises ``ValueError`` when ``least`` is below 5.
    """

    least: int = LEAST_ALLOWED
    confidential: bool = True
    baseline: bool = False
    grouping: str = ORGANISATION

    def __post_init__(self) -> None:
        if self.least < LEAST_ALLOWED:
            raise ValueError(f"the least number to show is {LEAST_ALLOWED} or more")


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group's cell for one action: its ``n`` in people and its mean, nothing else.

    When ``hidden``, both are ``None`` ("hidden to protect people"). A group of which nobody
    answered the round has no cell.
    """

    key: str
    name: str
    n: int | None
    mean: float | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What may be read of one action. When ``hidden``, everything but its place is ``None``.

    ``mean``, ``median`` and ``equal_weight_mean`` are levels (1.0 to 5.0), unrounded.
    ``average_deviation`` is in levels, ``consensus`` from 0.0 to 1.0. ``band`` is ``None`` in an
    early-stage baseline and where fewer than the least number gave a level.
    ``equal_weight_differs``: the two means lie half a level or more apart.
    """

    number: int
    code: str
    area: str
    hidden: bool
    distribution: Distribution | None = None
    mean: float | None = None
    median: float | None = None
    average_deviation: float | None = None
    consensus: float | None = None
    verdict: Verdict | None = None
    band: Band | None = None
    equal_weight_mean: float | None = None
    equal_weight_differs: bool = False
    groups: tuple[GroupResult, ...] = ()

    @property
    def n(self) -> int | None:
        """People who gave a level; ``None`` when hidden."""
        return None if self.distribution is None else self.distribution.n

    @property
    def dont_know(self) -> int | None:
        """People who said don't know; ``None`` when hidden."""
        return None if self.distribution is None else self.distribution.dont_know


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What may be read of one area.

    ``mean`` is the mean of the means of its ``n`` shown actions, of ``n_actions`` in all;
    ``None`` when none is shown. ``equal_weight_mean`` is the same of their equal-weight means,
    ``None`` unless each of those actions has one, so that both figures are about the same
    actions. ``attention``: how many of its actions are on the attention list.
    """

    code: str
    n: int
    n_actions: int
    mean: float | None
    equal_weight_mean: float | None
    equal_weight_differs: bool
    attention: int


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a page, a chart, a file or a command may show of one round.

    ``too_few``: numbers of the actions with fewer levels than the least number.
    ``share_high``: share of all levels over the shown actions that are 4 or 5, 0.0 to 1.0,
    the one figure for a round. ``too_few_answers``: fewer people than the least number answered
    a confidential round, so that every action is hidden.
    """

    rules: Rules
    turnout: Turnout
    actions: tuple[ActionResult, ...]
    areas: tuple[AreaResult, ...]
    attention: tuple[AttentionEntry, ...]
    too_few: tuple[int, ...]
    share_high: float | None
    too_few_answers: bool
