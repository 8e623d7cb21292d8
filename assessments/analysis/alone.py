"""Whether the reading of an action could tell of the few who rated it one time alone.

With both distributions shown, a clear reading can fix what a newcomer said: of (0,0,6,3,1) and then
(1,0,0,6,4), by ten people and one new, "more went up" leaves the newcomer nothing but the 1. So where 1 to
L - 1 people rated an action one time alone, its reading is said only if none that could have come out would
rule out a level for any of them. That is found from nothing but what everybody sees: both distributions, and
how many rated when. Were it found from how people moved, withholding would tell.

It is asked for everybody who may know more: somebody outside, each who rated both times and knows their own
two levels, and each of the few, who may ask for the others. Readers may know much of the other actions, too,
and these decide from where on a change is clear. So the line is taken to lie anywhere between the plain sign
test and the strictest it can be (:class:`Line`), and where that leaves doubt, nothing is said.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from .distribution import LEVELS, Distribution

People = tuple[int, ...]
"""How many gave each level."""

ALPHA = Fraction(5, 100)
"""How often, over all actions compared, chance alone may be taken for a change."""
PLAIN = Fraction(6, 100)
"""Above this no plain p of a sign test becomes a clear change, drawn by chance or counted."""
STRICT = Fraction(4, 100)
"""The corrected p of a change that is clear whatever the other actions, drawn by chance or counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """From where on a change is clear, as far as everybody can know: by so many people, in so many tests.

    ``simple`` where every p is just multiplied by the number of tests: then everybody knows.
    """

    people: int
    tests: int
    simple: bool = False

    def may_be_clear(self, more: int, fewer: int) -> bool:
        """Whether so many one way and so many the other may be a clear change."""
        if self.simple:
            return self.is_clear(more, fewer)
        return more > fewer and sign_test(more, fewer) <= PLAIN

    def is_clear(self, more: int, fewer: int) -> bool:
        """Whether they are one whatever the other actions."""
        if self.simple:
            return more > fewer and self.tests * sign_test(more, fewer) <= ALPHA
        return more > fewer and self.tests * _chance(self.people, more, fewer) <= STRICT


@lru_cache(maxsize=4096)
def sign_test(up: int, down: int) -> Fraction:
    """The exact two-sided p of a sign test over those who moved: 0 to 1, 1 where nobody moved.

    ``p = min(1, 2 * P(X >= max(up, down)))`` with X binomial of ``up + down`` and one half (Dixon and Mood
    1946, Journal of the American Statistical Association 41:557).
    """
    moved = up + down
    tail = sum(math.comb(moved, k) for k in range(max(up, down), moved + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**moved))


@lru_cache(maxsize=4096)
def _chance(people: int, more: int, fewer: int) -> Fraction:
    """How often chance alone sets anything as far apart, however many of the people it moves."""
    squared = Fraction((more - fewer) ** 2, more + fewer)
    return max(_chance_of(moved, squared) for moved in range(1, people + 1))


def _chance_of(moved: int, squared: Fraction) -> Fraction:
    apart = math.isqrt(math.ceil(squared * moved) - 1) + 1
    up = (moved + apart + 1) // 2
    return sign_test(up, moved - up) if up <= moved else Fraction(0)


