from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import (
    Band,
    Distribution,
    GroupCounts,
    Reason,
    RoundCounts,
    Rules,
    Turnout,
    Verdict,
    analyse,
)

from .rooms import NOBODY, action, everybody_gives, read, whole
from .strategies import distributions

NAMED = Rules(confidential=False)


def test_an_action_is_read_with_every_figure():
    found = read(whole((0, 0, 1, 5, 2), 1)).actions[0]
    assert (found.n, found.dont_know, found.mean, found.median) == (8, 1, 4.125, 4.0)
    assert (found.verdict, found.band, found.hidden) == (Verdict.AGREED_STRONG, Band.STRENGTH, False)
    assert found.average_deviation == 0.375


def test_actions_stand_in_order_of_their_number_and_areas_as_they_first_come():
    results = read(
        whole((0, 0, 9, 0, 0), number=3, area="system"),
        whole((0, 0, 9, 0, 0), number=1, area="places"),
        whole((0, 0, 9, 0, 0), number=2, area="system"),
    )
    assert [each.number for each in results.actions] == [1, 2, 3]
    assert [each.code for each in results.areas] == ["places", "system"]


def test_a_small_action_is_hidden_everywhere():
    results = read(whole((4, 0, 0, 0, 0), 9, number=1), whole((0, 0, 0, 8, 0), number=2))
    small = results.actions[0]
    assert small.hidden
    assert set(astuple(small)[4:-5]) == {None}
    assert (small.agreed, small.second, small.rated) == (None, None, True)
    assert (small.n, small.dont_know, small.equal_weight_differs) == (None, None, False)
    assert (results.areas[0].mean, results.areas[0].n, results.areas[0].n_actions) == (4.0, 1, 2)
    assert results.share_high == 1.0
    assert [(entry.number, entry.reasons, entry.firm) for entry in results.attention] == [
        (1, (Reason.UNKNOWN,), True)  # 26 of the 30 at least gave it no level
    ]
    assert results.too_few == (1,)


def test_its_groups_are_named_and_hidden():
    cells = read(action({"A": everybody_gives(1, 3), "B": everybody_gives(1, 1)})).actions[0].groups
    assert [(c.name, c.n, c.mean, c.hidden) for c in cells] == [
        ("A", None, None, True),
        ("B", None, None, True),
    ]


def test_too_few_answers_hide_every_action():
    results = read(whole((0, 0, 4, 0, 0), number=1), whole((0, 0, 3, 0, 0), number=2), answered=4)
    assert results.too_few_answers
    assert [each.hidden for each in results.actions] == [True, True]
    assert (results.too_few, results.share_high, results.areas[0].mean) == ((1, 2), None, None)


def test_guests_are_among_those_who_answered():
    counts = RoundCounts((whole((0, 0, 6, 0, 0)),), Turnout(9, 2, guests=4))
    results = analyse(counts, Rules())
    assert not results.too_few_answers
    assert results.actions[0].n == 6


def test_a_named_round_shows_small_numbers_and_draws_nothing_from_them():
    stored = action({"A": Distribution((3, 0, 0, 0, 0), 3)}, rules=NAMED)
    results = read(stored, rules=NAMED, answered=3)
    found = results.actions[0]
    assert (found.hidden, found.n, found.mean, found.dont_know) == (False, 3, 1.0, 3)
    assert (found.verdict, found.band) == (Verdict.TOO_FEW, None)
    assert (results.attention, results.too_few, results.too_few_answers) == ((), (1,), False)
    assert [(c.name, c.n, c.mean) for c in found.groups] == [("A", 3, 1.0)]


def test_nobody_in_a_named_round_has_no_mean_rather_than_nought():
    results = read(action({"A": NOBODY}, rules=NAMED), rules=NAMED, answered=0)
    found, area = results.actions[0], results.areas[0]
    assert (found.n, found.mean, found.median, found.consensus) == (0, None, None, None)
    assert (found.groups[0].n, found.groups[0].mean, found.groups[0].hidden) == (0, None, False)
    assert (area.n, area.mean, results.share_high) == (0, None, None)


