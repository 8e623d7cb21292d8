"""What the invented people of a rehearsal say shows every pattern, in rooms of any size."""

import pytest

from assessments.analysis import Distribution, verdict
from assessments.workshops import invented
from assessments.workshops.prompts import Pattern, patterns

SIZES = (5, 6, 9, 30, 100)


def distribution(said):
    return Distribution(tuple(said.count(level) for level in range(1, 6)), said.count("dk"))


def pattern(said, least):
    found = distribution(said)
    return patterns(verdict(found, least), n=found.n, dont_know=found.dont_know)[0]


@pytest.mark.parametrize("least", SIZES)
def test_each_of_the_first_actions_shows_another_pattern(least):
    count = invented.people(least)
    found = [pattern(invented.first(number, count, least), least) for number in range(1, 9)]
    assert found == [
        Pattern.SPLIT,
        Pattern.LONE_VOICE,
        Pattern.AGREED_LOW,
        Pattern.MANY_DONT_KNOW,
        Pattern.AGREED_HIGH,
        Pattern.TOO_FEW,
        Pattern.SPREAD,
        Pattern.AGREED_MIDDLING,
    ]


@pytest.mark.parametrize("least", SIZES)
def test_enough_take_part_and_all_of_them_say_something_but_where_too_few_shall(least):
    count = invented.people(least)
    assert count > least
    for number in range(1, 12):
        said = invented.first(number, count, least)
        assert len(said) == count
        assert said.count(None) == (count - least + 2 if number == 6 else 0)


@pytest.mark.parametrize("least", SIZES)
def test_rating_again_brings_people_nearer_and_leaves_nobody_out(least):
    count = invented.people(least)
    for number in range(1, 12):
        first, again = invented.first(number, count, least), invented.again(number, count, least)
        assert None not in again
        moved = [(a, b) for a, b in zip(first, again, strict=True) if a != b]
        assert moved
        assert all(abs(a - b) == 1 for a, b in moved if isinstance(a, int))
    low, high = distribution(invented.first(1, count, least)), distribution(invented.again(1, count, least))
    assert low.counts[0] + low.counts[4] > high.counts[0] + high.counts[4]


def test_it_is_the_same_each_time_and_not_always_the_same_person():
    assert invented.first(2, 12, 5) == invented.first(2, 12, 5)
    assert invented.first(1, 12, 5) != invented.first(9, 12, 5)
    assert sorted(invented.first(1, 12, 5)) == sorted(invented.first(9, 12, 5))


def test_names_and_addresses_are_plainly_invented():
    assert invented.person(3) == ("Invented person 3", "person3@rehearsal.example")
    assert all(name.startswith("Invented") for name, _sector in invented.ORGANISATIONS)
