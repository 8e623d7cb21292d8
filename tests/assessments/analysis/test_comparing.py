"""Change between two ratings, from the levels of people: what is tested, what is read and what is said."""

import itertools
import json
from dataclasses import replace
from itertools import cycle, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.analysis import (
    Answered,
    Between,
    Cells,
    ChangeReading,
    Counts,
    Distribution,
    Pair,
    compare,
    compare_in_room,
    tied,
)
from assessments.analysis.change import change_from_json, change_to_json

HIGHER, LOWER = ChangeReading.HIGHER, ChangeReading.LOWER
NO_CLEAR, TOO_FEW = ChangeReading.NO_CLEAR_CHANGE, ChangeReading.TOO_FEW


ANY = [1, 2, 3, 4, 5] * 6


def many(people):
    return ANY[:people]


def pairs_of(people, gone=0, new=0, **more):
    """Pairs for people who each have a (before, after) for every action, and so many alone of any mind."""
    said = list(zip(*people, strict=True))
    return [
        Pair(
            number,
            f"a{number}",
            spread([both[0] for both in each if both] + ANY[:gone]),
            spread([both[1] for both in each if both] + ANY[:new]),
            **more,
        )
        for number, each in enumerate(said, 1)
    ]


def spread(levels):
    return Distribution(tuple(levels.count(level) for level in range(1, 6)))


def one(pair, people, answered, **more):
    """What is said of one action in a confidential round."""
    [found] = compare(
        [pair], [[each] for each in people], answered=answered, least=5, confidential=True, **more
    ).actions
    return found


def read(people, *, gone=0, new=0, confidential=True, least=5, **more):
    pairs = pairs_of(people, gone, new, **more)
    answered = Answered(len(people) + gone, len(people) + new)
    return compare(pairs, people, answered=answered, least=least, confidential=confidential)


UP, DOWN, STAYED = (2, 4), (4, 2), (3, 3)
UPS = [(1, 2), (2, 3), (3, 4), (4, 5)]


def one_action(up=0, down=0, stayed=0, **more):
    """By people of every mind."""
    ups = list(islice(cycle(UPS), up))
    downs = [(after, before) for before, after in islice(cycle(UPS), down)]
    return read(
        [[each] for each in (*ups, *downs, *((level, level) for level in many(stayed)))], **more
    ).actions[0]


class TestReading:
    def test_six_of_six_is_a_clear_change_and_five_never_is(self):
        assert one_action(up=6).reading is HIGHER
        assert one_action(down=6).reading is LOWER
        assert one_action(up=5, stayed=1).reading is NO_CLEAR
        assert one_action(up=5).reading is TOO_FEW

    def test_six_people_who_go_up_on_all_of_eleven_can_just_show_it(self):
        found = read([[UP] * 11] * 6)
        assert {each.reading for each in found.actions} == {HIGHER}
        assert found.overall.reading is HIGHER

    def test_six_of_six_on_one_of_eleven_is_clear_while_nobody_moves_on_the_others(self):
        found = read([[UP, *[STAYED] * 10]] * 6)
        assert [each.reading for each in found.actions] == [HIGHER, *[NO_CLEAR] * 10]

    def test_others_that_moved_any_way_make_it_harder(self):
        mixed = [
            [UP, *(UP if (person + action) % 2 else DOWN for action in range(10))] for person in range(6)
        ]
        assert read(mixed).actions[0].reading is NO_CLEAR

    def test_the_meaning_has_changed(self):
        found = read([[UP]] * 9, why="meaning_changed")
        for change in (*found.actions, found.overall):
            assert (change.reading, change.why) == (ChangeReading.NOT_COMPARABLE, "meaning_changed")
            assert (change.counts, change.hidden) == (Counts(), False)

    def test_what_is_hidden_in_one_round_has_no_change_to_speak_of(self):
        pairs = [replace(pairs_of([[UP]] * 9)[0], before=None)]
        [found] = compare(pairs, [[None]] * 9, answered=Answered(9, 9), least=5, confidential=True).actions
        assert (found.reading, found.counts, found.hidden) == (TOO_FEW, Counts(), True)

    def test_more_cannot_be_matched_than_gave_a_level(self):
        pair = Pair(1, "a", spread([1] * 5), spread([1] * 6))
        with pytest.raises(ValueError, match="more people are matched"):
            one(pair, [(1, 1)] * 6, Answered(6, 6))


