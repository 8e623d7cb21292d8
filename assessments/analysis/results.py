"""From the stored counts of a round to everything that may be read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .agreement import Verdict, average_deviation, consensus, verdict
from .attention import AttentionEntry, Candidate, Unseen, attention, close_to_list
from .bands import Band, band
from .between import Between
from .change import Change
from .change import Reading as ChangeReading
from .counts import ActionCounts, RoundCounts, Turnout
from .disclosure import check_safe
from .distribution import Distribution
from .second import SecondCounts

LEAST_ALLOWED = 5
ORGANISATION = "organisation"
WORTH_SAYING = Fraction(1, 2)
"""Two means this far apart, in levels, are said to differ."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a round is read, as fixed when it froze.

    ``least`` is the least number of people to show, 5 or more. ``grouping`` is ``organisation``,
    ``sector`` or ``standpoint``. ``baseline`` marks an early-stage baseline, which has no bands.
    Raises ``ValueError`` when ``least`` is below 5.
    """

    least: int = LEAST_ALLOWED
    confidential: bool = True
    baseline: bool = False
    grouping: str = ORGANISATION

    def __post_init__(self) -> None:
        if self.least < LEAST_ALLOWED:
            raise ValueError(f"the least number to show is {LEAST_ALLOWED} or more")


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group's cell for one action: its ``n`` in people and its mean, nothing else.

    When ``hidden``, both are ``None`` ("hidden to protect people"). A group of which nobody
    answered the round has no cell.
    """

    key: str
    name: str
    n: int | None
    mean: float | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What may be read of one action. When ``hidden``, everything but its place is ``None``; also where it
    is not ``rated``, because nobody was asked, and then nothing is hidden and no group has a cell.

    ``mean``, ``median`` and ``equal_weight_mean`` are levels (1.0 to 5.0), unrounded.
    ``average_deviation`` is in levels, ``consensus`` from 0.0 to 1.0. ``band`` is ``None`` in an
    early-stage baseline and where fewer than the least number gave a level.
    ``equal_weight_differs``: the two means lie half a level or more apart. ``agreed`` is the level a
    workshop settled on, and ``second`` what people said when they rated again after talking; ``None``
    without a workshop, and ``second`` where it may not be shown.
    """

    number: int
    code: str
    area: str
    hidden: bool
    distribution: Distribution | None = None
    mean: float | None = None
    median: float | None = None
    average_deviation: float | None = None
    consensus: float | None = None
    verdict: Verdict | None = None
    band: Band | None = None
    equal_weight_mean: float | None = None
    equal_weight_differs: bool = False
    groups: tuple[GroupResult, ...] = ()
    agreed: int | None = None
    second: SecondCounts | None = None
    rated: bool = True

    @property
    def n(self) -> int | None:
        """People who gave a level; ``None`` when hidden."""
        return None if self.distribution is None else self.distribution.n

    @property
    def dont_know(self) -> int | None:
        """People who said don't know; ``None`` when hidden."""
        return None if self.distribution is None else self.distribution.dont_know


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What may be read of one area.

    ``mean`` is the mean of the means of its ``n`` shown actions, of ``n_actions`` in all;
    ``None`` when none is shown. ``equal_weight_mean`` is the same of their equal-weight means,
    ``None`` unless each of those actions has one, so that both figures are about the same
    actions. ``attention``: how many of its actions are on the attention list.
    """

    code: str
    n: int
    n_actions: int
    mean: float | None
    equal_weight_mean: float | None
    equal_weight_differs: bool
    attention: int


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a page, a chart, a file or a command may show of one round.

    ``too_few``: numbers of the actions with fewer levels than the least number; ``not_rated``: of those that
    nobody was asked about. ``close_to_list``: of the shown actions that are close to the attention list.
    ``share_high``: share of all levels over the shown actions that are 4 or 5, 0.0 to 1.0,
    the one figure for a round. ``too_few_answers``: fewer people than the least number answered
    a confidential round, so that every action is hidden. ``since`` is how people have moved since the round
    before; ``None`` where there is none. ``looking_back``: the same by what people say now it was then.
    """

    rules: Rules
    turnout: Turnout
    actions: tuple[ActionResult, ...]
    areas: tuple[AreaResult, ...]
    attention: tuple[AttentionEntry, ...]
    too_few: tuple[int, ...]
    share_high: float | None
    too_few_answers: bool
    since: Between | None = None
    looking_back: tuple[Change, ...] = ()
    not_rated: tuple[int, ...] = ()
    close_to_list: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """One action on its way to a result, with its means still exact. ``whole`` is nobody where hidden."""

    counts: ActionCounts
    whole: Distribution
    hidden: bool
    verdict: Verdict | None
    band: Band | None
    mean: Fraction | None
    equal_weight: Fraction | None


