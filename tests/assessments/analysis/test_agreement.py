import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.analysis import (
    AGREEMENT_CUT_OFF,
    LEVELS,
    Distribution,
    Verdict,
    average_deviation,
    consensus,
    verdict,
)

from .strategies import distributions

AGREED = {Verdict.AGREED_STRONG, Verdict.AGREED_MIDDLING, Verdict.AGREED_WEAK, Verdict.LONE_VOICE}


@pytest.mark.parametrize(
    ("counts", "mean", "median", "deviation", "agreement", "expected"),
    [
        ((0, 0, 8, 0, 0), 3.000, 3, 0.000, 1.000, "agreed_middling"),
        ((0, 2, 4, 2, 0), 3.000, 3, 0.500, 0.792, "agreed_middling"),
        ((0, 4, 0, 4, 0), 3.000, 3, 1.000, 0.585, "split"),
        ((4, 0, 0, 0, 4), 3.000, 3, 2.000, 0.000, "split"),
        ((0, 0, 1, 5, 2), 4.125, 4, 0.375, 0.823, "agreed_strong"),
        ((1, 0, 0, 0, 7), 4.500, 5, 0.500, 0.456, "lone_voice"),
        ((1, 1, 2, 2, 2), 3.375, 3.5, 1.125, 0.477, "spread"),
    ],
)
def test_the_published_table(counts, mean, median, deviation, agreement, expected):
    d = Distribution(counts)
    assert (d.n, d.mean, d.median, average_deviation(d)) == (8, mean, median, deviation)
    assert round(consensus(d), 3) == agreement
    assert verdict(d, 5) == expected


@pytest.mark.parametrize(
    ("counts", "least", "expected"),
    [
        ((0, 0, 4, 0, 0), 5, "too_few"),
        ((0, 0, 5, 0, 0), 5, "agreed_middling"),
        ((0, 0, 7, 0, 0), 8, "too_few"),
        ((2, 0, 0, 0, 2), 5, "too_few"),  # too few is asked before split
        ((0, 0, 0, 0, 0), 5, "too_few"),
        ((2, 0, 2, 0, 2), 5, "split"),  # exactly a third at each end
        ((2, 0, 3, 0, 2), 5, "spread"),  # two of seven is less than a third
        ((0, 2, 2, 2, 0), 5, "split"),  # AD is 2/3, yet split comes first
        ((0, 0, 0, 5, 0), 5, "agreed_strong"),
        ((0, 0, 3, 3, 0), 5, "agreed_middling"),  # median 3.5
        ((0, 3, 3, 0, 0), 5, "agreed_middling"),  # median 2.5
        ((0, 0, 0, 3, 3), 5, "agreed_strong"),  # median 4.5
        ((3, 3, 0, 0, 0), 5, "agreed_weak"),  # median 1.5
        ((0, 6, 0, 0, 0), 5, "agreed_weak"),
        ((0, 7, 0, 1, 0), 5, "lone_voice"),  # two levels away is far enough
        ((0, 0, 7, 1, 0), 5, "agreed_middling"),  # one level away is not
        ((0, 8, 0, 2, 0), 5, "agreed_weak"),  # two voices are not one
        ((1, 0, 9, 0, 1), 5, "agreed_middling"),  # one at each side is two
        ((0, 3, 3, 0, 1), 5, "lone_voice"),  # AD is 5/7
        ((1, 3, 1, 1, 1), 5, "spread"),
    ],
)
def test_verdict_at_its_edges(counts, least, expected):
    assert verdict(Distribution(counts), least) == expected


def test_half_a_level_decides_who_is_a_lone_voice():
    # The median is 3.5: a 2 lies 1.5 away and is no lone voice, a 1 lies 2.5 away and is.
    assert verdict(Distribution((0, 1, 3, 4, 0)), 5) is Verdict.AGREED_MIDDLING
    assert verdict(Distribution((1, 0, 3, 4, 0)), 5) is Verdict.LONE_VOICE


def test_five_sixths_exactly_is_agreement_and_one_person_more_is_not():
    at_cut_off = Distribution((0, 0, 7, 0, 5))  # five of twelve lie two levels away
    assert Fraction(5 * 2, 12) == AGREEMENT_CUT_OFF == Fraction(5, 6)
    assert verdict(at_cut_off, 5) is Verdict.AGREED_MIDDLING
    assert verdict(Distribution((0, 0, 7, 0, 6)), 5) is Verdict.SPREAD


def test_agreement_does_not_turn_on_floating_point_at_the_cut_off():
    for times in (1, 3, 7, 1000, 10**9 + 7):
        d = Distribution((0, 0, 7 * times, 0, 5 * times))
        assert verdict(d, 5) is Verdict.AGREED_MIDDLING
        worse = Distribution((0, 0, 7 * times, 0, 5 * times + 1))
        assert verdict(worse, 5) is Verdict.SPREAD


def test_nobody_has_no_agreement_to_speak_of():
    nobody = Distribution((0, 0, 0, 0, 0), dont_know=9)
    assert average_deviation(nobody) is None
    assert consensus(nobody) is None


@given(distributions())
def test_dont_knows_change_no_verdict(d):
    assert verdict(d, 5) is verdict(d.levels_only(), 5)


@given(st.lists(st.sampled_from(LEVELS), min_size=5, max_size=60))
def test_verdict_can_be_checked_by_hand_over_single_ratings(each):
    counts = tuple(each.count(level) for level in LEVELS)
    in_order, n = sorted(each), len(each)
    median = Fraction(in_order[(n - 1) // 2] + in_order[n // 2], 2)
    deviation = sum(abs(r - median) for r in each) / n
    found = verdict(Distribution(counts), 5)
    low, high = sum(r <= 2 for r in each), sum(r >= 4 for r in each)
    if Fraction(low, n) >= Fraction(1, 3) and Fraction(high, n) >= Fraction(1, 3):
        assert found is Verdict.SPLIT
    else:
        assert (found in AGREED) == (deviation <= Fraction(5, 6))
        far = sum(abs(r - median) >= 2 for r in each)
        assert (found is Verdict.LONE_VOICE) == (deviation <= Fraction(5, 6) and far == 1)


@given(distributions())
def test_turning_the_scale_round_turns_only_strong_and_weak_round(d):
    turned = {Verdict.AGREED_STRONG: Verdict.AGREED_WEAK, Verdict.AGREED_WEAK: Verdict.AGREED_STRONG}
    found = verdict(d, 5)
    assert verdict(Distribution(d.counts[::-1]), 5) is turned.get(found, found)


@given(distributions(), st.integers(2, 9))
def test_the_same_ratings_many_times_over_differ_only_in_lone_voices(d, times):
    assume(d.n >= 5)
    found = verdict(d, 5)
    assume(found is not Verdict.LONE_VOICE)
    assert verdict(Distribution(tuple(c * times for c in d.counts)), 5) is found


@given(distributions())
def test_consensus_lies_between_nought_and_one(d):
    assume(d.n)
    found = consensus(d)
    assert 0.0 <= found <= 1.0
    assert not math.isnan(found)
    only_one_level = max(d.counts) == d.n
    assert (found == 1.0) == only_one_level


@given(distributions())
def test_average_deviation_lies_between_nought_and_two(d):
    assume(d.n)
    assert 0.0 <= average_deviation(d) <= 2.0


@pytest.mark.parametrize("people", [1, 5, 1000])
def test_consensus_is_nought_with_half_at_each_end(people):
    assert consensus(Distribution((people, 0, 0, 0, people))) == 0.0
