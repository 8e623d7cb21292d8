"""How the people who rated both times moved: from their levels to what may be said of every action.

Asked once, when the second of two rounds freezes, or when a room sees its second ratings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .alone import ALPHA, Line, sign_test
from .change import LEAST_MATCHED, Change, Reading, not_comparable
from .coarse import NOTHING, coarse, exact
from .moved import Answered, Levels, Moved, Pair, Sign, as_said
from .swaps import corrected

ENOUGH_ACTIONS = 3
"""Over fewer actions the line over all of them would say of one what is hidden of it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """One change for each action, and one over all that were tested (its number is 0 and its code empty)."""

    actions: tuple[Change, ...]
    overall: Change


def compare(
    pairs: Sequence[Pair],
    people: Sequence[Sequence[Levels]],
    *,
    answered: Answered,
    least: int,
    confidential: bool,
) -> Changes:
    """Every action's change and the line over all of them, corrected together.

    ``people`` has for everybody who answered both times and may be matched the two levels they gave each of
    ``pairs``, in the same order, also for those who have none but ``None``. ``least`` is the least number to
    show.

    Raises ``ValueError`` where more are matched than gave a level, or more gave one than answered.
    """
    in_order = sorted(people, key=_as_text)
    moved = [
        Moved(pair, tuple(each[place] for each in in_order), answered, least, confidential)
        for place, pair in enumerate(pairs)
    ]
    tested = [each for each in moved if each.is_tested]
    overall = tuple(_over_all(signs) for signs in zip(*(each.signs for each in tested), strict=True))
    members = [*(each.tested_signs for each in tested), _tested_over_all(overall, tested)] if tested else []
    ps = corrected([[sign or 0 for sign in signs] for signs in members])
    clear = {each.pair.number: p <= ALPHA for each, p in zip(tested, ps, strict=False)}
    line = Line(max((each.matched for each in tested), default=0), len(members))
    actions = tuple(what_is_said(each, clear.get(each.pair.number, False), line) for each in moved)
    return Changes(actions, _overall(overall, moved, clear=bool(ps) and ps[-1] <= ALPHA))


def compare_in_room(
    pair: Pair, people: Sequence[Levels], *, answered: Answered, of: int, least: int, confidential: bool
) -> Change:
    """The change of one action that a room rated again, corrected over all ``of`` the edition.

    So nothing that is shown is corrected less than what follows: the plain p times the number of actions.
    ``people`` are all who said something of it both times, ``answered`` how many did each time.
    """
    moved = Moved(pair, tuple(people), answered, least, confidential)
    tested = moved.tested_signs
    clear = of * sign_test(tested.count(1), tested.count(-1)) <= ALPHA
    found = what_is_said(moved, clear, Line(moved.matched, of, simple=True))
    return replace(found, could_show=found.could_show and _could_show(moved, of))


def what_is_said(moved: Moved, clear: bool, line: Line) -> Change:
    """The change of an action, if the test finds it ``clear``; the line of the test is as ``line`` says."""
    pair = moved.pair
    if pair.why:
        return not_comparable(pair.number, pair.code, pair.why)
    reading = _reading(moved.signs, clear=clear) if moved.is_tested else Reading.TOO_FEW
    could_show = moved.is_tested and _could_show(moved, 1)
    found = Change(pair.number, pair.code, "", reading, None, None, None, could_show=could_show)
    if moved.counts_stand:
        said = coarse if moved.confidential else exact
        return found.with_counts(said(*moved.numbers))
    if moved.is_tested and not moved.may_be_read(line):
        found = replace(found, reading=Reading.TOO_FEW, could_show=False)
    return replace(found, hidden=moved.confidential)


def _reading(signs: Sequence[Sign], *, clear: bool) -> Reading:
    if not clear:
        return Reading.NO_CLEAR_CHANGE
    return Reading.HIGHER if signs.count(1) > signs.count(-1) else Reading.LOWER


def _could_show(moved: Moved, of: int) -> bool:
    """Whether all of the matched moving the same way could be clear; not asked where they are hidden."""
    if not moved.counts_stand:
        return True
    all_up: Sequence[Sign] = [1] * moved.matched
    all_up = as_said(all_up) if moved.can_be_told_apart else all_up
    return of * sign_test(all_up.count(1), all_up.count(-1)) <= ALPHA


def _as_text(levels: Sequence[Levels]) -> tuple[str, ...]:
    return tuple(map(str, levels))


# --- Over all of them ---


def _over_all(signs: Sequence[Sign]) -> Sign:
    """Whether somebody rates more actions higher or lower; ``None`` where they rated none both times."""
    rated = [sign for sign in signs if sign is not None]
    total = sum(rated)
    return (total > 0) - (total < 0) if rated else None


def _tested_over_all(signs: tuple[Sign, ...], tested: Sequence[Moved]) -> tuple[Sign, ...]:
    """As for an action: where people can be told apart, a reading says no more than coarse counts."""
    return as_said(signs) if any(each.can_be_told_apart for each in tested) else signs


def _overall(signs: tuple[Sign, ...], moved: Sequence[Moved], *, clear: bool) -> Change:
    why = min((each.pair.why for each in moved), default="")
    if why:
        return not_comparable(0, "", why)
    found = Change(0, "", "", Reading.TOO_FEW, None, None, None, could_show=False)
    matched = sum(sign is not None for sign in signs)
    numbers = signs.count(-1), signs.count(0), signs.count(1)
    confidential = any(each.confidential for each in moved)
    is_tested = matched >= LEAST_MATCHED
    if not is_tested or (confidential and not _stands_over_all(moved)):
        counts = exact(*numbers) if matched and not confidential else NOTHING
        return replace(found, hidden=confidential).with_counts(counts)
    said = coarse if confidential else exact
    reading = _reading(signs, clear=clear)
    return replace(found, reading=reading, could_show=True).with_counts(said(*numbers))


def _stands_over_all(moved: Sequence[Moved]) -> bool:
    """Over one or two actions it would say what is hidden of one of them."""
    tested = [each for each in moved if each.is_tested]
    return len(tested) >= ENOUGH_ACTIONS or all(each.counts_stand for each in tested)
