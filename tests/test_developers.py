"""What is written for whoever works on the code is true of the code."""

import re

import pytest

from scripts import rooms
from tests.floors import FLOORS

ROOT = rooms.ROOT
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_the_picture_of_the_rooms_is_that_of_the_code():
    assert rooms.PAGE.read_text() == rooms.page_with(rooms.picture()), "run: make rooms"


def test_every_room_says_what_it_is():
    places = [ROOT / app / room for app, floors in FLOORS.items() for room in floors]
    assert [place for place in (*places, *(ROOT / app for app in FLOORS)) if not rooms.saying(place)] == []


def test_a_way_up_would_be_seen_in_the_picture(monkeypatch):
    """A room on the lowest floor that uses others has their floors in its line."""
    monkeypatch.setitem(FLOORS["assessments"], "views", 0)
    [line] = [line for line in rooms.picture().splitlines() if line.startswith("    0 views ")]
    assert str(FLOORS["assessments"]["operations"]) in line[-30:].split()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_leads_to_is_there(page):
    gone = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert gone == []


def test_every_command_that_is_named_exists():
    named = {
        command for page in PAGES for command in re.findall(r"`(?:\w+=\S+ )?make (\w+)", page.read_text())
    }
    there = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named - there == set()
    assert {"run", "check", "rooms", "lint", "test"} <= named
