"""Every sentence a reader of the results can meet, for the pattern it stands for."""

from types import SimpleNamespace

import pytest

from assessments import readings
from assessments.analysis import OrganisationTurnout, Reason, Turnout

from ..results_room import read, words_for

MIDDLING = ((0, 0, 8, 0, 0), 0)
STRONG = ((0, 0, 1, 5, 2), 0)
SPLIT = ((9, 0, 2, 0, 8), 0)


def only(*pattern, **rules):
    return read(pattern, **rules).actions[0]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 8, 0, 0), "Agreed"),
        ((0, 2, 4, 2, 0), "Agreed"),
        ((0, 4, 0, 4, 0), "Split"),
        ((4, 0, 0, 0, 4), "Split"),
        ((0, 0, 1, 5, 2), "Agreed"),
        ((1, 0, 0, 0, 7), "Agreed, with one different view"),
        ((1, 1, 2, 2, 2), "Spread"),
        ((1, 1, 1, 1, 0), "Too few ratings to show"),
    ],
)
def test_the_agreement_in_words_of_the_table_of_the_methods(counts, said):
    assert readings.results.agreement(only(counts, 0)) == said


def test_a_named_round_says_too_few_but_keeps_its_numbers():
    action = only((1, 0, 0, 0, 1), 0, confidential=False)
    assert readings.results.agreement(action) == "Too few to say"
    assert readings.results.mean(action.mean) == "3.0"
    assert readings.results.readings(action) == ("too_few",)


@pytest.mark.parametrize(
    ("counts", "unknown", "said"),
    [
        (
            (5, 5, 6, 3, 0),
            5,
            "The average of 2.4 is below 3.0: 10 of 19 rated it 1 or 2. 5 more said they don't know.",
        ),
        (
            (7, 10, 4, 2, 1),
            0,
            "The average of 2.2 is below 3.0: 17 of 24 rated it 1 or 2. People agree about it.",
        ),
        (
            (0, 7, 0, 1, 0),
            0,
            "The average of 2.3 is below 3.0: 7 of 8 rated it 1 or 2. "
            "People agree about it, with one different view.",
        ),
        ((3, 9, 7, 4, 1), 0, "The average of 2.6 is below 3.0: 12 of 24 rated it 1 or 2."),
        ((0, 1, 7, 0, 0), 0, "The average of 2.9 is just below 3.0: 1 of 8 rated it 1 or 2, 7 said 3."),
        ((1, 4, 0, 3, 0), 0, "The average of 2.6 hides it: 5 rated it 1 or 2, 3 rated it 4 or 5."),
        ((1, 3, 0, 1, 1), 0, "The average of 2.7 hides it: 4 rated it 1 or 2, 2 rated it 4 or 5."),
        ((1, 4, 0, 0, 2), 0, "The average of 2.7 is just below 3.0: 5 of 7 rated it 1 or 2."),
        ((9, 0, 2, 0, 9), 0, "The average of 3.0 hides it: 9 rated it 1 or 2, 9 rated it 4 or 5."),
        (
            (4, 0, 0, 0, 4),
            3,
            "The average of 3.0 hides it: 4 rated it 1 or 2, 4 rated it 4 or 5, "
            "and 3 more said they don't know.",
        ),
        ((0, 0, 0, 0, 19), 5, "5 of 24 said they don't know."),
    ],
)
def test_why_an_action_might_need_attention(counts, unknown, said):
    results = read((counts, unknown))
    assert readings.attention.why(results.actions[0], results.attention[0]) == said


def test_a_mean_that_would_round_over_a_cut_off_is_not_rounded_over_it():
    assert readings.results.mean(2.95) == "2.95"
    assert readings.results.mean(2.25) == "2.3"
    assert readings.results.mean(None) == "–"
    assert readings.results.median(2.5) == "2.5"
    assert readings.results.median(4.0) == "4"


def test_the_pills_are_the_band_and_what_it_does_not_say():
    action = only((9, 0, 2, 0, 9), 0)
    assert readings.results.readings(action, (Reason.SPLIT,)) == ("keep_working", "split")
    assert readings.results.reading_words(action, (Reason.SPLIT, Reason.UNKNOWN)) == (
        "Keep working; Split; Many don't know"
    )


def test_a_baseline_has_no_bands_in_its_pills():
    assert readings.results.readings(only((9, 1, 0, 0, 0), 0, baseline=True)) == ()


def test_a_hidden_action_says_nothing_but_that():
    action = only((1, 1, 1, 1, 0), 9)
    assert readings.results.readings(action, (Reason.UNKNOWN,)) == ("hidden",)
    assert readings.results.reading_words(action) == "hidden"


