"""Pairs of rounds, three rounds, and ratings given again in a room: what is printed of them, and some scenes.

Which line a test draws hangs on the other actions. Somebody may know all of those, so each scene has a line
that its askers know, anywhere between the plain sign test and the strictest.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from itertools import combinations

from assessments.analysis import Answered, Change, Changes, Distribution, Pair, compare
from assessments.analysis import ChangeReading as Reading
from assessments.analysis.alone import ALPHA, Line, sign_test
from assessments.analysis.comparing import what_is_said
from assessments.analysis.moved import Cells, Moved, tied

from . import groups
from .groups import LEAST, SAYINGS, Room
from .scenes import Column, Scene

FAMILY = 12
"""Eleven actions and the line over all of them."""


def counts(column: Column) -> tuple[int, ...]:
    return tuple(column.count(saying) for saying in range(SAYINGS))


def cells(column: Column, names: tuple[str | None, ...]) -> Hashable:
    """What is printed of the groups; None where the action is hidden."""
    if sum(counts(column)[:5]) < LEAST:
        return None
    there = sorted({name for name in names if name is not None})
    said = tuple(
        counts(tuple(each for each, name in zip(column, names, strict=True) if name == group))
        for group in there
    )
    return tuple(zip(there, _shown(Room(tuple(there), said)), strict=True))


_shown = lru_cache(maxsize=200_000)(groups.shown)


def levels(before: Column, after: Column, proved: tuple[bool, ...]) -> tuple[tuple[int, int] | None, ...]:
    """The two levels of each who can be matched; None where there are not two."""
    return tuple(
        (b + 1, a + 1) if can and None not in (a, b) and max(a, b) < 5 else None
        for b, a, can in zip(before, after, proved, strict=True)
    )


def change(
    before: Column,
    after: Column,
    proved: tuple[bool, ...],
    tests: int,
    *,
    room: bool,
    has_cells: bool = False,
    is_tied: bool = False,
) -> Hashable:
    """What is printed of an action between two ratings, by a line of so many tests."""
    before, after, proved = _asked(before, after, proved) if room else (before, after, proved)
    there = _both(before, after, proved)
    people = [each for each, both in zip(levels(before, after, proved), there, strict=True) if both]
    answered = sum(each is not None for each in before), sum(each is not None for each in after)
    wholes = counts(before)[:5], counts(after)[:5]
    return _said(*wholes, tuple(sorted(people, key=str)), answered, tests, room, has_cells, is_tied)


def _both(before: Column, after: Column, proved: tuple[bool, ...]) -> list[bool]:
    return [can and None not in (a, b) for b, a, can in zip(before, after, proved, strict=True)]


def _asked(before: Column, after: Column, proved: tuple[bool, ...]):
    """In a room who said nothing was not there."""
    there = (tuple(None if said == groups.NOTHING else said for said in column) for column in (before, after))
    return *there, proved


@lru_cache(maxsize=200_000)
def _said(
    before, after, people, answered, tests: int, room: bool, has_cells: bool, is_tied: bool
) -> Hashable:
    wholes = [Distribution(each) if sum(each) >= LEAST else None for each in (before, after)]
    pair = Pair(1, "a", *wholes, has_cells=has_cells, is_tied=is_tied)
    moved = Moved(pair, people, Answered(*answered), LEAST, confidential=True)
    line = Line(moved.matched, tests if room else FAMILY, simple=room)
    tested = moved.tested_signs
    return what_is_said(moved, tests * sign_test(tested.count(1), tested.count(-1)) <= ALPHA, line)


def _names(table: Hashable) -> frozenset[str]:
    """Of the groups of which a cell is shown."""
    return frozenset(name for name, cell in table or () if cell is not None)


def _ties(tables, groups_of) -> frozenset[int]:
    return tied(
        [
            Cells(bool(_names(table)), {n: name for n, name in enumerate(names) if name is not None})
            for table, names in zip(tables, groups_of, strict=True)
        ],
        LEAST,
    )


# --- Scenes of one action ---


def some_rounds(rng: random.Random, rounds: int = 2) -> Scene:
    """Two or three rounds with newcomers, leavers, people who changed group and some who prove nothing."""
    names = ["A", "B", "C", ""][: rng.randint(1, 4)]
    people = rng.randint(7, 16)
    turnover, moving = rng.choice([0, 0.1, 0.2, 0.4]), rng.choice([0, 0, 0.1])
    where = []
    for _person in range(people):
        home = rng.choice(names)
        there = [rng.choice(names) if rng.random() < moving else home for _round in range(rounds)]
        where.append(tuple(None if rng.random() < turnover else group for group in there))
    where = [each if any(each) or "" in each else (rng.choice(names), *each[1:]) for each in where]
    proved = tuple(rng.random() > 0.05 for _person in where)
    tests, mood = rng.choice([1, 2, 4, 11]), _movement(rng)
    said = _columns(rng, where, rounds, mood)
    groups_of = [tuple(each[place] for each in where) for place in range(rounds)]

    def prints(said: tuple[Column, ...]) -> Hashable:
        tables = tuple(cells(column, names) for column, names in zip(said, groups_of, strict=True))
        ties = _ties(tables, groups_of)
        return tables, tuple(
            change(
                said[one],
                said[two],
                proved,
                tests,
                room=False,
                has_cells=bool(_names(tables[one]) | _names(tables[two])),
                is_tied=bool({one, two} & ties),
            )
            for one, two in combinations(range(rounds), 2)
        )

    return Scene(tuple(zip(where, proved, strict=True)), said, prints)


def some_workshop(rng: random.Random) -> Scene:
    """First and second ratings of an action in a room: latecomers, and some who do not rate again."""
    names = ["A", "B", "C", ""][: rng.randint(1, 4)]
    turnover = rng.choice([0, 0.1, 0.2])
    where = []
    for _person in range(rng.randint(7, 14)):
        home = rng.choice(names)
        where.append(tuple(None if rng.random() < turnover else home for _time in range(2)))
    where = [each if any(each) or "" in each else (rng.choice(names), None) for each in where]
    proved, tests = (True,) * len(where), rng.choice([1, 5, 11])
    said = _columns(rng, where, 2, _movement(rng))
    first = tuple(each[0] for each in where)

    def prints(said: tuple[Column, ...]) -> Hashable:
        table = cells(said[0], first)
        return table, change(*said, proved, tests, room=True, has_cells=bool(_names(table)))

    return Scene(tuple(where), said, prints)


def _columns(rng, where, rounds: int, mood: Callable[[int | None], int]) -> tuple[Column, ...]:
    rows = []
    for there in where:
        row, last = [], None
        for place in range(rounds):
            said = None if there[place] is None else mood(last)
            row.append(said)
            last = said if said is not None and said < 5 else last
        rows.append(row)
    return tuple(tuple(column) for column in zip(*rows, strict=True))


def _movement(rng: random.Random) -> Callable[[int | None], int]:
    """What somebody says, given what they said before: all stay, nearly all go one way, anything."""
    scale = sorted(rng.sample(range(5), rng.choice([2, 3, 4, 5])))
    step, stays, unsure = rng.choice([-1, 0, 1, 1, 2]), rng.choice([0, 0.1, 0.5]), rng.choice([0, 0.05, 0.15])
    wild = rng.choice([0, 0.05, 0.3])

    def says(last: int | None) -> int:
        chance = rng.random()
        if chance < unsure:
            return groups.DONT_KNOW if chance < unsure * 0.8 else groups.NOTHING
        if last is None or rng.random() < wild:
            return rng.choice(scale)
        return last if rng.random() < stays else min(4, max(0, last + step))

    return says


# --- Several actions and the line over all of them ---


def some_actions(rng: random.Random) -> Scene:
    """Two rounds of three to five actions, read by the very test that the product uses."""
    actions, people = rng.randint(3, 5), rng.randint(7, 12)
    turnover = rng.choice([0, 0.1, 0.2])
    where = [
        tuple(None if rng.random() < turnover else "" for _round in range(2)) for _person in range(people)
    ]
    where = [each if "" in each else ("", None) for each in where]
    proved = (True,) * people
    pairs = [_columns(rng, where, 2, _movement(rng)) for _action in range(actions)]

    def prints(said: tuple[Column, ...]) -> Hashable:
        return _compared(said, proved)

    return Scene(tuple(where), tuple(column for pair in pairs for column in pair), prints)


@lru_cache(maxsize=100_000)
def _compared(said: tuple[Column, ...], proved: tuple[bool, ...]) -> Hashable:
    both = [said[place : place + 2] for place in range(0, len(said), 2)]
    pairs = [Pair(number, str(number), *map(_whole, pair)) for number, pair in enumerate(both, 1)]
    rows = zip(*(levels(*pair, proved) for pair in both), strict=True)
    there = [None not in (b, a) for b, a in zip(*both[0], strict=True)]
    people = [row for row, is_there in zip(rows, there, strict=True) if is_there]
    answered = Answered(*(sum(each is not None for each in column) for column in both[0]))
    return compare(pairs, people, answered=answered, least=LEAST, confidential=True)


def _whole(column: Column) -> Distribution | None:
    levels = counts(column)[:5]
    return Distribution(levels) if sum(levels) >= LEAST else None


def what_stands(printed: Hashable) -> dict[str, int]:
    """How many changes are printed, with counts, and with nothing but a reading."""
    changes = list(_changes(printed))
    return {
        "changes": len(changes),
        "counts": sum(each.matched is not None for each in changes),
        "readings": sum(each.matched is None and each.reading is not Reading.TOO_FEW for each in changes),
    }


def _changes(printed: Hashable) -> Iterator[Change]:
    if isinstance(printed, Change):
        yield printed
    elif isinstance(printed, Changes):
        yield from (*printed.actions, printed.overall)
    elif isinstance(printed, tuple):
        for part in printed:
            yield from _changes(part)