def analyse(counts: RoundCounts, rules: Rules, since: Between | None = None) -> Results:
    """Read a round's stored counts by its rules: the one implementation of every reading.

    ``since`` is the change since the round before, where there is one to be read beside: an action that
    more people rate lower than then is on the attention list.

    In a confidential round an action with fewer than ``rules.least`` levels is hidden and enters
    no area, no share and no equal-weight figure; if fewer people than that answered at all,
    every action is. In a named round nothing is hidden, and an action with too few levels keeps
    its numbers, has no band and no reasons.

    Raises ``ValueError`` when the counts of a confidential round were not made safe by
    :func:`~assessments.analysis.disclosure.pool` with the same least number.
    """
    too_few_answers = hides_everything(counts, rules)
    in_order = sorted(counts.actions, key=lambda action: action.number)
    reads = [_read(action, rules, hide=too_few_answers) for action in in_order]
    names = _group_names(in_order)
    candidates = _candidates(reads, fallen(since))
    listed = attention(candidates, unseen(counts, rules))
    return Results(
        rules=rules,
        turnout=counts.turnout,
        actions=tuple(_action_result(read, names, rules) for read in reads),
        areas=_areas(reads, {entry.number for entry in listed}),
        attention=listed,
        too_few=tuple(r.counts.number for r in reads if _has_too_few(r)),
        share_high=_share_high(reads),
        too_few_answers=too_few_answers,
        since=since,
        looking_back=counts.looking_back,
        not_rated=tuple(read.counts.number for read in reads if not read.counts.asked),
        close_to_list=close_to_list(candidates),
    )


def _has_too_few(read: _Read) -> bool:
    return read.counts.asked and read.verdict in (None, Verdict.TOO_FEW)


def hides_everything(counts: RoundCounts, rules: Rules) -> bool:
    """Whether so few people answered a confidential round that every action of it is hidden."""
    return rules.confidential and counts.turnout.people < rules.least


def is_hidden(action: ActionCounts, rules: Rules, *, hide: bool) -> bool:
    """Whether nothing of the action may be shown; ``hide`` says so of the whole round."""
    too_few = action.whole is None or action.whole.n < rules.least
    return action.asked and (hide or (rules.confidential and too_few))


def unseen(counts: RoundCounts, rules: Rules) -> list[Unseen]:
    """The actions hidden because too few of those who answered gave them a level."""
    hide, answered = hides_everything(counts, rules), counts.turnout.people
    return [
        Unseen(action.number, action.code, answered, rules.least)
        for action in counts.actions
        if is_hidden(action, rules, hide=hide)
    ]


def with_workshop(
    results: Results, *, agreed: Mapping[int, int], second: Mapping[int, SecondCounts]
) -> Results:
    """The results with what a workshop added, by action number.

    An agreed level stands also where the ratings are hidden: the room said it aloud. Second ratings of
    fewer than the least number are left out of a confidential round, a second lock behind the reveal.
    """
    rules = results.rules
    safe = {
        number: each
        for number, each in second.items()
        if not rules.confidential or each.distribution.n >= rules.least
    }
    actions = tuple(
        replace(action, agreed=agreed.get(action.number), second=safe.get(action.number))
        for action in results.actions
    )
    return replace(results, actions=actions)


def _read(action: ActionCounts, rules: Rules, *, hide: bool) -> _Read:
    whole = action.whole or Distribution.empty()
    hidden = is_hidden(action, rules, hide=hide)
    if hidden or not action.asked:
        return _Read(action, Distribution.empty(), hidden, None, None, None, None)
    if rules.confidential:
        check_safe(action, rules.least)
    has_band = whole.n >= rules.least and not rules.baseline
    return _Read(
        counts=action,
        whole=whole,
        hidden=False,
        verdict=verdict(whole, rules.least),
        band=band(whole) if has_band else None,
        mean=whole.exact_mean,
        equal_weight=_equal_weight(action) if rules.grouping == ORGANISATION else None,
    )


