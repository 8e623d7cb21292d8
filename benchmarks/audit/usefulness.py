"""What the promise costs: how often groups, counts and readings can be shown, false alarms and power.

Simulated partnerships of 11 actions. Each person has a view of their own of each action; what they say is
that with some chance in it, as a level. People come and go from round to round.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from assessments.analysis import Answered, ChangeReading, Distribution, Pair, compare
from assessments.analysis.alone import ALPHA, sign_test
from assessments.analysis.disclosure import protected
from assessments.analysis.hiding import Part, hidden_for_action

ACTIONS, LEAST = 11, 5
CLEAR = {ChangeReading.HIGHER, ChangeReading.LOWER}
Said = list[int | None]


@dataclass(frozen=True)
class Setting:
    """``turnover``: which share of the people of a round are not in the other. ``risen``: on how many actions
    everybody's view goes up by one level."""

    people: int
    turnover: float = 0.0
    risen: int = 0
    unsure: float = 0.05


@dataclass(frozen=True)
class Rounds:
    """What each person said in two rounds (a list of levels, None without), by who was there when."""

    both: list[tuple[Said, Said]]
    gone: list[Said]
    new: list[Said]


def two_rounds(rng: random.Random, setting: Setting) -> Rounds:
    means = [rng.uniform(2.2, 4.0) for _action in range(ACTIONS)]
    risen = set(rng.sample(range(ACTIONS), setting.risen))
    alone = [rng.random() < setting.turnover for _person in range(setting.people)]

    def views() -> list[float]:
        lean = rng.gauss(0, 0.4)
        return [mean + lean + rng.gauss(0, 0.6) for mean in means]

    def says(view: list[float], later: bool) -> Said:
        return [
            None
            if rng.random() < setting.unsure
            else _level(rng.gauss(each + (later and place in risen), 0.5))
            for place, each in enumerate(view)
        ]

    both = [(says(view, False), says(view, True)) for view in (views() for each in alone if not each)]
    once = sum(alone)
    return Rounds(
        both,
        [says(views(), False) for _person in range(once)],
        [says(views(), True) for _person in range(once)],
    )


def _level(view: float) -> int:
    return min(5, max(1, round(view)))


def _spread(levels: Said) -> Distribution:
    return Distribution(tuple(levels.count(level) for level in range(1, 6)))


def changes(rounds: Rounds):
    befores = [*(before for before, _after in rounds.both), *rounds.gone]
    afters = [*(after for _before, after in rounds.both), *rounds.new]
    pairs = [
        Pair(place + 1, str(place), *(_whole([each[place] for each in side]) for side in (befores, afters)))
        for place in range(ACTIONS)
    ]
    answered = Answered(len(befores), len(afters))
    people = [
        [None if None in both else both for both in zip(before, after, strict=True)]
        for before, after in rounds.both
    ]
    return compare(pairs, people, answered=answered, least=LEAST, confidential=True)


def _whole(levels: Said) -> Distribution | None:
    spread = _spread(levels)
    return spread if spread.n >= LEAST else None


def _signs(rounds: Rounds) -> list[list[int | None]]:
    return [
        [None if None in (b, a) else (a > b) - (a < b) for b, a in zip(before, after, strict=True)]
        for before, after in rounds.both
    ]


def shown(rng: random.Random, setting: Setting, times: int) -> dict[str, float]:
    """Which shares of actions have counts, a reading, a clear one; how often the line over all stands, and
    how often chance alone is taken for a change somewhere in a comparison."""
    found = Counter()
    for _time in range(times):
        read = changes(two_rounds(rng, setting))
        found["counts"] += sum(not each.hidden for each in read.actions) / ACTIONS
        found["reading"] += sum(each.reading is not ChangeReading.TOO_FEW for each in read.actions) / ACTIONS
        found["line over all"] += not read.overall.hidden
        found["alarm"] += any(each.reading in CLEAR for each in (*read.actions, read.overall))
    return {what: count / times for what, count in found.items()}


def power(rng: random.Random, setting: Setting, times: int) -> dict[str, float]:
    """How often a rise of one level is read, of an action that rose and of the line over all of them; and by
    Holm's correction of plain sign tests."""
    found = Counter()
    for _time in range(times):
        rounds = two_rounds(rng, setting)
        read, by_holm = changes(rounds), _holm(_signs(rounds))
        found["read"] += sum(each.reading is ChangeReading.HIGHER for each in read.actions) / setting.risen
        found["by Holm"] += sum(by_holm) / setting.risen
        found["line over all"] += read.overall.reading is ChangeReading.HIGHER
    return {what: count / times for what, count in found.items()}


def _holm(people: list[list[int | None]]) -> list[bool]:
    ps = [(sign_test(signs.count(1), signs.count(-1)), signs) for signs in zip(*people, strict=True)]
    clear = []
    for rank, (p, signs) in enumerate(sorted(ps, key=lambda each: each[0])):
        if p * (len(ps) - rank) > ALPHA:
            break
        clear.append(signs.count(1) > signs.count(-1))
    return clear


def groups(rng: random.Random, people: int, times: int) -> dict[str, float]:
    """Which share of the cells of organisations are shown, and would be by numbers of people alone."""
    cells = Counter()
    for _time in range(times):
        names = "ABCDEF"[: rng.randint(3, 6)]
        where = rng.choices(names, weights=[rng.uniform(1, 4) for _name in names], k=people)
        mean, unsure = rng.uniform(2.2, 4.0), 0.05
        lean = {name: rng.gauss(0, 0.4) for name in names}
        said = [
            None if rng.random() < unsure else _level(rng.gauss(mean + lean[name], 0.8)) for name in where
        ]
        by_name = {
            name: [s for s, there in zip(said, where, strict=True) if there == name] for name in set(where)
        }
        parts = {(name, name): Part(len(each), _spread(each)) for name, each in by_name.items()}
        cells["all"] += len(parts)
        cells["shown"] += len(parts) - len(hidden_for_action(parts, Part(0, Distribution.empty()), LEAST))
        sizes = {name: part.said.n for name, part in parts.items()}
        cells["by numbers"] += len(parts) - len(protected(sizes, LEAST))
    return {what: cells[what] / cells["all"] for what in ("shown", "by numbers")}
