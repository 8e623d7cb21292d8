"""Ratings written down elsewhere (a paper session, an old spreadsheet): from a table of text to people.

Pure: no database. Either every cell is understood, or BadSheet says of each one that is not where it
stands, what was found and what is wanted.
"""

import difflib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.models import Standpoint
from partnerships.texts.tidy import can_be_seen, has_control_characters, tidy

DONT_KNOW = "dk"
MOST_ROWS = 5_000
LONGEST_NAME = 120
LONGEST_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the row as counted in the file (the heading is row 1), and the column."""

    row: int
    column: str
    found: str
    wanted: str

    def __str__(self):
        return _("Row %(row)d, column %(column)s: found %(found)s; wanted %(wanted)s.") % {
            "row": self.row,
            "column": self.column or "–",
            "found": f"“{self.found[:60]}”" if self.found else _("nothing"),
            "wanted": self.wanted,
        }


class BadSheet(Exception):
    """The sheet cannot be brought in; ``faults`` says why, cell by cell."""

    def __init__(self, faults):
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class Person:
    """One row. ``cells`` holds for each action in order a level 1 to 5, DONT_KNOW, or None for no answer."""

    respondent: str
    organisation: str
    standpoint: str
    cells: tuple[int | str | None, ...]
    comments: tuple[str, ...]

    @property
    def answered(self):
        return any(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All people of a sheet, in its order, and the headings of columns that are not used."""

    people: tuple[Person, ...]
    unused: tuple[str, ...] = ()

    @property
    def organisations(self):
        """Every organisation named, once, as first written."""
        first = {}
        for person in self.people:
            if person.organisation:
                first.setdefault(person.organisation.casefold(), person.organisation)
        return tuple(first.values())


def headings(actions):
    """The columns a sheet may have, in the order the blank sheet prints them."""
    numbers = [str(number) for number in range(1, actions + 1)]
    return ["respondent", "organisation", "standpoint", *numbers, *(f"comment {n}" for n in numbers)]


def written(sheet, *, actions):
    """The sheet as rows of text that ``read_sheet`` reads as the same people."""
    rows = [headings(actions), *map(_row, sheet.people)]
    has_names = any(person.respondent for person in sheet.people)
    return rows if has_names else [row[1:] for row in rows]  # an empty column would ask for names


def _row(person):
    cells = ("" if cell is None else str(cell) for cell in person.cells)
    return [person.respondent, person.organisation, person.standpoint, *cells, *person.comments]


def read_sheet(rows, *, actions):
    """The people in ``rows`` (lists of text, the heading first); raises BadSheet."""
    if not rows:
        raise BadSheet([Fault(1, "", "", _("a heading with the columns 1 to %d") % actions)])
    if len(rows) > MOST_ROWS + 1:
        raise BadSheet([Fault(len(rows), "", _("%d rows") % len(rows), _("at most %d rows") % MOST_ROWS)])
    return _Reader(rows[0], actions).read(rows[1:])


class _Reader:
    """Reads one sheet and gathers its faults."""

    def __init__(self, heading, actions):
        self.faults, self.actions = [], actions
        self.known = headings(actions)
        self.names = [" ".join(cell.split()).lower() for cell in heading]
        self.places, self.unused = self._places()

    def _places(self):
        places, unused = {}, []
        for place, name in enumerate(self.names):
            if name in places:
                self._fault(1, name, name, _("each column once"))
            elif name in self.known:
                places[name] = place
            elif name:
                self._unknown(name)
                unused.append(name)
        for name in map(str, range(1, self.actions + 1)):
            if name not in places:
                self._fault(1, name, "", _("a column with this heading"))
        return places, tuple(unused)

    def _unknown(self, name):
        """A heading nearly right is a slip that would lose a column; anything else is left out and said."""
        near = difflib.get_close_matches(name, self.known, n=1, cutoff=0.8)
        if near:
            self._fault(1, name, name, near[0])

    def read(self, rows):
        if self.faults:
            raise BadSheet(self.faults)
        people = [
            self._person(number, cells)
            for number, cells in enumerate(rows, start=2)
            if any(cell.strip() for cell in cells)
        ]
        self._each_once(people)
        if not people and not self.faults:
            self._fault(2, "respondent", "", _("at least one person"))
        if self.faults:
            raise BadSheet(self.faults)
        return Sheet(tuple(person for _row, person in people), self.unused)

    def _person(self, row, cells):
        if any(cell.strip() for cell in cells[len(self.names) :]):
            self._fault(row, "", cells[len(self.names)], _("no more cells than the heading has"))
        numbers = [str(number) for number in range(1, self.actions + 1)]
        person = Person(
            respondent=self._respondent(row, cells),
            organisation=self._name(row, cells, "organisation"),
            standpoint=self._standpoint(row, cells),
            cells=tuple(self._level(row, cells, number) for number in numbers),
            comments=tuple(self._comment(row, cells, f"comment {number}") for number in numbers),
        )
        return row, person

    def _text(self, row, cells, column):
        place = self.places.get(column)
        text = cells[place].strip() if place is not None and place < len(cells) else ""
        if "\x00" in text:
            self._fault(row, column, text.replace("\x00", "?"), _("text without control characters"))
            return ""
        return text

    def _name(self, row, cells, column, required=False):
        name = tidy(self._text(row, cells, column))
        if has_control_characters(name):
            self._fault(row, column, name, _("text without control characters"))
        elif name and not can_be_seen(name):
            self._fault(row, column, name, _("text that can be seen"))
        if required and not name:
            self._fault(row, column, "", _("a name or number for the person"))
        if len(name) > LONGEST_NAME:
            self._fault(row, column, name, _("at most %d characters") % LONGEST_NAME)
        return name

    def _respondent(self, row, cells):
        """Who the person is; empty in a sheet without the column, which has people without a name."""
        name = self._name(row, cells, "respondent", required="respondent" in self.places)
        return name.lower() if "@" in name else name  # an address in capitals is the same person's

    def _standpoint(self, row, cells):
        found = self._text(row, cells, "standpoint")
        by_word = {str(word).casefold(): key for key, label in Standpoint.choices for word in (key, label)}
        if found and found.casefold() not in by_word:
            self._fault(row, "standpoint", found, _("one of %s, or nothing") % ", ".join(Standpoint.values))
        return by_word.get(found.casefold(), "")

    def _level(self, row, cells, column):
        found = self._text(row, cells, column)
        if found in {"1", "2", "3", "4", "5"}:
            return int(found)
        if found.casefold() == DONT_KNOW:
            return DONT_KNOW
        if found:
            self._fault(row, column, found, _("1, 2, 3, 4, 5, dk, or nothing"))
        return None

    def _comment(self, row, cells, column):
        found = self._text(row, cells, column).replace("\r\n", "\n")
        if len(found) > LONGEST_COMMENT:
            self._fault(row, column, found, _("at most %d characters") % LONGEST_COMMENT)
        return found

    def _each_once(self, people):
        first = {}
        for row, person in people:
            name = person.respondent
            if name and first.setdefault(name, row) != row:
                wanted = _("each respondent once; row %d has the same") % first[name]
                self._fault(row, "respondent", person.respondent, wanted)

    def _fault(self, row, column, found, wanted):
        self.faults.append(Fault(row, column, found, wanted))