class TestWhoAnswered:
    def test_absent_organisations_are_named(self):
        bodies = [("NHS", 5, 3), ("Police", 2, 0), ("Fire", 1, 0)]
        turnout = Turnout(8, 3, organisations=tuple(OrganisationTurnout(*each) for each in bodies))
        assert readings.results.answered(turnout) == "3 of 8"
        assert (
            readings.results.organisations_answered(turnout)
            == "1 of 3 organisations; nobody from Police and Fire"
        )

    def test_all_there(self):
        turnout = Turnout(
            5, 3, organisations=(OrganisationTurnout("NHS", 3, 2), OrganisationTurnout("Fire", 2, 1))
        )
        assert readings.results.organisations_answered(turnout) == "from all 2 organisations"

    def test_no_organisations(self):
        assert readings.results.organisations_answered(Turnout(5, 3)) == ""

    @pytest.mark.parametrize(
        ("answered", "title"),
        [
            (65, None),
            (64, "Read this with care"),
            (50, "Read this with care"),
            (49, "This is not a picture of the partnership"),
        ],
    )
    def test_a_low_response_is_a_note(self, answered, title):
        note = readings.results.response_note(Turnout(100, answered))
        assert (note and note[0]) == title

    def test_people_away_are_mentioned(self):
        assert readings.results.away(Turnout(5, 3)) == ""
        assert readings.results.away(Turnout(5, 3, away=1)) == "1 person was away and is not counted."


class TestTheFiguresAtTheTop:
    def test_most_of_the_list_in_one_area(self):
        low = ((8, 0, 0, 0, 0), 0)
        results = read(low, low, STRONG, STRONG, low)
        assert readings.results.might_need_attention(results) == "3 of 5"
        assert readings.results.where_most_are(results, words_for(5)) == "most of them in Convene"

    def test_a_hidden_action_is_not_among_those_counted(self):
        results = read(STRONG, ((1, 1, 0, 0, 0), 0), least=8)
        assert readings.results.might_need_attention(results) == "0 of 1"
        assert readings.results.where_most_are(results, words_for(2)) == "nothing stands out"

    def test_a_hidden_action_that_many_know_too_little_of_is(self):
        results = read(STRONG, ((1, 1, 0, 0, 0), 0))
        assert readings.results.might_need_attention(results) == "1 of 2"
        few = readings.attention.few(results.turnout, 5)
        assert readings.attention.why(results.actions[1], results.attention[0], few=few) == (
            "Fewer than 5 of the 8 who answered gave it a level."
        )

    def test_what_is_close_to_the_list_is_named_by_number(self):
        near, nearly_split = ((0, 1, 6, 1, 0), 0), ((0, 2, 2, 4, 0), 0)
        assert readings.results.close_to_list(read(STRONG)) == ""
        assert readings.results.close_to_list(read(STRONG, near, nearly_split)) == (
            "Not on the list, but as close to it: actions 2 and 3."
        )

    def test_no_area_has_most(self):
        low = ((8, 0, 0, 0, 0), 0)
        assert (
            readings.results.where_most_are(read(low, STRONG, STRONG, low), words_for(4)) == "across 2 areas"
        )

    def test_all_eleven_need_attention(self):
        results = read(*[((8, 1, 0, 0, 0), 0)] * 11)
        assert readings.results.might_need_attention(results) == "11 of 11"
        assert readings.results.where_most_are(results, words_for(11)) == "across 4 areas"

    def test_one_split_gives_its_numbers_two_give_none(self):
        assert readings.results.split_on(read(STRONG, SPLIT)) == (
            "Action 2",
            "9 rated it 1 or 2, 8 rated it 4 or 5",
        )
        assert readings.results.split_on(read(SPLIT, SPLIT))[0] == "Actions 1 and 2"
        assert readings.results.split_on(read(SPLIT, SPLIT, SPLIT))[0] == "3 actions"
        assert readings.results.split_on(read(STRONG))[0] == "No action"

    def test_least_known(self):
        assert readings.results.least_known(read(STRONG, ((0, 0, 19, 0, 0), 5))) == (
            "Action 2",
            "5 of 24 said so",
        )
        tie = ((0, 0, 19, 0, 0), 5)
        assert readings.results.least_known(read(tie, tie)) == ("Actions 1 and 2", "said by 5 each")
        assert readings.results.least_known(read(STRONG)) == ("No action", "nobody said they don't know")

    def test_don_t_knows_of_a_hidden_action_are_not_given_away(self):
        hidden = ((1, 1, 1, 0, 0), 9)
        assert readings.results.least_known(read(STRONG, hidden)) == (
            "No action",
            "nobody, of the actions shown",
        )

    def test_nothing_is_claimed_about_a_hidden_action(self):
        assert readings.results.split_on(read(STRONG)) == ("No action", "none has two camps")
        assert readings.results.split_on(read(STRONG, ((2, 0, 0, 0, 2), 0))) == (
            "No action",
            "none of those shown",
        )


