from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import (
    Distribution,
    GroupCounts,
    Rules,
    as_if_confidential,
    at_least_answered,
    pool,
    protected,
    with_late_groups,
)

from .rooms import NOBODY, action, everybody_gives
from .strategies import distributions

sizes_of_groups = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 14), max_size=7)


@pytest.mark.parametrize(
    ("sizes", "ungrouped", "hidden"),
    [
        ({"A": 5, "B": 9}, 0, ""),
        ({}, 0, ""),
        ({"A": 9}, 0, ""),
        ({"A": 2, "B": 3, "C": 9}, 0, "AB"),
        ({"A": 4, "B": 6, "C": 9}, 0, "AB"),  # four alone could be worked out
        ({"A": 1, "B": 2, "C": 6, "D": 9}, 0, "ABC"),  # two groups, yet only three people
        ({"A": 4, "B": 9, "C": 9}, 0, "AB"),  # a tie goes by name
        ({"C": 4, "B": 9, "A": 9}, 0, "AC"),
        ({"A": 4, "B": 9}, 0, "AB"),  # everything
        ({"A": 3}, 0, "A"),
        ({"A": 4, "B": 4, "C": 4}, 0, "ABC"),
        ({"A": 0, "B": 9}, 0, ""),  # nought people are nobody
        ({"A": 0, "B": 3, "C": 7, "D": 8}, 0, "BC"),
        ({"A": 9, "B": 12}, 2, "A"),  # two guests must not be left over
        ({"A": 2, "B": 9}, 3, "A"),  # with three guests, two people are five
        ({"A": 2, "B": 9}, 2, "AB"),
        ({"A": 9, "B": 12}, 5, ""),  # five guests hide themselves
        ({"A": 2, "B": 9, "C": 12}, 5, "AB"),
        ({"A": 9}, 1, "A"),
        ({}, 3, ""),
    ],
)
def test_which_groups_are_hidden(sizes, ungrouped, hidden):
    assert protected(sizes, 5, ungrouped) == frozenset(hidden)


def test_a_higher_least_number_hides_more():
    sizes = {"A": 6, "B": 8, "C": 20}
    assert protected(sizes, 5) == frozenset()
    assert protected(sizes, 8) == frozenset("AB")


def test_order_of_the_groups_does_not_matter():
    sizes = [("A", 2), ("B", 7), ("C", 7), ("D", 11)]
    assert {protected(dict(each), 5) for each in permutations(sizes)} == {frozenset("AB")}


@pytest.mark.parametrize(("sizes", "ungrouped"), [({"A": -1}, 0), ({}, -1)])
def test_fewer_than_nobody_is_refused(sizes, ungrouped):
    with pytest.raises(ValueError, match="fewer than no people"):
        protected(sizes, 5, ungrouped)


@given(sizes_of_groups, st.integers(5, 9), st.integers(0, 14))
def test_what_is_shown_leaves_nobody_in_a_small_rest(sizes, least, ungrouped):
    hidden = protected(sizes, least, ungrouped)
    shown = {name: size for name, size in sizes.items() if size and name not in hidden}
    rest = sum(sizes.values()) + ungrouped - sum(shown.values())
    assert all(size >= least for size in shown.values())
    assert not any(sizes[name] == 0 for name in hidden)
    if shown:
        assert rest == 0 or rest >= least


@given(sizes_of_groups, st.integers(5, 9), st.integers(0, 14))
def test_nothing_is_hidden_without_need(sizes, least, ungrouped):
    if protected(sizes, least, ungrouped):
        small = [size for size in sizes.values() if 0 < size < least]
        assert small or 0 < ungrouped < least


@given(st.dictionaries(st.sampled_from("ABCDE"), distributions(4)), distributions(3), st.booleans())
def test_pooling_loses_no_level_and_stores_no_small_part(groups, ungrouped, confidential):
    stored = action(groups, ungrouped, rules=Rules(confidential=confidential))
    everybody = sum(groups.values(), ungrouped)
    assert stored.whole == (None if confidential and everybody.n < 5 else everybody)
    parts = [g.distribution for g in stored.groups] + ([stored.pooled] if stored.pooled else [])
    if stored.whole:
        assert sum(parts, NOBODY).counts == stored.whole.counts
    else:
        assert parts == []
    if confidential:
        assert not any(0 < part.n < 5 for part in parts)
    names = [g.key for g in stored.groups] + [key for key, _ in stored.hidden_groups]
    assert sorted(names) == sorted(name.lower() for name in groups)


def test_a_named_round_hides_nothing_and_pools_only_those_of_no_group():
    groups = {"A": everybody_gives(2, 1), "B": Distribution((0, 0, 0, 1, 0), 3), "C": NOBODY}
    stored = action(groups, everybody_gives(5, 2), rules=Rules(confidential=False))
    assert {g.name: g.distribution for g in stored.groups} == groups
    assert (stored.pooled, stored.hidden_groups) == (everybody_gives(5, 2), ())


def test_a_small_action_keeps_nothing_of_its_groups_but_their_names():
    stored = action({"A": everybody_gives(1, 3), "B": everybody_gives(5, 1), "C": NOBODY})
    assert (stored.groups, stored.pooled) == ((), None)
    assert stored.hidden_groups == (("a", "A"), ("b", "B"), ("c", "C"))


def test_the_hidden_and_the_ungrouped_are_kept_as_one():
    groups = {"A": everybody_gives(1, 2), "B": everybody_gives(4, 8), "C": everybody_gives(3, 9)}
    stored = action(groups, everybody_gives(5, 3))
    assert stored.hidden_groups == (("a", "A"),)
    assert stored.pooled == Distribution((2, 0, 0, 0, 3))


