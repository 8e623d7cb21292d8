"""Which groups are hidden for a round and for an action, and what could be told from the rest."""

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.analysis import Distribution
from assessments.analysis.hiding import NOBODY, Part, hidden_for_action, hidden_for_round, tells
from benchmarks.audit.groups import Room, determined, shown, some_room

sizes_of_groups = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 14), max_size=7)


def for_round(sizes, ungrouped=0, least=5):
    found = hidden_for_round({(name, name): people for name, people in sizes.items()}, least, ungrouped)
    return "".join(sorted(name for name, _key in found))


def for_action(ungrouped=NOBODY, least=5, **groups):
    """Hidden groups of an action; each group is (answered, counts of levels, don't knows)."""
    parts = {(name, name): part(*each) for name, each in groups.items()}
    return "".join(sorted(name for name, _key in hidden_for_action(parts, ungrouped, least)))


def part(answered, counts, dont_know=0):
    return Part(answered, Distribution(counts, dont_know))


class TestForTheRound:
    @pytest.mark.parametrize(
        ("sizes", "ungrouped", "hidden"),
        [
            ({"A": 5, "B": 9}, 0, ""),
            ({}, 0, ""),
            ({"A": 2, "B": 3, "C": 9}, 0, "AB"),
            ({"A": 4, "B": 6, "C": 9}, 0, "AB"),  # four alone could be worked out
            ({"A": 1, "B": 2, "C": 6, "D": 9}, 0, "ABC"),  # two groups, yet only three people
            ({"C": 4, "B": 9, "A": 9}, 0, "AC"),  # a tie goes by name
            ({"A": 4, "B": 9}, 0, "AB"),  # everything
            ({"A": 3}, 0, "A"),
            ({"A": 0, "B": 3, "C": 7, "D": 8}, 0, "BC"),  # nought people are nobody
            ({"A": 9, "B": 12}, 2, "A"),  # two guests must not be left over
            ({"A": 2, "B": 9}, 3, "A"),  # with three guests, two people are five
            ({"A": 2, "B": 9}, 2, "AB"),
            ({"A": 9, "B": 12}, 5, ""),  # five guests hide themselves
            ({"A": 2, "B": 9, "C": 12}, 5, "A"),  # and two others, too
            ({}, 3, ""),
        ],
    )
    def test_by_how_many_answered(self, sizes, ungrouped, hidden):
        assert for_round(sizes, ungrouped) == hidden

    def test_a_higher_least_number_hides_more(self):
        assert for_round({"A": 6, "B": 8, "C": 20}) == ""
        assert for_round({"A": 6, "B": 8, "C": 20}, least=8) == "AB"

    def test_order_of_the_groups_does_not_matter(self):
        sizes = [("A", 2), ("B", 7), ("C", 7), ("D", 11)]
        assert {for_round(dict(each)) for each in permutations(sizes)} == {"AB"}

    @pytest.mark.parametrize(("sizes", "ungrouped"), [({"A": -1}, 0), ({}, -1)])
    def test_fewer_than_nobody_is_refused(self, sizes, ungrouped):
        with pytest.raises(ValueError, match="fewer than no people"):
            for_round(sizes, ungrouped)

    @given(sizes_of_groups, st.integers(5, 9), st.integers(0, 14))
    def test_what_is_shown_leaves_nobody_in_a_small_rest(self, sizes, least, ungrouped):
        hidden = for_round(sizes, ungrouped, least)
        kept = {name: size for name, size in sizes.items() if size and name not in hidden}
        rest = sum(sizes.values()) + ungrouped - sum(kept.values())
        assert all(size >= least for size in kept.values())
        assert not kept or rest == 0 or rest >= least

    @given(sizes_of_groups, st.integers(5, 9), st.integers(0, 14))
    def test_nothing_is_hidden_without_need(self, sizes, least, ungrouped):
        if for_round(sizes, ungrouped, least):
            assert [size for size in sizes.values() if 0 < size < least] or 0 < ungrouped < least


