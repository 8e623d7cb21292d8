"""What might need more attention: a ranked list, each entry with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .agreement import Verdict
from .bands import Band
from .distribution import Distribution


class Reason(StrEnum):
    """Why an action is on the list."""

    LOW = "low"
    SPLIT = "split"
    UNKNOWN = "unknown"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class AttentionEntry:
    """One action that might need more attention, and every reason why (at least one)."""

    number: int
    code: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An action with enough ratings to say something about it.

    ``band`` is ``None`` in an early-stage baseline, which has no bands and so no *low*. ``falling``: more
    people rate it lower than in the round before.
    """

    number: int
    code: str
    distribution: Distribution
    verdict: Verdict
    band: Band | None
    falling: bool = False


def is_unknown(distribution: Distribution) -> bool:
    """A fifth or more of those who answered for the action said don't know."""
    answered = distribution.n + distribution.dont_know
    return answered > 0 and 5 * distribution.dont_know >= answered


def attention(candidates: Iterable[Candidate]) -> tuple[AttentionEntry, ...]:
    """The candidates for which a reason holds, the most pressing first.

    In order of the number of reasons (most first), the share of 1s and 2s (highest first), the
    mean (lowest first) and the action's number. Shares and means are compared as fractions.
    """
    listed = [candidate for candidate in candidates if _reasons(candidate)]
    return tuple(AttentionEntry(each.number, each.code, _reasons(each)) for each in sorted(listed, key=_rank))


def _reasons(candidate: Candidate) -> tuple[Reason, ...]:
    holds = {
        Reason.LOW: candidate.band is Band.NEEDS_ATTENTION,
        Reason.SPLIT: candidate.verdict is Verdict.SPLIT,
        Reason.UNKNOWN: is_unknown(candidate.distribution),
        Reason.FALLING: candidate.falling,
    }
    return tuple(reason for reason in Reason if holds[reason])


def _rank(candidate: Candidate) -> tuple[int, Fraction, Fraction, int]:
    distribution = candidate.distribution
    share_low = Fraction(distribution.low, distribution.n) if distribution.n else Fraction(0)
    mean = distribution.exact_mean or Fraction(0)
    return -len(_reasons(candidate)), -share_low, mean, candidate.number
