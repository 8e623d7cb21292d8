"""What was said of changes fits what differs, and an answer holds everything of its split or merger."""

from dataclasses import replace

import pytest

from framework.changes.differences import differences
from framework.changes.kinds import left_alone, misfits, rows
from framework.changes.proposals import TypedChange
from tests.framework.words import LABELS, action, edition

ONE, TWO, THREE = action("one", 1), action("two", 2), action("three", 3)
BEFORE = edition(ONE, TWO, THREE)
REWORDED = replace(ONE, statement="We build one and something else besides.")


def split(*pairs):
    return tuple(TypedChange("split", *pair) for pair in pairs)


def merged(*pairs):
    return tuple(TypedChange("merged", *pair) for pair in pairs)


def found(after, *said):
    return {each.code: each.what for each in misfits(BEFORE, after, differences(BEFORE, after), said)}


@pytest.mark.parametrize("kind", ["typo", "clarified", "meaning_changed"])
def test_a_kind_is_said_of_words_that_are_what_they_were(kind):
    after = edition(REWORDED, TWO, THREE)
    said = TypedChange(kind, "one", "one")

    assert found(after, said) == {}
    assert found(BEFORE, said) == {
        "one": "A kind of change is said of it, and its words are those of edition 1."
    }


def test_labels_that_are_what_they_were():
    other = edition(ONE, TWO, THREE, labels=("No", *LABELS[1:]))

    assert found(other, TypedChange("clarified")) == {}
    assert list(found(BEFORE, TypedChange("meaning_changed"))) == [""]


def test_new_that_was_there_and_retired_that_still_is():
    after = edition(TWO, THREE, action("four", 4), number=2)

    assert found(after, TypedChange("new", after="four"), TypedChange("retired", "one")) == {}
    assert found(after, TypedChange("new", after="two"), TypedChange("retired", "three")) == {
        "two": "It is said to be new, and was in edition 1 already.",
        "three": "It is said to be no longer asked, and is in edition 2.",
    }


def test_a_split_names_what_stayed_and_only_what_is_a_part():
    part = action("part", 4)
    after = edition(ONE, TWO, THREE, part, number=2)

    assert found(after, *split(("one", "one"), ("one", "part"))) == {}
    assert "no other action is named" in found(after, *split(("one", "one")))["one"]
    assert (
        "in edition 2 without being one of the parts"
        in found(
            edition(REWORDED, part, action("more", 5), number=2), *split(("one", "part"), ("one", "more"))
        )["one"]
    )
    assert list(found(after, *split(("one", "one"), ("one", "part"), ("one", "two")))) == ["two"]


def test_a_merger_names_what_stayed_and_only_what_went_into_it():
    after = edition(ONE, THREE, number=2)

    assert found(after, *merged(("one", "one"), ("two", "one"))) == {}
    assert "no other action is named" in found(after, *merged(("one", "one")))["one"]
    assert (
        "in edition 1 without being one of them"
        in found(edition(THREE), *merged(("one", "three"), ("two", "three")))["three"]
    )
    assert list(found(after, *merged(("one", "one"), ("two", "one"), ("three", "one")))) == ["three"]


def test_an_action_goes_on_under_another_code_and_a_part_goes_into_another_action():
    assert found(edition(TWO, THREE, action("part", 4)), *merged(("one", "part"))) == {}
    shared = (*split(("one", "one")), *merged(("one", "two"), ("two", "two")))
    assert found(edition(REWORDED, TWO, THREE), *shared) == {}


PART, MORE = action("part", 4), action("more", 5)
APART = BEFORE, edition(REWORDED, THREE, PART, MORE)


def test_the_rows_of_a_plain_answer():
    assert rows("typo", "one", (), APART) == (TypedChange("typo", "one", "one"),)
    assert rows("new", "part", (), APART) == (TypedChange("new", "", "part"),)
    assert rows("retired", "two", (), APART) == (TypedChange("retired", "two", ""),)
    assert rows("clarified", "", (), APART) == (TypedChange("clarified"),)


def test_the_rows_of_a_split_said_of_the_source_or_of_a_part():
    both = split(("one", "one"), ("one", "part"))
    assert rows("split", "one", ["part"], APART) == both
    assert rows("split", "part", ["one"], APART) == both
    assert rows("split", "more", ["one"], APART, both) == (*both, *split(("one", "more")))
    assert rows("split", "two", ["part", "more"], APART) == split(("two", "part"), ("two", "more"))


def test_the_rows_of_a_merger_said_of_the_source_or_of_what_it_went_into():
    both = merged(("one", "one"), ("two", "one"))
    together = BEFORE, edition(REWORDED)
    assert rows("merged", "one", ["two"], together) == both
    assert rows("merged", "two", ["one"], together) == both
    assert rows("merged", "three", ["one"], together, both) == (*both, *merged(("three", "one")))
    into_new = BEFORE, edition(THREE, PART)
    assert rows("merged", "part", ["two", "one"], into_new) == merged(("one", "part"), ("two", "part"))


def test_a_split_into_itself_alone_says_nothing():
    alone, together = split(("one", "one")), split(("two", "two"), ("two", "part"))
    assert left_alone((*alone, *together, *merged(("three", "three")))) == (
        *alone,
        *merged(("three", "three")),
    )
    assert left_alone(split(("one", "part"))) == ()
    assert left_alone((*alone, *merged(("one", "two"), ("two", "two")))) == ()
