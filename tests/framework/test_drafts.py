"""A draft begins as the newest published edition; what is said of its changes decides about comparisons."""

import pytest

from framework.changes.proposals import TypedChange
from framework.models import Action, Edition, Framework
from framework.operations import answer_changes, drop_draft, start_draft, take_back_answers
from framework.operations.kinds import ask_again
from framework.queries.drafts import LANGUAGE, changed, differs, typed_changes
from framework.queries.wording import wording
from partnerships.models import AuditEvent
from partnerships.policies import Refusal
from tests.factories import UserFactory
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    return Framework.objects.get(slug="transforming-together")


@made_once
def editor():
    return UserFactory(is_editor=True)


@pytest.fixture
def draft(framework, editor):
    return start_draft(by=editor, framework=framework)


def reword(draft, code, **texts):
    Action.objects.filter(edition=draft, code=code).update(**texts)


def test_a_draft_has_the_words_of_the_newest_published_edition(draft, editor):
    published = Edition.objects.newest_published()
    assert (draft.number, draft.predecessor, draft.status) == (published.number + 1, published, "draft")
    assert not changed(draft)
    before, now = wording(published, LANGUAGE), wording(draft, LANGUAGE)
    assert [action.statement for action in now.actions] == [action.statement for action in before.actions]
    assert now.action(11).levels[4].looks_like == before.action(11).levels[4].looks_like
    event = AuditEvent.objects.get(event="draft started")
    assert (event.actor, event.after) == (f"user:{editor.pk}", {"number": 2, "made_from": 1})


def test_there_is_one_draft_at_a_time(draft, framework, editor):
    with pytest.raises(Refusal, match="There is a draft already"):
        start_draft(by=editor, framework=framework)
    drop_draft(by=editor, edition=draft)
    assert start_draft(by=editor, framework=framework).number == 2


def test_a_framework_without_a_published_edition_has_nothing_to_start_from(editor):
    bare = Framework.objects.create(slug="other", name="Another framework", source="Invented")
    with pytest.raises(Refusal, match="Another framework has no published edition to start from"):
        start_draft(by=editor, framework=bare)


def test_a_new_answer_takes_the_place_of_the_old(draft, editor):
    code = draft.actions.first().code
    answer_changes(by=editor, edition=draft, changes=[TypedChange("clarified", code, code)])
    answer_changes(by=editor, edition=draft, changes=[TypedChange("meaning_changed", code, code)])
    assert typed_changes(draft) == (TypedChange("meaning_changed", code, code),)
    last = AuditEvent.objects.filter(event="kind of change said").latest("pk")
    assert last.before == {"changes": [["clarified", code, code]]}
    assert last.after == {"changes": [["meaning_changed", code, code]]}


def test_whoever_else_was_part_of_a_split_is_asked_again(draft, editor):
    one, two, three = (action.code for action in draft.actions.all()[:3])
    split = [TypedChange("split", one, one), TypedChange("split", one, two)]
    answer_changes(by=editor, edition=draft, changes=split)
    answer_changes(by=editor, edition=draft, changes=[TypedChange("typo", three, three)])
    answer_changes(by=editor, edition=draft, changes=[TypedChange("new", "", two)])
    assert typed_changes(draft) == (
        TypedChange("typo", three, three),
        TypedChange("new", "", two),
    )


def test_an_answer_about_an_action_nobody_knows_is_refused(draft, editor):
    with pytest.raises(Refusal, match=r"There is no action “gone” in .*edition 2"):
        answer_changes(by=editor, edition=draft, changes=[TypedChange("new", "", "gone")])
    assert typed_changes(draft) == ()


def test_an_answer_can_be_taken_back_for_one_action_and_for_the_labels(draft, editor):
    code = draft.actions.first().code
    said = [TypedChange("typo", code, code)], [TypedChange("clarified")]
    for changes in said:
        answer_changes(by=editor, edition=draft, changes=changes)
    take_back_answers(by=editor, edition=draft, code="")
    assert typed_changes(draft) == tuple(said[0])
    take_back_answers(by=editor, edition=draft, code=code)
    assert typed_changes(draft) == ()


def test_an_answer_by_size_is_asked_again_when_the_words_change_and_any_when_they_are_back(draft, editor):
    code, other = (action.code for action in draft.actions.all()[:2])
    before = {action.code: action.title for action in draft.actions.all()}
    for each in (code, other):
        reword(draft, each, title="Something else entirely")
    answer_changes(by=editor, edition=draft, changes=[TypedChange("typo", code, code)])
    answer_changes(by=editor, edition=draft, changes=[TypedChange("meaning_changed", other, other)])
    for each in (code, other):
        ask_again(draft, each)
    assert typed_changes(draft) == (TypedChange("meaning_changed", other, other),)
    reword(draft, other, title=before[other])
    assert not differs(draft, other)
    ask_again(draft, other)
    assert typed_changes(draft) == ()