class TestOverall:
    def test_each_person_counts_once(self):
        people = [[UP, UP, DOWN]] * 12 + [[DOWN, DOWN, UP]] * 2 + [[UP, DOWN, STAYED]] * 5
        found = read(people).overall
        assert (found.number, found.code) == (0, "")
        assert found.counts == Counts(19, 2, 5, 12)
        assert found.reading is HIGHER

    def test_whoever_rated_one_of_the_actions_both_times_is_in_it(self):
        people = [[UP, UP, UP]] * 10 + [[UP, None, None], [None, UP, None], [None, None, None]]
        assert read(people).overall.matched == 12

    def test_it_is_said_coarsely(self):
        found = read([[UP, UP, UP]] * 12 + [[DOWN, DOWN, UP]]).overall
        assert found.counts == Counts(13, lower_at_most=1, higher_at_least=12)

    def test_it_stands_though_some_rated_once(self):
        found = read([[UP, UP, UP]] * 12, new=2)
        assert {each.hidden for each in found.actions} == {True}
        assert found.overall.counts == Counts(12, lower_at_most=1, higher_at_least=11)

    @pytest.mark.parametrize("actions", [1, 2])
    def test_over_one_or_two_actions_it_does_not_say_what_is_hidden_of_them(self, actions):
        people = [[both] * actions for both in UPS * 3]
        found = read(people, new=2).overall
        assert (found.counts, found.reading, found.hidden) == (Counts(), TOO_FEW, True)
        assert read(people, new=5).overall.matched == 12

    def test_fewer_than_six_are_too_few(self):
        assert read([[UP] * 3] * 5).overall.reading is TOO_FEW


class TestWhatIsShown:
    @pytest.mark.parametrize(("gone", "new"), [(0, 0), (5, 0), (0, 5), (7, 6)])
    def test_counts_stand_with_nobody_alone_or_enough(self, gone, new):
        found = one_action(up=7, down=2, stayed=1, gone=gone, new=new)
        assert (found.counts, found.hidden) == (Counts(10, 2, 1, 7), False)

    @pytest.mark.parametrize(("gone", "new"), [(1, 0), (0, 4), (4, 9), (5, 1)])
    def test_a_few_alone_hide_them(self, gone, new):
        found = one_action(up=7, down=2, stayed=1, gone=gone, new=new)
        assert (found.counts, found.hidden) == (Counts(), True)

    def test_a_named_round_hides_nothing(self):
        found = one_action(up=3, stayed=1, new=1, confidential=False)
        assert (found.counts, found.reading, found.hidden) == (Counts(4, 0, 1, 3), TOO_FEW, False)
        assert read([[UP] * 2] * 6, confidential=False).overall.counts == Counts(6, 0, 0, 6)
        assert read([[UP]] * 4, confidential=False).overall.counts == Counts()  # nothing is tested

    def test_no_p_is_kept(self):
        found = read([[UP, STAYED, DOWN]] * 9)
        kept = [change_to_json(change) for change in (*found.actions, found.overall)]
        assert not {name for each in kept for name in each if name.startswith("p")}

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=6, max_size=14),
        st.lists(st.integers(1, 5), max_size=7),
        st.lists(st.integers(1, 5), max_size=7),
        st.randoms(use_true_random=False),
    )
    def test_whether_counts_stand_depends_on_nobody_s_moves(self, people, gone, new, rng):
        """Everybody gave the same levels each time; how people moved between them is another thing."""
        befores, afters = map(list, zip(*people, strict=True))
        pair = Pair(1, "a", spread([*befores, *gone]), spread([*afters, *new]))
        answered = Answered(len(people) + len(gone), len(people) + len(new))
        moved = one(pair, people, answered)
        rng.shuffle(afters)
        otherwise = one(pair, list(zip(befores, afters, strict=True)), answered)
        assert (moved.hidden, moved.counts == Counts()) == (otherwise.hidden, otherwise.counts == Counts())
        assert (moved.reading is TOO_FEW) == (otherwise.reading is TOO_FEW)

    def test_nobody_and_one_who_moved_are_said_alike(self):
        """Nobody moved, of 12, and five are new: or one did."""
        still, one = one_action(stayed=12, new=5), one_action(stayed=11, up=1, new=5)
        assert still.counts == one.counts == Counts(12, lower_at_most=1, higher_at_most=1)
        assert (still.reading, one.reading) == (NO_CLEAR, NO_CLEAR)

    def test_one_who_moved_beside_fifteen_is_not_said(self):
        assert one_action(stayed=15, up=1).counts == Counts(16, lower_at_most=1, higher_at_most=1)


