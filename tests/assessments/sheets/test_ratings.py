import pytest

from assessments.sheets.ratings import BadSheet, headings, read_sheet

LEVELS = ["1", "2", "3", "4", "5", "dk", "", "1", "2", "3", "4"]
HEADING = ["respondent", *map(str, range(1, 12))]


def faults(*rows):
    with pytest.raises(BadSheet) as caught:
        read_sheet(list(rows), actions=11)
    return [(fault.row, fault.column, fault.found) for fault in caught.value.faults]


def test_levels_dont_knows_and_gaps_are_read_in_the_order_of_the_actions():
    sheet = read_sheet([HEADING, ["Ada", *LEVELS]], actions=11)
    assert sheet.people[0].cells == (1, 2, 3, 4, 5, "dk", None, 1, 2, 3, 4)


def test_columns_may_stand_in_any_order_and_in_any_case():
    heading = [*reversed(HEADING), "Standpoint", "COMMENT 2"]
    row = [*reversed(["Ada", *LEVELS]), "frontline", "Good meetings"]
    person = read_sheet([heading, row], actions=11).people[0]
    assert (person.respondent, person.standpoint) == ("Ada", "frontline")
    assert person.cells[:3] == (1, 2, 3)
    assert person.comments[1] == "Good meetings"


def test_a_row_without_any_level_or_dont_know_has_not_answered():
    people = read_sheet([HEADING, ["Ada", *[""] * 11], ["Ben", "dk", *[""] * 10]], actions=11).people
    assert [person.answered for person in people] == [False, True]


def test_every_bad_cell_is_named_with_row_column_and_what_was_found():
    assert faults(HEADING, ["Ada", *LEVELS], ["Ben", "6", "x", *LEVELS[2:]], ["", *LEVELS]) == [
        (3, "1", "6"),
        (3, "2", "x"),
        (4, "respondent", ""),
    ]


@pytest.mark.parametrize("cell", ["0", "6", "3.5", "-1", "three", "=1+1", "٣", "1e0"])
def test_only_1_to_5_and_dk_are_levels(cell):
    assert faults(HEADING, ["Ada", cell, *LEVELS[1:]]) == [(2, "1", cell)]


def test_blank_rows_between_people_are_passed_over_and_keep_the_count_of_rows():
    assert faults(HEADING, [""] * 12, ["Ada", "9", *LEVELS[1:]]) == [(3, "1", "9")]


def test_missing_and_doubled_columns_are_named():
    assert faults(["respondent", "1", "1", *map(str, range(3, 12))]) == [(1, "1", "1"), (1, "2", "")]


def test_a_heading_nearly_right_is_a_fault_and_a_strange_one_is_left_out_and_said():
    assert (1, "organization", "organization") in faults(["organization", *HEADING], ["x", "Ada", *LEVELS])
    assert read_sheet([["group", *HEADING], ["2", "Ada", *LEVELS]], actions=11).unused == ("group",)


def test_the_same_respondent_twice_is_refused():
    assert faults(HEADING, ["Ada", *LEVELS], ["Ada", *LEVELS]) == [(3, "respondent", "Ada")]


def test_one_address_in_small_letters_and_in_capitals_is_one_person():
    assert faults(HEADING, ["ada@moor.example", *LEVELS], ["ADA@Moor.example", *LEVELS]) == [
        (3, "respondent", "ada@moor.example")
    ]
    assert len(read_sheet([HEADING, ["ada", *LEVELS], ["ADA", *LEVELS]], actions=11).people) == 2


@pytest.mark.parametrize("nothing", ["\u200b", "\u2060\u200d", "\u0301"])
@pytest.mark.parametrize("column", ["respondent", "organisation"])
def test_a_name_nobody_can_see_is_refused(nothing, column):
    row = dict(zip([*HEADING, "organisation"], ["Ada", *LEVELS, "Housing"], strict=True)) | {column: nothing}
    assert faults(list(row), list(row.values())) == [(2, column, nothing)]


def test_a_standpoint_must_be_one_of_the_six():
    assert faults([*HEADING, "standpoint"], ["Ada", *LEVELS, "boss"]) == [(2, "standpoint", "boss")]


def test_too_long_a_name_or_comment_and_cells_beyond_the_heading_are_refused():
    heading = [*HEADING, "comment 1"]
    assert [fault[1] for fault in faults(heading, ["A" * 121, *LEVELS, "c" * 2001, "more"])] == [
        "",
        "respondent",
        "comment 1",
    ]


def test_an_empty_sheet_and_one_with_a_heading_only_say_what_is_missing():
    assert faults() == [(1, "", "")]
    assert faults(HEADING) == [(2, "respondent", "")]


def test_a_fault_reads_as_a_sentence():
    with pytest.raises(BadSheet) as caught:
        read_sheet([HEADING, ["Ada", "7", *LEVELS[1:]]], actions=11)
    assert str(caught.value) == "Row 2, column 1: found “7”; wanted 1, 2, 3, 4, 5, dk, or nothing."


def test_organisations_are_named_once_whatever_their_case():
    heading = [*HEADING, "organisation"]
    rows = [["Ada", *LEVELS, "Moor Trust"], ["Ben", *LEVELS, "moor trust"], ["Cy", *LEVELS, ""]]
    assert read_sheet([heading, *rows], actions=11).organisations == ("Moor Trust",)


def test_the_blank_sheet_has_the_columns_that_can_be_read():
    row = ["Ada", "Moor Trust", "senior", *LEVELS, *[""] * 11]
    assert read_sheet([headings(11), row], actions=11).people[0].cells[0] == 1