class TestForAnAction:
    def test_the_same_groups_whoever_said_nothing(self):
        """Of five, six and one: the one shows in no way, whatever they say."""
        said = [(1, (0, 0, 1, 0, 0)), (1, (0, 0, 0, 0, 0), 1), (1, (0, 0, 0, 0, 0))]
        assert {for_action(A=(5, (1, 1, 2, 0, 1)), B=(6, (1, 2, 1, 1, 1)), C=each) for each in said} == {"AC"}

    def test_who_gave_no_level_is_hidden_and_hides_others(self):
        spread = (1, 1, 2, 1, 1)
        assert for_action(A=(6, spread), B=(7, spread, 1), C=(9, (0, 0, 0, 0, 0), 9)) == "AC"
        assert for_action(A=(6, spread), B=(7, spread, 1), C=(9, (1, 1, 1, 0, 1))) == "AC"

    def test_guests_who_gave_no_level_hide_others(self):
        spread = (1, 1, 2, 1, 1)
        guests = part(6, (0, 0, 0, 0, 0), 6)
        assert for_action(guests, A=(6, spread), B=(7, spread, 1)) == "A"

    def test_smallest_is_who_answered_not_who_gave_a_level(self):
        few, many = (2, 2, 2, 0, 0), (2, 2, 2, 2, 1)
        assert for_action(A=(20, few), B=(9, many), C=(3, (0, 1, 1, 1, 0))) == "BC"

    def test_an_action_of_too_few_hides_every_group(self):
        assert for_action(A=(9, (0, 2, 2, 0, 0)), B=(9, (0, 0, 0, 0, 0))) == "AB"

    def test_a_group_of_nobody_is_none(self):
        assert for_action(A=(0, (0, 0, 0, 0, 0)), B=(6, (1, 1, 2, 1, 1))) == ""

    @pytest.mark.parametrize("odd", [0, 1])
    def test_a_room_of_one_mind_says_nothing_of_its_groups(self, odd):
        assert for_action(A=(6, (0, 0, 6, 0, 0)), B=(9, (0, odd, 7, 0, 0), 1)) == "AB"

    def test_the_hidden_taken_as_one_are_of_one_mind(self):
        alike = {"A": (2, (0, 0, 0, 0, 2)), "B": (3, (0, 0, 0, 0, 3))}
        assert for_action(**alike, C=(7, (2, 2, 0, 2, 1)), D=(9, (2, 2, 2, 2, 1))) == "ABC"

    def test_more_cannot_have_said_something_than_answered(self):
        with pytest.raises(ValueError, match="than answered"):
            part(5, (1, 1, 1, 1, 1), 1)


class TestOfOneMind:
    ROOM = Distribution((1, 1, 7, 1, 8))

    @pytest.mark.parametrize(
        ("counts", "hides"),
        [
            ((0, 0, 0, 0, 6), True),
            ((0, 0, 0, 1, 5), True),
            ((1, 0, 0, 1, 4), True),
            ((1, 1, 1, 0, 3), False),
            ((0, 0, 6, 0, 0), True),  # one on either side is not enough to keep the balance
            ((0, 1, 2, 0, 3), False),
        ],
    )
    def test_all_but_two(self, counts, hides):
        assert tells(Distribution(counts), self.ROOM) is hides

    def test_a_level_between_others_tells_nothing(self):
        assert not tells(Distribution((0, 0, 6, 0, 0)), Distribution((0, 2, 9, 2, 0)))
        assert tells(Distribution((0, 0, 6, 0, 0)), Distribution((0, 1, 9, 2, 0)))


class TestEverythingThatCouldHaveBeenSaid:
    def told(self, **said):
        room = Room(tuple(name.strip("_") for name in said), tuple(said.values()))
        return determined(room, random.Random(1))

    def test_who_is_hidden_because_of_one_mind_is_not_given_away_by_that(self):
        assert self.told(A=(0, 2, 0, 0, 0, 0, 0), B=(0, 3, 0, 0, 0, 0, 0), C=(0, 0, 3, 3, 0, 0, 0)) == []

    def test_nor_to_the_one_who_said_something_else(self):
        group = (0, 0, 1, 0, 4, 0, 0)
        assert self.told(A=group, B=(1, 2, 2, 1, 1, 0, 0)) == []
        assert shown(Room(("A", "B"), (group, (1, 2, 2, 1, 1, 0, 0)))) == (None, None)

    def test_the_enumeration_finds_what_a_plain_table_gives_away(self, monkeypatch):
        monkeypatch.setattr("assessments.analysis.hiding.tells", lambda part, room: False)
        room = {"A": (0, 0, 0, 0, 5, 0, 0), "B": (1, 1, 2, 1, 1, 0, 0)}
        assert (None, "A", 4) in self.told(**room)

    def test_nobody_is_told_of_where_a_silent_group_is_hidden(self):
        assert self.told(A=(1, 1, 2, 0, 1, 0, 0), B=(1, 2, 1, 1, 1, 0, 0), C=(0, 0, 0, 0, 0, 1, 0)) == []

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 10**6))
    def test_no_level_and_no_dont_know_can_be_named(self, seed):
        rng = random.Random(seed)
        assert determined(some_room(rng, 6, 12), rng) == []
