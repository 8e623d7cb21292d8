"""How many people gave each level for one action, and what follows by counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LEVELS = (1, 2, 3, 4, 5)

Counts = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Distribution:
    """The ratings one action was given by some set of people.

    ``counts[0]`` is how many gave level 1, up to ``counts[4]`` for level 5, in people.
    ``dont_know`` is how many said *don't know*; they are counted apart and enter no
    average. Whatever cannot be said because nobody gave a level is ``None``, never 0.

    Raises ``ValueError`` unless there are five counts and none is below nought.
    """

    counts: Counts
    dont_know: int = 0

    def __post_init__(self) -> None:
        if len(self.counts) != len(LEVELS):
            raise ValueError(f"a distribution has {len(LEVELS)} counts, not {len(self.counts)}")
        if min(*self.counts, self.dont_know) < 0:
            raise ValueError("a count of people cannot be below nought")

    @classmethod
    def empty(cls) -> Distribution:
        """Nobody gave a level and nobody said don't know."""
        return cls((0, 0, 0, 0, 0))

    def __add__(self, other: Distribution) -> Distribution:
        """The two sets of people taken as one. They must not overlap."""
        a, b = self.counts, other.counts
        return Distribution(
            (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]),
            self.dont_know + other.dont_know,
        )

    def levels_only(self) -> Distribution:
        """The same levels without the don't knows."""
        return Distribution(self.counts)

    @property
    def n(self) -> int:
        """People who gave a level."""
        return sum(self.counts)

    @property
    def exact_mean(self) -> Fraction | None:
        """The mean level as a fraction, for comparing with a cut-off without rounding."""
        if not self.n:
            return None
        return Fraction(sum(i * c for i, c in zip(LEVELS, self.counts, strict=True)), self.n)

    @property
    def mean(self) -> float | None:
        """The mean level, 1.0 to 5.0, unrounded."""
        exact = self.exact_mean
        return None if exact is None else float(exact)

    @property
    def doubled_median(self) -> int | None:
        """Twice the median, 2 to 10: a whole number, so that it compares exactly."""
        if not self.n:
            return None
        return self._level_at((self.n - 1) // 2) + self._level_at(self.n // 2)

    @property
    def median(self) -> float | None:
        """The middle level; with an even number of people the mean of the middle two."""
        doubled = self.doubled_median
        return None if doubled is None else doubled / 2

    @property
    def low(self) -> int:
        """People who gave 1 or 2."""
        return self.counts[0] + self.counts[1]

    @property
    def high(self) -> int:
        """People who gave 4 or 5."""
        return self.counts[3] + self.counts[4]

    @property
    def share_low(self) -> float | None:
        """Share of the levels that are 1 or 2, 0.0 to 1.0."""
        return self.low / self.n if self.n else None

    @property
    def share_high(self) -> float | None:
        """Share of the levels that are 4 or 5, 0.0 to 1.0."""
        return self.high / self.n if self.n else None

    def _level_at(self, place: int) -> int:
        """The level of the person at this place (from 0) when all stand in order of level."""
        for level, count in zip(LEVELS, self.counts, strict=True):
            if place < count:
                return level
            place -= count
        raise IndexError("nobody stands at that place")


def as_spread(counts: Sequence[int]) -> Distribution:
    """So many of each level, and no don't knows."""
    one, two, three, four, five = counts
    return Distribution((one, two, three, four, five))
