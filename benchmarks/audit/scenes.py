"""Several ratings by much the same people: is there another way for all of it to have been?

A scene is who was where, and what each said each time. For everybody who may ask, and each set of people
whom nobody can tell apart, another scene is looked for that prints exactly the same and in which one of them
said something else. What is found is proof: nothing that is printed tells what they said. Looked for is by
exchanging what two people said, which keeps the distributions, and a few more exchanges to set right what
else is printed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from .groups import NOTHING, OUTSIDER

ABSENT = None
Column = tuple[int | None, ...]
"""What each person said one time of one action: 0 to 4 a level, then don't know, nothing; None if absent."""
TRIES = 600
LONG = 20


@dataclass(frozen=True)
class Scene:
    """``where``: for each person what everybody knows of them. ``said`` has a column for each rating.

    ``prints`` gives everything that is shown if that is what people said.
    """

    where: tuple[Hashable, ...]
    said: tuple[Column, ...]
    prints: Callable[[tuple[Column, ...]], Hashable]


@dataclass(frozen=True)
class Found:
    """How many (asker, people, rating) were looked at, and those for which no other scene was found."""

    looked: int
    left: tuple[tuple[int | None, Hashable, int], ...]


def look(scene: Scene, rng: random.Random, tries: int = TRIES) -> Found:
    looked, left = 0, []
    for asker in _askers(scene):
        search = _Search(scene, asker, rng)
        goals = search.goals()
        looked += len(search.seen)
        left += [(asker, *goal) for goal in goals if not search.settle(goal, tries)]
    return Found(looked, tuple(left))


def _askers(scene: Scene) -> list[int | None]:
    """Somebody outside, and one of each who know the same."""
    of_a_kind = {
        (where, *said): n for n, (where, *said) in enumerate(zip(scene.where, *scene.said, strict=True))
    }
    return [OUTSIDER, *of_a_kind.values()]


class _Search:
    """Other scenes as one asker knows it could have been."""

    def __init__(self, scene: Scene, asker: int | None, rng: random.Random) -> None:
        self.scene, self.asker, self.rng = scene, asker, rng
        self.printed = scene.prints(scene.said)
        self.worlds = [scene.said]
        self.sets = defaultdict(list)
        for person, where in enumerate(scene.where):
            if person != asker:
                self.sets[where].append(person)
        self.seen = defaultdict(int)
        self._note(scene.said)

    def _note(self, said: tuple[Column, ...]) -> None:
        for where, people in self.sets.items():
            for place, column in enumerate(said):
                for person in people:
                    if column[person] is not ABSENT:
                        self.seen[where, place] |= 1 << column[person]

    def goals(self) -> list[tuple[Hashable, int]]:
        return [
            goal for goal in self.seen if not self._is_open(goal) and not self._all_said_the_same(goal[1])
        ]

    def _is_open(self, goal: tuple[Hashable, int]) -> bool:
        sayings = self.seen[goal]
        return bool(sayings & (sayings - 1)) or sayings == 1 << NOTHING

    def _all_said_the_same(self, place: int) -> bool:
        column = self.scene.said[place]
        return len({said for n, said in enumerate(column) if n != self.asker and said is not ABSENT}) == 1

    def settle(self, goal: tuple[Hashable, int], tries: int) -> bool:
        """Whether a scene was found in which one of these people said something else."""
        where, place = goal
        for attempt in range(tries):
            if self._is_open(goal):
                return True
            said = [list(column) for column in self._from(attempt)]
            self._exchange_some(said, place, self.rng.choice(self.sets[where]))
            for _more in range(min(attempt // 12, self.rng.randrange(5))):
                self._exchange_some(said, place, self.rng.randrange(len(self.scene.where)))
            self._keep(tuple(map(tuple, said)))
        return self._is_open(goal)

    def _from(self, attempt: int) -> tuple[Column, ...]:
        return self.scene.said if attempt < 12 else self.rng.choice(self.worlds)

    def _exchange_some(self, said: list[list[int | None]], place: int, person: int) -> None:
        """With anybody: all that the two said, or one rating, mostly that of the place."""
        if self.rng.random() < 0.5:
            self._exchange(said, said[place], person)
        else:
            column = said[place] if self.rng.random() < 0.6 else self.rng.choice(said)
            self._exchange([column], column, person)

    def _exchange(self, columns: list[list[int | None]], differing: list[int | None], person: int) -> None:
        """With anybody who was there and said something else; the asker knows their own."""
        own = differing[person]
        others = [n for n, said in enumerate(differing) if n != self.asker and said not in (ABSENT, own)]
        if person == self.asker or own is ABSENT or not others:
            return
        other = self.rng.choice(others)
        for column in columns:
            if ABSENT not in (column[person], column[other]):
                column[person], column[other] = column[other], column[person]

    def _keep(self, said: tuple[Column, ...]) -> None:
        if self.scene.prints(said) == self.printed:
            self._note(said)
            self.worlds = [*self.worlds[-40:], said]
