"""How far the people who rated an action agree."""

from __future__ import annotations

import math
from enum import StrEnum
from fractions import Fraction

from .distribution import LEVELS, Distribution

AGREEMENT_CUT_OFF = Fraction(len(LEVELS), 6)
"""People agree when the average deviation about the median is at most k/6, k the number of
levels (Burke, Finkelstein and Dusig 1999; Dunlap, Burke and Smith-Crowe 2003)."""


class Verdict(StrEnum):
    """What the pattern of ratings for one action says about agreement."""

    TOO_FEW = "too_few"
    SPLIT = "split"
    LONE_VOICE = "lone_voice"
    AGREED_STRONG = "agreed_strong"
    AGREED_MIDDLING = "agreed_middling"
    AGREED_WEAK = "agreed_weak"
    SPREAD = "spread"


def average_deviation(distribution: Distribution) -> float | None:
    """How far, on average, a rating lies from the median, in levels: 0.0 (all the same) to 2.0.

    ``AD = sum(c[i] * |i - median|) / n`` (Burke, Finkelstein and Dusig 1999, Organizational
    Research Methods 2:49). ``None`` when nobody gave a level.
    """
    exact = _exact_deviation(distribution)
    return None if exact is None else float(exact)


def consensus(distribution: Distribution) -> float | None:
    """1.0 when all give the same level, 0.0 when half stand at each end.

    ``Cns = 1 + sum(p[i] * log2(1 - |i - mean| / (k - 1)))`` (Tastle and Wierman 2007,
    International Journal of Approximate Reasoning 45:531). Held to 0..1 against the last
    binary digit of floating point. ``None`` when nobody gave a level.
    """
    mean, n, width = distribution.mean, distribution.n, LEVELS[-1] - LEVELS[0]
    if mean is None:
        return None
    given = [(i, c) for i, c in zip(LEVELS, distribution.counts, strict=True) if c]
    terms = (c / n * math.log2(1 - abs(i - mean) / width) for i, c in given)
    return min(1.0, max(0.0, 1 + math.fsum(terms)))


def verdict(distribution: Distribution, least: int) -> Verdict:
    """The first that holds of: too few, split, lone voice, agreed, spread.

    Found by counting in whole numbers, so that anyone can check it: fewer than ``least`` people
    are too few; it is split when a third or more gave 1 or 2 and a third or more gave 4 or 5;
    people agree when the average deviation is at most 5/6, and then exactly one rating two or
    more levels from the median is a lone voice.
    """
    exact = _exact_deviation(distribution)
    if exact is None or distribution.n < least:
        return Verdict.TOO_FEW
    if _is_split(distribution):
        return Verdict.SPLIT
    if exact > AGREEMENT_CUT_OFF:
        return Verdict.SPREAD
    if _far_from_median(distribution) == 1:
        return Verdict.LONE_VOICE
    return _agreed(distribution)


def _is_split(distribution: Distribution) -> bool:
    n = distribution.n
    return 3 * distribution.low >= n and 3 * distribution.high >= n


def _agreed(distribution: Distribution) -> Verdict:
    doubled = distribution.doubled_median or 0
    if doubled >= 8:
        return Verdict.AGREED_STRONG
    if doubled <= 4:
        return Verdict.AGREED_WEAK
    return Verdict.AGREED_MIDDLING


def _doubled_distances(distribution: Distribution) -> list[tuple[int, int]]:
    """(twice the distance from the median, people) for each level: whole numbers throughout."""
    doubled = distribution.doubled_median or 0
    return [(abs(2 * i - doubled), c) for i, c in zip(LEVELS, distribution.counts, strict=True)]


def _far_from_median(distribution: Distribution) -> int:
    return sum(people for distance, people in _doubled_distances(distribution) if distance >= 4)


def _exact_deviation(distribution: Distribution) -> Fraction | None:
    if not distribution.n:
        return None
    total = sum(distance * people for distance, people in _doubled_distances(distribution))
    return Fraction(total, 2 * distribution.n)
