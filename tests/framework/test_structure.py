"""Actions and areas of a draft come, go and move; comparisons break exactly where they must."""

import pytest
from django.db import transaction

from framework.changes.kinds import unanswered
from framework.checks.drafts import check
from framework.models import Action, Edition, Framework
from framework.operations import (
    add_action,
    add_area,
    bring_back_action,
    bring_back_area,
    drop_draft,
    merge_actions,
    move_action,
    remove_area,
    retire_action,
    split_action,
    start_draft,
    step_action,
    step_area,
)
from framework.queries.drafts import LANGUAGE, changed, typed_changes
from framework.queries.wording import wording
from partnerships.models import AuditEvent
from partnerships.policies import Refusal
from tests.factories import UserFactory
from tests.framework.shapes import broken, by_area, codes, is_in_order, ready, said
from tests.made_once import made_once

pytestmark = pytest.mark.django_db

PLACES, TRUST, SYSTEM, PURPOSE = "citizens-places", "relationships", "systemic", "purpose"


@made_once
def editor():
    return UserFactory(is_editor=True)


@made_once
def draft(edition, editor):
    return start_draft(by=editor, framework=edition.framework)


@pytest.fixture
def do(draft, editor):
    """Calls an operation on the draft: ``do(retire_action, code=…)``."""
    return lambda operation, **about: operation(by=editor, edition=draft, **about)


# --- Where they stand ---


def test_an_action_moves_up_and_down_inside_its_area(draft, do):
    before = codes(draft)
    do(step_action, code=before[1], step=-1)
    assert codes(draft) == [before[1], before[0], *before[2:]]
    do(step_action, code=before[1], step=1)
    assert codes(draft) == before
    assert said(draft) == set()


def test_at_the_end_of_its_area_it_stays(draft, do):
    before = by_area(draft)
    do(step_action, code=PLACES, step=-1)
    do(step_action, code=TRUST, step=1)
    assert by_area(draft) == before
    assert not AuditEvent.objects.filter(event="action moved").exists()


def test_an_action_moves_to_another_area_and_everything_is_numbered_anew(draft, do):
    do(move_action, code=PLACES, area="", after=SYSTEM)
    areas = list(by_area(draft).values())
    assert areas[0] == [TRUST]
    assert areas[1][:2] == [SYSTEM, PLACES]
    is_in_order(draft)
    event = AuditEvent.objects.get(event="action moved")
    assert (event.before["number"], event.after["number"]) == (1, 3)
    assert event.before["area"] != event.after["area"]


def test_it_can_stand_first_in_another_area(draft, do):
    last = list(by_area(draft))[-1]
    do(move_action, code=PLACES, area=last)
    assert by_area(draft)[last][0] == PLACES
    is_in_order(draft)


def test_behind_itself_it_stays(draft, do):
    before = codes(draft)
    do(move_action, code=TRUST, area="", after=TRUST)
    assert codes(draft) == before


def test_an_area_moves_with_its_actions(draft, do):
    first, second, *rest = by_area(draft)
    do(step_area, code=first, step=1)
    assert list(by_area(draft)) == [second, first, *rest]
    is_in_order(draft)
    do(step_area, code=second, step=-1)  # it is the first already
    assert AuditEvent.objects.filter(event="areas reordered").count() == 1


def test_to_stand_elsewhere_breaks_no_comparison(draft, do, edition):
    do(move_action, code=PLACES, area="", after=SYSTEM)
    do(step_area, code=next(iter(by_area(draft))), step=1)
    assert broken(edition, ready(draft)) == {}


# --- Added ---


def test_a_new_action_has_a_title_and_nothing_else(draft, do, edition):
    area = list(by_area(draft))[1]
    action = do(add_action, area=area, title="Share money and people")
    assert action.code == "share-money-and-people"
    assert by_area(draft)[area][-1] == action.code
    words = wording(draft, LANGUAGE).by_code(action.code)
    assert (words.title, words.short_title, words.statement) == ("Share money and people", "", "")
    assert [level.looks_like for level in words.levels] == [""] * 5
    assert said(draft) == {("new", "", action.code)}
    is_in_order(draft)
    assert broken(edition, ready(draft)) == {action.code: "new"}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Café & Straße", "cafe-strae"),
        ("!!! ???", "action-12"),
        ("🎉🎉", "action-12"),
        ("نعمل معا", "action-12"),
        ("<script>alert(1)</script>", "scriptalert1script"),
        (
            "Work with the voluntary sector and other neighbours",
            "work-with-the-voluntary-sector-and-other",
        ),
        ("x" * 200, "x" * 40),
        ("Purpose", "purpose-2"),
    ],
)
def test_the_code_is_made_of_the_title(draft, do, title, code):
    assert do(add_action, area=next(iter(by_area(draft))), title=title).code == code


def test_a_code_that_any_edition_ever_had_is_not_given_out_again(draft, do, editor, edition):
    do(retire_action, code=PURPOSE)
    second = ready(draft)
    third = start_draft(by=editor, framework=edition.framework)
    area = third.areas.first()
    assert add_action(by=editor, edition=third, area=area.code, title="Purpose").code == "purpose-2"
    assert add_action(by=editor, edition=third, area=area.code, title="Purpose!").code == "purpose-3"
    assert broken(edition, second)[PURPOSE] == "retired"


