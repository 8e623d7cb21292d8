"""Two editors at the same moment: neither loses anything, and numbers stay in order."""

import pytest

from framework.changes.questions import Answer
from framework.models import Edition
from framework.operations import (
    add_action,
    answer_questions,
    merge_actions,
    publish,
    retire_action,
    retire_edition,
    split_action,
    start_draft,
    step_action,
    write_texts,
    write_translations,
)
from framework.queries.drafts import LANGUAGE, questions_of, translated, typed_changes
from framework.queries.wording import wording
from framework.wording.parts import of_action, texts_in
from partnerships.models import AuditEvent
from partnerships.policies import Refusal
from tests.framework.editions import next_edition

from ..assessments.operations.test_answers import together

pytestmark = pytest.mark.django_db(transaction=True)

SYSTEMIC = of_action("systemic")
PLACES, TRUST = "citizens-places", "relationships"


@pytest.fixture
def draft(edition):
    return start_draft(by=None, framework=edition.framework)


def test_what_two_editors_do_at_once_is_all_done(draft):
    area = draft.areas.order_by("order").first().code

    def do(operation, **about):
        return lambda: operation(by=None, edition=draft, **about)

    failures = together(
        do(add_action, area=area, title="Share money"),
        do(add_action, area=area, title="Share money!"),
        do(step_action, code=TRUST, step=-1),
        do(split_action, code="purpose", title="Agree outcomes"),
    )
    assert failures == []
    actions = wording(draft, LANGUAGE).actions
    assert [action.number for action in actions] == list(range(1, 15))
    assert {"share-money", "share-money-2", "agree-outcomes"} <= {action.code for action in actions}
    assert len(typed_changes(draft)) == 4


def test_whoever_comes_second_to_the_same_action_is_told(draft):
    failures = together(
        lambda: retire_action(by=None, edition=draft, code=PLACES),
        lambda: merge_actions(by=None, edition=draft, into=TRUST, source=PLACES),
    )
    assert [type(failure) for failure in failures] == [Refusal]
    assert len(wording(draft, LANGUAGE).actions) == 10


def test_words_two_editors_write_at_once_are_all_there_or_asked_about(draft):
    part = of_action(TRUST)
    seen = texts_in(wording(draft, LANGUAGE), part)
    found = []

    def write(**texts):
        return lambda: found.append(write_texts(by=None, edition=draft, part=part, texts=texts, seen=seen))

    assert (
        together(write(title="One"), write(title="Two"), write(question="Do we?"), write(level_1="No")) == []
    )
    stored = texts_in(wording(draft, LANGUAGE), part)
    assert (stored["question"], stored["level_1"]) == ("Do we?", "No")
    assert sorted(name for written in found for name in written.saved) == ["level_1", "question", "title"]
    assert [written.conflicts for written in found if written.conflicts] == [{"title": stored["title"]}]


def test_translations_two_editors_write_at_once_are_all_there_or_asked_about(draft):
    english = {name: texts_in(wording(draft, LANGUAGE), SYSTEMIC)[name] for name in ("title", "question")}
    where = {"edition": draft, "language": "cy", "part": SYSTEMIC, "english": english}
    seen, found = {"title": "", "question": ""}, []

    def write(**texts):
        return lambda: found.append(write_translations(by=None, texts=texts, seen=seen, **where))

    assert together(write(title="Un"), write(title="Dau"), write(question="Pam?")) == []
    stored = {each.field: each.text for each in translated(draft, "cy")}
    assert stored["question"] == "Pam?"
    assert [written.conflicts for written in found if written.conflicts] == [{"title": stored["title"]}]


def test_one_draft_is_started_however_many_press(draft, edition):
    draft.delete()
    failures = together(*[lambda: start_draft(by=None, framework=edition.framework)] * 3)
    assert [type(failure) for failure in failures] == [Refusal] * 2
    assert edition.framework.editions.drafts().count() == 1


def test_published_at_once_it_is_published_once_and_no_word_changes_after(draft):
    before = texts_in(wording(draft, "en"), SYSTEMIC)

    def write():
        texts = {"title": "Think in systems"}
        write_texts(by=None, edition=draft, part=SYSTEMIC, texts=texts, seen=before)

    def publish_it():
        publish(by=None, edition=draft, note="Plainer.")

    failures = together(publish_it, publish_it, write)

    # Either the words came first, and wait for somebody to say what kind of change it is, or they came late.
    title = wording(draft.pk, "en").by_code("systemic").title
    if Edition.objects.get(pk=draft.pk).is_published:
        assert title == before["title"]
        assert AuditEvent.objects.filter(event="edition published").count() == 1
    else:
        assert title == "Think in systems"
    assert len(failures) == 2
    assert all(isinstance(failure, Refusal) for failure in failures)


def test_two_answers_at_once_are_one_answer(draft):
    write_texts(
        by=None,
        edition=draft,
        part=SYSTEMIC,
        texts={"title": "Think in systems"},
        seen=texts_in(wording(draft, "en"), SYSTEMIC),
    )
    seen = next(each.digest for each in questions_of(draft))
    left = []

    def say(kind):
        answer = Answer("systemic", kind, (), seen)
        return lambda: left.append(answer_questions(by=None, edition=draft, answers=[answer]))

    assert together(say("clarified"), say("meaning_changed")) == []
    assert sorted(left) == [(), ("systemic",)]
    assert len(typed_changes(draft)) == 1


def test_two_editions_retired_at_once_leave_one(edition):
    later = next_edition(edition, {}, number=2)
    failures = together(
        *[lambda each=each: retire_edition(by=None, edition=each) for each in (edition, later)]
    )

    assert len(failures) == 1
    assert isinstance(failures[0], Refusal)
    assert Edition.objects.published().count() == 1
