from dataclasses import replace

import pytest

from assessments.analysis import Distribution, Reason, band, verdict
from assessments.analysis.attention import Candidate, attention, is_unknown


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
        candidate(9, (0, 2, 2, 2, 0), dont_know=2),  # two reasons: split, unknown
        candidate(8, (0, 6, 0, 0, 0)),  # all gave 1 or 2
        candidate(7, (2, 3, 1, 0, 0)),  # five of six, mean 1.83
        candidate(3, (1, 4, 1, 0, 0)),  # five of six, mean 2.0
        candidate(6, (1, 4, 1, 0, 0)),  # the same again: by number
        candidate(1, (0, 3, 0, 3, 0)),  # half
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
