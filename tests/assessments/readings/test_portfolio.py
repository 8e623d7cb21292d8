"""The portfolio in words."""

from types import SimpleNamespace

import pytest

from assessments import readings
from assessments.analysis import RoundCounts, Rules, Turnout, standing
from assessments.analysis.portfolio import Portfolio, PortfolioLine
from assessments.queries.partnership import Review
from assessments.queries.portfolio import cells
from framework.changes.lineage import Lineage

from ..analysis.rooms import everybody_gives, whole
from ..results_room import words_for

WORDS = words_for(5)


def line(name, *levels, answered=20, invited=20, **facts):
    """A partnership in which ``n`` = 6 people all gave these levels to actions 1, 2, ..."""
    stored = tuple(whole(everybody_gives(level, 6).counts, number=n) for n, level in enumerate(levels, 1))
    found = standing(RoundCounts(stored, Turnout(invited, answered)), Rules())
    shown = {
        "standing": found,
        "cells": cells(found, WORDS, Lineage(), WORDS.edition_id),
        "round": SimpleNamespace(title="Round", least_number=5),
    }
    facts = shown | facts if levels else facts
    return PortfolioLine(
        SimpleNamespace(name=name), Review(None, is_overdue=False, is_under_way=False), **facts
    )


def portfolio(*lines):
    return Portfolio(WORDS, lines)


def short(*lines):
    found = portfolio(*lines)
    return readings.portfolio.in_short(found, readings.portfolio.across(found))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "No partnership has shared results yet."),
        ([line("A")], "No partnership has shared results yet."),
        ([line("A", 4, 4)], "No action stands out in any partnership."),
        ([line("A", 1, 4)], "Action 1 is on the list of 1 of 1 partnership: Title 1."),
        ([line("A", 1, 4), line("B", 4, 1)], "No action is on the list of more than one partnership."),
        ([line("A", 1, 1), line("B", 4, 1)], "Action 2 is on the list of 2 of 2 partnerships: Title 2."),
        ([line("A", 1, 1), line("B", 1, 1)], "Actions 1 and 2 are each on the list of 2 partnerships."),
        ([line("A", 1, 1, 1, 1), line("B", 1, 1, 1, 1)], "4 actions are each on the list of 2 partnerships."),
    ],
)
def test_the_most_important_thing_in_a_sentence(lines, said):
    assert short(*lines) == said


def test_most_first_then_by_number():
    found = readings.portfolio.across(portfolio(line("A", 1, 1, 1), line("B", 4, 1, 1), line("C", 4, 4, 1)))
    assert [(each.words.number, len(each.lines), each.of) for each in found] == [
        (3, 3, 3),
        (2, 2, 3),
        (1, 1, 3),
    ]


def test_of_many_partnerships_six_are_named():
    [found] = readings.portfolio.across(portfolio(*(line(f"P{n}", 1) for n in range(8))))
    assert ([each.partnership.name for each in found.named], found.more) == ([f"P{n}" for n in range(6)], 2)


def test_where_to_look_first_and_why():
    lines = (
        line("B", 1, 1, 4),
        line("A", 1, 1, 4),
        line("C", 1, 1, 1),
        line("D", 1, 4, 4),
        line("E", 4, 4, 4),
    )
    looks = readings.portfolio.where_to_look(portfolio(*lines), lambda _line: WORDS)
    assert [look.line.partnership.name for look in looks] == ["C", "A", "B"]
    assert looks[1].why == "2 of 3 actions on the list"
    assert looks[1].most_pressing == (
        "Most pressing: 1 Title 1. The average of 1.0 is below 3.0: 6 of 6 rated it 1 or 2. "
        "People agree about it."
    )


def rated(name, *patterns, answered=20):
    """A partnership in which action 1, 2, ... was given these levels by so many each."""
    stored = tuple(whole(counts, number=n) for n, counts in enumerate(patterns, 1))
    found = standing(RoundCounts(stored, Turnout(20, answered)), Rules())
    return PortfolioLine(
        SimpleNamespace(name=name),
        Review(None, is_overdue=False, is_under_way=False),
        standing=found,
        cells=cells(found, WORDS, Lineage(), WORDS.edition_id),
        round=SimpleNamespace(title="Round", least_number=5),
    )


def test_what_is_close_to_the_line_counts_for_nothing():
    close = rated("Close", (0, 1, 7, 0, 0), (0, 1, 7, 0, 0))
    firm = rated("Firm", (8, 0, 0, 0, 0), (0, 0, 0, 8, 0))
    assert [len(each.standing.attention) for each in (close, firm)] == [2, 1]
    assert short(close, firm) == "No action is on the list of more than one partnership."
    looks = readings.portfolio.where_to_look(portfolio(close, firm), lambda _line: WORDS)
    assert [(look.line.partnership.name, look.why) for look in looks] == [
        ("Firm", "1 of 2 actions on the list")
    ]


def test_the_most_pressing_is_what_most_rated_low():
    line = rated("A", (9, 0, 0, 0, 9), (12, 6, 0, 0, 0))
    [look] = readings.portfolio.where_to_look(portfolio(line), lambda _line: WORDS)
    assert look.most_pressing.startswith("Most pressing: 2 Title 2. ")


def test_an_action_hidden_because_too_few_know_it_counts():
    line = rated("A", (0, 0, 0, 3, 0), (0, 0, 0, 20, 0))
    [look] = readings.portfolio.where_to_look(portfolio(line), lambda _line: WORDS)
    assert look.why == "1 of 2 actions on the list"
    assert look.most_pressing == (
        "Most pressing: 1 Title 1. Fewer than 5 of the 20 who answered gave it a level."
    )
    assert short(line) == "Action 1 is on the list of 1 of 1 partnership: Title 1."


def test_those_of_which_nothing_can_be_said_are_named():
    few = line("Few", 1, answered=4, invited=20)
    assert readings.portfolio.nothing_to_go_by(portfolio(few, line("None"), line("Fine", 4))) == [
        "Too few answered to say anything: Few (4 of 20).",
        "No shared results: None.",
    ]
    assert readings.portfolio.nothing_to_go_by(portfolio(line("Fine", 4))) == []


def test_who_answered_over_all():
    lines = (line("A", 4, answered=9, invited=20), line("B", 4, answered=20, invited=20), line("C"))
    assert readings.portfolio.answered(portfolio(*lines)) == ("29 of 40", "fewer than half in 1 partnership")
    assert readings.portfolio.answered(portfolio(lines[1])) == ("20 of 20", "in the rounds below")


def test_many_overdue_are_not_all_named():
    late = Review(None, is_overdue=True, is_under_way=False)
    lines = [PortfolioLine(SimpleNamespace(name=f"P{n}"), late) for n in range(9)]
    assert readings.portfolio.overdue(portfolio(*lines)) == ("9", "P0, P1, P2, P3, P4, P5 and 3 more")


@pytest.mark.parametrize(("levels", "said"), [((4, 4, 1), "67 %"), ((1,), "0 %"), ((5,), "100 %")])
def test_the_share_of_fours_and_fives(levels, said):
    assert readings.portfolio.share_high(line("A", *levels)) == said


def test_no_share_where_all_is_hidden():
    assert readings.portfolio.share_high(line("A", 5, answered=4)) == "–"


def test_signs_are_said_in_words_too():
    assert readings.portfolio.signs(("low", "split")) == ("▼⇄", "low, split")
    assert readings.portfolio.signs(()) == ("", "")
