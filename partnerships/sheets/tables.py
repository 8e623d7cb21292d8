"""Reads an uploaded table, CSV or XLSX, into rows of text; says in a sentence why it cannot.

Knows nothing of what the columns mean. Whatever a stranger uploads, reading it takes little memory
and little time: sizes are looked at before anything is unpacked.
"""

import csv
import datetime
import io
from typing import Any, NoReturn, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import TableError
from .workbooks import MOST_COLUMNS, require_harmless, too_many_columns

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 6_000
MOST_EMPTY_ROWS = 20_000
LONGEST_LINE = 100_000  # below what the csv module takes as one cell
DELIMITERS = (",", ";", "\t")
NAMES = {",": gettext_lazy("commas"), ";": gettext_lazy("semicolons"), "\t": gettext_lazy("tabs")}

Rows = list[list[str]]


class Upload(Protocol):
    """What a browser has sent, of which no more is read than is wanted."""

    def read(self, size: int, /) -> bytes: ...


ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def read_table(upload: Upload) -> Rows:
    """The rows of an uploaded file as lists of text, in its order, with empty rows in between as []."""
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TableError(_("The file is too big: at most 2 MB. A table of text needs far less."))
    if not data.strip():
        raise TableError(_("The file is empty."))
    if data.startswith(OLD_OFFICE):
        raise TableError(
            _("This is an old or a locked Excel file. Save it as a workbook (.xlsx) without a password.")
        )
    if data.lstrip().startswith(PDF):
        raise TableError(
            _("This is a PDF. Save the table itself as CSV UTF-8 or as an Excel workbook (.xlsx).")
        )
    rows = _workbook_rows(data) if data.startswith(ZIP) else text_rows(_decoded(data))
    return _checked(rows)


def text_rows(text: str) -> Rows:
    """The rows of comma, semicolon or tab separated text."""
    if len(max(text.splitlines(), key=len, default="")) > LONGEST_LINE:
        raise TableError(_("The file is not a table: it has a line of more than 100,000 characters."))
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    first: list[str] = []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            first = first or (rows[-1] if any(rows[-1]) else [])
            _refuse_another_sign(rows[-1], first, delimiter, reader.line_num)
        return rows
    except csv.Error as error:
        raise TableError(
            _("Line %d cannot be read. Look for a quotation mark that is opened and never closed.")
            % reader.line_num
        ) from error


def _refuse_another_sign(row: list[str], first: list[str], delimiter: str, line: int) -> None:
    """A line whose cells are told apart by another sign than the first line's would pass as one long cell."""
    if len(row) != 1 or len(first) < 3:
        return
    for sign in DELIMITERS:
        if sign != delimiter and row[0].count(sign) + 1 >= max(3, len(first) / 2):
            words = _(
                "Line %(line)d is told apart by %(found)s, the first line by %(wanted)s. Use one of them."
            )
            raise TableError(words % {"line": line, "found": NAMES[sign], "wanted": NAMES[delimiter]})


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first line: the sign that makes the most cells of it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            _(
                "The file is not a CSV file in UTF-8, so letters such as é would go wrong. "
                "In Excel choose “Save as” and “CSV UTF-8”, or save it as an Excel workbook (.xlsx)."
            )
        ) from error
    if "\x00" in text:
        raise TableError(_("The file is not a table. Save it as CSV UTF-8 or as an Excel workbook (.xlsx)."))
    return text


def _workbook_rows(data: bytes) -> Rows:
    require_harmless(data)
    try:
        return _first_sheet(data)
    except TableError:
        raise
    except Exception as error:
        # A damaged or made-up workbook can raise almost anything from deep inside openpyxl.
        raise TableError(
            _("The file cannot be read as an Excel workbook. Open it in Excel and save it again as .xlsx.")
        ) from error


def _first_sheet(data: bytes) -> Rows:
    # Loading it takes a tenth of a second, which a command reading one CSV file after another need not wait.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    # The size a sheet claims for itself can be a million rows; what counts is what is in it.
    sheet.reset_dimensions()
    rows = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if len(cells) > MOST_COLUMNS:
            too_many_columns()
        row = [_text(cell) for cell in cells]
        if number > MOST_ROWS and (any(row) or number > MOST_EMPTY_ROWS):
            _too_many_rows()
        rows.append(row)
    return rows


def _text(cell: Any) -> str:
    """A cell as somebody would have typed it: 3 and not 3.0."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell).strip()


def _checked(rows: Rows) -> Rows:
    """Without the empty cells and rows at the end; refused when there is too much or nothing."""
    rows = [_trimmed(row) for row in rows]
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise TableError(_("The first sheet is empty. Put the table on the first sheet."))
    if len(rows) > MOST_ROWS:
        _too_many_rows()
    if max(map(len, rows)) > MOST_COLUMNS:
        too_many_columns()
    return rows


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _too_many_rows() -> NoReturn:
    raise TableError(
        _("The table goes on below row %(most)d. Delete the rows below your list, also empty ones.")
        % {"most": MOST_ROWS}
    )
