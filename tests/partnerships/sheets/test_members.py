"""A list of people as somebody would paste it: what is understood, and what is said of each bad row."""

import pytest

from partnerships.models import Sector, Standpoint
from partnerships.sheets.members import MOST_PEOPLE, Known, read_members
from partnerships.sheets.tables import text_rows


def read(text, known=None):
    return read_members(text_rows(text), known or knowing())


def knowing(**has):
    return Known(sectors=dict(Sector.choices), standpoints=dict(Standpoint.choices), **has)


def faults(text, known=None):
    return [(f.row, f.column, f.found, f.wanted) for f in read(text, known).faults]


def people(text, known=None):
    read_list = read(text, known)
    assert read_list.faults == ()
    return [(p.name, p.email, p.organisation, p.standpoint) for p in read_list.people]


ANN = ("Ann Lee", "ann@northmoor.example", "Northmoor Fire", "senior")


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee, ann@northmoor.example, Northmoor Fire, senior",
        "Ann Lee;ANN@Northmoor.example;Northmoor Fire;Senior leader",
        "Ann  Lee\tann@northmoor.example\tNorthmoor Fire\tSENIOR",
        "Name,E-mail,Organisation,Standpoint\nAnn Lee,ann@northmoor.example,Northmoor Fire,senior",
        "standpoint;mail;organization;full name\nsenior;ann@northmoor.example;Northmoor Fire;Ann Lee",
        "\n\nAnn Lee,ann@northmoor.example,Northmoor Fire,senior\n\n",
    ],
)
def test_a_person_however_the_line_is_written(line):
    assert people(line) == [ANN]


def test_a_name_is_enough():
    assert people("Ann Lee\nMohammed Karim") == [("Ann Lee", "", "", ""), ("Mohammed Karim", "", "", "")]


def test_names_from_everywhere_are_kept():
    names = ["ليلى حسن", "Zoe\u0308 A\u030agren", "=SUM(A1)", "<b>Bob</b>", "O'Brien-Łukasz"]
    kept = ["ليلى حسن", "Zoë Ågren", "=SUM(A1)", "<b>Bob</b>", "O'Brien-Łukasz"]
    assert [person[0] for person in people("\n".join(names))] == kept


def test_overrides_that_turn_the_rest_of_a_line_round_are_left_out():
    assert people("\u202eAnn Lee\u202c")[0][0] == "Ann Lee"


def test_each_bad_cell_is_named():
    found = faults(
        "Ann Lee,ann@northmoor.example,Fire,senior\n"
        ",bob@northmoor.example,Fire,senior\n"
        "Cat,cat at northmoor,Fire,boss\n"
        f"{'D' * 121},,,\n"
        "Eve,,,,,too much\n"
    )
    assert [(row, column) for row, column, *_rest in found] == [
        (2, "name"),
        (3, "e-mail"),
        (3, "standpoint"),
        (4, "name"),
        (5, ""),
    ]
    assert found[1][2] == "cat at northmoor"
    assert "ann@northmoor.example" in found[1][3]
    assert "Senior leader" in found[2][3]
    assert found[3][3] == "at most 120 characters"
    assert found[4][2] == "too much"


def test_rows_are_counted_as_in_the_file_with_heading_and_empty_rows():
    assert faults("name,e-mail\n\nAnn,nonsense\n")[0][:2] == (3, "e-mail")


def test_the_same_person_twice():
    found = faults("Ann,ann@a.example\nAnnie,ANN@a.example\nBob\nbob")
    assert [(row, column, wanted) for row, column, _found, wanted in found] == [
        (2, "e-mail", "each person once: the same as in row 1"),
        (4, "name", "each person once: the same as in row 3"),
    ]


def test_two_people_may_share_a_name_when_their_addresses_differ():
    assert len(people("Ann Lee,a@a.example\nAnn Lee,b@a.example")) == 2


def test_somebody_who_is_a_member_already():
    known = knowing(members=(("Ann Lee", "ann@a.example"), ("Bob", "")))
    assert [(row, wanted) for row, _c, _f, wanted in faults("Ann,Ann@a.example\nbob\nCat", known)] == [
        (1, "each person once: already a member"),
        (2, "each person once: already a member"),
    ]


def test_new_organisations_are_named_once_with_their_sector():
    read_list = read(
        "name,organisation,sector\nAnn,Fire and Rescue,\nBob,fire AND rescue,Fire\nCat,NHS,nhs\n"
        "Dee,Action,\n",
        knowing(organisations={"NHS": "nhs"}),
    )
    assert read_list.faults == ()
    assert read_list.new_organisations == (("Fire and Rescue", "fire"), ("Action", "other"))
    assert [person.organisation for person in read_list.people][:2] == ["Fire and Rescue"] * 2


def test_sectors_that_contradict_each_other_or_what_is_known():
    text = "name,organisation,sector\nAnn,Fire,fire\nBob,Fire,police\nCat,NHS,police\n"
    known = knowing(organisations={"NHS": "nhs"})
    assert [(row, found, wanted) for row, _c, found, wanted in faults(text, known)] == [
        (3, "Police", "Fire, as in row 2, or nothing"),
        (4, "Police", "NHS, as this organisation already has, or nothing"),
    ]


def test_a_heading_nobody_knows_is_not_dropped_in_silence():
    assert faults("name,e-mail,shoe size\nAnn,,42")[0][:3] == (1, "shoe size", "shoe size")
    assert faults("e-mail,organisation\na@a.example,Fire")[0][1] == "name"
    assert faults("name,name\nAnn,Bob")[0][3] == "each column once"


@pytest.mark.parametrize("text", ["", "\n\n", "name,e-mail\n"])
def test_nobody_in_the_list(text):
    assert faults(text)[0][3] == "at least one person"


@pytest.mark.parametrize("name", ["\u200b", "\u0301", "Ann\x07"])
def test_a_name_that_cannot_be_seen_or_read(name):
    assert faults(name + ",a@a.example")[0][1] == "name"


def test_too_many_people():
    assert faults("\n".join(f"Person {n}" for n in range(MOST_PEOPLE + 1)))[0][2] == "1001 people"
    assert len(people("\n".join(f"Person {n}" for n in range(MOST_PEOPLE)))) == MOST_PEOPLE
