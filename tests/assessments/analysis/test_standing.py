from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import ActionCounts, RoundCounts, Rules, Turnout, analyse, middle_half, standing

from .rooms import NOBODY, action, whole
from .strategies import distributions

rules = st.builds(Rules, least=st.sampled_from([5, 8]), confidential=st.booleans(), baseline=st.booleans())


@given(st.lists(distributions(6), min_size=1, max_size=6), rules, st.integers(0, 40))
def test_it_says_what_the_results_say(spreads, rules, answered):
    stored = tuple(action({}, each, number=n, rules=rules) for n, each in enumerate(spreads, 1))
    counts = RoundCounts(stored, Turnout(40, answered))
    results, found = analyse(counts, rules), standing(counts, rules)
    assert [(a.number, a.code, a.hidden, a.n, a.mean, a.verdict, a.band) for a in found.actions] == [
        (a.number, a.code, a.hidden, a.n, a.mean, a.verdict, a.band) for a in results.actions
    ]
    assert (found.attention, found.share_high) == (results.attention, results.share_high)
    reasons = {entry.number: entry.reasons for entry in results.attention}
    assert {a.number: a.reasons for a in found.actions if a.reasons} == reasons
    assert len(found.actions) - found.speaking == len(results.too_few)


def test_actions_stand_in_order_of_number():
    counts = RoundCounts((whole((5, 0, 0, 0, 0), number=2), action({}, NOBODY)), Turnout(9, 9))
    assert [a.number for a in standing(counts, Rules()).actions] == [1, 2]


@pytest.mark.parametrize(
    ("means", "half"),
    [
        ([1, 1, 2, 2, 3, 4, 4, 5, 5], (2, 4)),
        ([5, 1, 4, 2, 3, 1, 2, 4, 5], (2, 4)),
        ([2] * 8, (2, 2)),
        ([1, 1, 2, 2, 3, 4, 4, 5], (1.75, 4)),  # worked by hand: the 25th percentile stands at place 1.75
        ([1, 2, 3, 4, 5, 5, 5], None),
        ([], None),
    ],
)
def test_the_middle_half_of_at_least_eight_others(means, half):
    assert middle_half(means) == half


@given(st.lists(st.fractions(1, 5, max_denominator=40), min_size=8, max_size=30))
def test_the_middle_one_lies_in_it(means):
    low, high = middle_half(means)
    assert min(means) <= low <= median(means) <= high <= max(means)


def test_firm_entries_are_counted_and_the_most_pressing_is_one_of_them():
    counts = RoundCounts(
        (
            whole((0, 3, 6, 0, 0), number=1),  # low by a hair
            whole((0, 9, 0, 0, 0), number=2),  # all of them
            whole((6, 0, 3, 0, 0), number=3),
            whole((0, 0, 1, 1, 1), number=4),  # hidden, and so unknown
        ),
        Turnout(20, 20),
    )
    found = standing(counts, Rules())
    assert [(entry.number, entry.firm) for entry in found.attention] == [
        (2, True),
        (3, True),
        (4, True),
        (1, False),
    ]
    assert [entry.number for entry in found.firm] == [2, 3, 4]
    assert found.most_pressing.number == 2
    assert [(action.number, action.firm) for action in found.actions if action.reasons] == [
        (1, False),
        (2, True),
        (3, True),
        (4, True),
    ]


def test_without_a_firm_entry_nothing_is_most_pressing():
    found = standing(RoundCounts((whole((0, 3, 6, 0, 0)),), Turnout(9, 9)), Rules())
    assert (len(found.attention), found.most_pressing) == (1, None)


def test_what_nobody_was_asked_about_is_neither_low_nor_hidden():
    counts = RoundCounts((whole((0, 9, 0, 0, 0)), ActionCounts.never_asked("b", 2, "places")), Turnout(9, 9))
    found, results = standing(counts, Rules()), analyse(counts, Rules())
    assert [(a.number, a.rated, a.hidden) for a in found.actions] == [(1, True, False), (2, False, False)]
    assert found.rated == 1
    assert [(a.number, a.rated, a.hidden, a.n, a.groups) for a in results.actions][1] == (
        2,
        False,
        False,
        None,
        (),
    )
    assert (results.not_rated, results.too_few, [e.number for e in results.attention]) == ((2,), (), [1])
    assert (results.areas[0].n, results.areas[0].n_actions) == (1, 2)
    assert RoundCounts.from_json(counts.to_json()) == counts
