"""What might need more attention: a ranked list, each entry with its reasons, firm or close to the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .agreement import Verdict
from .bands import KEEP_WORKING_FROM, Band
from .distribution import LEVELS, Distribution


class Reason(StrEnum):
    """Why an action is on the list."""

    LOW = "low"
    SPLIT = "split"
    UNKNOWN = "unknown"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class AttentionEntry:
    """One action that might need more attention, and every reason why (at least one).

    ``firm_reasons`` are those of them that a few people more or less would not change.
    """

    number: int
    code: str
    reasons: tuple[Reason, ...]
    firm_reasons: tuple[Reason, ...] = ()

    @property
    def firm(self) -> bool:
        """Whether one reason at least is firm; else the entry is close to the line."""
        return bool(self.firm_reasons)


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


@dataclass(frozen=True, slots=True)
class Unseen:
    """An action hidden because fewer than ``least`` of those who ``answered`` the round gave it a level."""

    number: int
    code: str
    answered: int
    least: int


def is_unknown(distribution: Distribution) -> bool:
    """A fifth or more of those who answered for the action said don't know."""
    answered = distribution.n + distribution.dont_know
    return answered > 0 and 5 * distribution.dont_know >= answered


def attention(candidates: Iterable[Candidate], unseen: Iterable[Unseen] = ()) -> tuple[AttentionEntry, ...]:
    """The actions for which a reason holds, the firm entries first, the most pressing first in each part.

    In order of the number of reasons (most first), the share of 1s and 2s (highest first), the mean (lowest
    first) and the action's number. Shares and means are compared as fractions. Of what is ``unseen`` nothing
    is known but that it is; it stands behind those with as many reasons.
    """
    shown = [(_rank(each), _entry(each)) for each in candidates]
    hidden = [(_last(each), _unseen_entry(each)) for each in unseen]
    listed = [(rank, entry) for rank, entry in (*shown, *hidden) if entry.reasons]
    in_order = sorted(listed, key=lambda each: (not each[1].firm, -len(each[1].reasons), each[0]))
    return tuple(entry for _rank, entry in in_order)


def close_to_list(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    """Numbers of the candidates that are not on the list, and would be if a few people said otherwise."""
    return tuple(
        sorted(each.number for each in candidates if not _reasons(each) and any(_near(each).values()))
    )


# --- What holds, and how far from the line ---


def _reasons(candidate: Candidate) -> tuple[Reason, ...]:
    holds = {
        Reason.LOW: candidate.band is Band.NEEDS_ATTENTION,
        Reason.SPLIT: candidate.verdict is Verdict.SPLIT,
        Reason.UNKNOWN: is_unknown(candidate.distribution),
        Reason.FALLING: candidate.falling,
    }
    return tuple(reason for reason in Reason if holds[reason])


def _near(candidate: Candidate) -> dict[Reason, bool]:
    """Whether each reason lies close to its line, on either side: about what chance moves it by.

    Close is the sum of levels within the square root of n of 3n; the smaller camp within half that root of a
    third of n; the don't knows within 0.4 of the root of all who answered of a fifth of them. Roots are
    compared as squares of whole numbers.
    """
    distribution = candidate.distribution
    n, dont_know = distribution.n, distribution.dont_know
    answered = n + dont_know
    above = (
        sum(level * people for level, people in zip(LEVELS, distribution.counts, strict=True))
        - KEEP_WORKING_FROM * n
    )
    smaller = min(distribution.low, distribution.high)
    return {
        Reason.LOW: candidate.band is not None and above**2 <= n,
        Reason.SPLIT: 4 * (3 * smaller - n) ** 2 <= 9 * n,
        Reason.UNKNOWN: (5 * dont_know - answered) ** 2 <= 4 * answered,
        Reason.FALLING: False,
    }


def _entry(candidate: Candidate) -> AttentionEntry:
    reasons, near = _reasons(candidate), _near(candidate)
    firm = tuple(reason for reason in reasons if not near[reason])
    return AttentionEntry(candidate.number, candidate.code, reasons, firm)


def _unseen_entry(unseen: Unseen) -> AttentionEntry:
    """So few gave a level that a fifth or more of those who answered must have said nothing of it."""
    over = 5 * (unseen.answered - (unseen.least - 1)) - unseen.answered
    reasons = (Reason.UNKNOWN,) if unseen.answered and over >= 0 else ()
    firm = reasons if over > 0 and over**2 > 4 * unseen.answered else ()
    return AttentionEntry(unseen.number, unseen.code, reasons, firm)


# --- In which order ---


def _rank(candidate: Candidate) -> tuple[Fraction, Fraction, int]:
    distribution = candidate.distribution
    share_low = Fraction(distribution.low, distribution.n) if distribution.n else Fraction(0)
    return -share_low, distribution.exact_mean or Fraction(0), candidate.number


def _last(unseen: Unseen) -> tuple[Fraction, Fraction, int]:
    return Fraction(0), Fraction(LEVELS[-1] + 1), unseen.number
