import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import Distribution, Reason, band, verdict
from assessments.analysis.attention import Candidate, Unseen, attention, close_to_list, is_unknown

from .strategies import distributions


def candidate(number, counts, dont_know=0, baseline=False):
    d = Distribution(counts, dont_know)
    return Candidate(number, f"action-{number}", d, verdict(d, 5), None if baseline else band(d))


def listed(*candidates):
    return {entry.number: [str(r) for r in entry.reasons] for entry in attention(candidates)}


def test_an_action_is_listed_with_every_reason_that_holds():
    assert listed(
        candidate(1, (0, 6, 0, 0, 0)),
        candidate(2, (0, 3, 0, 0, 3)),
        candidate(3, (0, 0, 0, 8, 0), dont_know=2),
        candidate(4, (5, 0, 0, 3, 0), dont_know=3),
        candidate(5, (0, 0, 0, 9, 0), dont_know=2),
    ) == {4: ["low", "split", "unknown"], 1: ["low"], 2: ["split"], 3: ["unknown"]}


def test_a_split_is_listed_whatever_its_mean():
    assert listed(candidate(1, (0, 2, 0, 0, 4))) == {1: ["split"]}
    assert Distribution((0, 2, 0, 0, 4)).mean == 4.0


def test_a_baseline_has_no_low():
    assert listed(candidate(1, (6, 0, 0, 0, 0), baseline=True)) == {}


@pytest.mark.parametrize(
    ("levels", "dont_know", "unknown"),
    [(8, 2, True), (9, 2, False), (5, 1, False), (4, 1, True), (5, 0, False), (0, 3, True), (0, 0, False)],
)
def test_unknown_is_a_fifth_or_more_of_all_who_answered(levels, dont_know, unknown):
    assert is_unknown(Distribution((0, 0, levels, 0, 0), dont_know)) is unknown


def test_order_is_reasons_then_share_of_low_then_mean_then_number():
    in_order = [
        candidate(9, (0, 6, 0, 6, 0), dont_know=3),  # two reasons: split, unknown
        candidate(8, (0, 6, 0, 0, 0)),  # all gave 1 or 2
        candidate(7, (2, 3, 1, 0, 0)),  # five of six, mean 1.83
        candidate(3, (1, 4, 1, 0, 0)),  # five of six, mean 2.0
        candidate(6, (1, 4, 1, 0, 0)),  # the same again: by number
        candidate(1, (0, 3, 0, 3, 0)),  # close to the line
    ]
    found = [entry.number for entry in attention(reversed(in_order))]
    assert found == [9, 8, 7, 3, 6, 1]


def test_shares_are_compared_without_rounding():
    many = 10**17
    slightly_lower = candidate(1, (0, 2 * many, many, 0, 0))
    slightly_higher = candidate(2, (0, 2 * many + 1, many, 0, 0))
    assert [e.number for e in attention([slightly_lower, slightly_higher])] == [2, 1]


def test_what_more_people_rate_lower_is_on_the_list_whatever_its_average():
    fallen = replace(candidate(1, (0, 0, 1, 5, 2)), falling=True)
    assert [each.reasons for each in attention([fallen])] == [(Reason.FALLING,)]
    assert attention([replace(fallen, falling=False)]) == ()


def near(*candidates):
    return close_to_list(candidates)


def firm_reasons(*candidates, unseen=()):
    return {entry.number: [str(r) for r in entry.firm_reasons] for entry in attention(candidates, unseen)}


