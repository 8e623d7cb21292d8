"""Invented people: who works in the example's organisations. Nobody of these names is meant."""

from dataclasses import dataclass


def _words(text):
    return tuple(text.split())


FIRST = _words(
    """
    Ada Bryn Celia Dev Esme Farid Greta Hugh Imani Jonah Kezia Lowen Mabel Nadir Orla Piers Quinn Rosa
    Sefton Tilda Umar Vera Wilf Xanthe Yusuf Zelda Anwen Bashir Cora Dermot Elspeth Felix Gwen Hamid Isla
    Joss
    """
)
LAST = _words(
    """
    Amberley Birchfold Coldbeck Dunmarsh Elderkin Fennimore Gorsehill Hazelrigg Ivelaw Juniper Kestleton
    Larkspur Mossdale Netherby Oakenshaw Pikehall Quarrell Rushbrook Sandgate Thornley Underwood Valeby
    Whinfell Yewdale Applegarth Brackenby Cloudsley Drystone Everholt Foxcote Greyfell Heatherwick Ingleside
    """
)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    organisation: str
    sector: str
    standpoint: str


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody a newcomer can be on the demonstration's sign-in page."""

    name: str
    email: str


LEAD = Persona("Robin Ashdown", "lead@northmoor.example")
MEMBER = Persona("Jo Merrin", "member@northmoor.example")
OFFICER = Persona("Morgan Fairlie", "officer@northmoor.example")
EDITOR = Persona("Alex Penhale", "editor@northmoor.example")
ADMINISTRATOR = Persona("Sam Wyndale", "admin@northmoor.example")
SECOND_LEAD = Persona("Tamsin Hollowell", "tamsin.hollowell@northmoor.example")


ROUND_TRIP = 108
"""After so many people the same pairs would come again, so the last names move on by one."""


def name_of(number):
    """The name of the ``number``-th person; no two are alike until both lists have been through."""
    last = number * 7 + number // len(FIRST) + number // ROUND_TRIP
    return f"{FIRST[number % len(FIRST)]} {LAST[last % len(LAST)]}"


def people_of(partnership, first):
    """Everybody in a partnership but its personas, numbered from ``first`` on."""
    found = []
    for organisation in partnership.organisations:
        for standpoint in organisation.standpoints:
            name = name_of(first + len(found))
            email = f"{name.lower().replace(' ', '.')}@{organisation.domain}"
            found.append(Person(name, email, organisation.name, organisation.sector, standpoint))
    return found
