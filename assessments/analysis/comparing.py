"""How the people who rated both times moved: from their signs to what may be said of every action.

Asked once, when the second of two rounds freezes, or when a room sees its second ratings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .alone import ALPHA, Line, may_be_read, sign_test
from .change import LEAST_MATCHED, Change, Reading
from .coarse import NOTHING, coarse, exact
from .distribution import Distribution
from .swaps import corrected

Sign = int | None
"""1 for a higher level than before, -1 for a lower, 0 for the same; ``None`` without a level both times."""

ENOUGH_ACTIONS = 3
"""Over fewer actions the line over all of them would say of one what is hidden of it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An action in two ratings of it: both distributions as everybody sees them, ``None`` where hidden.

    Looking back has no distribution that anybody sees: ``looked_back`` is how many did. ``why`` says why the
    two cannot be compared; empty where they can.
    """

    number: int
    code: str
    before: Distribution | None = None
    after: Distribution | None = None
    looked_back: int | None = None
    why: str = ""

    @property
    def n_before(self) -> int | None:
        return self.looked_back if self.before is None else self.before.n


@dataclass(frozen=True, slots=True)
class Changes:
    """One change for each action, and one over all that were tested (its number is 0 and its code empty)."""

    actions: tuple[Change, ...]
    overall: Change


@dataclass(frozen=True, slots=True)
class _Moved:
    """An action on its way: the sign of each person, and how many rated it one time alone."""

    pair: Pair
    signs: tuple[Sign, ...]
    gone: int
    new: int

    @property
    def matched(self) -> int:
        return sum(sign is not None for sign in self.signs)

    @property
    def is_tested(self) -> bool:
        return self.is_known and self.matched >= LEAST_MATCHED

    @property
    def is_known(self) -> bool:
        return not self.pair.why and None not in (self.pair.after, self.pair.n_before)

    def numbers(self) -> tuple[int, int, int]:
        """How many went lower, stayed, went higher."""
        return self.signs.count(-1), self.signs.count(0), self.signs.count(1)


def compare(
    pairs: Sequence[Pair], people: Sequence[Sequence[Sign]], *, least: int, confidential: bool
) -> Changes:
    """Every action's change and the line over all of them, corrected together.

    ``people`` has for everybody who may be matched a sign for each of ``pairs``, in the same order. ``least``
    is the least number to show. Tested is what at least six rated both times.

    Raises ``ValueError`` where more are matched than gave a level.
    """
    moved = [_moved(pair, [person[place] for person in people]) for place, pair in enumerate(pairs)]
    tested = [each for each in moved if each.is_tested]
    overall = tuple(_over_all(signs) for signs in zip(*(each.signs for each in tested), strict=True))
    members = [*(each.signs for each in tested), overall] if tested else []
    ps = corrected([[sign or 0 for sign in signs] for signs in members])
    clear = {each.pair.number: p <= ALPHA for each, p in zip(tested, ps, strict=False)}
    line = Line(max((each.matched for each in tested), default=0), len(members))
    actions = [
        _change(each, clear.get(each.pair.number, False), line, least=least, confidential=confidential)
        for each in moved
    ]
    return Changes(
        tuple(actions),
        _overall(overall, moved, bool(ps) and ps[-1] <= ALPHA, least=least, confidential=confidential),
    )


def compare_in_room(pair: Pair, signs: Sequence[Sign], *, of: int, least: int, confidential: bool) -> Change:
    """The change of one action that a room rated again, corrected over all ``of`` the edition.

    So nothing that is shown is corrected less than what follows: the plain p times the number of actions.
    """
    moved = _moved(pair, signs)
    lower, _same, higher = moved.numbers()
    line = Line(moved.matched, of, simple=True)
    found = _change(
        moved, of * sign_test(higher, lower) <= ALPHA, line, least=least, confidential=confidential
    )
    if found.matched is None or found.reading is Reading.TOO_FEW:
        return found
    return replace(found, could_show=line.is_clear(found.matched, 0))


# --- One action ---


def _moved(pair: Pair, signs: Sequence[Sign]) -> _Moved:
    matched = sum(sign is not None for sign in signs)
    if pair.why or pair.after is None or pair.n_before is None:
        return _Moved(pair, tuple(signs), 0, 0)
    gone, new = pair.n_before - matched, pair.after.n - matched
    if min(gone, new) < 0:
        raise ValueError(f"more people are matched for action {pair.number} than gave it a level")
    return _Moved(pair, tuple(signs), gone, new)


def _change(moved: _Moved, clear: bool, line: Line, *, least: int, confidential: bool) -> Change:
    found = Change(
        moved.pair.number, moved.pair.code, moved.pair.why, _reading(moved, clear), None, None, None
    )
    found = replace(found, could_show=moved.is_tested)
    if moved.pair.why:
        return found
    if not confidential:
        return found.with_counts(exact(*moved.numbers()) if moved.is_known else NOTHING)
    if _counts_stand(moved, least):
        return found.with_counts(coarse(*moved.numbers()))
    if moved.is_tested and not _may_be_read(moved, line):
        found = replace(found, reading=Reading.TOO_FEW, could_show=False)
    return replace(found, hidden=True)


def _reading(moved: _Moved, clear: bool) -> Reading:
    if moved.pair.why:
        return Reading.NOT_COMPARABLE
    if not moved.is_tested:
        return Reading.TOO_FEW
    lower, _same, higher = moved.numbers()
    if not clear:
        return Reading.NO_CLEAR_CHANGE
    return Reading.HIGHER if higher > lower else Reading.LOWER


def _counts_stand(moved: _Moved, least: int) -> bool:
    return moved.is_tested and not any(0 < alone < least for alone in (moved.gone, moved.new))


def _may_be_read(moved: _Moved, line: Line) -> bool:
    pair = moved.pair
    if pair.after is None:
        return False
    here = replace(line, people=max(line.people, moved.matched))
    return may_be_read(pair.before, pair.after, gone=moved.gone, new=moved.new, line=here)


# --- Over all of them ---


def _over_all(signs: Sequence[Sign]) -> Sign:
    """Whether somebody rates more actions higher or lower; ``None`` where they rated none both times."""
    rated = [sign for sign in signs if sign is not None]
    total = sum(rated)
    return (total > 0) - (total < 0) if rated else None


def _overall(
    signs: tuple[Sign, ...], moved: Sequence[_Moved], clear: bool, *, least: int, confidential: bool
) -> Change:
    whys = {each.pair.why for each in moved}
    line = _Moved(
        Pair(0, "", looked_back=0, after=Distribution.empty(), why=min(whys, default="")), signs, 0, 0
    )
    found = Change(0, "", line.pair.why, _reading(line, clear), None, None, None, could_show=line.is_tested)
    if line.pair.why:
        return found
    if not confidential:
        return found.with_counts(exact(*line.numbers()) if line.matched else NOTHING)
    if line.is_tested and _stands_over_all(moved, least):
        return found.with_counts(coarse(*line.numbers()))
    return replace(found, reading=Reading.TOO_FEW, could_show=False, hidden=True)


def _stands_over_all(moved: Sequence[_Moved], least: int) -> bool:
    """Over one or two actions it would say what is hidden of one of them."""
    tested = [each for each in moved if each.is_tested]
    return len(tested) >= ENOUGH_ACTIONS or all(_counts_stand(each, least) for each in tested)
