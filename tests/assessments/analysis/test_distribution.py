from dataclasses import FrozenInstanceError
from statistics import fmean, median

import pytest
from hypothesis import given

from assessments.analysis import LEVELS, Distribution

from .strategies import distributions


def ratings(distribution):
    return [level for level, n in zip(LEVELS, distribution.counts, strict=True) for _ in range(n)]


def test_counts_people_who_gave_a_level_apart_from_those_who_do_not_know():
    d = Distribution((1, 2, 3, 4, 5), dont_know=7)
    assert (d.n, d.low, d.high, d.dont_know) == (15, 3, 9, 7)


def test_nobody_has_no_mean_median_or_share_rather_than_nought():
    d = Distribution((0, 0, 0, 0, 0), dont_know=3)
    assert (d.mean, d.median, d.share_low, d.share_high, d.n) == (None, None, None, None, 0)


def test_median_of_an_even_number_is_the_mean_of_the_middle_two():
    assert Distribution((2, 0, 0, 0, 2)).median == 3.0
    assert Distribution((0, 2, 2, 0, 0)).median == 2.5
    assert Distribution((1, 0, 0, 2, 0)).median == 4.0


def test_shares_are_of_those_who_gave_a_level():
    d = Distribution((1, 1, 2, 3, 1), dont_know=100)
    assert (d.share_low, d.share_high) == (0.25, 0.5)


def test_adding_takes_two_sets_of_people_as_one():
    total = Distribution((1, 0, 2, 0, 3), 1) + Distribution((0, 4, 0, 5, 0), 2)
    assert total == Distribution((1, 4, 2, 5, 3), 3)


@pytest.mark.parametrize("counts", [(0, -1, 0, 0, 0), (1, 2, 3, 4), (1, 2, 3, 4, 5, 6), ()])
def test_refuses_counts_that_cannot_be(counts):
    with pytest.raises(ValueError):
        Distribution(counts)


def test_refuses_fewer_than_no_dont_knows():
    with pytest.raises(ValueError, match="below nought"):
        Distribution((0, 0, 0, 0, 0), -1)


def test_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Distribution.empty().dont_know = 2


@given(distributions(9))
def test_agrees_with_the_standard_library_over_the_single_ratings(d):
    each = ratings(d)
    assert d.n == len(each)
    if each:
        assert d.median == median(each)
        assert d.mean == pytest.approx(fmean(each), abs=1e-12)


@given(distributions(), distributions(), distributions())
def test_order_of_adding_does_not_matter(a, b, c):
    assert (a + b) + c == a + (b + c) == (c + a) + b
    assert a + Distribution.empty() == a
