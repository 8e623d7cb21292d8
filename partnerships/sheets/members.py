"""A list of people, pasted or uploaded: from rows of text to members, or to what is wrong with which row.

One line a person: name, e-mail address, organisation, standpoint, and for a new organisation its sector.
Only the name has to be there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ..texts.tidy import can_be_seen, has_control_characters, tidy

Cells = Sequence[str]
Rows = Sequence[Cells]

MOST_PEOPLE = 1_000
LONGEST_NAME = 120
COLUMNS = ("name", "e-mail", "organisation", "standpoint", "sector")
ALSO_CALLED = {
    "email": "e-mail",
    "e-mail address": "e-mail",
    "email address": "e-mail",
    "mail": "e-mail",
    "full name": "name",
    "organization": "organisation",
}

OTHER = "other"
"""The sector of a new organisation of which none is said."""


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to add, already checked. ``organisation`` is a name; a new one is made with ``sector``."""

    name: str
    email: str = ""
    organisation: str = ""
    sector: str = OTHER
    standpoint: str = ""
    role: str = "member"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the row as counted in the list, the column, what was found and wanted."""

    row: int
    column: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the partnership has already, organisations as name -> sector, members as (name, address); and what
    there is to choose from, key -> words."""

    sectors: Mapping[str, str]
    standpoints: Mapping[str, str]
    organisations: Mapping[str, str] = field(default_factory=dict)
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MemberList:
    """Everybody in the list, and all that has to be mended before anybody is added."""

    people: tuple[NewMember, ...]
    faults: tuple[Fault, ...]
    new_organisations: tuple[tuple[str, str], ...]
    """Name and sector of each organisation that will be made."""


def read_members(rows: Rows, known: Known) -> MemberList:
    """Check rows of text against each other and against what is known."""
    return _Reader(known).read(rows)


class _Reader:
    def __init__(self, known: Known) -> None:
        self.faults: list[Fault] = []
        self.columns: tuple[str, ...] = COLUMNS
        self.sectors, self.standpoints = known.sectors, known.standpoints
        self.organisations: dict[str, tuple[str, str, int | None]] = {
            name.casefold(): (name, sector, None) for name, sector in known.organisations.items()
        }
        self.addresses = {email.lower(): _("already a member") for _name, email in known.members if email}
        self.names = {name.casefold(): _("already a member") for name, _email in known.members}

    def read(self, rows: Rows) -> MemberList:
        numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
        if numbered and self._is_heading(numbered[0][1]):
            self._take_heading(*numbered.pop(0))
        if not numbered:
            self._fault(1, "name", "", _("at least one person"))
        if len(numbered) > MOST_PEOPLE:
            found = _("%d people") % len(numbered)
            self._fault(numbered[-1][0], "", found, _("at most %d people at a time") % MOST_PEOPLE)
            numbered = []
        people = [] if self.faults else [self._person(number, row) for number, row in numbered]
        made = [(name, sector or OTHER) for name, sector, row in self.organisations.values() if row]
        return MemberList(tuple(people), tuple(self.faults), tuple(made))

    def _is_heading(self, row: Cells) -> bool:
        known = [name for name in map(_heading, row) if name in COLUMNS]
        return len(known) > 1 or _heading(row[0]) == "name"

    def _take_heading(self, number: int, row: Cells) -> None:
        self.columns = tuple(map(_heading, row))
        for name, found in zip(self.columns, row, strict=True):
            if name not in COLUMNS:
                self._fault(number, found, found, _("one of %s") % ", ".join(COLUMNS))
            elif self.columns.count(name) > 1:
                self._fault(number, name, found, _("each column once"))
        if "name" not in self.columns:
            self._fault(number, "name", "", _("a column with this heading"))

    def _person(self, number: int, row: Cells) -> NewMember:
        if any(row[len(self.columns) :]):
            self._fault(number, "", row[len(self.columns)], _("at most %d columns") % len(self.columns))
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(self.columns, row, strict=False))
        name = self._name(number, cells["name"])
        email = self._email(number, cells["e-mail"])
        self._once(number, name, email)
        sector = self._choice(number, "sector", cells["sector"], self.sectors)
        return NewMember(
            name=name,
            email=email,
            organisation=self._organisation(number, cells["organisation"], sector),
            sector=sector or OTHER,
            standpoint=self._choice(number, "standpoint", cells["standpoint"], self.standpoints),
        )

    def _name(self, number: int, found: str) -> str:
        name = self._text(number, "name", found)
        if not can_be_seen(name):
            self._fault(number, "name", name, _("the person's name"))
        return name

    def _text(self, number: int, column: str, found: str) -> str:
        text = tidy(found)
        if has_control_characters(text):
            self._fault(number, column, text, _("text without control characters"))
        if len(text) > LONGEST_NAME:
            self._fault(number, column, text, _("at most %d characters") % LONGEST_NAME)
        return text

    def _email(self, number: int, found: str) -> str:
        email = found.strip().lower()
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self._fault(number, "e-mail", found, _("an address such as ann@northmoor.example, or nothing"))
        if len(email) > 254:
            self._fault(number, "e-mail", found, _("at most %d characters") % 254)
        return email

    def _once(self, number: int, name: str, email: str) -> None:
        """An address belongs to one person; without an address, so does a name."""
        taken, key, column = (
            (self.addresses, email, "e-mail") if email else (self.names, name.casefold(), "name")
        )
        if key in taken:
            self._fault(number, column, email or name, _("each person once: %s") % taken[key])
        here = _("the same as in row %d") % number
        self.names.setdefault(name.casefold(), here)
        if email:
            self.addresses.setdefault(email, here)

    def _choice(self, number: int, column: str, found: str, choices: Mapping[str, str]) -> str:
        by_word = {str(word).casefold(): key for key, label in choices.items() for word in (key, label)}
        word = tidy(found).casefold()
        if word and word not in by_word:
            labels = ", ".join(map(str, choices.values()))
            self._fault(number, column, found, _("one of: %s; or nothing") % labels)
        return by_word.get(word, "")

    def _organisation(self, number: int, found: str, sector: str) -> str:
        """The organisation as first written; a new one is remembered with the first sector given."""
        name = self._text(number, "organisation", found)
        if not name:
            return ""
        first, known, row = self.organisations.setdefault(name.casefold(), (name, sector, number))
        if sector and not known:
            self.organisations[name.casefold()] = (first, sector, row)
        elif sector and sector != known:
            self._fault(number, "sector", str(self.sectors[sector]), self._sector_wanted(known, row))
        return first

    def _sector_wanted(self, known: str, row: int | None) -> str:
        label = self.sectors[known]
        if row is None:
            return str(_("%s, as this organisation already has, or nothing") % label)
        return str(_("%(sector)s, as in row %(row)d, or nothing") % {"sector": label, "row": row})

    def _fault(self, row: int, column: str, found: str, wanted: str) -> None:
        self.faults.append(Fault(row, column, found, wanted))


def _heading(cell: str) -> str:
    name = tidy(cell).casefold()
    return ALSO_CALLED.get(name, name)