def test_a_baseline_has_no_bands_and_no_low():
    results = read(whole((9, 0, 0, 0, 0)), rules=Rules(baseline=True))
    assert results.actions[0].band is None
    assert results.attention == ()


def test_an_area_is_the_mean_of_its_actions_means_and_counts_those_on_the_list():
    results = read(
        whole((10, 0, 0, 0, 0), number=1),
        whole((0, 0, 0, 0, 5), number=2),
        whole((0, 0, 0, 6, 0), number=3),
    )
    area = results.areas[0]
    assert area.mean == pytest.approx(10 / 3, abs=1e-15)
    assert (area.n, area.n_actions, area.attention) == (3, 3, 1)


def test_share_of_fours_and_fives_is_of_ratings_not_of_actions():
    results = read(whole((0, 0, 15, 0, 0), number=1), whole((0, 0, 0, 3, 2), number=2))
    assert results.share_high == 0.25


def test_attention_stands_in_order():
    results = read(
        whole((0, 3, 3, 0, 0), number=1), whole((3, 0, 0, 3, 0), number=2), whole((0, 0, 0, 0, 6), number=3)
    )
    assert [(e.number, e.code, [str(r) for r in e.reasons]) for e in results.attention] == [
        (2, "action-2", ["low", "split"]),
        (1, "action-1", ["low"]),
    ]


class TestEqualWeight:
    def test_each_organisation_counts_once(self):
        found = read(action({"A": everybody_gives(1, 5), "B": everybody_gives(5, 15)})).actions[0]
        assert (found.mean, found.equal_weight_mean, found.equal_weight_differs) == (4.0, 3.0, True)

    def test_half_a_level_exactly_is_worth_saying_and_less_is_not(self):
        half = action({"A": everybody_gives(3, 5), "B": everybody_gives(5, 15)}, number=1)
        less = action({"A": everybody_gives(3, 6), "B": everybody_gives(5, 16)}, number=2)
        found = [each.equal_weight_differs for each in read(half, less).actions]
        assert found == [True, False]

    def test_hidden_organisations_count_as_one(self):
        groups = {"A": everybody_gives(1, 2), "B": everybody_gives(2, 3), "C": everybody_gives(4, 9)}
        found = read(action(groups)).actions[0]
        assert found.equal_weight_mean == pytest.approx((8 / 5 + 4) / 2, abs=1e-15)

    def test_people_of_no_organisation_stand_with_the_hidden(self):
        groups = {"A": everybody_gives(1, 2), "B": everybody_gives(4, 9)}
        found = read(action(groups, everybody_gives(5, 3))).actions[0]
        assert found.equal_weight_mean == pytest.approx((17 / 5 + 4) / 2, abs=1e-15)

    def test_people_of_no_organisation_are_left_out_where_none_is_hidden(self):
        groups = {"A": everybody_gives(2, 6), "B": everybody_gives(4, 9)}
        assert read(action(groups, everybody_gives(5, 8))).actions[0].equal_weight_mean == 3.0
        stored = action(groups, everybody_gives(5, 1), rules=NAMED)
        assert read(stored, rules=NAMED).actions[0].equal_weight_mean == 3.0

    @pytest.mark.parametrize(
        "groups",
        [
            {"A": everybody_gives(3, 9)},
            {"A": everybody_gives(3, 9), "B": everybody_gives(2, 1)},
            {"A": everybody_gives(3, 2), "B": everybody_gives(2, 1)},
            {},
        ],
    )
    def test_there_is_none_with_one_mean_or_with_nothing_shown(self, groups):
        found = read(action(groups)).actions[0]
        assert (found.equal_weight_mean, found.equal_weight_differs) == (None, False)

    @pytest.mark.parametrize("grouping", ["sector", "standpoint"])
    def test_there_is_none_for_another_grouping(self, grouping):
        stored = action({"A": everybody_gives(1, 5), "B": everybody_gives(5, 15)})
        results = read(stored, rules=Rules(grouping=grouping))
        assert results.actions[0].equal_weight_mean is None
        assert results.areas[0].equal_weight_mean is None

    def test_an_area_has_one_only_when_each_of_its_shown_actions_has(self):
        both = action({"A": everybody_gives(1, 5), "B": everybody_gives(5, 15)}, number=1)
        small = action({"A": everybody_gives(1, 1), "B": everybody_gives(5, 2)}, number=2)
        none = action({"A": everybody_gives(2, 8)}, number=3)
        assert read(both, small).areas[0].equal_weight_mean == 3.0
        assert read(both, none).areas[0].equal_weight_mean is None


