"""A draft at a glance."""

from dataclasses import replace

from framework.changes.breaks import as_said
from framework.changes.outline import outline
from framework.changes.proposals import TypedChange
from tests.framework.words import LABELS, action, edition

TRUST, PURPOSE, MONEY = action("trust", 1), action("purpose", 2), action("money", 3, "plan")
BEFORE = edition(TRUST, PURPOSE, MONEY)


def marks(found):
    return {line.action.code: list(line.marks) for area in found.areas for line in area.lines}


def seen(*later, said=(), **other):
    return outline(edition(*later, **other), BEFORE, said)


def test_a_draft_just_started_differs_in_nothing():
    found = seen(TRUST, PURPOSE, MONEY)
    assert not found.differs
    assert (found.counts, found.still_open, found.removed, found.removed_areas) == ((), 0, (), ())
    assert all(line.is_unchanged for area in found.areas for line in area.lines)
    assert [[line.action.number for line in area.lines] for area in found.areas] == [[1, 2], [3]]


def test_every_action_says_what_makes_it_differ():
    new = action("share", 4, "plan")
    found = seen(
        replace(TRUST, title="Be trusted"),
        replace(MONEY, number=2, area_code="meet"),
        new,
        said=(TypedChange("new", after="share"), TypedChange("retired", "purpose")),
    )
    assert marks(found) == {
        "trust": ["reworded"],
        "money": ["moved here from “Plan”"],
        "share": ["new"],
    }
    lines = {line.action.code: line for area in found.areas for line in area.lines}
    assert lines["money"].was_number == 3
    assert [code for code, line in lines.items() if line.is_open] == ["trust"]
    assert [(line.action.code, line.marks, line.is_open) for line in found.removed] == [
        ("purpose", ("no longer asked",), False)
    ]
    assert found.counts == (
        "1 action reworded",
        "1 action added",
        "1 action taken out",
        "1 action in another area",
        "numbers changed",
    )
    assert found.still_open == 1


def test_parts_and_sources_are_named():
    part = action("part", 3)
    said = (
        TypedChange("split", "trust", "trust"),
        TypedChange("split", "trust", "part"),
        TypedChange("merged", "purpose", "money"),
        TypedChange("merged", "money", "money"),
    )
    found = seen(TRUST, part, replace(MONEY, number=2), said=said)
    assert marks(found) == {
        "trust": ["first part of a split"],
        "part": ["split from “Build trust with care”"],
        "money": ["merged with “Build purpose with care”"],
    }
    assert found.removed[0].marks == ("merged into “Build money with care”",)
    assert found.still_open == 0


def test_areas_labels_and_what_is_said_of_the_wording():
    labels = ("Never", *LABELS[1:])
    found = seen(TRUST, areas=("new", "meet"), labels=labels, scale_note="Theirs.")
    assert [(area.area.code, area.marks) for area in found.areas] == [("new", ("new",)), ("meet", ())]
    assert [area.code for area in found.removed_areas] == ["plan"]
    assert (found.levels_differ, found.levels_open, found.around_differs) == (True, True, True)
    assert found.still_open == 3  # the labels, and the two actions that are gone
    assert "2 areas changed" in found.counts


def test_a_draft_made_from_nothing_is_compared_with_nothing():
    found = outline(edition(TRUST), None, ())
    assert not found.differs
    assert marks(found) == {"trust": []}


def test_what_goes_on_under_another_code_is_told_on_both_sides():
    part = action("part", 1)
    said = (TypedChange("meaning_changed", "trust", "part"),)
    found = seen(part, PURPOSE, MONEY, said=said)
    assert marks(found)["part"] == ["goes on from “Build trust with care”"]
    assert found.removed[0].marks == ("goes on as “Build part with care”",)
    assert found.still_open == 0
    titles = {"trust": "Trust", "part": "Part"}
    assert as_said(said, titles) == ["“Trust” goes on as “Part”. The meaning changed."]
