"""Whether people moved between two ratings of the same action: two rounds, or first and second ratings.

The same people are matched and counted: how many went lower, stayed, went higher. A difference of two
averages would also show who has come and gone, and with eleven actions it cries wolf almost every second
time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .alone import ALPHA, sign_test
from .coarse import NOTHING, Counts, coarse

LEAST_MATCHED = 6
"""Fewer people who rated both times can never show a change: five of five gives p = 0.0625."""


class Reading(StrEnum):
    """What may be said of an action between two ratings of it."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Movement:
    """How the people who rated one action both times moved, in people.

    ``only_before`` and ``only_after`` gave the action a level one time and not the other. ``why`` says
    why the two cannot be compared; empty where they can.

    Raises ``ValueError`` for a count below nought.
    """

    number: int
    code: str
    lower: int = 0
    same: int = 0
    higher: int = 0
    only_before: int = 0
    only_after: int = 0
    why: str = ""

    def __post_init__(self) -> None:
        if min(self.lower, self.same, self.higher, self.only_before, self.only_after) < 0:
            raise ValueError("a count of people cannot be below nought")

    @property
    def matched(self) -> int:
        """How many rated the action both times."""
        return self.lower + self.same + self.higher

    @property
    def is_tested(self) -> bool:
        """Whether the action is one of those over which the test is corrected."""
        return not self.why and self.matched >= LEAST_MATCHED


@dataclass(frozen=True, slots=True)
class Change:
    """What may be shown of one action between two ratings, or of all of them.

    ``lower``, ``same`` and ``higher`` are ``None`` where they are hidden or not said exactly; then the bounds
    may stand beside them (:class:`~.coarse.Counts`). ``matched``: how many rated the action both times;
    ``None`` where that is hidden. ``could_show`` is False where even everybody moving the same way would not
    have been a clear change.
    """

    number: int
    code: str
    why: str
    reading: Reading
    lower: int | None
    same: int | None
    higher: int | None
    p: float | None = None
    p_holm: float | None = None
    hidden: bool = False
    could_show: bool = True
    matched: int | None = None
    lower_at_most: int | None = None
    lower_at_least: int | None = None
    higher_at_most: int | None = None
    higher_at_least: int | None = None

    @property
    def comparable(self) -> bool:
        return not self.why

    @property
    def counts(self) -> Counts:
        """What is said of how many moved."""
        return Counts(**{each.name: getattr(self, each.name) for each in fields(Counts)})

    def with_counts(self, counts: Counts) -> Change:
        return replace(self, **asdict(counts))

    def without_counts(self) -> Change:
        """The same with nothing but its reading."""
        return replace(self.with_counts(NOTHING), p=None, p_holm=None, hidden=True)


def change_to_json(change: Change) -> dict[str, Any]:
    """A change as a plain dict for storing."""
    return asdict(change)


def change_from_json(data: Mapping[str, Any]) -> Change:
    """What :func:`change_to_json` gave.

    What was stored before counts were said coarsely has no ``matched``. It is read with no more than may be
    said of it today.
    """
    known = {each.name for each in fields(Change)}
    kept = {name: value for name, value in data.items() if name in known}
    change = Change(**{**kept, "reading": Reading(data["reading"])})
    return change if "matched" in data else _said_safely(change)


def _said_safely(change: Change) -> Change:
    """Of a change whose counts were hidden nobody can tell any longer whether its reading tells of a few."""
    change = replace(change, p=None, p_holm=None)
    if change.hidden:
        return replace(change, reading=Reading.TOO_FEW, could_show=False)
    if change.lower is None or change.same is None or change.higher is None:
        return change
    return change.with_counts(coarse(change.lower, change.same, change.higher))


def holm(ps: Sequence[Fraction]) -> list[Fraction]:
    """The p values corrected for looking at several at once, each at its place (Holm 1979,
    Scandinavian Journal of Statistics 6:65). A corrected p of at most 0.05 holds.
    """
    corrected, worst = [Fraction(1)] * len(ps), Fraction(0)
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda place: ps[place])):
        worst = max(worst, min(Fraction(1), (len(ps) - rank) * ps[place]))
        corrected[place] = worst
    return corrected


def changes(movements: Iterable[Movement], *, least: int, confidential: bool) -> tuple[Change, ...]:
    """Each action's change, the test corrected over all of them that can be tested.

    ``least`` is the least number to show. In a confidential round counts and p are shown only where at
    least six are matched and those who rated one time alone number none or at least ``least``, each time:
    otherwise taking the one distribution from the other would leave those few.
    """
    movements = tuple(movements)
    tested = [each for each in movements if each.is_tested]
    ps = [sign_test(each.higher, each.lower) for each in tested]
    found = dict(zip((each.number for each in tested), zip(ps, holm(ps), strict=True), strict=True))
    return tuple(
        _change(
            each,
            found.get(each.number),
            could_show=_could_show(each, tested, ps),
            hidden=confidential and not each.why and not _is_safe(each, least),
        )
        for each in movements
    )


def _is_safe(movement: Movement, least: int) -> bool:
    few = any(0 < alone < least for alone in (movement.only_before, movement.only_after))
    return movement.is_tested and not few


def _could_show(movement: Movement, tested: Sequence[Movement], ps: Sequence[Fraction]) -> bool:
    """Whether a change would have been clear had everybody moved the same way, the others as they did."""
    if not movement.is_tested:
        return False
    place = tested.index(movement)
    clearest = [*ps[:place], sign_test(movement.matched, 0), *ps[place + 1 :]]
    return holm(clearest)[place] <= ALPHA


def _change(
    movement: Movement, p: tuple[Fraction, Fraction] | None, *, could_show: bool, hidden: bool
) -> Change:
    shown = not hidden and not movement.why
    return Change(
        number=movement.number,
        code=movement.code,
        why=movement.why,
        reading=_reading(movement, p),
        lower=movement.lower if shown else None,
        same=movement.same if shown else None,
        higher=movement.higher if shown else None,
        p=float(p[0]) if p and shown else None,
        p_holm=float(p[1]) if p and shown else None,
        hidden=hidden,
        could_show=could_show,
        matched=movement.matched if shown else None,
    )


def _reading(movement: Movement, p: tuple[Fraction, Fraction] | None) -> Reading:
    if movement.why:
        return Reading.NOT_COMPARABLE
    if p is None:
        return Reading.TOO_FEW
    if p[1] > ALPHA:
        return Reading.NO_CLEAR_CHANGE
    return Reading.HIGHER if movement.higher > movement.lower else Reading.LOWER