def test_a_title_stands_once(draft, do):
    title = draft.actions.get(code=TRUST).title
    for attempt in (
        lambda: do(add_action, area=next(iter(by_area(draft))), title=title.upper()),
        lambda: do(split_action, code=TRUST, title=title),
    ):
        with pytest.raises(Refusal, match="is in this draft already"):
            attempt()
    assert len(codes(draft)) == 11


def test_there_is_room_for_sixty_actions(draft, do):
    area = draft.areas.first()
    Action.objects.bulk_create(
        Action(edition=draft, area=area, code=f"more-{n}", number=n, title=f"More {n}") for n in range(12, 61)
    )
    for attempt in (
        lambda: do(add_action, area=area.code, title="One too many"),
        lambda: do(split_action, code=TRUST, title="One too many"),
    ):
        with pytest.raises(Refusal, match="at most 60 actions"):
            attempt()


# --- Areas ---


def test_a_new_area_stands_last_in_the_rarest_colour(draft, do):
    area = do(add_area, name="Money and people")
    assert list(by_area(draft))[-1] == area.code == "money-and-people"
    assert (area.about, area.colour) == ("", "convene")
    assert do(add_area, name="…").code == "area-6"
    with pytest.raises(Refusal, match="is in this draft already"):
        do(add_area, name="money AND people")


def test_there_is_room_for_twenty_areas(draft, do):
    for n in range(16):
        do(add_area, name=f"More {n}")
    with pytest.raises(Refusal, match="at most 20 areas"):
        do(add_area, name="One too many")


def test_an_area_goes_once_it_is_empty_and_can_come_back(draft, do, edition):
    home, other, *_rest = by_area(draft)
    with pytest.raises(Refusal, match="There are 2 actions in “Convene around places”"):
        do(remove_area, code=home)
    for code in by_area(draft)[home]:
        do(move_action, code=code, area=other)
    do(remove_area, code=home)
    assert home not in by_area(draft)
    is_in_order(draft)
    area = do(bring_back_area, code=home)
    assert (area.name, area.colour) == (edition.areas.get(code=home).name, "convene")
    assert list(by_area(draft))[-1] == home
    with pytest.raises(Refusal, match="is in this draft already"):
        do(bring_back_area, code=home)


# --- Whatever the order ---


def moves(do, draft):
    """What an editor might press, each safe to press at any moment."""
    home = next(iter(by_area(draft)))
    return {
        "add": lambda: do(add_action, area=home, title="Share money"),
        "split": lambda: do(split_action, code=PLACES, title="Keep promises"),
        "merge": lambda: do(merge_actions, into=PLACES, source=TRUST),
        "merge back": lambda: do(merge_actions, into=TRUST, source="keep-promises"),
        "merge into new": lambda: do(merge_actions, into="share-money", source=PLACES),
        "retire": lambda: do(retire_action, code=PLACES),
        "bring back": lambda: do(bring_back_action, code=PLACES),
        "move": lambda: do(move_action, code=TRUST, area="", after=SYSTEM),
    }


def test_in_any_order_numbers_have_no_gap_and_every_change_is_told(draft, do, edition):
    before = wording(edition, LANGUAGE)

    def walk(depth):
        for move in moves(do, draft).values():
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        move()
                except Refusal:
                    continue  # not to be had as things stand; nothing has changed
                is_in_order(draft)
                changes, words = typed_changes(draft), wording(draft, LANGUAGE)
                told = [finding.what for finding in check(words, before, changes)]
                assert not [what for what in told if "It is said" in what or "is said of it" in what]
                reworded = {each.code for each in changed(draft).actions if each.is_reworded}
                assert {*unanswered(changed(draft), changes)} <= reworded
                if depth:
                    walk(depth - 1)
                transaction.set_rollback(True)

    walk(2)


# --- Who may, and when ---


def test_nothing_moves_in_an_edition_that_was_published_meanwhile(draft, do):
    ready(draft)
    for attempt in (
        lambda: do(retire_action, code=PLACES),
        lambda: do(step_action, code=PLACES, step=1),
        lambda: do(add_area, name="Late"),
    ):
        with pytest.raises(Refusal, match="has been published in the meantime"):
            attempt()


def test_nor_in_a_draft_that_was_dropped_or_with_an_action_that_is_gone(draft, do, editor):
    do(retire_action, code=PLACES)
    with pytest.raises(Refusal, match="no action “citizens-places” in this draft any more"):
        do(split_action, code=PLACES, title="Too late")
    with pytest.raises(Refusal, match="no area “nowhere” in this draft any more"):
        do(add_action, area="nowhere", title="Nowhere")
    drop_draft(by=editor, edition=Edition.objects.get(pk=draft.pk))
    with pytest.raises(Refusal, match="dropped in the meantime"):
        do(retire_action, code=TRUST)


def test_a_draft_made_from_nothing_says_nothing_of_changes(editor):
    framework = Framework.objects.create(slug="other", name="Another", source="Invented")
    bare = Edition.objects.create(framework=framework, number=1)
    area = add_area(by=editor, edition=bare, name="Only one")
    add_action(by=editor, edition=bare, area=area.code, title="First")
    assert typed_changes(bare) == ()
    assert [action.number for action in wording(bare, LANGUAGE).actions] == [1]
