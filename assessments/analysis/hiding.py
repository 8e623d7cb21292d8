"""Which groups of a round are hidden, for the round and for an action: the sets alone.

Group means and the mean of the whole room are sums that can be subtracted, so hiding one small group alone
would hide nothing. Who is hidden is looked for in who answered the round and in the room's own distribution,
which everybody sees; what the people of a group said is looked at in one place only (:func:`tells`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .distribution import LEVELS, Distribution

MAY_DIFFER = 2
"""A group is as good as of one mind while so many of it, at most, said something else."""
EITHER_SIDE = 2
"""So many on either side of a level keep its mean from telling, also for one of these themselves."""

Name = tuple[str, str]
"""Name, then key: ties go by name, and the key tells two groups of one name apart."""


@dataclass(frozen=True, slots=True)
class Part:
    """People of a round: how many ``answered`` it, and what they said of one action."""

    answered: int
    said: Distribution

    def __post_init__(self) -> None:
        if self.answered < self.said.n + self.said.dont_know:
            raise ValueError("more people said something of an action than answered the round")

    def __add__(self, other: Part) -> Part:
        return Part(self.answered + other.answered, self.said + other.said)


NOBODY = Part(0, Distribution.empty())


def hidden_for_round(answered: Mapping[Name, int], least: int, ungrouped: int = 0) -> frozenset[Name]:
    """The groups hidden for every action of a round, from how many of each ``answered`` it.

    Hidden are the groups of 1 to ``least`` - 1 people. If there are any, or 1 to ``least`` - 1 people are in
    no group, the smallest remaining group is added again and again (ties by name) until the hidden, with the
    people in no group, are at least two groups and at least ``least`` people.

    Raises ``ValueError`` for a number of people below nought.
    """
    if min([ungrouped, *answered.values()]) < 0:
        raise ValueError("a group cannot have fewer than no people")
    people = {name: size for name, size in answered.items() if size}
    hidden = {name for name, size in people.items() if size < least}
    if not hidden and not 0 < ungrouped < least:
        return frozenset()
    for name in _smallest_first(people, hidden):
        sizes = [people[each] for each in hidden] + [ungrouped] * (ungrouped > 0)
        if len(sizes) >= 2 and sum(sizes) >= least:
            break
        hidden.add(name)
    return frozenset(hidden)


def hidden_for_action(groups: Mapping[Name, Part], ungrouped: Part, least: int) -> frozenset[Name]:
    """The groups hidden for one action: those of the round, and those whose cell would tell.

    To the hidden of the round come the groups of which fewer than ``least`` gave the action a level (also
    none: an empty cell would say that all of them gave none) and those that :func:`tells` names; then the
    smallest remaining, again and again, until at least ``least`` of the hidden gave a level and the hidden
    taken as one tell nothing either. Every group is hidden where fewer than ``least`` of the room gave a
    level, and where all who did gave the same but for one at most: the room says what they said, and the
    cells would add nothing but which groups had nobody who did not know.
    """
    there = {name: part for name, part in groups.items() if part.answered}
    room = sum(there.values(), ungrouped).said
    if room.n < least or _odd(room) <= 1:
        return frozenset(there)
    answered = {name: part.answered for name, part in there.items()}
    hidden = set(hidden_for_round(answered, least, ungrouped.answered))
    hidden |= {name for name, part in there.items() if _is_unsafe(part.said, room, least)}
    for name in _smallest_first(answered, hidden):
        rest = sum((there[each] for each in hidden), ungrouped)
        if not rest.answered or not _is_unsafe(rest.said, room, least):
            break
        hidden.add(name)
    return frozenset(hidden)


def tells(part: Distribution, room: Distribution) -> bool:
    """Whether the mean of these people of the room could tell somebody what each of them said.

    It could where all gave the same level, and to the one who did not where all but one did. Hiding just
    these would tell the same; so they are hidden together with those where all but two did, and whoever
    sees that a group is hidden, also one of its own people, cannot know which it is. None of it is needed
    where two or more of the room gave the level just below and two or more the one just above: then the
    mean can always have come from other levels.
    """
    around = (0, *room.counts, 0)
    return any(
        count >= part.n - MAY_DIFFER and min(around[level - 1], around[level + 1]) < EITHER_SIDE
        for level, count in zip(LEVELS, part.counts, strict=True)
    )


def is_as_of_one_mind(people: Distribution) -> bool:
    """Whether all but two at most gave the same level."""
    return _odd(people) <= MAY_DIFFER


def _odd(people: Distribution) -> int:
    """How many did not give the level that most gave."""
    return people.n - max(people.counts)


def _is_unsafe(part: Distribution, room: Distribution, least: int) -> bool:
    return part.n < least or tells(part, room)


def _smallest_first(people: Mapping[Name, int], besides: Iterable[Name]) -> Sequence[Name]:
    return sorted(people.keys() - set(besides), key=lambda name: (people[name], name))
