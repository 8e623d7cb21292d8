"""The band of an action: this product's own rule, shown wherever a band is shown."""

from __future__ import annotations

from enum import StrEnum

from .distribution import Distribution

STRENGTH_FROM = 4
KEEP_WORKING_FROM = 3


class Band(StrEnum):
    """Where the mean of an action lies."""

    STRENGTH = "strength"
    KEEP_WORKING = "keep_working"
    NEEDS_ATTENTION = "needs_attention"


def band(distribution: Distribution) -> Band | None:
    """Strength from a mean of 4.0, keep working from 3.0, below that needs attention.

    The mean is compared as a fraction, so that 2.999... is never taken for 3. ``None`` when
    nobody gave a level.
    """
    mean = distribution.exact_mean
    if mean is None:
        return None
    if mean >= STRENGTH_FROM:
        return Band.STRENGTH
    return Band.KEEP_WORKING if mean >= KEEP_WORKING_FROM else Band.NEEDS_ATTENTION
