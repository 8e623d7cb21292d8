"""Group tables: everything that could have been said of an action, given what is shown of it and its groups.

What one group said is a tuple of seven: how many gave level 1 to 5, said don't know, said nothing. People of
one group can be told apart by nobody, so a room is one such tuple for each group. Known to everybody are the
sum of these (the room's own distribution), who answered, and the cells that are shown.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.analysis import Distribution
from assessments.analysis.hiding import Part, hidden_for_action

LEAST = 5
SAYINGS = 7
DONT_KNOW, NOTHING = 5, 6
Said = tuple[int, ...]
OUTSIDER = None


@dataclass(frozen=True, slots=True)
class Room:
    """Names of the groups, "" for the people of no group, and what each said."""

    names: tuple[str, ...]
    said: tuple[Said, ...]

    @property
    def sizes(self) -> list[int]:
        return [sum(each) for each in self.said]

    @property
    def whole(self) -> Said:
        return tuple(map(sum, zip(*self.said, strict=True)))


def cell(said: Said) -> tuple[int, int]:
    """What a shown cell tells: how many gave a level, and the sum of the levels."""
    return sum(said[:5]), sum(level * people for level, people in enumerate(said[:5], 1))


def shown(room: Room) -> tuple[tuple[int, int] | None, ...]:
    """The cell of each group, None where it is hidden; the people of no group have none."""
    parts = {
        (name, name): Part(sum(said), Distribution(said[:5], said[DONT_KNOW]))
        for name, said in zip(room.names, room.said, strict=True)
    }
    ungrouped = parts.pop(("", ""), Part(0, Distribution.empty()))
    hidden = hidden_for_action(parts, ungrouped, LEAST)
    return tuple(
        None if not name or (name, name) in hidden else cell(said)
        for name, said in zip(room.names, room.said, strict=True)
    )


def possible(room: Room, rng: random.Random) -> Iterator[Room]:
    """Every room that would be shown just like this one, in any order."""
    cells = shown(room)
    for said in _fill(list(zip(room.sizes, cells, strict=True)), room.whole, rng):
        other = Room(room.names, said)
        if shown(other) == cells:
            yield other


def _fill(groups, left: Said, rng: random.Random) -> Iterator[tuple[Said, ...]]:
    """Every way to share out what is left over the groups, each of its size and with its cell."""
    if not groups:
        yield ()
        return
    (size, its_cell), *rest = groups
    ways = [left] if not rest else _takings(left, size)
    ways = [way for way in ways if its_cell in (None, cell(way))]
    rng.shuffle(ways)
    for way in ways:
        others = tuple(a - b for a, b in zip(left, way, strict=True))
        yield from ((way, *more) for more in _fill(rest, others, rng))


def _takings(left: Said, size: int) -> list[Said]:
    """Every way to take so many people out of what is left."""
    if len(left) == 1:
        return [(size,)]
    first, *rest = left
    there = sum(rest)
    return [
        (taken, *more)
        for taken in range(max(0, size - there), min(first, size) + 1)
        for more in _takings(tuple(rest), size - taken)
    ]


def determined(room: Room, rng: random.Random) -> list[tuple[object, str, int]]:
    """(who asks, group, saying) wherever all people of a group must have said the same.

    Asked by somebody outside and by each who was there, of the others; who asks is None, or (group, what
    they said). That all others said nothing tells of no level and no don't know.
    """
    if sum(room.whole[:5]) < LEAST:
        return []
    askers = _askers(room)
    seen = {asker: [0] * len(room.said) for asker in askers}
    for other in possible(room, rng):
        for asker in askers:
            _note(seen[asker], other, asker)
        askers = [asker for asker in askers if _told(seen[asker])]
        if not askers:
            return []
    return [(asker, room.names[place], said) for asker in askers for place, said in _told(seen[asker])]


def _askers(room: Room) -> list[tuple[int, int] | None]:
    """Who may ask, but for those to whom the room itself says it all."""
    there = [(place, said) for place, group in enumerate(room.said) for said in range(SAYINGS) if group[said]]
    return [asker for asker in (OUTSIDER, *there) if not _all_said_the_same(room, asker)]


def _all_said_the_same(room: Room, asker: tuple[int, int] | None) -> bool:
    whole = room.whole if asker is None else _without(room.whole, asker[1])
    return sum(people > 0 for people in whole) <= 1


def _without(said: Said, one: int) -> Said:
    return tuple(people - (place == one) for place, people in enumerate(said))


def _note(seen: list[int], room: Room, asker: tuple[int, int] | None) -> None:
    """Add what the others of each group said in this room, where the asker could have been in it."""
    said = list(room.said)
    if asker is not None:
        place, own = asker
        if not said[place][own]:
            return
        said[place] = _without(said[place], own)
    for place, group in enumerate(said):
        seen[place] |= sum(1 << saying for saying, people in enumerate(group) if people)


def _told(seen: list[int]) -> list[tuple[int, int]]:
    return [
        (place, sayings.bit_length() - 1)
        for place, sayings in enumerate(seen)
        if sayings and not sayings & (sayings - 1) and sayings != 1 << NOTHING
    ]


# --- Rooms to look at ---


def some_room(rng: random.Random, fewest: int = 6, most: int = 14) -> Room:
    """A room of two to four organisations, with don't knows and silence, in one of several moods."""
    names = ["A", "B", "C", "D"][: rng.randint(2, 4)] + [""] * (rng.random() < 0.3)
    people = [*names, *rng.choices(names, k=max(0, rng.randint(fewest, most) - len(names)))]
    says = _mood(rng, names)
    said = {name: [0] * SAYINGS for name in names}
    for name in people:
        said[name][says(name)] += 1
    return Room(tuple(names), tuple(tuple(said[name]) for name in names))


def _mood(rng: random.Random, names: list[str]):
    """What somebody of a group says: anything, much the same, what their group says, or one of two."""
    unsure, silent = rng.choice([0, 0.1, 0.3]), rng.choice([0, 0, 0.1])
    middle, other = rng.randrange(5), rng.randrange(5)
    of_group = {name: rng.randrange(5) for name in names}
    level = rng.choice(
        [
            lambda _name: rng.randrange(5),
            lambda _name: min(4, max(0, middle + rng.choice([-1, 0, 0, 0, 1]))),
            lambda name: of_group[name] if rng.random() < 0.85 else rng.randrange(5),
            lambda _name: rng.choice([middle, middle, middle, other]),
        ]
    )

    def says(name: str) -> int:
        chance = rng.random()
        return DONT_KNOW if chance < unsure else NOTHING if chance < unsure + silent else level(name)

    return says
