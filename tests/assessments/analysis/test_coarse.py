"""How many moved, said so that nobody and one person cannot be told apart."""

import itertools
from dataclasses import asdict

import pytest

from assessments.analysis.coarse import Counts, coarse, exact


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ((2, 3, 4), Counts(9, 2, 3, 4)),
        ((4, 0, 2), Counts(6, 4, 0, 2)),
        ((0, 4, 9), Counts(13, higher=9, lower_at_most=1)),
        ((1, 3, 9), Counts(13, higher=9, lower_at_most=1)),
        ((9, 3, 1), Counts(13, lower=9, higher_at_most=1)),
        ((0, 13, 0), Counts(13, lower_at_most=1, higher_at_most=1)),
        ((1, 11, 1), Counts(13, lower_at_most=1, higher_at_most=1)),
        ((0, 0, 13), Counts(13, higher_at_least=12, lower_at_most=1)),
        ((1, 0, 12), Counts(13, higher_at_least=12, lower_at_most=1)),
        ((0, 1, 12), Counts(13, higher_at_least=12, lower_at_most=1)),
        ((0, 2, 11), Counts(13, higher=11, lower_at_most=1)),
        ((12, 1, 0), Counts(13, lower_at_least=12, higher_at_most=1)),
    ],
)
def test_what_is_said(moved, said):
    assert coarse(*moved) == said


def every(matched):
    return [
        (lower, matched - lower - higher, higher)
        for lower, higher in itertools.product(range(matched + 1), repeat=2)
        if lower + higher <= matched
    ]


@pytest.mark.parametrize("matched", range(6, 20))
def test_it_is_true_and_tells_nobody_from_one(matched):
    by_words = {}
    for moved in every(matched):
        said, (lower, same, higher) = coarse(*moved), moved
        by_words.setdefault(said, []).append(moved)
        assert said.matched == matched
        assert said.lower in (None, lower)
        assert said.same in (None, same)
        assert said.higher in (None, higher)
        for count, least, most in (
            (lower, said.lower_at_least, said.lower_at_most),
            (higher, said.higher_at_least, said.higher_at_most),
        ):
            assert least is None or count >= least
            assert most is None or count <= most
    for said, meant in by_words.items():
        assert said.is_exact == (len(meant) == 1)
        assert said.is_exact == all(min(lower, higher) >= 2 for lower, _same, higher in meant)


def test_a_named_round_says_all():
    assert asdict(exact(0, 1, 5)) == asdict(Counts(6, 0, 1, 5))
