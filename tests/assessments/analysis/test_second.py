import json

import pytest

from assessments.analysis import Answered, Distribution, Pair, SecondCounts, compare_in_room

SPREAD = Distribution((0, 1, 2, 3, 4), 5)
NINE = [(2, 4)] * 6 + [(3, 3)] * 3


def moved(people, *, answered):
    before, after = ([pair[place] for pair in people] for place in (0, 1))
    pair = Pair(1, "a", spread(before), spread(after))
    return compare_in_room(pair, people, answered=answered, of=11, least=5, confidential=True)


def spread(levels):
    return Distribution(tuple(levels.count(level) for level in range(1, 6)))


@pytest.mark.parametrize("late", [0, 1])
def test_what_is_stored_comes_back(late):
    change = moved(NINE, answered=Answered(9, 9 + late))
    assert (change.matched is None) == bool(late)
    second = SecondCounts(SPREAD, change)
    assert SecondCounts.from_json(json.loads(json.dumps(second.to_json()))) == second


def test_without_movement():
    second = SecondCounts(SPREAD, None)
    assert SecondCounts.from_json(json.loads(json.dumps(second.to_json()))) == second


def test_hidden_counts_of_movement_are_not_stored():
    people = [(2, 4)] * 78 + [(4, 2)] * 77
    shown = moved(people, answered=Answered(155, 155))
    assert (shown.higher, shown.lower) == (78, 77)
    hidden = json.dumps(SecondCounts(SPREAD, moved(people, answered=Answered(155, 157))).to_json())
    assert "77" not in hidden
    assert "78" not in hidden
