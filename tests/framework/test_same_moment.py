"""Two editors at the same moment: neither loses anything, and numbers stay in order."""

import pytest

from framework.operations import (
    add_action,
    merge_actions,
    retire_action,
    split_action,
    start_draft,
    step_action,
    write_texts,
)
from framework.parts import of_action, texts_in
from framework.queries import LANGUAGE, typed_changes
from framework.wording import wording
from partnerships.policies import Refusal
from tests.assessments.test_answers import together

pytestmark = pytest.mark.django_db(transaction=True)

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


def test_one_draft_is_started_however_many_press(draft, edition):
    draft.delete()
    failures = together(*[lambda: start_draft(by=None, framework=edition.framework)] * 3)
    assert [type(failure) for failure in failures] == [Refusal] * 2
    assert edition.framework.editions.drafts().count() == 1
