"""Actions are split, merged, retired and brought back; comparisons break exactly where they must."""

import pytest

from framework.changes.kinds import unanswered
from framework.changes.proposals import TypedChange
from framework.models import Action
from framework.operations import (
    add_action,
    answer_changes,
    bring_back_action,
    merge_actions,
    remove_area,
    retire_action,
    split_action,
    start_draft,
)
from framework.queries.drafts import LANGUAGE, changed, findings, typed_changes
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


# --- Split ---


def test_both_parts_of_a_split_begin_with_the_same_words(draft, do, edition):
    part = do(split_action, code=TRUST, title="Keep promises")
    words = wording(draft, LANGUAGE)
    first, second = words.by_code(TRUST), words.by_code(part.code)
    assert (second.title, second.short_title, second.number) == ("Keep promises", "", first.number + 1)
    assert (second.statement, second.prompts, second.levels) == (first.statement, first.prompts, first.levels)
    assert first.title == edition.actions.get(code=TRUST).title
    assert said(draft) == {("split", TRUST, TRUST), ("split", TRUST, part.code)}
    is_in_order(draft)
    assert broken(edition, ready(draft)) == {TRUST: "split", part.code: "split"}


def test_what_was_said_of_an_action_gives_way_to_the_split(draft, do):
    Action.objects.filter(edition=draft, code=TRUST).update(title="Be honest")
    do(answer_changes, changes=[TypedChange("clarified", TRUST, TRUST)])
    part = do(split_action, code=TRUST, title="Keep promises")
    assert said(draft) == {("split", TRUST, TRUST), ("split", TRUST, part.code)}
    do(merge_actions, into=TRUST, source=part.code)
    assert unanswered(changed(draft), typed_changes(draft)) == (TRUST,)  # the words differ still: asked again


def test_a_split_put_together_again_leaves_no_trace(draft, do, edition):
    part = do(split_action, code=TRUST, title="Keep promises")
    do(merge_actions, into=TRUST, source=part.code)
    assert said(draft) == set()
    assert not changed(draft)
    assert broken(edition, ready(draft)) == {}


def test_a_split_put_together_under_the_other_code_still_breaks_the_line(draft, do, edition):
    part = do(split_action, code=TRUST, title="Keep promises")
    do(merge_actions, into=part.code, source=TRUST)
    assert broken(edition, ready(draft)) == {TRUST: "split", part.code: "split"}


def test_a_part_can_go_into_another_action(draft, do, edition):
    """Then two are not what they were: what was split, and what took the part in."""
    part = do(split_action, code=TRUST, title="Keep promises")
    do(merge_actions, into=PLACES, source=part.code)
    assert said(draft) == {("split", TRUST, TRUST), ("merged", TRUST, PLACES), ("merged", PLACES, PLACES)}
    assert broken(edition, ready(draft)).keys() == {TRUST, PLACES}


# --- Merged ---


def test_what_is_merged_keeps_its_words_and_takes_the_prompts(draft, do, edition):
    kept, goes = (edition.actions.get(code=code) for code in (PLACES, TRUST))
    do(merge_actions, into=PLACES, source=TRUST)
    words = wording(draft, LANGUAGE).by_code(PLACES)
    assert (words.title, words.statement) == (kept.title, kept.statement)
    assert list(words.prompts) == kept.prompts + goes.prompts
    assert TRUST not in codes(draft)
    assert said(draft) == {("merged", PLACES, PLACES), ("merged", TRUST, PLACES)}
    is_in_order(draft)
    event = AuditEvent.objects.get(event="wording changed")
    assert event.after == {
        "part": f"action:{PLACES}",
        "field": "prompts",
        "text": "\n".join(words.prompts),
    }
    assert broken(edition, ready(draft)) == {PLACES: "merged", TRUST: "merged"}


def test_three_are_merged_one_after_another(draft, do, edition):
    Action.objects.filter(edition=draft, code=SYSTEM).update(prompts=["One?"])
    for source in (SYSTEM, TRUST):
        do(merge_actions, into=PLACES, source=source)
    assert said(draft) == {("merged", code, PLACES) for code in (PLACES, SYSTEM, TRUST)}
    assert broken(edition, ready(draft)) == dict.fromkeys((PLACES, SYSTEM, TRUST), "merged")


def test_more_prompts_than_a_phone_shows_are_refused(draft, do):
    Action.objects.filter(edition=draft, code=TRUST).update(prompts=[f"{n}?" for n in range(9)])
    with pytest.raises(Refusal, match="and 10 fit"):
        do(merge_actions, into=PLACES, source=TRUST)
    assert len(codes(draft)) == 11


def test_an_action_is_not_merged_with_itself(draft, do):
    with pytest.raises(Refusal, match="cannot be merged with itself"):
        do(merge_actions, into=PLACES, source=PLACES)


def test_what_was_new_simply_goes(draft, do, edition):
    new = do(add_action, area=next(iter(by_area(draft))), title="Share money")
    do(merge_actions, into=PLACES, source=new.code)
    assert said(draft) == set()
    assert not changed(draft)


# --- Retired, and brought back ---


def test_a_retired_action_is_no_longer_asked(draft, do, edition):
    do(retire_action, code=PURPOSE)
    assert said(draft) == {("retired", PURPOSE, "")}
    is_in_order(draft)
    assert broken(edition, ready(draft)) == {PURPOSE: "retired"}


def test_with_an_action_go_those_that_were_merged_into_it(draft, do, edition):
    do(merge_actions, into=PLACES, source=TRUST)
    do(retire_action, code=PLACES)
    assert said(draft) == {("retired", PLACES, ""), ("retired", TRUST, "")}


def test_the_last_action_can_go_and_the_checks_say_that_one_is_needed(draft, do):
    for code in codes(draft):
        do(retire_action, code=code)
    assert codes(draft) == []
    assert "There is no action in it." in [finding.what for finding in findings(draft)]
    do(bring_back_action, code=SYSTEM)
    assert codes(draft) == [SYSTEM]


def test_what_comes_back_is_as_it_was_and_where_it_was(draft, do):
    before = by_area(draft)
    Action.objects.filter(edition=draft, code=PURPOSE).update(title="Something else")
    do(retire_action, code=PURPOSE)
    do(bring_back_action, code=PURPOSE)
    assert by_area(draft) == before
    assert said(draft) == set()
    assert not changed(draft)


def test_what_was_merged_can_come_back(draft, do, edition):
    do(merge_actions, into=PLACES, source=TRUST)
    do(bring_back_action, code=TRUST)
    assert unanswered(changed(draft), typed_changes(draft)) == (PLACES,)  # for the prompts it took
    assert broken(edition, ready(draft)) == {}


def test_what_is_there_cannot_come_back_nor_what_never_was(draft, do):
    with pytest.raises(Refusal, match="is in this draft already"):
        do(bring_back_action, code=PURPOSE)
    with pytest.raises(Refusal, match="has nothing of that code"):
        do(bring_back_action, code="never")


def test_without_its_area_it_comes_back_to_another(draft, do):
    home, other, *_rest = by_area(draft)
    for code in by_area(draft)[home]:
        do(retire_action, code=code)
    do(remove_area, code=home)
    with pytest.raises(Refusal, match="There is no area"):
        do(bring_back_action, code=PLACES)
    do(bring_back_action, code=PLACES, area=other)
    assert by_area(draft)[other][0] == PLACES  # it stood before those in the edition before
    is_in_order(draft)