def whole_of(people):
    return spread(([2, 3, 4] * people)[:people])


class TestDontKnows:
    """Of those who gave no level nobody can be told by what is shown of a change."""

    def read(self, before, after, matched, answered, silent=0):
        """The first so many are matched, and others were there both times who gave no level one time."""
        people = [*zip(before[:matched], after[:matched], strict=True), *[None] * silent]
        return one(Pair(1, "a", spread(before), spread(after)), people, answered)

    def test_who_left_is_not_told_of_by_nobody_being_alone(self):
        """Ten answered, nine gave a level, the same nine rated again: so the tenth did not know."""
        levels = [2, 3, 4] * 3
        assert self.read(levels, levels, 9, Answered(9, 9)).matched == 9
        left = self.read(levels, levels, 9, Answered(10, 9))
        assert (left.matched, left.hidden) == (None, True)

    def test_who_gave_no_level_of_those_who_answered_both_times_hides_nothing(self):
        """Nobody knows of anybody that they are the ones who are not matched."""
        levels = [2, 3, 4] * 3
        found = self.read(levels, levels, 7, Answered(11, 11), silent=4)
        assert (found.matched, found.reading) == (7, NO_CLEAR)

    def test_six_must_be_matched_whoever_gave_no_level_where_some_answered_once(self):
        levels = [2, 3, 4] * 3
        found = self.read(levels, levels, 7, Answered(15, 11), silent=3)
        assert (found.reading, found.hidden) == (TOO_FEW, True)

    @pytest.mark.parametrize(("silent", "matched"), [(4, 18), (5, None), (6, None)])
    def test_of_those_who_answered_once_some_must_have_given_a_level(self, silent, matched):
        before, after = [2, 3, 4] * 8, [2, 3, 4] * 6
        answered = Answered(24 + silent, 19 + silent)  # five of them the first time alone
        found = self.read(before, after, 18, answered, silent=silent + 1)
        assert found.matched == matched

    def test_of_one_mind_but_for_one_nobody_is_told_of_by_being_matched(self):
        before, answered = [2, 3, 4] * 6, Answered(19, 12)
        assert self.read(before, [3] * 10 + [4] * 2, 12, answered).matched == 12
        assert self.read(before, [3] * 11 + [4], 12, answered).matched is None

    def test_more_cannot_have_given_a_level_than_answered(self):
        with pytest.raises(ValueError, match="than answered"):
            self.read([3] * 7, [3] * 7, 6, Answered(6, 7))


