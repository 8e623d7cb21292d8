"""What has to be said of the changes follows from where every action ended up."""

from itertools import permutations, product

import pytest

from framework.changes.origins import origins, rewritten
from framework.changes.proposals import TypedChange

BEFORE = ("a", "b", "c")
START = origins(BEFORE, BEFORE, ())


def said(found):
    return [(each.kind, each.before, each.after) for each in found.changes()]


def test_nothing_follows_where_every_action_came_from_itself():
    assert said(START) == []


def test_new_and_retired():
    assert said(START.with_new("x")) == [("new", "", "x")]
    assert said(START.without("b")) == [("retired", "b", "")]
    assert said(START.with_new("x").without("x")) == []


def test_every_part_of_a_split_came_from_the_one():
    found = START.with_split("a", "x").with_split("x", "y")
    assert said(found) == [("split", "a", "a"), ("split", "a", "x"), ("split", "a", "y")]


def test_parts_of_what_is_new_are_new():
    assert said(START.with_new("x").with_split("x", "y")) == [("new", "", "x"), ("new", "", "y")]


def test_a_part_that_is_given_up_again_leaves_the_whole_as_it_was():
    split = START.with_split("a", "x")
    assert said(split.without("x")) == []
    assert said(split.with_merged("a", "x")) == []


def test_the_first_part_can_go_and_the_other_still_came_from_it():
    found = START.with_split("a", "x").without("a")
    assert [(each.before, each.after) for each in found.changes()] == [("a", "x")]
    assert said(found.without("x")) == [("retired", "a", "")]


@pytest.mark.parametrize("sources", list(permutations("bc")))
def test_several_merged_one_after_another(sources):
    found = START
    for source in sources:
        found = found.with_merged("a", source)
    assert said(found) == [("merged", "a", "a"), ("merged", "b", "a"), ("merged", "c", "a")]
    assert found.gone_with("a") == ("b", "c")


def test_what_was_new_leaves_nothing_behind_when_it_is_merged():
    assert said(START.with_new("x").with_merged("a", "x")) == []


def test_what_is_merged_into_something_new():
    found = START.with_new("x").with_merged("x", "b")
    assert said(found) == [("merged", "b", "x")]
    assert said(found.without("x")) == [("retired", "b", "")]


def test_a_part_merged_into_another_action_breaks_all_of_them():
    found = START.with_split("a", "x").with_merged("b", "x")
    assert said(found) == [("split", "a", "a"), ("merged", "a", "b"), ("merged", "b", "b")]


def test_what_comes_back_is_as_it_was_whatever_else_came_from_it():
    assert said(START.without("b").with_back("b")) == []
    assert said(START.with_merged("a", "b").with_back("b")) == []
    assert said(START.with_split("a", "x").without("a").with_back("a")) == [("new", "", "x")]


def test_what_people_said_themselves_stays_unless_it_is_about_the_same():
    own = (TypedChange("clarified", "a", "a"), TypedChange("typo", "b", "b"))
    gone, come = rewritten(START, START.with_split("a", "x"), own)
    assert gone == (own[0],)
    assert come == (TypedChange("split", "a", "a"), TypedChange("split", "a", "x"))


def test_what_nobody_has_answered_yet_is_not_answered_by_something_else():
    start = origins(BEFORE, ("a", "x"), ())  # from a file that says nothing of b, c and x
    assert rewritten(start, start.with_split("a", "y"), ())[1] == (
        TypedChange("split", "a", "a"),
        TypedChange("split", "a", "y"),
    )


@pytest.mark.parametrize("kind", ["split", "merged", "clarified"])  # the last as a file can say it
def test_another_code_keeps_the_kind_that_was_said_of_it(kind):
    said = (TypedChange(kind, "a", "x"),)
    start = origins(BEFORE, ("b", "c", "x"), said)
    assert start.changes(said) == said
    assert rewritten(start, start.without("b"), said) == ((), (TypedChange("retired", "b", ""),))


STEPS = {
    "new": lambda at: at.with_new("x") if "x" not in at.came else at,
    "split": lambda at: at.with_split("a", "y") if "a" in at.came and "y" not in at.came else at,
    "split again": lambda at: at.with_split("y", "z") if "y" in at.came and "z" not in at.came else at,
    "merge": lambda at: at.with_merged("a", "b") if {"a", "b"} <= at.came.keys() else at,
    "merge the part": lambda at: at.with_merged("b", "y") if {"b", "y"} <= at.came.keys() else at,
    "merge into new": lambda at: at.with_merged("x", "a") if {"x", "a"} <= at.came.keys() else at,
    "retire": lambda at: at.without("a") if "a" in at.came else at,
    "bring back": lambda at: at.with_back("a") if "a" not in at.came else at,
}


def test_whatever_is_done_in_whatever_order_every_code_is_accounted_for_and_the_rows_tell_it_all():
    for steps in product(STEPS.values(), repeat=4):
        found = START
        changes = ()
        for step in steps:
            later = step(found)
            gone, come = rewritten(found, later, changes)
            changes = (*(each for each in changes if each not in gone), *come)
            found = later
        befores = {each.before for each in changes}
        afters = {each.after for each in changes}
        assert {*BEFORE} - found.came.keys() <= befores  # what is gone is spoken of
        assert found.came.keys() - {*BEFORE} <= afters  # and what has come
        assert not [each for each in changes if each.kind == "new" and each.after in BEFORE]
        assert not [each for each in changes if each.kind == "retired" and each.before in found.came]
        pairs = [(each.before, each.after) for each in changes]
        assert len(pairs) == len(set(pairs))
        assert origins(BEFORE, found.came, changes) == found  # so that the next day goes on from here
