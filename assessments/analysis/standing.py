"""A round in a line: what a page of many rounds reads of each, from the same counts by the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from .agreement import Verdict, verdict
from .attention import AttentionEntry, Candidate, Reason, attention
from .bands import Band, band
from .between import Between
from .counts import ActionCounts, RoundCounts, Turnout
from .distribution import Distribution
from .results import Rules, fallen, hides_everything, is_hidden, unseen

LEAST_OTHERS = 8
"""Fewer other partnerships than this are not drawn: one of them could be seen in it."""


@dataclass(frozen=True, slots=True)
class ActionStanding:
    """What everybody said of an action; ``distribution``, ``verdict`` and ``band`` as in a result.

    When hidden all three are ``None``, and where it is not ``rated``, as nobody was asked. ``reasons`` are
    those for which it might need more attention; ``firm``: a few people more or less would not change that.
    """

    number: int
    code: str
    distribution: Distribution | None = None
    verdict: Verdict | None = None
    band: Band | None = None
    reasons: tuple[Reason, ...] = ()
    firm: bool = False
    rated: bool = True

    @property
    def hidden(self) -> bool:
        return self.rated and self.distribution is None

    @property
    def speaks(self) -> bool:
        """Whether enough people gave a level to say something."""
        return self.verdict not in (None, Verdict.TOO_FEW)

    @property
    def n(self) -> int | None:
        """People who gave a level; ``None`` when hidden."""
        return None if self.distribution is None else self.distribution.n

    @property
    def mean(self) -> float | None:
        """The mean level, 1.0 to 5.0, unrounded; ``None`` when hidden or nobody gave one."""
        return None if self.distribution is None else self.distribution.mean


@dataclass(frozen=True, slots=True)
class Standing:
    """A round in a line. ``attention`` stands in its order; ``share_high`` is the share of levels that are
    4 or 5 over the shown actions, 0.0 to 1.0, ``None`` where none is shown.
    """

    turnout: Turnout
    actions: tuple[ActionStanding, ...]
    attention: tuple[AttentionEntry, ...]
    share_high: float | None

    @property
    def speaking(self) -> int:
        """How many actions enough people gave a level."""
        return sum(action.speaks for action in self.actions)

    @property
    def rated(self) -> int:
        """How many actions people were asked about."""
        return sum(action.rated for action in self.actions)

    @property
    def firm(self) -> tuple[AttentionEntry, ...]:
        """The entries that a few people more or less would not change: what partnerships are ranked by."""
        return tuple(entry for entry in self.attention if entry.firm)

    @property
    def most_pressing(self) -> AttentionEntry | None:
        """The firm entry with the highest share of 1s and 2s, as far as that is shown."""
        shares = {
            action.number: action.distribution.share_low for action in self.actions if action.distribution
        }
        shown = [entry for entry in self.firm if shares.get(entry.number) is not None]
        return max(shown, key=lambda entry: shares[entry.number] or 0, default=None)


def standing(counts: RoundCounts, rules: Rules, since: Between | None = None) -> Standing:
    """The same as :func:`~.results.analyse` says of the whole room, without what a line has no room for."""
    hide = hides_everything(counts, rules)
    in_order = sorted(counts.actions, key=lambda action: action.number)
    read = [_read(action, rules, hide=hide) for action in in_order]
    listed = attention(_candidates(read, fallen(since)), unseen(counts, rules))
    entries = {entry.number: entry for entry in listed}
    return Standing(
        turnout=counts.turnout,
        actions=tuple(_with_reasons(each, entries.get(each.number)) for each in read),
        attention=listed,
        share_high=_share_high([each.distribution for each in read if each.distribution]),
    )


def _with_reasons(action: ActionStanding, entry: AttentionEntry | None) -> ActionStanding:
    return replace(action, reasons=entry.reasons, firm=entry.firm) if entry else action


def _read(action: ActionCounts, rules: Rules, *, hide: bool) -> ActionStanding:
    if action.whole is None or is_hidden(action, rules, hide=hide):
        return ActionStanding(action.number, action.code, rated=action.asked)
    said = verdict(action.whole, rules.least)
    has_band = said is not Verdict.TOO_FEW and not rules.baseline
    return ActionStanding(
        number=action.number,
        code=action.code,
        distribution=action.whole,
        verdict=said,
        band=band(action.whole) if has_band else None,
    )


def _candidates(read: Sequence[ActionStanding], fell: frozenset[str]) -> list[Candidate]:
    return [
        Candidate(each.number, each.code, each.distribution, each.verdict, each.band, each.code in fell)
        for each in read
        if each.distribution and each.verdict and each.speaks
    ]


def _share_high(shown: Sequence[Distribution]) -> float | None:
    levels = sum(each.n for each in shown)
    return sum(each.high for each in shown) / levels if levels else None


def middle_half(means: Sequence[float]) -> tuple[float, float] | None:
    """Between which two figures the middle half of other partnerships' means lie: the 25th and the 75th
    percentile, in levels. ``None`` for fewer than eight.

    Between two of the means it runs straight: the lowest stands at 0 %, the highest at 100 % (type 7 of
    Hyndman and Fan 1996, The American Statistician 50:361).
    """
    if len(means) < LEAST_OTHERS:
        return None
    low, _middle, high = quantiles(means, n=4, method="inclusive")
    return low, high
