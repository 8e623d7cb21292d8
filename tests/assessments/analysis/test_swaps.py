"""The test of change: all swaps of whole people, counted at once, against swapping them one by one."""

import itertools
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.analysis.alone import ALPHA, sign_test
from assessments.analysis.swaps import DRAWS, corrected

signs = st.sampled_from([-1, 0, 1, 1])


@st.composite
def rooms(draw, most=6):
    people = draw(st.integers(1, most))
    return draw(st.lists(st.lists(signs, min_size=people, max_size=people), min_size=1, max_size=4))


def squared(member):
    moved = sum(map(abs, member))
    return Fraction(sum(member) ** 2, moved) if moved else Fraction(0)


def one_by_one(members):
    """Westfall and Young's step-down max-T, as it is written."""
    observed = [squared(member) for member in members]
    found, worst = [Fraction(1)] * len(members), Fraction(0)
    for place in sorted(range(len(members)), key=lambda each: -observed[each]):
        rest = [member for member, seen in zip(members, observed, strict=True) if seen <= observed[place]]
        swaps = list(itertools.product((1, -1), repeat=len(members[0])))
        hits = sum(
            max(squared([a * b for a, b in zip(swap, member, strict=True)]) for member in rest)
            >= observed[place]
            for swap in swaps
        )
        worst = max(worst, Fraction(hits, len(swaps)))
        found[place] = worst
    return found


@settings(max_examples=60, deadline=None)
@given(rooms())
def test_it_is_what_swapping_one_by_one_gives(members):
    assert corrected(members) == one_by_one(members)


@pytest.mark.parametrize("up", range(1, 13))
def test_one_action_alone_is_the_sign_test(up):
    for down in range(13 - up):
        assert corrected([[1] * up + [-1] * down]) == [sign_test(up, down)]


def test_drawn_swaps_come_close_to_the_sign_test_and_the_same_each_time():
    member = [1] * 22 + [-1] * 9 + [0] * 14
    [p] = corrected([member])
    assert p.denominator <= DRAWS + 1
    assert abs(p - sign_test(22, 9)) < Fraction(1, 100)
    assert corrected([member]) == [p]


def test_the_order_of_the_people_does_not_matter():
    rng = random.Random(3)
    people = [[rng.choice([-1, 0, 1, 1]) for _action in range(11)] for _person in range(20)]
    other = random.Random(4).sample(people, len(people))
    assert corrected(list(zip(*people, strict=True))) == corrected(list(zip(*other, strict=True)))


def test_actions_that_move_together_cost_no_correction():
    up = [1] * 6
    assert corrected([up] * 11) == [Fraction(1, 32)] * 11


def test_who_does_not_move_costs_none_either():
    assert corrected([[1] * 6, [0] * 6]) == [Fraction(1, 32), Fraction(1)]


def test_nobody_and_nothing():
    assert corrected([]) == []
    assert corrected([[], []]) == [Fraction(1), Fraction(1)]
    assert corrected([[0, 0], [0, 0]]) == [Fraction(1), Fraction(1)]


@settings(max_examples=40, deadline=None)
@given(rooms())
def test_a_corrected_p_is_never_below_the_plain_one(members):
    for member, p in zip(members, corrected(members), strict=True):
        assert p >= sign_test(member.count(1), member.count(-1))


def test_chance_alone_is_rarely_taken_for_a_change():
    """400 rooms of people whose answers could each stand the other way round, all actions of one alike."""
    rng, alarms = random.Random(5), 0
    for _room in range(400):
        people = []
        for _person in range(10):
            turned, mood = rng.choice([-1, 1]), rng.choice([-1, 0, 1])
            people.append([turned * rng.choice([mood, rng.choice([-1, 0, 1])]) for _action in range(6)])
        alarms += any(p <= ALPHA for p in corrected(list(zip(*people, strict=True))))
    assert alarms <= 30  # 20 are expected at most; more than 30 would come up once in a hundred times
