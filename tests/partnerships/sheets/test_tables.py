"""Uploaded tables: what is read, and what is refused in a sentence somebody can act on."""

import io
import tracemalloc
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from partnerships.sheets.tables import MOST_ROWS, TableError, read_table


def read(data):
    return read_table(io.BytesIO(data))


def refusal(data):
    with pytest.raises(TableError) as caught:
        read(data)
    return str(caught.value)


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data, **parts):
    """The workbook with some parts replaced; ``sheet`` is its first sheet."""
    names = {"sheet": "xl/worksheets/sheet1.xml"}
    parts = {names.get(name, name): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_reads_csv_in_its_usual_shapes(mark, sign, end):
    text = mark + end.join([f"name{sign}organisation", f"Zoë Ågren{sign}Fire and Rescue", ""])
    assert read(text.encode()) == [["name", "organisation"], ["Zoë Ågren", "Fire and Rescue"]]


def test_a_comma_inside_quotation_marks_belongs_to_the_cell():
    assert read(b'"Lee, Ann";ann@a.example\n') == [["Lee, Ann", "ann@a.example"]]


def test_empty_rows_keep_their_place_so_that_row_numbers_agree_with_the_file():
    assert read(b"name\n\nAnn\n,,\n\n") == [["name"], [], ["Ann"]]


def test_an_unclosed_quotation_mark_does_not_swallow_the_rest_in_silence():
    assert "quotation mark" in refusal(b'name,email\n"Ann,ann@a.example\nBob,bob@a.example\n')


def test_a_file_in_another_encoding_says_how_to_save_it():
    assert "CSV UTF-8" in refusal("Zoë Ågren,zoe@a.example".encode("cp1252"))
    assert "UTF-8" in refusal("Ann,ann@a.example".encode("utf-16"))


def test_reads_the_first_sheet_as_it_was_typed():
    data = workbook(["name", 1, 2.0, 2.5, None], [], ["Ann", True, date(2026, 11, 14), "dk"])
    assert read(data) == [["name", "1", "2", "2.5"], [], ["Ann", "True", "2026-11-14", "dk"]]


def test_a_formula_is_text_in_csv_and_never_worked_out():
    assert read(b'"=HYPERLINK(""http://x.example"")",a@a.example\n')[0][0] == '=HYPERLINK("http://x.example")'


def test_a_big_upload_is_refused_before_it_is_read_whole():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            assert size >= 0, "asked for everything"
            self.given += size
            return b"a" * size

    upload = Endless()
    with pytest.raises(TableError, match="at most 2 MB"):
        read_table(upload)
    assert upload.given < 3 * 1024 * 1024


def test_a_spreadsheet_bomb_is_refused_without_unpacking_it():
    bomb = rewritten(workbook(["Ann"]), sheet=b" " * 200_000_000)
    assert len(bomb) < 2 * 1024 * 1024
    tracemalloc.start()
    sentence = refusal(bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to far more" in sentence
    assert peak < 20_000_000


def test_a_bomb_of_entities_is_refused():
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = entities + (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    assert "cannot be read as an Excel workbook" in refusal(rewritten(workbook(["Ann"]), sheet=sheet))


def sheet_with(rows):
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


def cell(row, column="A", text="Ann"):
    return f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'


SWOLLEN = {
    "cells in one row": {"sheet": sheet_with('<row r="1">' + "<c/>" * 3_000_000 + "</row>")},
    "rows of cells": {"sheet": sheet_with(("<row>" + "<c/>" * 90 + "</row>") * 30_000)},
    "styles": {"xl/styles.xml": b"<styleSheet><fonts>" + b"<font/>" * 1_000_000 + b"</fonts></styleSheet>"},
    "names": {"xl/workbook.xml": b"<workbook><definedNames>" + b"<definedName/>" * 600_000},
    "texts": {"xl/sharedStrings.xml": b"<sst>" + b"<si><t/></si>" * 700_000 + b"</sst>"},
}


@pytest.mark.parametrize("what", SWOLLEN)
def test_a_small_file_of_millions_of_things_takes_no_memory(what):
    """Under the size that is looked at first; each would take hundreds of bytes once it is an object."""
    bomb = rewritten(workbook(["Ann"]), **SWOLLEN[what])
    assert len(bomb) < 200_000
    tracemalloc.start()
    sentence = refusal(bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "columns" in sentence if what == "cells in one row" else "far more than a table needs" in sentence
    assert peak < 5_000_000


def test_a_large_table_is_read_whole():
    rows = [[f"Person {n}", *["3"] * 24] for n in range(1_500)]
    assert read(workbook(*rows)) == rows


def test_a_sheet_that_only_claims_to_be_huge_is_read():
    assert read(rewritten(workbook([]), sheet=sheet_with(cell(1)))) == [["Ann"]]


def test_a_cell_far_below_is_not_lost_in_silence():
    assert "goes on below row" in refusal(rewritten(workbook([]), sheet=sheet_with(cell(1) + cell(1048576))))
    assert "goes on below row" in refusal(rewritten(workbook([]), sheet=sheet_with(cell(1) + cell(9000))))


def test_a_cell_far_to_the_right_is_not_lost_in_silence():
    row = '<row r="1"><c r="XFD1" t="n"><v>1</v></c></row>'
    sentence = refusal(rewritten(workbook([]), sheet=sheet_with(row)))
    assert "columns" in sentence


def test_too_many_rows():
    assert "goes on below row" in refusal(b"Ann\n" * (MOST_ROWS + 1))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b",,\n,\n", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "old or a locked Excel file"),
        (b"PK\x03\x04 and then nonsense", "damaged"),
        (b"name\x00,x", "not a table"),
    ],
)
def test_says_what_is_wrong_with_other_files(data, said):
    assert said in refusal(data)


def test_another_kind_of_zip_is_not_a_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("content.xml", "<x/>")
    assert "not an Excel workbook" in refusal(out.getvalue())


def test_an_empty_workbook():
    assert "first sheet is empty" in refusal(workbook())


@pytest.mark.parametrize("line", [b"a" * 200_000, b'"' + b"a" * 200_000 + b'"', b"a," * 100_000])
def test_a_line_longer_than_any_table_has_is_refused_in_a_sentence(line):
    assert "a line of more than 100,000 characters" in refusal(b"name\n" + line)
    assert "a line of more than 100,000 characters" in refusal(line)


def test_a_cell_of_many_lines_longer_than_any_table_has_is_refused_in_a_sentence():
    assert refusal(b'name\n"' + b"a\n" * 100_000 + b'"')


HEADING = "respondent;1;2;3;4;5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEADING}\nAda,1,2,3,4,5\n", "Line 2 is told apart by commas, the first line by semicolons."),
        (
            f"{HEADING}\n\nAda;1;2;3;4;5\nBo\t1\t2\n",
            "Line 4 is told apart by tabs, the first line by semicolons",
        ),
        ("a,b,c,d\n1;2;3;4\n", "Line 2 is told apart by semicolons, the first line by commas"),
    ],
)
def test_one_sign_tells_cells_apart_from_the_first_line_to_the_last(text, said):
    assert said in refusal(text.encode())


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (f"{HEADING}\nLee, Ann\n", ["Lee, Ann"]),  # a name, and nothing said
        (f"{HEADING}\nLee, Ann;1;2;3;4;5\n", ["Lee, Ann", "1", "2", "3", "4", "5"]),
        ("name;organisation\nLee, Ann, Dr\n", ["Lee, Ann, Dr"]),
    ],
)
def test_a_comma_in_a_name_is_no_other_sign(text, last):
    assert read(text.encode())[-1] == last


def test_a_pdf_named_as_a_list_is_known_by_what_is_in_it():
    assert "This is a PDF." in refusal(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
