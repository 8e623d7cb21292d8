"""The groups of a round as a table and in words."""

import pytest

from assessments import analysis, readings
from assessments.analysis import Distribution, GroupCounts, Turnout

from ..results_room import read, words_for


def group(name, *counts):
    return GroupCounts(name.lower(), name, Distribution(counts))


GROUPS = (group("Frontline", 3, 3, 1, 1, 0), group("Senior", 0, 0, 2, 2, 2), group("Citizen", 1, 1, 0, 0, 0))
NOBODY_ELSE = ((0, 0, 0, 0, 0), 0)


def results(**rules):
    return read(NOBODY_ELSE, groups=GROUPS, turnout=Turnout(20, 16), **rules)


@pytest.mark.parametrize(
    ("mean", "step"),
    [
        (None, None),
        (1, 1),
        (2.49, 1),
        (2.5, 2),
        (2.99, 2),
        (3, 3),
        (3.49, 3),
        (3.5, 4),
        (3.99, 4),
        (4, 5),
        (5, 5),
    ],
)
def test_the_shade_turns_where_the_readings_do(mean, step):
    assert analysis.shades.step(mean) == step


def test_a_cell_shows_its_figures_or_says_why_it_does_not():
    named = readings.groups.table(results(confidential=False), ["Elected"])
    assert named.names == ("Citizen", "Frontline", "Senior", "Elected")
    assert [(cell.n, cell.words) for cell in named.rows[0].cells] == [
        (2, "1.5"),
        (8, "2.0"),
        (6, "4.0"),
        (None, "no one"),
    ]
    confidential = readings.groups.table(results(), ["Elected"])
    assert [(cell.n, cell.words) for cell in confidential.rows[0].cells] == [
        (None, "hidden to protect people"),
        (8, "2.0"),
        (None, "hidden to protect people"),
        (None, "no one"),
    ]
    assert (confidential.rows[0].everybody.n, confidential.rows[0].everybody.words) == (16, "2.7")


def test_a_group_that_gave_no_level_in_a_named_round():
    silent = (group("A", 0, 0, 0, 0, 0), group("B", 0, 0, 6, 0, 0))
    cell = (
        readings.groups.table(read(NOBODY_ELSE, groups=silent, turnout=Turnout(20, 16), confidential=False))
        .rows[0]
        .cells[0]
    )
    assert (cell.n, cell.words, cell.step) == (0, "no rating", None)


def test_a_hidden_action_says_nothing_of_everybody():
    row = readings.groups.table(read(((1, 1, 1, 0, 0), 0))).rows[0]
    assert (row.everybody.words, row.everybody.n) == ("hidden to protect people", None)


def test_gaps_are_put_into_words():
    [(words, sentence)] = readings.groups.widest(results(confidential=False), words_for(1))
    assert words.number == 1
    assert sentence == "Frontline 2.0 (8 people), Senior 4.0 (6 people)"
    assert (
        readings.groups.in_short(results(confidential=False))
        == "On 1 action groups lie a level or more apart."
    )


def test_where_there_is_no_gap_it_says_why():
    assert readings.groups.in_short(results()) == "No two groups are large enough to be compared."
    alike = (group("A", 0, 0, 6, 0, 0), group("B", 0, 0, 6, 1, 0))
    near = read(NOBODY_ELSE, groups=alike, turnout=Turnout(20, 16))
    assert readings.groups.in_short(near) == "No two groups lie a level or more apart on any action."


def test_at_most_five_gaps_are_put_into_words():
    many = read(*[NOBODY_ELSE] * 6, groups=GROUPS, turnout=Turnout(20, 16), confidential=False)
    assert len(readings.groups.widest(many, words_for(6))) == 5
    assert readings.groups.in_short(many).endswith(
        "6 actions groups lie a level or more apart. These are the widest gaps."
    )


def test_who_did_not_answer():
    assert readings.groups.who_is_silent([]) == ""
    assert readings.groups.who_is_silent(["Police", "Fire"]) == "Nobody answered from Police and Fire."