class TestWherePeopleCanBeToldApart:
    """Six of six is more than "all six, or all but one": no reading says it beside people or groups that
    stand apart."""

    def clear(self, matched, up, **more):
        people = [UP] * up + [STAYED] * (matched - up)
        return self.of(people, **more)

    def of(self, people, **more):
        befores, afters = zip(*people, strict=True)
        return one(
            Pair(1, "a", spread(befores), spread(afters), **more), people, Answered(len(people), len(people))
        )

    def test_a_reading_says_no_more_than_the_counts(self):
        assert self.clear(6, 6).reading is HIGHER
        apart = self.clear(6, 6, has_cells=True)
        assert (apart.reading, apart.could_show) == (NO_CLEAR, False)
        assert apart.counts == Counts(6, lower_at_most=1, higher_at_least=5)
        assert self.clear(9, 9, has_cells=True).reading is HIGHER

    @pytest.mark.parametrize("matched", range(6, 16))
    def test_what_is_counted_alike_is_read_alike(self, matched):
        read = {}
        for up, down in itertools.product(range(matched + 1), repeat=2):
            if up + down <= matched:
                people = [UP] * up + [DOWN] * down + [STAYED] * (matched - up - down)
                found = self.of(people, has_cells=True)
                read.setdefault(found.counts, set()).add(found.reading)
        assert all(len(readings) == 1 for readings in read.values())
        assert HIGHER in set().union(*read.values()) or matched < 9


class TestTied:
    """A few people went from one group to another: the sums of cells would tell how far, if few moved."""

    def places(self, *rounds, shows=True):
        cells = [Cells(shows, dict(enumerate(groups))) for groups in rounds]
        return tied(cells, 5)

    def test_one_who_changed_groups_ties_both_rounds(self):
        assert self.places("AAAAABBBBBB", "AAAAABBBBBB") == frozenset()
        assert self.places("AAAAABBBBBB", "AAAAABBBBBA") == {0, 1}
        assert self.places("AAAAABBBBBB", "AAAAABBBBBA", shows=False) == frozenset()

    def test_a_third_round_is_not_tied_to_either_by_that(self):
        assert self.places("AAAAABBBBB", "AAAAABBBBA", "") == {0, 1}

    def test_five_who_change_together_tie_nothing(self):
        assert self.places("AAAAAABBBBBB", "AAAAAAAAAAAB") == frozenset()

    def test_who_was_there_once_changed_nothing(self):
        one, other = Cells(True, {"p": "A", "q": "A"}), Cells(True, {"q": "A", "r": "B"})
        assert tied([one, other], 5) == frozenset()

    def test_nothing_is_said_of_tied_rounds_but_the_line_over_all(self):
        found = read([[UP] * 3] * 12, is_tied=True)
        assert {(each.reading, each.counts, each.hidden) for each in found.actions} == {
            (TOO_FEW, Counts(), True)
        }
        assert found.overall.reading is HIGHER


class TestPartsOfOneMind:
    """Those who left, or those who stayed, were as good as of one mind: exact counts would tell what."""

    def matched(self, gone, stayed=None):
        stayed = stayed or [1, 2, 3, 4, 5] * 3
        people = [(level, 3) for level in stayed]
        pair = Pair(1, "a", spread([*stayed, *gone]), spread([3] * len(stayed)))
        answered = Answered(len(stayed) + len(gone), len(stayed))
        return one(pair, people, answered).matched

    def test_hides_counts(self):
        assert self.matched([1, 2, 3, 4, 5, 5]) == 15
        assert self.matched([1, 5, 5, 5, 5, 5]) is None
        assert self.matched([1, 2, 5, 5, 5, 5]) is None
        assert self.matched([1, 2, 3, 4, 5, 5], stayed=[2] * 13 + [3, 4]) is None
        assert self.matched([], stayed=[2] * 13 + [3, 4]) == 15  # nobody left: that is the room's own mind

    def test_ten_are_matched_beside_others(self):
        assert self.matched([1, 2, 3, 4, 5], stayed=[1, 2, 3, 4, 5] * 2) == 10
        assert self.matched([1, 2, 3, 4, 5], stayed=[1, 2, 3, 4, 5, 2, 3, 4, 5]) is None


