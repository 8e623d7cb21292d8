"""Whether an Excel workbook may be opened at all: looked at before anything of it is built in memory.

A few kilobytes of a workbook can unpack to millions of cells or styles, each of which takes hundreds of
bytes once it is an object. So its parts are first read as a stream, and their elements counted.
"""

import io
import zipfile
from typing import NoReturn
from xml.parsers import expat

from django.utils.translation import gettext as _

from .errors import TableError

MOST_UNPACKED = 16 * 1024 * 1024
MOST_FILES = 500
MOST_COLUMNS = 100
MOST_ELEMENTS = {"sheet": 1_000_000, "strings": 600_000, "other": 50_000}
PIECE = 64 * 1024


class _TooMuch(Exception):
    """The part holds more than a table needs."""


def require_harmless(data: bytes) -> None:
    """Raise TableError for bytes that are no workbook, or one that would unpack to far too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise TableError(_("The file is damaged. Save it again and try once more.")) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise TableError(_("This is not an Excel workbook. Save the table as CSV UTF-8 or as .xlsx."))
    # zipfile stops at the size a part says it has, so none can lie.
    if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_UNPACKED:
        _refuse()
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _count(archive, part)


def too_many_columns() -> NoReturn:
    raise TableError(
        _("The table has more than %d columns. Delete those to the right of your list, also empty ones.")
        % MOST_COLUMNS
    )


def _refuse() -> NoReturn:
    raise TableError(_("The workbook unpacks to far more than a table needs. Copy the cells into a new one."))


def _count(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    counter = _Counter(part.filename)
    try:
        with archive.open(part) as stream:
            for piece in iter(lambda: stream.read(PIECE), b""):
                counter.parser.Parse(piece, False)
            counter.parser.Parse(b"", True)
    except _TooMuch:
        _refuse()
    except (expat.ExpatError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise TableError(
            _("The file cannot be read as an Excel workbook. Open it in Excel and save it again as .xlsx.")
        ) from error


class _Counter:
    """Counts the elements of one part while it is parsed; stops at what is too much."""

    def __init__(self, name: str) -> None:
        kind = "sheet" if "/worksheets/" in name else "strings" if "sharedStrings" in name else "other"
        self.left, self.is_sheet, self.cells = MOST_ELEMENTS[kind], kind == "sheet", 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.EntityDeclHandler = self._entity

    def _element(self, name: str, _attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise _TooMuch
        if self.is_sheet:
            self._cell(name.rpartition(" ")[2])

    def _cell(self, name: str) -> None:
        if name == "row":
            self.cells = 0
        elif name == "c":
            self.cells += 1
            if self.cells > MOST_COLUMNS:
                too_many_columns()

    def _entity(self, *_declared: object) -> None:
        # No program writes one into a workbook, and a few of them can stand for gigabytes.
        raise expat.ExpatError("an entity is declared")