def test_a_group_that_gave_no_level_is_hidden_without_taking_others_with_it():
    stored = action({"A": Distribution((0, 0, 0, 0, 0), 2), "B": everybody_gives(4, 8)})
    assert [g.name for g in stored.groups] == ["B"]
    assert stored.hidden_groups == (("a", "A"),)
    assert stored.pooled is None


def test_who_does_not_know_is_stored_for_the_whole_room_alone():
    groups = {"A": Distribution((0, 0, 6, 0, 0), 1), "B": Distribution((0, 0, 7, 0, 0), 2)}
    stored = action(groups, Distribution((0, 0, 0, 0, 0), 1))
    assert stored.whole.dont_know == 4
    assert [g.distribution.dont_know for g in stored.groups] == [0, 0]
    assert stored.pooled is None


def test_two_groups_of_one_name_stay_two():
    twins = [GroupCounts("1", "A", everybody_gives(3, 2)), GroupCounts("2", "A", everybody_gives(3, 9))]
    stored = pool(
        code="x",
        number=1,
        area="places",
        groups=[*twins, GroupCounts("3", "B", everybody_gives(3, 9))],
        ungrouped=NOBODY,
        least=5,
        confidential=True,
    )
    assert stored.hidden_groups == (("1", "A"), ("2", "A"))
    assert [g.key for g in stored.groups] == ["3"]


def test_a_group_that_answers_later_is_named_and_changes_no_number():
    action = pool(
        code="a", number=1, area="x", groups=[GroupCounts("1", "A", Distribution((5, 0, 0, 0, 0)))],
        ungrouped=Distribution.empty(), least=5, confidential=True,
    )  # fmt: skip
    later = with_late_groups(action, {"1": "A", "2": "B"}, confidential=True)
    assert later.hidden_groups == (("2", "B"),)
    assert (later.whole, later.groups, later.pooled) == (action.whole, action.groups, action.pooled)
    named = with_late_groups(action, {"1": "A", "2": "B"}, confidential=False)
    assert [(group.name, group.distribution.n) for group in named.groups] == [("A", 5), ("B", 0)]
    assert with_late_groups(later, {"1": "A", "2": "B"}, confidential=True) == later


def frozen(groups, answered, ungrouped=NOBODY, confidential=True):
    return pool(
        code="x", number=1, area="places", ungrouped=ungrouped, least=5, confidential=confidential,
        groups=[GroupCounts(name.lower(), name, each) for name, each in groups.items()], answered=answered,
    )  # fmt: skip


def test_by_who_answered_the_same_groups_are_hidden_for_every_action():
    groups = {"A": Distribution((1, 1, 2, 0, 1)), "B": Distribution((1, 2, 1, 1, 1))}
    answered = {"a": 5, "b": 6, "c": 1}
    says = frozen(groups | {"C": everybody_gives(3, 1)}, answered)
    does_not_know = frozen(groups | {"C": Distribution((0, 0, 0, 0, 0), 1)}, answered)
    for stored in (says, does_not_know):
        assert stored.hidden_groups == (("a", "A"), ("c", "C"))
        assert [group.key for group in stored.groups] == ["b"]
    assert (says.pooled.n, does_not_know.pooled.n) == (6, 5)


def test_a_named_round_read_without_names_hides_by_who_answered():
    groups = {"A": Distribution((1, 1, 2, 0, 1)), "B": Distribution((1, 2, 1, 1, 1)), "C": NOBODY}
    answered = {"a": 5, "b": 6, "c": 1}
    named = frozen(groups, answered, confidential=False)
    assert [group.key for group in named.groups] == ["a", "b", "c"]
    assert as_if_confidential(named, 5, answered) == frozen(groups, answered)


def test_of_an_older_named_round_as_many_answered_as_said_something_of_one_action():
    one_of_them = {"A": Distribution((1, 1, 2, 0, 1), 1), "B": NOBODY}
    another = {"A": Distribution((1, 0, 0, 0, 0), 0), "B": Distribution((0, 0, 0, 2, 0), 1)}
    answered = {"a": 6, "b": 3, "": 2}
    stored = [
        frozen(groups, answered, guests, confidential=False)
        for groups, guests in ((one_of_them, everybody_gives(3, 2)), (another, NOBODY))
    ]
    assert at_least_answered(stored) == answered


def test_guests_are_counted_among_the_hidden():
    spread = Distribution((1, 1, 2, 1, 1))
    stored = frozen({"A": spread, "B": spread}, {"a": 6, "b": 7, "": 2}, everybody_gives(2, 1))
    assert stored.hidden_groups == (("a", "A"),)
    assert stored.pooled == spread + everybody_gives(2, 1)


@given(st.dictionaries(st.sampled_from("ABCDE"), distributions(4)), distributions(3), st.integers(0, 2))
def test_hiding_by_who_answered_stores_no_small_part(groups, ungrouped, silent):
    answered = {name.lower(): each.n + each.dont_know + silent for name, each in groups.items()}
    answered[""] = ungrouped.n + ungrouped.dont_know + silent
    stored = frozen(groups, answered, ungrouped)
    parts = [group.distribution.n for group in stored.groups]
    parts += [stored.pooled.n] if stored.pooled else []
    assert all(part >= 5 for part in parts)
    if stored.whole:
        assert sum(parts) == stored.whole.n
    hidden_people = sum(answered[key] for key, _name in stored.hidden_groups) + answered[""]
    assert not stored.groups or not hidden_people or stored.pooled
