"""What differs between two wordings."""

import pytest

from framework.changes.differences import differences, pieces
from tests.framework.words import action, edition, looks_like

TRUST, PURPOSE = action("trust", 1), action("purpose", 2, "plan")


def between(*later, **other):
    return differences(edition(TRUST, PURPOSE), edition(*later, **other))


def only(found):
    assert len(found.actions) == 1
    return found.actions[0]


def test_the_same_words_differ_in_nothing():
    assert not between(TRUST, PURPOSE)


def test_a_reworded_action_says_which_text_and_which_words():
    found = only(between(action("trust", 1, statement="We build trust at every meeting."), PURPOSE))

    assert (found.code, found.is_reworded, found.wants_a_kind) == ("trust", True, True)
    assert [text.field for text in found.texts] == ["statement"]
    assert found.texts[0].before == TRUST.statement
    assert found.texts[0].is_rated


def test_what_a_level_looks_like_and_the_prompts_are_words_of_the_action():
    later = looks_like(action("trust", 1, prompts=("Who was missing last time?",)), 3, "We trust some")

    found = only(between(later, PURPOSE))
    assert {text.field: text.is_rated for text in found.texts} == {"prompts": False, "level_3": True}


def test_added_and_removed():
    found = between(TRUST, action("listening", 2, "plan")).actions

    assert [(each.code, each.is_added, each.is_removed) for each in found] == [
        ("listening", True, False),
        ("purpose", False, True),
    ]
    assert all(each.wants_a_kind for each in found)


def test_to_stand_elsewhere_means_nothing_else():
    found = between(action("purpose", 1, "meet"), action("trust", 2)).actions

    assert [(each.code, each.is_moved, each.is_renumbered) for each in found] == [
        ("purpose", True, True),
        ("trust", False, True),
    ]
    assert not [each for each in found if each.is_reworded or each.wants_a_kind]


def test_areas_that_came_went_and_changed_places():
    found = between(TRUST, PURPOSE, areas=("plan", "meet", "dare")).areas
    assert {each.code: (each.is_added, each.is_moved) for each in found} == {
        "plan": (False, True),
        "meet": (False, True),
        "dare": (True, False),
    }
    assert [each.code for each in between(TRUST, areas=("meet",)).areas if each.is_removed] == ["plan"]


def test_the_labels_of_the_levels_and_whose_words_they_are():
    found = between(
        TRUST, PURPOSE, labels=("Not yet", "Begun", "Partly", "Mostly", "Fully"), scale_note="Ours."
    )

    assert [(each.field, each.before, each.after) for each in found.levels] == [
        ("level_2", "Starting", "Begun")
    ]
    assert [each.field for each in found.around] == ["scale_note"]
    assert found.actions == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "one two three",
            "one 2 three",
            [("same", "one "), ("gone", "two "), ("come", "2 "), ("same", "three")],
        ),
        ("", "new", [("come", "new")]),
        ("old", "", [("gone", "old")]),
        ("", "", []),
        ("same", "same", [("same", "same")]),
    ],
)
def test_the_words_that_differ_are_marked(before, after, expected):
    assert [(piece.kind, piece.text) for piece in pieces(before, after)] == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  two  spaces\n\nand a line", " two spaces\nand <b>a</b> line "),
        ("مرحبا بالعالم 🙂", "🙂 مرحبا"),
    ],
)
def test_put_together_the_pieces_are_both_texts(before, after):
    found = pieces(before, after)

    assert "".join(piece.text for piece in found if piece.kind != "gone") == after
    assert "".join(piece.text for piece in found if piece.kind != "come") == before
