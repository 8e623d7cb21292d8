"""Readings with few alone, against every way in which people can have moved between two distributions."""

import itertools
import random
from fractions import Fraction

import pytest

from assessments.analysis import Distribution
from assessments.analysis.alone import Line, may_be_read, sign_test


def splits(people, size):
    """Every way to take so many out of what is there of each level."""
    if len(people) == 1:
        return [(size,)] if size <= people[0] else []
    return [
        (taken, *rest)
        for taken in range(min(people[0], size) + 1)
        for rest in splits(people[1:], size - taken)
    ]


def minus(one, other):
    return tuple(a - b for a, b in zip(one, other, strict=True))


def ways_to_move(before, after):
    """{(up, down)} of every way to give those ``before`` the levels ``after``."""
    found = {(after, 0, 0)}
    for level, people in enumerate(before):
        found = {
            (minus(left, taken), up + sum(taken[level + 1 :]), down + sum(taken[:level]))
            for left, up, down in found
            for taken in splits(left, people)
        }
    return {(up, down) for _left, up, down in found}


def possible(before, after, gone, new):
    """(levels of those gone, of the new, up, down) of everything that can have been."""
    for left, came in itertools.product(splits(before, gone), splits(after, new)):
        for up, down in ways_to_move(minus(before, left), minus(after, came)):
            yield left, came, up, down


def reading(up, down, line, squared):
    """By a line that lies somewhere between the two."""
    more, fewer = max(up, down), min(up, down)
    apart = Fraction((up - down) ** 2, up + down) if up + down else 0
    clear = line.may_be_clear(more, fewer) and (line.is_clear(more, fewer) or apart >= squared)
    return (up > down) - (up < down) if clear else 0


def ruled_out(before, after, gone, new, line):
    """Whether some reading, by any line, leaves a level out for those alone that could be without it."""
    everything = list(possible(before, after, gone, new))
    lines = {Fraction((up - down) ** 2, up + down) for *_alone, up, down in everything if up + down}
    for squared in lines | {Fraction(99)}:
        seen = {}
        for left, came, up, down in everything:
            levels = seen.setdefault(reading(up, down, line, squared), set())
            levels.update(("gone", i) for i, people in enumerate(left) if people)
            levels.update(("new", i) for i, people in enumerate(came) if people)
        if len({frozenset(levels) for levels in seen.values()}) > 1:
            return True
    return False


def some_pair(rng):
    matched, gone, new = rng.choice([6, 6, 7, 8, 9]), rng.choice([0, 0, 1, 2]), rng.choice([0, 1, 1, 2])
    scale = rng.sample(range(5), rng.choice([2, 3, 3, 4]))
    rise = rng.choice([0, 0, 1, 2])
    before = [rng.choice(scale) for _ in range(matched + gone)]
    after = [min(4, rng.choice(scale) + rise) for _ in range(matched + new)]
    counts = (tuple(levels.count(level) for level in range(5)) for levels in (before, after))
    return *counts, gone, new, Line(matched, rng.choice([1, 1, 2, 12]), simple=rng.random() < 0.5)


def test_no_reading_that_is_said_rules_anything_out():
    rng, said, told = random.Random(7), 0, 0
    for _pair in range(100):
        before, after, gone, new, line = some_pair(rng)
        stands = may_be_read(Distribution(before), Distribution(after), gone=gone, new=new, line=line)
        told += (tells := ruled_out(before, after, gone, new, line))
        said += stands
        assert not (stands and tells), (before, after, gone, new, line)
    assert said >= 10
    assert told >= 5


def test_with_nobody_alone_there_is_nobody_to_tell_of():
    spread = Distribution((0, 2, 3, 2, 0))
    assert may_be_read(spread, spread, gone=0, new=0, line=Line(7, 12))


@pytest.mark.parametrize(("up", "down"), [(6, 0), (9, 1), (14, 3), (20, 8)])
def test_the_line_of_a_room_is_known_and_that_of_rounds_lies_between_two(up, down):
    known, between = Line(30, 11, simple=True), Line(30, 11)
    assert known.is_clear(up, down) == known.may_be_clear(up, down) == (11 * sign_test(up, down) <= 0.05)
    assert between.is_clear(up, down) <= known.is_clear(up, down) <= between.may_be_clear(up, down)


def test_a_change_that_nobody_could_miss_is_said():
    """Everybody went from 1 and 2 to 4 and 5, and whoever is new can have said either."""
    before, after = Distribution((12, 12, 0, 0, 0)), Distribution((0, 0, 0, 13, 13))
    assert may_be_read(before, after, gone=0, new=2, line=Line(24, 12))


class TestSignTest:
    @pytest.mark.parametrize(
        ("up", "down", "p"),
        [(6, 0, 0.03125), (5, 0, 0.0625), (0, 0, 1), (1, 0, 1), (3, 3, 1), (9, 1, 0.021484375)],
    )
    def test_known_values(self, up, down, p):
        assert float(sign_test(up, down)) == p == float(sign_test(down, up))

    @pytest.mark.parametrize(("up", "down"), [(4, 1), (2, 5), (6, 2), (0, 7), (5, 5)])
    def test_it_counts_what_coins_would_do(self, up, down):
        """All ways in which so many coins can fall, at least as uneven as what was seen."""
        moved = up + down
        falls = [sum(coins) for coins in itertools.product((0, 1), repeat=moved)]
        as_uneven = [heads for heads in falls if max(heads, moved - heads) >= max(up, down)]
        assert sign_test(up, down) == Fraction(len(as_uneven), len(falls))

    def test_eleven_uncorrected_tests_cry_wolf_43_times_in_a_hundred(self):
        assert round(1 - 0.95**11, 2) == 0.43