def may_be_read(
    before: Distribution | None,
    after: Distribution,
    *,
    gone: int,
    new: int,
    line: Line,
    of: tuple[bool, bool] = (True, True),
) -> bool:
    """Whether no reading of an action would rule out a level for one of those who rated it one time alone.

    ``gone`` of those in ``before`` did not rate it again, ``new`` of those in ``after`` had not. ``before``
    is ``None`` where nobody sees it, as of looking back. ``of``: whether it is known of somebody that they
    were there the first time alone, and the second. Who there gave no level one time is known of nobody.
    """
    there = Known(None if before is None else before.counts, after.counts, gone, new)
    return all(_tells_nothing(each, line, of) for each in _askers(there))


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody knows: both distributions, how many of each were there one time alone, and how many of
    the others they know to have gone ``up`` or ``down``."""

    before: People | None
    after: People
    gone: int
    new: int
    up: int = 0
    down: int = 0

    def without_gone(self, level: int) -> Known:
        return Known(_less(self.before, level), self.after, self.gone - 1, self.new, self.up, self.down)

    def without_new(self, level: int) -> Known:
        return Known(self.before, _less(self.after, level) or (), self.gone, self.new - 1, self.up, self.down)

    def without_matched(self, level: int, then: int) -> Known:
        before, after = _less(self.before, level), _less(self.after, then) or ()
        return Known(before, after, self.gone, self.new, int(then > level), int(then < level))

    @property
    def turned(self) -> Known:
        """The same from the later to the earlier."""
        return Known(self.after, self.before or (), self.new, self.gone, self.down, self.up)


def _less(people: People | None, level: int) -> People | None:
    if people is None:
        return None
    return tuple(count - (each == level) for each, count in zip(LEVELS, people, strict=True))


def _given(people: People | None) -> list[int]:
    """The levels that somebody gave; where nobody sees that, any could be."""
    counts = (1,) * len(LEVELS) if people is None else people
    return [level for level, count in zip(LEVELS, counts, strict=True) if count]


def _askers(there: Known) -> Iterator[Known]:
    yield there
    for level in _given(there.before):
        yield from (there.without_matched(level, then) for then in _given(there.after))
    if there.gone:
        yield from (there.without_gone(level) for level in _given(there.before))
    if there.new:
        yield from (there.without_new(level) for level in _given(there.after))


def _tells_nothing(known: Known, line: Line, of: tuple[bool, bool]) -> bool:
    """Whether every reading is possible with each level of each who was there alone, or with none."""
    sides = []
    if of[0] and known.gone and known.before is not None:
        sides.append([known.without_gone(level) for level in _given(known.before)])
    if of[1] and known.new:
        sides.append([known.without_new(level) for level in _given(known.after)])
    return all(_all_alike(side, line) for side in sides)


def _all_alike(cases: Sequence[Known], line: Line) -> bool:
    first = None
    for case in cases:
        found = _possible(case, line)
        if None in found or first not in (None, found):
            return False
        first = found
    return True


Possible = bool | None
"""Whether a reading can come out: yes, no, or that is left open."""


def _possible(known: Known, line: Line) -> tuple[Possible, Possible, Possible]:
    """Whether "more went up", "more went down" and "no clear change" can come out."""
    if known.before is None:
        return _possible_of_any(known, line)
    if min(len(known.before), len(known.after)) == 0 or sum(known.before) < known.gone:
        return None, None, None
    return _rise(known, line), _rise(known.turned, line), _stay(known, line)


def _possible_of_any(known: Known, line: Line) -> tuple[Possible, Possible, Possible]:
    """The same where anything can have been before: whoever is not at the end of the scale can have moved."""
    levels = _levels(known.after)
    rising = sum(level > LEVELS[0] for level in levels[known.new :]) + known.up, known.down
    falling = sum(level < LEVELS[-1] for level in levels[: len(levels) - known.new]) + known.down, known.up
    return _settled(line, *rising), _settled(line, *falling), True


def _settled(line: Line, more: int, fewer: int) -> Possible:
    if line.is_clear(more, fewer):
        return True
    return None if line.may_be_clear(more, fewer) else False


def _levels(people: People) -> list[int]:
    """The level of each, lowest first."""
    return [level for level, count in zip(LEVELS, people, strict=True) for _person in range(count)]


def _rise(known: Known, line: Line) -> Possible:
    """Whether more can have gone up: those gone had the highest levels, the new the lowest."""
    before = _levels(known.before or ())
    before, after = before[: len(before) - known.gone], _levels(known.after)[known.new :]
    most, fewest = len(before) - _cut_off(before, after, 1), _cut_off(before, after, 0)
    if not line.may_be_clear(most + known.up, fewest + known.down):
        return False
    for shift in range(fewest, len(before) - most + 1):
        up, down = _moves(before, after[shift:] + after[:shift])
        if line.is_clear(up + known.up, down + known.down):
            return True
    return None


def _stay(known: Known, line: Line) -> Possible:
    """Whether neither can be clear; no, where up is whatever the levels of those alone, or down is."""
    if _must_rise(known, line) or _must_rise(known.turned, line):
        return False
    before, after = _as_like_as_can_be(known)
    for again in (after, after[::-1]):
        up, down = _moves(before, again)
        up, down = up + known.up, down + known.down
        if not line.may_be_clear(up, down) and not line.may_be_clear(down, up):
            return True
    return None


def _must_rise(known: Known, line: Line) -> bool:
    """Whether it is clear even with the highest levels alone after and the lowest alone before."""
    before, after = _levels(known.before or ())[known.gone :], _levels(known.after)
    after = after[: len(after) - known.new]
    down = len(before) - _cut_off(after, before, 1)
    up = _cut_off(after, before, 0)
    return line.is_clear(up + known.up, down + known.down)


def _cut_off(before: Sequence[int], after: Sequence[int], step: int) -> int:
    """How many at least cannot be put with an ``after`` that is ``step`` higher, or more (Hall's theorem)."""
    return max(
        0,
        *(
            bisect_left(after, level) - bisect_left(before, level - step)
            for level in range(1, LEVELS[-1] + 2)
        ),
    )


def _moves(before: Sequence[int], after: Sequence[int]) -> tuple[int, int]:
    pairs = list(zip(before, after, strict=True))
    return sum(b < a for b, a in pairs), sum(b > a for b, a in pairs)


def _as_like_as_can_be(known: Known) -> tuple[list[int], list[int]]:
    """Those who rated both times, if the others are taken where the two distributions differ most."""
    before, after = list(known.before or ()), list(known.after)
    gone, new = known.gone, known.new
    while gone or new:
        over = [b - a for b, a in zip(before, after, strict=True)]
        if gone and (not new or gone >= new):
            before[max((place for place in range(len(over)) if before[place]), key=over.__getitem__)] -= 1
            gone -= 1
        else:
            after[min((place for place in range(len(over)) if after[place]), key=over.__getitem__)] -= 1
            new -= 1
    return _levels(tuple(before)), _levels(tuple(after))
