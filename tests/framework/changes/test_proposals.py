"""Which kind of change a difference looks like."""

from dataclasses import replace

import pytest

from framework.changes.differences import differences
from framework.changes.proposals import EFFECT, TypedChange, propose
from framework.models import Change
from tests.framework.words import action, edition, looks_like

TRUST, PURPOSE = action("trust", 1), action("purpose", 2, "plan")
BEFORE = edition(TRUST, PURPOSE)
OTHER_WORDS = {
    "title": "Spend money together",
    "statement": "Budgets are pooled across organisations each spring.",
    "question": "Are budgets pooled across organisations each spring?",
}


def proposed(*later, **other):
    return [
        (each.kind, each.before, each.after)
        for each in propose(differences(BEFORE, edition(*later, **other)))
    ]


def said(statement):
    return proposed(replace(TRUST, statement=statement), PURPOSE)[0][0]


def test_nothing_is_asked_where_nothing_changed_or_only_the_place():
    assert proposed(TRUST, PURPOSE) == []
    assert proposed(replace(PURPOSE, number=1), replace(TRUST, number=2)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "We build trust between us in every meeting we hold, week after week",
        "we build trust between us, in every meeting we hold, week after week.",
        "We bulid trust between us in every meeting we hold, week after week.",
        "We build trusts between us in every meetings we hold, week after week.",
    ],
)
def test_full_stops_capitals_and_a_letter_or_two_look_like_a_slip(statement):
    assert said(statement) == "typo"


def test_a_few_other_words_look_clearer_and_many_look_like_another_meaning():
    assert said("We build trust among us in every meeting that we hold, week after week.") == "clarified"
    assert proposed(replace(TRUST, **OTHER_WORDS), PURPOSE) == [("meaning_changed", "trust", "trust")]


@pytest.mark.parametrize(
    "statement",
    [
        "We build trust between us in every meeting we hold, not week after week.",
        "We build trust between us in some meeting we hold, week after week.",
    ],
)
def test_one_word_that_turns_what_is_said_is_enough(statement):
    assert said(statement) == "meaning_changed"


def test_words_nobody_rates_by_change_no_meaning():
    later = replace(TRUST, prompts=("Something else?",), helps="Coffee.", short_title="Trust grows")
    assert proposed(later, PURPOSE) == [("clarified", "trust", "trust")]


def test_what_a_level_looks_like_counts():
    later = TRUST
    for value in (1, 2, 3, 4, 5):
        later = looks_like(later, value, "Budgets and plans are shared by the whole of the group by then")
    assert proposed(later, PURPOSE) == [("meaning_changed", "trust", "trust")]


def test_new_and_retired():
    later = replace(action("money", 2), **OTHER_WORDS)
    assert proposed(TRUST, later) == [("new", "", "money"), ("retired", "purpose", "")]


def test_the_labels_of_the_levels_come_first():
    assert proposed(TRUST, PURPOSE, labels=("Not yet", "Startin", "Partly", "Mostly", "Fully")) == [
        ("typo", "", "")
    ]
    assert proposed(TRUST, PURPOSE, labels=("Bad", "Poor", "Fair", "Good", "Best")) == [
        ("meaning_changed", "", "")
    ]


def parts():
    return [
        replace(TRUST, code="trust-us", statement="We build trust between us in every meeting."),
        replace(TRUST, code="trust-others", number=3, question="Do we hold every meeting we build?"),
    ]


def test_an_action_that_became_two_looks_split():
    one, two = parts()
    assert proposed(one, PURPOSE, two) == [("split", "trust", "trust-us"), ("split", "trust", "trust-others")]


def test_an_action_that_kept_its_code_and_gave_a_part_away_looks_split():
    one, two = parts()
    assert proposed(replace(one, code="trust"), PURPOSE, two) == [
        ("split", "trust", "trust"),
        ("split", "trust", "trust-others"),
    ]


def test_two_that_became_one_look_merged():
    both = action("both", 1, statement=TRUST.statement + PURPOSE.statement, question=PURPOSE.question)
    assert proposed(both) == [("merged", "trust", "both"), ("merged", "purpose", "both")]


def test_one_for_one_under_another_code_is_another_action():
    assert proposed(replace(TRUST, code="confidence"), PURPOSE) == [
        ("new", "", "confidence"),
        ("retired", "trust", ""),
    ]


def test_every_kind_says_what_it_does_to_comparisons():
    assert EFFECT.keys() == set(Change.Kind.values)
    assert "are not compared" in TypedChange("meaning_changed", "trust", "trust").effect