class TestCloseToTheLine:
    @pytest.mark.parametrize(
        ("counts", "firm"),
        [
            ((0, 4, 5, 0, 0), True),  # four below 27; the root of nine is three
            ((0, 3, 6, 0, 0), False),
            ((1, 3, 5, 0, 0), True),
            ((0, 1, 7, 0, 0), False),
        ],
    )
    def test_low_is_close_within_the_root_of_n_of_three_n(self, counts, firm):
        assert firm_reasons(candidate(1, counts)) == {1: ["low"] if firm else []}

    @pytest.mark.parametrize(
        ("counts", "firm", "listed_", "near_"),
        [
            ((0, 12, 0, 12, 0), True, True, False),  # 12 of 24: four over a third, the half root is 2.45
            ((0, 10, 4, 10, 0), False, True, False),  # two over
            ((0, 8, 8, 8, 0), False, True, False),
            ((0, 6, 10, 8, 0), False, False, True),  # two under
            ((0, 5, 9, 10, 0), False, False, False),  # three under
        ],
    )
    def test_split_is_close_within_half_the_root_of_n_of_a_third(self, counts, firm, listed_, near_):
        each = candidate(1, counts, baseline=True)
        assert firm_reasons(each) == ({1: ["split"] if firm else []} if listed_ else {})
        assert near(each) == ((1,) if near_ else ())

    @pytest.mark.parametrize(
        ("levels", "dont_know", "firm", "listed_", "near_"),
        [
            (16, 9, True, True, False),  # of 25 a fifth is 5, and close is within two
            (18, 7, False, True, False),
            (20, 5, False, True, False),
            (22, 3, False, False, True),
            (23, 2, False, False, False),
        ],
    )
    def test_unknown_is_close_within_a_fifth_of_the_answers(self, levels, dont_know, firm, listed_, near_):
        each = candidate(1, (0, 0, 0, levels, 0), dont_know)
        assert firm_reasons(each) == ({1: ["unknown"] if firm else []} if listed_ else {})
        assert near(each) == ((1,) if near_ else ())

    def test_above_three_is_close_too(self):
        assert near(candidate(1, (0, 0, 6, 3, 0))) == (1,)  # three over 27
        assert near(candidate(1, (0, 0, 5, 4, 0))) == ()
        assert near(candidate(1, (0, 0, 6, 3, 0), baseline=True)) == ()

    def test_falling_is_firm(self):
        fallen = replace(candidate(1, (0, 1, 7, 0, 0)), falling=True)
        [entry] = attention([fallen])
        assert (entry.reasons, entry.firm_reasons) == ((Reason.LOW, Reason.FALLING), (Reason.FALLING,))
        assert entry.firm

    def test_firm_entries_stand_before_close_ones_with_more_reasons(self):
        close = candidate(1, (0, 3, 3, 3, 0), dont_know=3)  # split and unknown, both close
        firm = candidate(2, (0, 9, 0, 0, 0))
        found = attention([close, firm])
        assert [(entry.number, len(entry.reasons), entry.firm) for entry in found] == [
            (2, 1, True),
            (1, 2, False),
        ]

    @given(distributions(12), st.booleans())
    def test_what_is_on_the_list_is_not_close_to_it(self, spread, baseline):
        each = Candidate(1, "a", spread, verdict(spread, 5), None if baseline else band(spread))
        assert not (attention([each]) and close_to_list([each]))

    @given(distributions(12))
    def test_it_counts_as_roots_do(self, spread):
        if spread.n < 5:
            return
        each = Candidate(1, "a", spread, verdict(spread, 5), band(spread))
        total = sum(level * people for level, people in enumerate(spread.counts, 1))
        is_close = abs(total - 3 * spread.n) <= math.sqrt(spread.n)
        [*entries] = attention([each])
        if total < 3 * spread.n:
            assert (Reason.LOW in entries[0].firm_reasons) is not is_close


class TestHiddenBecauseTooFewGaveALevel:
    @pytest.mark.parametrize(
        ("answered", "listed_", "firm"),
        [
            (4, False, False),
            (5, True, False),  # one of five at least gave none
            (6, True, False),
            (9, True, True),  # 5 * 5 - 9 = 16, more than six
            (20, True, True),
            (0, False, False),
        ],
    )
    def test_is_on_the_list_where_a_fifth_gave_none(self, answered, listed_, firm):
        found = firm_reasons(unseen=[Unseen(3, "c", answered, 5)])
        assert found == ({3: ["unknown"] if firm else []} if listed_ else {})

    def test_stands_behind_those_with_as_many_reasons(self):
        shown = candidate(9, (0, 0, 0, 16, 0), dont_know=9)
        assert [entry.number for entry in attention([shown], [Unseen(3, "c", 20, 5)])] == [9, 3]
