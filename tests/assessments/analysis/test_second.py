import json

import pytest

from assessments.analysis import Distribution, Movement, SecondCounts, changes

SPREAD = Distribution((0, 1, 2, 3, 4), 5)


@pytest.mark.parametrize("movement", [Movement(1, "a", higher=6), Movement(1, "a", higher=6, only_after=2)])
def test_what_is_stored_comes_back(movement):
    (change,) = changes([movement], least=5, confidential=True)
    second = SecondCounts(SPREAD, change)
    assert SecondCounts.from_json(json.loads(json.dumps(second.to_json()))) == second


def test_without_movement():
    second = SecondCounts(SPREAD, None)
    assert SecondCounts.from_json(json.loads(json.dumps(second.to_json()))) == second


def test_hidden_counts_of_movement_are_not_stored():
    (change,) = changes([Movement(1, "a", lower=77, higher=78, only_after=2)], least=5, confidential=True)
    stored = json.dumps(SecondCounts(SPREAD, change).to_json())
    assert "77" not in stored
    assert "78" not in stored
