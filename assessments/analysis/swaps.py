"""Whether people moved more than chance would have it, over several actions at once.

Under "nobody's view changed" each person's two sets of answers could stand the other way round. So all the
answers of a person are swapped together, for all people independently, and looked at again: that keeps how
the actions hang together, which a correction that knows only how many they are pays for (Westfall and Young
1993, Resampling-Based Multiple Testing: step-down max-T).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction

DRAWS = 9_999
"""So many swaps are looked at; all there are, where that is not more."""
SEED = 1993

Signs = Sequence[int]
"""-1, 0 or 1 for each person: whether they went lower or higher; 0 also where they did not rate it twice."""


def corrected(members: Sequence[Signs]) -> list[Fraction]:
    """The p of each member, corrected over all of them; one that is at most 0.05 holds.

    Members are actions (or the line over all of them), each with a sign for every person, in one order of
    people. The statistic is ``|up - down| / sqrt(up + down)``. In order of it, largest first, each is asked
    how often a swap gives one as large to it or to any that follow; no p is below one that stands before it.
    In that order of people that a sorted list gives, so that nothing hangs on how they came.
    """
    people = sorted(zip(*members, strict=True))
    counters = [_Counter(signs, len(people)) for signs in zip(*people, strict=True)] if people else []
    order = sorted(range(len(counters)), key=lambda place: -counters[place].squared)
    found, worst = [Fraction(1)] * len(members), Fraction(0)
    for place in order:
        observed = counters[place].squared
        rest = [each for each in counters if each.squared <= observed]
        worst = max(worst, _share_as_large(rest, observed, len(people)))
        found[place] = worst
    return found


def _share_as_large(counters: Sequence[_Counter], squared: Fraction, people: int) -> Fraction:
    """The share of swaps in which one of these is as large as what was observed."""
    if not squared:
        return Fraction(1)
    hits = 0
    for counter in counters:
        hits |= counter.as_large(squared)
    if _all(people):
        return Fraction(hits.bit_count(), 2**people)
    return Fraction(hits.bit_count() + 1, DRAWS + 1)  # what was observed is one of them


def _all(people: int) -> bool:
    return people < DRAWS.bit_length()


class _Counter:
    """How many went higher in each of the swaps, all swaps at once.

    A swap is a place in a long binary number; ``digits`` are such numbers, the lowest digits of all the
    counts in the first, and so on. Adding a person to ten thousand counts takes a few operations.
    """

    def __init__(self, signs: Signs, people: int) -> None:
        moved = [(sign, swap) for sign, swap in zip(signs, _swaps(people), strict=True) if sign]
        self.moved = len(moved)
        self.everywhere = (1 << (2**people if _all(people) else DRAWS)) - 1
        self.digits = [0] * self.moved.bit_length()
        for sign, swap in moved:
            self._add(swap if sign < 0 else swap ^ self.everywhere)
        apart = sum(sign for sign, _swap in moved)
        self.squared = Fraction(apart * apart, self.moved) if moved else Fraction(0)

    def _add(self, ones: int) -> None:
        for place, digit in enumerate(self.digits):
            self.digits[place], ones = digit ^ ones, digit & ones

    def as_large(self, squared: Fraction) -> int:
        """The swaps in which up and down lie as far apart as ``squared`` says, or further."""
        if not self.moved:
            return 0
        least = math.isqrt(math.ceil(squared * self.moved) - 1) + 1
        up = (self.moved + least + 1) // 2
        if up > self.moved:
            return 0
        return self._at_least(up) | (self._at_least(self.moved - up + 1) ^ self.everywhere)

    def _at_least(self, number: int) -> int:
        """The swaps in which so many or more went higher."""
        above, alike = 0, self.everywhere
        for place in reversed(range(len(self.digits))):
            digit = self.digits[place]
            if number >> place & 1:
                alike &= digit
            else:
                above |= alike & digit
                alike &= ~digit
        return above | alike


def _swaps(people: int) -> Iterator[int]:
    """For each person, in which of the swaps their answers stand the other way round."""
    if not _all(people):
        draw = random.Random(SEED)  # noqa: S311 - chance that comes out the same each time, not a secret
        yield from (draw.getrandbits(DRAWS) for _person in range(people))
        return
    for person in range(people):
        half = (1 << 2**person) - 1 << 2**person  # not swapped in the first half of each stretch
        stretches = range(0, 2**people, 2 ** (person + 1))
        yield sum(half << start for start in stretches)
