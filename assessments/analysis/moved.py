"""An action in two ratings of it: who is matched, and what of it may be shown.

What is shown hangs on nothing but what everybody knows: both distributions, and how many people answered each
time. Who of them gave the action no level is not known, so it is asked for every number of people who can
have been matched: were it asked for the true one, the answer would tell of don't knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from .alone import Line, may_be_read
from .change import LEAST_MATCHED
from .coarse import AT_MOST
from .distribution import LEVELS, Distribution, as_spread
from .hiding import is_as_of_one_mind

Levels = tuple[int, int] | None
"""What somebody gave the action the first time and the second; ``None`` without a level both times."""

Sign = int | None
"""1 for a higher level than before, -1 for a lower, 0 for the same; ``None`` without a level both times."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An action in two ratings: both distributions as everybody sees them, ``None`` where hidden.

    Looking back has no distribution that anybody sees: ``looked_back`` is how many did. ``has_cells``:
    a group's cell is shown in one of the two; ``is_tied``: as :func:`tied` says of one of the two. ``why``
    says why they cannot be compared; empty where they can.
    """

    number: int
    code: str
    before: Distribution | None = None
    after: Distribution | None = None
    looked_back: int | None = None
    has_cells: bool = False
    is_tied: bool = False
    why: str = ""

    @property
    def n_before(self) -> int | None:
        return self.looked_back if self.before is None else self.before.n


@dataclass(frozen=True, slots=True)
class Cells:
    """Whether a round shows a group's cell of an action, and person -> the key of their group, empty for
    none, of all who answered it."""

    has_any: bool
    groups: Mapping[Hashable, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """How many people answered each time, whether they can be matched or not. Everybody knows that."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The levels of each who answered both times and may be matched, and by which rules they are shown.

    ``least`` is the least number to show. Raises ``ValueError`` where more are matched than gave a level, or
    more gave one than answered.
    """

    pair: Pair
    people: tuple[Levels, ...]
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
        return sum(levels is not None for levels in self.people)

    @property
    def signs(self) -> tuple[Sign, ...]:
        return tuple(levels and sign(*levels) for levels in self.people)

    @property
    def numbers(self) -> tuple[int, int, int]:
        """How many went lower, stayed, went higher."""
        signs = self.signs
        return signs.count(-1), signs.count(0), signs.count(1)

    @property
    def is_tested(self) -> bool:
        """Whether six are matched; where some answered one time alone, whoever it was that gave no level."""
        least = self._can_be_matched.start if self.is_known and self.is_mixed else self.matched
        return self.is_known and least >= LEAST_MATCHED

    @property
    def counts_stand(self) -> bool:
        """Whether those who answered one time alone are nobody, or enough, each time, and all others, too.

        Enough also that some of them must have given a level: were nobody alone who gave one, it would show
        that all of these did not. Where nearly all levels are the same, who gave one said that, so how many
        are matched would tell of single people. And neither those alone nor those matched may be as good as
        of one mind, as for a group (:mod:`.hiding`): counts can tell what they gave together.
        """
        if not self.confidential:
            return self.is_known
        if not self.is_tested or self.pair.is_tied:
            return False
        return not self.is_mixed or (
            self._are_enough and not self._is_nearly_of_one_mind and not self._has_part_of_one_mind
        )

    def may_be_read(self, line: Line) -> bool:
        """Whether no reading could tell of those who answered one time alone, whoever gave no level."""
        pair = self.pair
        if pair.after is None or not self.is_tested or pair.is_tied:
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
        alone = self.is_mixed and not self.counts_stand  # may_be_read looks at these as they are
        return as_said(self.signs) if self.can_be_told_apart and not alone else self.signs

    @property
    def can_be_told_apart(self) -> bool:
        return self.confidential and (self.pair.has_cells or any(self._there_once))

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
        return self.answered.before - len(self.people), self.answered.after - len(self.people)

    @property
    def _can_be_matched(self) -> range:
        """How many may have given a level both times."""
        there, (first, second), (gone, new) = len(self.people), self._without_level, self._there_once
        return range(max(0, there - first - second), there - max(0, first - gone, second - new) + 1)

    @property
    def _are_enough(self) -> bool:
        once = zip(self._there_once, self._without_level, strict=True)
        return self._can_be_matched.start >= 2 * self.least and all(
            not people or (people >= self.least and people > silent) for people, silent in once
        )

    @property
    def _is_nearly_of_one_mind(self) -> bool:
        spreads = [spread for spread in (self.pair.before, self.pair.after) if spread]
        return any(self._without_level) and any(spread.n - max(spread.counts) <= 1 for spread in spreads)

    @property
    def _has_part_of_one_mind(self) -> bool:
        sides = zip((self.pair.before, self.pair.after), self._there_once, (0, 1), strict=True)
        return any(
            is_as_of_one_mind(part)
            for spread, once, time in sides
            if spread and once
            for part in self._parts(spread, time)
        )

    def _parts(self, spread: Distribution, time: int) -> tuple[Distribution, Distribution]:
        """Those who are matched and those who are not."""
        given = [levels[time] for levels in self.people if levels]
        matched = [given.count(level) for level in LEVELS]
        alone = [all_ - some for all_, some in zip(spread.counts, matched, strict=True)]
        return as_spread(matched), as_spread(alone)

    def _alone(self, matched: int) -> tuple[int, int]:
        """How many gave a level one time alone, if so many did both times."""
        before, after = self._n
        return before - matched, after - matched


def both_times(
    pairs: Sequence[Pair], before: Mapping[str, int], after: Mapping[str, int]
) -> tuple[Levels, ...]:
    """What somebody gave each of ``pairs`` the first time and the second, from action code -> level."""
    return tuple(
        (before[pair.code], after[pair.code]) if pair.code in before and pair.code in after else None
        for pair in pairs
    )


def sign(before: int, after: int) -> int:
    return (after > before) - (after < before)


def tied(rounds: Sequence[Cells], least: int) -> frozenset[int]:
    """The places of the rounds between which and another of them few people changed groups.

    Of those who answered both, 1 to ``least`` - 1 went from one group to another, and one of the two rounds
    shows a cell: if few moved, sums would tell of those. A third round can tell that, too, so counts beside
    any round are hidden then.
    """
    found = set()
    for (one, first), (other, second) in combinations(enumerate(rounds), 2):
        changed = Counter(
            (first.groups[person], second.groups[person]) for person in first.groups.keys() & second.groups
        )
        if any(people < least for (group, then), people in changed.items() if group != then):
            found |= {one, other} if first.has_any or second.has_any else set()
    return frozenset(found)


def as_said(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """The same where as many went the other way as coarse counts leave open: one, if it was nobody."""
    lower, higher = signs.count(-1), signs.count(1)
    if max(lower, higher) <= AT_MOST or min(lower, higher) >= AT_MOST:
        return tuple(signs)
    other = -1 if higher > lower else 1
    place = signs.index(0) if 0 in signs else signs.index(-other)
    return (*signs[:place], other, *signs[place + 1 :])
