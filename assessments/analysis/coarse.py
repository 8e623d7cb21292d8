"""How many went lower, stayed and went higher, said coarsely where a direction has one person or none.

Exact small counts together with both distributions give single people away: that nobody moved makes the two
ratings one table of the same people. So it is never said whether a direction has nobody or just one.
"""

from __future__ import annotations

from dataclasses import dataclass

AT_MOST = 1
"""A direction of so few people is not told from one of nobody."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is said of the ``matched``: a number where it is exact, else ``None`` with bounds beside it.

    A bound is ``None`` where nothing is said or the exact figure stands.
    """

    matched: int | None = None
    lower: int | None = None
    same: int | None = None
    higher: int | None = None
    lower_at_most: int | None = None
    lower_at_least: int | None = None
    higher_at_most: int | None = None
    higher_at_least: int | None = None

    @property
    def is_exact(self) -> bool:
        return None not in (self.lower, self.same, self.higher)


NOTHING = Counts()
"""Nothing is said."""


def exact(lower: int, same: int, higher: int) -> Counts:
    """All three as they are, for a round in which everybody sees who said what."""
    return Counts(lower + same + higher, lower, same, higher)


def coarse(lower: int, same: int, higher: int) -> Counts:
    """The three as a confidential round says them."""
    matched = lower + same + higher
    if min(lower, higher) > AT_MOST:
        return exact(lower, same, higher)
    most, all_but = max(lower, higher), matched - AT_MOST
    if most <= AT_MOST:
        return Counts(matched, lower_at_most=AT_MOST, higher_at_most=AT_MOST)
    if higher > lower:
        if most >= all_but:
            return Counts(matched, lower_at_most=AT_MOST, higher_at_least=all_but)
        return Counts(matched, higher=higher, lower_at_most=AT_MOST)
    if most >= all_but:
        return Counts(matched, higher_at_most=AT_MOST, lower_at_least=all_but)
    return Counts(matched, lower=lower, higher_at_most=AT_MOST)
