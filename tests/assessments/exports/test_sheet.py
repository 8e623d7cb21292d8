"""The CSV, opened again by a reader of CSV."""

import csv
import io

import pytest

from assessments.exports.cells import inert
from assessments.exports.sheet import results_csv

from ..results_room import read, words_for

STRONG = ((0, 0, 1, 5, 2), 1)
FEW = ((1, 1, 1, 1, 0), 7)


def opened(*patterns, words=None, **rules):
    text = results_csv(read(*patterns, **rules), words or words_for(len(patterns)))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_one_row_an_action_with_its_numbers_unrounded():
    (row,) = opened(STRONG)
    assert row == {
        "number": "1", "code": "action-1", "action": "Title 1", "area": "Convene", "ratings": "8",
        "rated 1": "0", "rated 2": "0", "rated 3": "1", "rated 4": "5", "rated 5": "2",
        "don't know": "1", "average": "4.125", "median": "4.0", "average deviation": "0.375",
        "consensus": row["consensus"], "agreement": "Agreed", "verdict": "agreed_strong",
        "reading": "Strength", "place on the attention list": "", "reasons": "", "area average": "4.125",
        "actions in the area average": "1", "answered": row["answered"], "invited": row["invited"],
    }  # fmt: skip
    assert float(row["consensus"]) == pytest.approx(0.823, abs=0.0005)


def test_a_hidden_action_says_so_in_every_cell_and_leaves_no_number():
    _shown, hidden = opened(STRONG, FEW)
    figures = list(hidden)[4 : list(hidden).index("reading") + 1]
    assert len(figures) == 14
    assert {hidden[name] for name in figures} == {"hidden"}
    assert (hidden["place on the attention list"], hidden["reasons"]) == ("1", "unknown")


def test_it_says_what_the_data_says_of_attention_areas_and_people():
    split, weak = ((3, 0, 0, 0, 3), 0), ((4, 4, 0, 0, 0), 2)
    results = read(STRONG, split, weak)
    rows = opened(STRONG, split, weak)
    listed = {row["place on the attention list"]: row for row in rows if row["reasons"]}
    assert [(int(listed[n]["number"]), listed[n]["reasons"].split("; ")) for n in sorted(listed)] == [
        (entry.number, list(entry.reasons)) for entry in results.attention
    ]
    assert {float(row["area average"]) for row in rows} == {area.mean for area in results.areas}
    assert {(row["answered"], row["invited"]) for row in rows} == {
        (str(results.turnout.answered), str(results.turnout.invited))
    }


def test_an_action_of_a_named_round_that_nobody_rated_has_empty_figures():
    _first, empty = opened(STRONG, ((0, 0, 0, 0, 0), 3), confidential=False)
    assert (empty["ratings"], empty["don't know"], empty["average"], empty["agreement"]) == (
        "0", "3", "", "Too few to say"
    )  # fmt: skip


def test_commas_quotes_and_line_ends_survive():
    title = 'A "so-called", plan\nof many {}'
    assert opened(STRONG, words=words_for(1, title=title))[0]["action"] == title.format(1)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "\ufeff=cmd|' /C calc'!A0", "＝1"],
)
def test_no_text_is_a_live_formula(text):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Housing", "5 = five", "a-b", "", "مرحبا"])
def test_other_text_is_left_as_it_is(text):
    assert inert(text) == text


def test_a_formula_as_a_title_comes_out_dead():
    assert opened(STRONG, words=words_for(1, title="=HYPERLINK({})"))[0]["action"] == "'=HYPERLINK(1)"