class TestReadingsWithFewAlone:
    """Where a clear reading would fix what a newcomer said, nothing is read, whatever came out."""

    def test_ten_of_whom_nine_went_up_beside_one_who_is_new(self):
        pair = Pair(1, "a", Distribution((0, 0, 6, 3, 1)), Distribution((1, 0, 0, 6, 4)))
        found = one(pair, [(3, 4)] * 6 + [(4, 5)] * 3 + [(5, 5)], Answered(10, 11))
        assert (found.reading, found.counts, found.hidden) == (TOO_FEW, Counts(), True)

    def test_a_latecomer_in_a_room(self):
        pair = Pair(1, "a", Distribution((0, 3, 4, 1, 0)), Distribution((1, 0, 3, 4, 1)))
        people = [(2, 3)] * 3 + [(3, 4)] * 4 + [(4, 5)]
        found = compare_in_room(pair, people, answered=Answered(8, 9), of=1, least=5, confidential=True)
        assert (found.reading, found.counts, found.could_show) == (TOO_FEW, Counts(), False)

    def test_a_reading_that_tells_nobody_anything_stands(self):
        """Six people of whom two at most can have gone one way: no change can be clear."""
        pair = Pair(1, "a", Distribution((0, 0, 0, 0, 6)), Distribution((0, 0, 1, 1, 5)))
        found = one(pair, [(5, 5)] * 5 + [(5, 4)], Answered(6, 7))
        assert (found.reading, found.hidden) == (NO_CLEAR, True)

    def test_looking_back_is_judged_by_what_is_seen_of_today(self):
        pair = Pair(1, "a", None, Distribution((0, 9, 9, 9, 5)), looked_back=30)
        today = [2] * 9 + [3] * 9 + [4] * 9 + [5] * 3
        people = [(level - 1 if place < 20 else level, level) for place, level in enumerate(today)]
        found = one(pair, people, Answered(30, 32))
        assert (found.reading, found.counts) == (HIGHER, Counts())


class TestInARoom:
    def read(self, people):
        befores, afters = zip(*people, strict=True)
        pair, n = Pair(3, "c", spread(befores), spread(afters)), len(people)
        return compare_in_room(pair, people, answered=Answered(n, n), of=11, least=5, confidential=True)

    def test_it_is_corrected_over_all_actions_of_the_edition(self):
        assert self.read([UP] * 8).reading is NO_CLEAR
        assert self.read([UP] * 9).reading is HIGHER

    def test_it_says_where_nothing_could_have_shown(self):
        assert (self.read([STAYED] * 8).could_show, self.read([STAYED] * 9).could_show) == (False, True)


class TestStored:
    def test_what_is_stored_comes_back(self):
        found = read([[UP, STAYED, DOWN]] * 9 + [[DOWN, STAYED, None]] * 3)
        kept = Between(12, 0, 0, found.actions, found.overall)
        assert Between.from_json(json.loads(json.dumps(kept.to_json()))) == kept

    @pytest.mark.parametrize("more", [{}, {"matched": 12, "lower_at_most": None, "higher_at_least": None}])
    @pytest.mark.parametrize("version", [1, 2])
    def test_what_was_stored_before_says_no_more_than_may_be_said_today(self, version, more):
        old = more | {
            "number": 1, "code": "a", "why": "", "reading": "higher", "lower": 0, "same": 3, "higher": 9,
            "p": 0.01, "p_holm": 0.04, "hidden": False, "could_show": True,
        }  # fmt: skip
        found = change_from_json(old)
        assert (found.reading, found.counts) == (HIGHER, Counts(12, higher=9, lower_at_most=1))
        hidden = old | dict.fromkeys(("matched", "lower", "same", "higher")) | {"hidden": True}
        assert (change_from_json(hidden).reading, change_from_json(hidden).counts) == (TOO_FEW, Counts())
        kept = {"version": version, "matched": 12, "new": 0, "gone": 0, "changes": [old]}
        assert Between.from_json(kept) == Between(12, 0, 0, (found,))
