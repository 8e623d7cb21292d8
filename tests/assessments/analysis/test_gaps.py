import pytest

from assessments.analysis import Distribution, Rules, gaps

from .rooms import action, everybody_gives, read

NAMED = Rules(confidential=False)


def found(*actions, rules=None):
    return [
        (gap.number, gap.lowest.name, gap.lowest.mean, gap.highest.name, gap.highest.mean)
        for gap in gaps(read(*actions, rules=rules))
    ]


def test_the_two_groups_furthest_apart_are_named_with_their_means():
    groups = {
        "Front": everybody_gives(2, 6),
        "Middle": everybody_gives(3, 5),
        "Senior": everybody_gives(4, 7),
    }
    assert found(action(groups)) == [(1, "Front", 2.0, "Senior", 4.0)]


@pytest.mark.parametrize(("ones", "said"), [(1, 1), (0, 0)])
def test_from_exactly_one_level_on(ones, said):
    """2 and a sixth more against 3 and a sixth more: a level, though no float says so exactly."""
    groups = {
        "A": Distribution((0, 5, 1, 0, 0)),
        "B": Distribution((0, 0, 5, 1, 0) if ones else (0, 1, 4, 1, 0)),
    }
    assert len(found(action(groups))) == said


def test_the_widest_comes_first_then_by_number():
    far = {"A": everybody_gives(1, 6), "B": everybody_gives(5, 6)}
    near = {"A": everybody_gives(2, 6), "B": everybody_gives(4, 6)}
    actions = (action(near, number=1), action(far, number=2), action(near, number=3))
    assert [number for number, *_rest in found(*actions)] == [2, 1, 3]


def test_groups_alike_are_taken_by_name():
    groups = {name: everybody_gives(level, 6) for name, level in (("D", 1), ("A", 1), ("C", 5), ("B", 5))}
    assert found(action(groups)) == [(1, "A", 1.0, "B", 5.0)]


def test_a_hidden_group_says_nothing():
    groups = {"A": everybody_gives(1, 4), "B": everybody_gives(5, 6), "C": everybody_gives(4, 9)}
    assert found(action(groups)) == []


def test_in_a_named_round_few_people_are_no_group_either():
    groups = {"A": everybody_gives(1, 4), "B": everybody_gives(3, 6), "C": everybody_gives(4, 9)}
    assert found(action(groups, rules=NAMED), rules=NAMED) == [(1, "B", 3.0, "C", 4.0)]


def test_a_silent_group_and_a_hidden_action_say_nothing():
    silent = action({"A": everybody_gives(1, 6), "B": Distribution((0, 0, 0, 0, 0), 6)}, rules=NAMED)
    few = action({"A": everybody_gives(1, 2), "B": everybody_gives(5, 2)}, number=2)
    assert found(silent, rules=NAMED) == []
    assert found(few) == []