def _equal_weight(action: ActionCounts) -> Fraction | None:
    """The mean of the organisations' means, the hidden ones pooled as one.

    The people of no organisation stand with the hidden ones, where there are any, because the
    pool is all that may be known of them; where no organisation is hidden they are left out,
    being no organisation. Either way the figure is made of means that the whole and the shown
    organisations give already, so that it can be solved for nothing more. ``None`` where there
    are fewer than two means: with one, equal weight says nothing.
    """
    parts = [group.distribution for group in action.groups]
    if action.hidden_groups and action.pooled is not None:
        parts.append(action.pooled)
    means = [mean for part in parts if (mean := part.exact_mean) is not None]
    return _mean(means) if len(means) > 1 else None


def fallen(since: Between | None) -> frozenset[str]:
    """Codes of the actions that more people rate lower than in the round before."""
    return frozenset(change.code for change in since.read(ChangeReading.LOWER)) if since else frozenset()


def _candidates(reads: Sequence[_Read], fallen: frozenset[str]) -> list[Candidate]:
    return [
        Candidate(r.counts.number, r.counts.code, r.whole, r.verdict, r.band, r.counts.code in fallen)
        for r in reads
        if r.verdict is not None and r.verdict is not Verdict.TOO_FEW
    ]


def _action_result(read: _Read, names: Mapping[str, str], rules: Rules) -> ActionResult:
    action, whole = read.counts, read.whole
    result = ActionResult(
        number=action.number,
        code=action.code,
        area=action.area,
        hidden=read.hidden,
        groups=_cells(read, names, rules) if action.asked else (),
        rated=action.asked,
    )
    if read.hidden or not action.asked:
        return result
    return replace(
        result,
        distribution=whole,
        mean=whole.mean,
        median=whole.median,
        average_deviation=average_deviation(whole),
        consensus=consensus(whole),
        verdict=read.verdict,
        band=read.band,
        equal_weight_mean=_float(read.equal_weight),
        equal_weight_differs=_differs(read.mean, read.equal_weight),
    )


def _group_names(actions: Sequence[ActionCounts]) -> dict[str, str]:
    """Key -> name of every group of which somebody answered the round, whichever action says so.

    In a workshop somebody can change their organisation between two actions, or it its name.
    """
    return {
        key: name
        for action in actions
        for key, name in (*((group.key, group.name) for group in action.groups), *action.hidden_groups)
    }


def _cells(read: _Read, names: Mapping[str, str], rules: Rules) -> tuple[GroupResult, ...]:
    """A cell for each group of which somebody answered the round, by name: the same for every action."""
    shown = {} if read.hidden else {group.key: group.distribution for group in read.counts.groups}
    silent = None if rules.confidential or read.hidden else Distribution.empty()
    in_order = sorted(names.items(), key=lambda each: (each[1], each[0]))
    return tuple(_cell(key, name, shown.get(key, silent)) for key, name in in_order)


def _cell(key: str, name: str, distribution: Distribution | None) -> GroupResult:
    if distribution is None:
        return GroupResult(key, name, None, None, True)
    return GroupResult(key, name, distribution.n, distribution.mean, False)


def _areas(reads: Sequence[_Read], listed: set[int]) -> tuple[AreaResult, ...]:
    codes = dict.fromkeys(read.counts.area for read in reads)
    return tuple(_area(code, [read for read in reads if read.counts.area == code], listed) for code in codes)


def _area(code: str, reads: Sequence[_Read], listed: set[int]) -> AreaResult:
    means = [read.mean for read in reads if read.mean is not None]
    equal = [read.equal_weight for read in reads if read.equal_weight is not None]
    mean = _mean(means)
    equal_weight = _mean(equal) if len(equal) == len(means) else None
    return AreaResult(
        code=code,
        n=len(means),
        n_actions=len(reads),
        mean=_float(mean),
        equal_weight_mean=_float(equal_weight),
        equal_weight_differs=_differs(mean, equal_weight),
        attention=sum(read.counts.number in listed for read in reads),
    )


def _share_high(reads: Sequence[_Read]) -> float | None:
    shown = [read.whole for read in reads if not read.hidden]
    levels = sum(each.n for each in shown)
    return sum(each.high for each in shown) / levels if levels else None


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _differs(one: Fraction | None, other: Fraction | None) -> bool:
    return one is not None and other is not None and abs(one - other) >= WORTH_SAYING
