"""A little of what `make audit` looks at: other ways in which all that is printed could have been."""

import random

import pytest

from benchmarks.audit import rounds, usefulness
from benchmarks.audit.scenes import TRIES, Scene, look

KINDS = {
    "pairs": lambda rng: rounds.some_rounds(rng, 2),
    "three rounds": lambda rng: rounds.some_rounds(rng, 3),
    "workshops": rounds.some_workshop,
}


@pytest.mark.parametrize("kind", KINDS)
def test_of_nobody_it_can_be_told_what_they_said(kind):
    rng, looked = random.Random(f"some {kind}"), 0
    for _scene in range(12):
        scene = KINDS[kind](rng)
        seen = look(scene, rng)
        looked += seen.looked
        assert not seen.left or not look(scene, rng, 20 * TRIES).left, scene
    assert looked > 300


def test_what_is_told_is_found():
    """Printed is how the one who is new and who has gone changed the sum: that gives both away."""
    said = ((0, 1, 2, 3, 4, 2, 2, None), (0, 1, 2, 3, 4, 2, None, 4))

    def prints(columns):
        moved = [
            after - before for before, after in zip(*columns, strict=True) if None not in (before, after)
        ]
        return (
            [sorted(each for each in column if each is not None) for column in columns],
            sum(moved),
            columns[1][7],
        )

    where = (*["stayed"] * 6, "gone", "new")
    left = look(Scene(where, said, prints), random.Random(1)).left
    assert {(who, place) for asker, who, place in left if asker is None} == {("new", 1), ("gone", 0)}


def test_a_room_that_says_it_all_is_told_of_nothing_more():
    """Everybody said the same: no asker is left who does not know already."""
    column = (2,) * 8
    assert look(Scene(("",) * 8, (column,), lambda columns: columns), random.Random(1)).left == ()


def test_the_line_over_all_actions_tells_of_nobody():
    rng = random.Random(6)
    for _scene in range(2):
        scene = rounds.some_actions(rng)
        assert look(scene, rng, 20 * TRIES).left == ()


def test_one_level_up_is_read_by_fifteen_people_and_chance_is_not():
    rng = random.Random(1)
    rise = usefulness.power(rng, usefulness.Setting(15, risen=2), 40)
    still = usefulness.shown(rng, usefulness.Setting(15), 40)
    assert rise["read"] > 0.6
    assert rise["read"] > rise["by Holm"]
    assert still["alarm"] <= 0.1
    assert (still["counts"], still["line over all"]) == (1, 1)