def test_a_group_cell_is_its_number_and_its_mean():
    groups = {"C": everybody_gives(4, 9), "A": everybody_gives(1, 2), "B": everybody_gives(2, 3)}
    cells = read(action(groups)).actions[0].groups
    assert [(c.key, c.name, c.n, c.mean, c.hidden) for c in cells] == [
        ("a", "A", None, None, True),
        ("b", "B", None, None, True),
        ("c", "C", 9, 4.0, False),
    ]


def unsafe_counts():
    safe = action({"A": everybody_gives(4, 9), "B": everybody_gives(2, 8)})
    small = GroupCounts("d", "D", everybody_gives(1, 2))
    yield replace(safe, groups=(*safe.groups, small), whole=safe.whole + small.distribution)
    yield replace(safe, pooled=everybody_gives(1, 2), whole=safe.whole + everybody_gives(1, 2))
    yield replace(safe, whole=safe.whole + everybody_gives(1, 2))


@pytest.mark.parametrize("stored", list(unsafe_counts()))
def test_counts_that_were_not_made_safe_are_refused(stored):
    with pytest.raises(ValueError, match="not safe to show"):
        read(stored)


def test_the_least_number_cannot_be_lowered():
    with pytest.raises(ValueError, match="5 or more"):
        Rules(least=4)


@given(st.dictionaries(st.sampled_from("ABCDE"), distributions(4)), distributions(3), st.booleans())
def test_readings_do_not_turn_on_what_groups_are_called_or_their_order(groups, ungrouped, confidential):
    rules = Rules(confidential=confidential)
    renamed = {name * 2: each for name, each in reversed(groups.items())}
    one = read(action(groups, ungrouped, rules=rules), rules=rules)
    other = read(action(renamed, ungrouped, rules=rules), rules=rules)
    assert replace(one.actions[0], groups=()) == replace(other.actions[0], groups=())
    assert (one.areas, one.attention, one.share_high) == (other.areas, other.attention, other.share_high)


@given(st.lists(distributions(3), min_size=1, max_size=11))
def test_what_is_hidden_changes_no_figure_that_is_shown(spreads):
    actions = [action({}, each, number=i) for i, each in enumerate(spreads)]
    everything, shown = read(*actions), [each for each in actions if each.whole]
    only_shown = read(*shown)
    assert everything.share_high == only_shown.share_high
    hidden = {each.number for each in actions if not each.whole}
    assert tuple(e for e in everything.attention if e.number not in hidden) == only_shown.attention
    assert {e.number for e in everything.attention} >= hidden
    assert everything.close_to_list == only_shown.close_to_list
    assert [a.mean for a in everything.areas if a.n] == [a.mean for a in only_shown.areas]


def test_every_action_has_a_cell_for_every_group_whichever_action_knows_it():
    """Somebody changed from A to B between two actions of a workshop: both stand in both."""
    first = action({"A": everybody_gives(2, 5), "C": everybody_gives(4, 6)}, number=1)
    second = action({"B": everybody_gives(3, 5), "C": everybody_gives(4, 6)}, number=2)
    cells = [[(c.name, c.n, c.hidden) for c in each.groups] for each in read(first, second).actions]
    assert cells == [
        [("A", 5, False), ("B", None, True), ("C", 6, False)],
        [("A", None, True), ("B", 5, False), ("C", 6, False)],
    ]
    named = Rules(confidential=False)
    assert [c.n for c in read(first, second, rules=named).actions[0].groups] == [5, 0, 6]
