"""Change between two ratings: who moved, whether that is more than chance, and what may be shown of it."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis.change import LEAST_MATCHED, Movement, Reading, changes, holm, sign_test

people = st.integers(0, 30)
some_moves = st.builds(
    Movement,
    number=st.just(1),
    code=st.just("a"),
    lower=people,
    same=people,
    higher=people,
    only_before=st.integers(0, 12),
    only_after=st.integers(0, 12),
    why=st.sampled_from(["", "", "meaning_changed"]),
)


def several(movements):
    return [
        Movement(n, f"a{n}", m.lower, m.same, m.higher, m.only_before, m.only_after, m.why)
        for n, m in enumerate(movements, 1)
    ]


def one(lower=0, same=0, higher=0, *, confidential=True, **more):
    (found,) = changes([Movement(1, "a", lower, same, higher, **more)], least=5, confidential=confidential)
    return found


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


class TestHolm:
    def test_a_worked_example(self):
        ps = [Fraction(n, 1000) for n in (10, 40, 30, 5)]
        assert [float(p) for p in holm(ps)] == [0.03, 0.06, 0.06, 0.02]

    @given(st.lists(st.fractions(0, 1, max_denominator=1000), max_size=11))
    def test_it_never_makes_a_p_smaller_nor_changes_the_order(self, ps):
        corrected = holm(ps)
        assert all(p <= q <= 1 for p, q in zip(ps, corrected, strict=True))
        pairs = sorted(zip(ps, corrected, strict=True))
        assert [q for _p, q in pairs] == sorted(corrected)

    @given(st.lists(st.fractions(0, 1, max_denominator=1000), min_size=1, max_size=11))
    def test_it_rejects_what_stepping_down_rejects(self, ps):
        rejected = set()
        for rank, place in enumerate(sorted(range(len(ps)), key=lambda place: ps[place])):
            if ps[place] > Fraction(5, 100) / (len(ps) - rank):
                break
            rejected.add(place)
        assert {place for place, p in enumerate(holm(ps)) if p <= Fraction(5, 100)} == rejected


class TestReading:
    def test_six_of_six_is_a_clear_change_and_five_never_is(self):
        assert one(higher=6).reading is Reading.HIGHER
        assert one(lower=6).reading is Reading.LOWER
        assert one(higher=5, same=1).reading is Reading.NO_CLEAR_CHANGE
        assert one(higher=5).reading is Reading.TOO_FEW
        assert LEAST_MATCHED == 6

    def test_the_meaning_has_changed(self):
        found = one(higher=20, why="meaning_changed")
        assert (found.reading, found.comparable, found.why) == (
            Reading.NOT_COMPARABLE,
            False,
            "meaning_changed",
        )
        assert (found.higher, found.p, found.p_holm, found.hidden) == (None, None, None, False)

    def test_six_of_six_alone_is_clear_but_not_among_eleven(self):
        eleven = several([Movement(1, "a", higher=6)] + [Movement(1, "a", same=6)] * 10)
        found = changes(eleven, least=5, confidential=True)
        assert {each.reading for each in found} == {Reading.NO_CLEAR_CHANGE}
        assert found[0].p == 0.03125
        assert found[0].p_holm == pytest.approx(0.34375)
        assert not found[0].could_show  # even everybody moving the same way would not have been enough

    def test_nine_of_nine_among_eleven_could_be(self):
        eleven = several([Movement(1, "a", lower=4, higher=5)] + [Movement(1, "a", same=9)] * 10)
        assert changes(eleven, least=5, confidential=True)[0].could_show

    def test_actions_that_cannot_be_tested_do_not_count_among_the_tests(self):
        mixed = several(
            [Movement(1, "a", higher=6), Movement(1, "a", higher=5), Movement(1, "a", same=9, why="new")]
        )
        assert [each.reading for each in changes(mixed, least=5, confidential=True)] == [
            Reading.HIGHER,
            Reading.TOO_FEW,
            Reading.NOT_COMPARABLE,
        ]

    @given(st.lists(some_moves, max_size=11))
    def test_what_is_read_always_follows_from_the_counts(self, movements):
        movements = several(movements)
        for given_, found in zip(movements, changes(movements, least=5, confidential=False), strict=True):
            if found.reading is Reading.HIGHER:
                assert given_.higher > given_.lower
            if found.reading is Reading.LOWER:
                assert given_.lower > given_.higher
            if found.reading in (Reading.HIGHER, Reading.LOWER):
                assert found.could_show
            assert (found.reading is Reading.TOO_FEW) == (not given_.why and given_.matched < 6)


class TestWhatIsShown:
    @pytest.mark.parametrize("alone", [0, 5, 9])
    def test_counts_stand_where_those_who_rated_once_are_none_or_enough(self, alone):
        found = one(lower=1, same=2, higher=5, only_before=alone, only_after=alone)
        assert (found.lower, found.same, found.higher, found.hidden) == (1, 2, 5, False)
        assert found.p == 0.21875

    @pytest.mark.parametrize("alone", [1, 4])
    @pytest.mark.parametrize("side", ["only_before", "only_after"])
    def test_a_few_who_rated_once_hide_the_counts_and_leave_the_reading(self, alone, side):
        found = one(higher=8, **{side: alone})
        assert found.reading is Reading.HIGHER
        assert (found.lower, found.same, found.higher, found.p, found.p_holm) == (None,) * 5
        assert found.hidden

    def test_fewer_than_six_are_hidden(self):
        found = one(higher=3, same=2)
        assert (found.higher, found.hidden, found.reading) == (None, True, Reading.TOO_FEW)

    def test_a_named_round_hides_nothing(self):
        found = one(higher=3, same=1, only_before=1, confidential=False)
        assert (found.lower, found.same, found.higher, found.hidden) == (0, 1, 3, False)
        assert found.p is None  # too few to test all the same

    @given(st.lists(some_moves, max_size=11))
    def test_hiding_changes_no_reading(self, movements):
        movements = several(movements)
        open_, closed = (changes(movements, least=5, confidential=c) for c in (False, True))
        assert [each.reading for each in open_] == [each.reading for each in closed]
        for each in closed:
            shown = (each.lower, each.same, each.higher)
            assert (shown == (None,) * 3) == (each.hidden or not each.comparable)


@pytest.mark.parametrize("field", ["lower", "same", "higher", "only_before", "only_after"])
def test_a_count_below_nought_is_refused(field):
    with pytest.raises(ValueError, match="below nought"):
        Movement(1, "a", **{field: -1})