class TestTheChartInOneSentence:
    def test_highest_lowest_agreement(self):
        results = read(STRONG, ((8, 0, 0, 0, 0), 0), SPLIT)
        assert readings.results.summary(results, words_for(3)) == (
            "On average people rate “Title 1” highest (4.1) and “Title 2” lowest (1.0). "
            "They agree on 2 of 3 actions and are split on 1."
        )

    def test_ties(self):
        low = ((8, 0, 0, 0, 0), 0)
        assert "rate “Title 1” and “Title 2” highest" in readings.results.summary(
            read(STRONG, STRONG, low, low, low), words_for(5)
        )
        assert "actions 2, 3 and 4 lowest" in readings.results.summary(
            read(STRONG, low, low, low), words_for(4)
        )

    def test_a_difference_that_is_not_shown_is_none(self):
        """Averages of 4.1 and 4.125 both read 4.1: neither is the highest alone."""
        eighth, tenth = ((0, 0, 1, 5, 2), 0), ((0, 0, 1, 7, 2), 0)
        low = ((8, 0, 0, 0, 0), 0)
        assert readings.results.mean(4.125) == readings.results.mean(4.1)
        said = readings.results.summary(read(eighth, tenth, low), words_for(3))
        assert said.startswith("On average people rate “Title 1” and “Title 2” highest (4.1) and “Title 3”")
        said = readings.results.summary(read(eighth, tenth), words_for(2))
        assert said.startswith("On average people rate every action 4.1.")

    def test_all_alike(self):
        assert readings.results.summary(read(MIDDLING, MIDDLING), words_for(2)).startswith(
            "On average people rate every action 3.0."
        )

    def test_a_hidden_action_is_a_gap_with_its_reason(self):
        said = readings.results.gaps(read(STRONG, ((1, 1, 1, 1, 0), 0)))
        assert said == "The line has a gap at action 2: too few ratings to show."

    def test_each_gap_is_named_however_many_there_are(self):
        few = ((1, 0, 0, 0, 0), 0)
        said = readings.results.gaps(read(few, STRONG, few, few))
        assert said == "The line has gaps at actions 1, 3 and 4: too few ratings to show."

    def test_the_sentence_that_is_read_without_the_chart_speaks_of_no_line(self):
        results = read(STRONG, ((1, 1, 1, 1, 0), 0))
        assert "line" not in readings.results.summary(results, words_for(2))
        assert readings.results.gaps(read(STRONG)) == ""

    def test_nothing_to_draw(self):
        assert readings.results.summary(read(((1, 0, 0, 0, 0), 0)), words_for(1)) == (
            "No action has enough ratings to draw."
        )


def test_an_area_says_from_how_many_of_its_actions():
    results = read(STRONG, STRONG, ((1, 1, 0, 0, 0), 0), ((8, 0, 0, 0, 0), 0))
    convene, system = results.areas
    assert readings.results.area_from(convene) == "from 2 of 3 actions"
    assert readings.results.area_attention(convene) == "1 might need more attention"  # the hidden one
    [strong] = read(STRONG).areas
    assert readings.results.area_attention(strong) == "none stands out"
    assert readings.results.area_attention(strong, baseline=True) == "none is split or little known"
    assert readings.results.area_from(system) == "from its one action"
    assert readings.results.area_attention(system) == "1 might need more attention"


def test_an_area_of_two_actions_is_from_both():
    results = read(STRONG, STRONG, STRONG, STRONG, STRONG)
    assert [readings.results.area_from(area) for area in results.areas] == [
        "from all 3 actions",
        "from both actions",
    ]


@pytest.mark.parametrize(
    ("guests", "words"), [(0, "24 of 31"), (1, "24 of 31, and 1 guest"), (3, "24 of 31, and 3 guests")]
)
def test_guests_are_counted_apart(guests, words):
    assert readings.results.answered(Turnout(31, 24, guests=guests)) == words


@pytest.mark.parametrize(
    ("guests", "words"),
    [
        (0, "3 of 7 people invited answered."),
        (1, "3 of 7 people invited answered, and 1 guest."),
        (2, "3 of 7 people invited answered, and 2 guests."),
    ],
)
def test_who_answered_in_a_sentence(guests, words):
    assert readings.results.who_answered(Turnout(7, 3, guests=guests)) == words


@pytest.mark.parametrize(
    ("share", "words"), [(None, "–"), (0.235, "24 %"), (0.2349, "23 %"), (0.285, "29 %")]
)
def test_a_share_is_rounded_half_up(share, words):
    assert readings.results.share(share) == words


def test_every_door_says_one_share_alike():
    """A comparison said 23 % and the portfolio 24 % of one round."""
    doors = SimpleNamespace(share_high=0.235)
    line = SimpleNamespace(standing=doors, round=object())
    assert readings.change.share(doors) == readings.portfolio.share_high(line) == "24 %"
