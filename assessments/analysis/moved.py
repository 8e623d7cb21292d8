"""An action in two ratings of it: who is matched, and what of it may be shown.

What is shown hangs on nothing but what everybody knows: both distributions, and how many people answered each
time. Who of them gave the action no level is not known, so it is asked for every number of people who can
have been matched: were it asked for the true one, the answer would tell of don't knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .alone import Line, may_be_read
from .change import LEAST_MATCHED
from .coarse import AT_MOST
from .distribution import Distribution

Sign = int | None
"""1 for a higher level than before, -1 for a lower, 0 for the same; ``None`` without a level both times."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An action in two ratings: both distributions as everybody sees them, ``None`` where hidden.

    Looking back has no distribution that anybody sees: ``looked_back`` is how many did. ``has_groups``:
    a group's cell is shown in one of the two. ``why`` says why they cannot be compared; empty where they can.
    """

    number: int
    code: str
    before: Distribution | None = None
    after: Distribution | None = None
    looked_back: int | None = None
    has_groups: bool = False
    why: str = ""

    @property
    def n_before(self) -> int | None:
        return self.looked_back if self.before is None else self.before.n


@dataclass(frozen=True, slots=True)
class Answered:
    """How many people answered each time, whether they can be matched or not. Everybody knows that."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The sign of each who answered both times and may be matched, and by which rules it is shown.

    ``least`` is the least number to show. Raises ``ValueError`` where more are matched than gave a level, or
    more gave one than answered.
    """

    pair: Pair
    signs: tuple[Sign, ...]
    answered: Answered
    least: int
    confidential: bool

    def __post_init__(self) -> None:
        if not self.is_known:
            return
        if self.matched > min(self._n):
            raise ValueError(f"more people are matched for action {self.pair.number} than gave it a level")
        if min(self._without_level) < 0 or min(self._there_once) < 0:
            raise ValueError(f"more people gave action {self.pair.number} a level than answered")

    @property
    def is_known(self) -> bool:
        """Whether the two can be compared and neither is hidden."""
        return not self.pair.why and None not in (self.pair.after, self.pair.n_before)

    @property
    def matched(self) -> int:
        return sum(sign is not None for sign in self.signs)

    @property
    def numbers(self) -> tuple[int, int, int]:
        """How many went lower, stayed, went higher."""
        return self.signs.count(-1), self.signs.count(0), self.signs.count(1)

    @property
    def is_tested(self) -> bool:
        """Whether six are matched; where some answered one time alone, whoever it was that gave no level."""
        least = self._can_be_matched.start if self.is_known and self.is_mixed else self.matched
        return self.is_known and least >= LEAST_MATCHED

    @property
    def counts_stand(self) -> bool:
        """Whether those who answered one time alone are nobody, or enough, each time.

        Enough also that some of them must have given a level: were nobody alone who gave one, it would show
        that all of these did not. And where nearly all levels are the same, who gave one said that, so how
        many are matched would tell of single people.
        """
        if not self.is_mixed:
            return self.is_tested if self.confidential else self.is_known
        once = zip(self._there_once, self._without_level, strict=True)
        are_enough = all(not people or (people >= self.least and people > silent) for people, silent in once)
        return self.is_tested and are_enough and not self._is_nearly_of_one_mind

    def may_be_read(self, line: Line) -> bool:
        """Whether no reading could tell of those who answered one time alone, whoever gave no level."""
        pair = self.pair
        if pair.after is None or not self.is_tested:
            return False
        line = replace(line, people=max(line.people, self._can_be_matched[-1]))
        gone_once, new_once = self._there_once
        return all(
            may_be_read(
                pair.before, pair.after, gone=gone, new=new, line=line, of=(gone_once > 0, new_once > 0)
            )
            for gone, new in map(self._alone, self._can_be_matched)
        )

    @property
    def tested_signs(self) -> tuple[Sign, ...]:
        """The signs that a reading is made of.

        Beside counts that do not tell nobody from one, a reading must not tell it either. It would tell
        where people can be told apart: by groups that are shown, or as some answered one time alone.
        """
        return as_said(self.signs) if self.can_be_told_apart and self.counts_stand else self.signs

    @property
    def can_be_told_apart(self) -> bool:
        return self.confidential and (self.pair.has_groups or any(self._there_once))

    @property
    def is_mixed(self) -> bool:
        """Whether some answered one time alone: else nobody knows of anybody that they are not matched."""
        return self.confidential and any(self._there_once)

    # --- What everybody knows ---

    @property
    def _n(self) -> tuple[int, int]:
        return self.pair.n_before or 0, self.pair.after.n if self.pair.after else 0

    @property
    def _without_level(self) -> tuple[int, int]:
        """How many of those who answered gave no level, each time."""
        before, after = self._n
        return self.answered.before - before, self.answered.after - after

    @property
    def _there_once(self) -> tuple[int, int]:
        """How many answered the first time alone, and the second time, or can be matched with nobody."""
        return self.answered.before - len(self.signs), self.answered.after - len(self.signs)

    @property
    def _can_be_matched(self) -> range:
        """How many may have given a level both times."""
        there, (first, second), (gone, new) = len(self.signs), self._without_level, self._there_once
        return range(max(0, there - first - second), there - max(0, first - gone, second - new) + 1)

    @property
    def _is_nearly_of_one_mind(self) -> bool:
        spreads = [spread for spread in (self.pair.before, self.pair.after) if spread]
        return any(self._without_level) and any(spread.n - max(spread.counts) <= 1 for spread in spreads)

    def _alone(self, matched: int) -> tuple[int, int]:
        """How many gave a level one time alone, if so many did both times."""
        before, after = self._n
        return before - matched, after - matched


def as_said(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """The same where as many went the other way as coarse counts leave open: one, if it was nobody."""
    lower, higher = signs.count(-1), signs.count(1)
    if max(lower, higher) <= AT_MOST or min(lower, higher) >= AT_MOST:
        return tuple(signs)
    other = -1 if higher > lower else 1
    place = signs.index(0) if 0 in signs else signs.index(-other)
    return (*signs[:place], other, *signs[place + 1 :])
