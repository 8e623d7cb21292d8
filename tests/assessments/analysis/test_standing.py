from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import RoundCounts, Rules, Turnout, analyse, middle_half, standing

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
        ([1, 2, 3, 4, 5], (2, 4)),
        ([5, 1, 4, 2, 3], (2, 4)),
        ([2, 2, 2, 2, 2], (2, 2)),
        ([1, 2, 3, 4, 5, 5], (2.25, 4.75)),  # worked by hand: the 25th percentile stands at place 1.25
        ([1, 2, 3, 4], None),
        ([], None),
    ],
)
def test_the_middle_half_of_at_least_five_others(means, half):
    assert middle_half(means) == half


@given(st.lists(st.fractions(1, 5, max_denominator=40), min_size=5, max_size=30))
def test_the_middle_one_lies_in_it(means):
    low, high = middle_half(means)
    assert min(means) <= low <= median(means) <= high <= max(means)
