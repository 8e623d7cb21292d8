"""An editor says of every change what kind it is, and only of what they saw."""

import re

import pytest

from framework.changes.proposals import TypedChange
from framework.changes.questions import Answer
from framework.models import Framework
from framework.operations import (
    add_action,
    answer_questions,
    retire_action,
    start_draft,
    take_back_answers,
)
from framework.queries.drafts import questions_of, typed_changes
from framework.queries.trail import kinds_said
from partnerships.models import AuditEvent
from partnerships.policies import Refusal
from tests.factories import UserFactory
from tests.framework.drafting import write
from tests.made_once import made_once

pytestmark = pytest.mark.django_db
PAGE = "/framework/transforming-together/draft/kinds/"


@made_once
def editor():
    return UserFactory(is_editor=True, name="Rowan Hale")


@made_once
def draft(editor):
    """Two actions reworded, one retired and one added of which nothing is said yet."""
    draft = start_draft(by=editor, framework=Framework.objects.get())
    write(draft, "systemic", title="Think in systems")
    write(draft, "purpose", title="Agree a clear purpose, outcome and priorities")
    return draft


@pytest.fixture
def page(client, editor):
    client.force_login(editor)
    return client


def answer(draft, code, kind, *others):
    seen = {each.code: each.digest for each in questions_of(draft)}
    return Answer(code, kind, others, seen[code])


def sent(draft, **answers):
    """The form as a browser sends it. Answers by the code of the action with _ for -."""
    data = {f"kind-{each.code or 'labels'}-seen": each.digest for each in questions_of(draft)}
    return data | {f"kind-{code}-kind": kind for code, kind in answers.items()}


def test_several_answers_count_at_once(draft, editor):
    answers = [answer(draft, "systemic", "clarified"), answer(draft, "purpose", "typo")]

    assert answer_questions(by=editor, edition=draft, answers=answers) == ()
    assert set(typed_changes(draft)) == {
        TypedChange("clarified", "systemic", "systemic"),
        TypedChange("typo", "purpose", "purpose"),
    }
    assert AuditEvent.objects.filter(event="kind of change said", actor=f"user:{editor.pk}").count() == 2


def test_an_answer_to_other_words_does_not_count_and_the_rest_does(draft, editor):
    answers = [answer(draft, "systemic", "clarified"), answer(draft, "purpose", "typo")]
    write(draft, "systemic", statement="We never think in systems.")

    assert answer_questions(by=editor, edition=draft, answers=answers) == ("systemic",)
    assert typed_changes(draft) == (TypedChange("typo", "purpose", "purpose"),)


def test_an_answer_after_somebody_elses_does_not_overwrite_it(draft, editor):
    mine, theirs = answer(draft, "systemic", "typo"), answer(draft, "systemic", "meaning_changed")
    answer_questions(by=editor, edition=draft, answers=[theirs])

    assert answer_questions(by=editor, edition=draft, answers=[mine]) == ("systemic",)
    assert typed_changes(draft) == (TypedChange("meaning_changed", "systemic", "systemic"),)


def test_an_answer_to_what_is_not_asked_any_more(draft, editor):
    late = answer(draft, "systemic", "typo")
    write(draft, "systemic", title="Think and act systemically")

    assert answer_questions(by=editor, edition=draft, answers=[late]) == ("systemic",)
    assert typed_changes(draft) == ()


def test_a_split_said_of_the_source_and_of_the_part_is_said_once(draft, editor):
    part = add_action(by=editor, edition=draft, area="system", title="Act for the whole system").code
    answers = [answer(draft, "systemic", "split", part), answer(draft, part, "split", "systemic")]

    assert answer_questions(by=editor, edition=draft, answers=answers) == ()
    assert typed_changes(draft) == (
        TypedChange("split", "systemic", "systemic"),
        TypedChange("split", "systemic", part),
    )
    assert AuditEvent.objects.filter(event="kind of change said").count() == 1


def test_what_a_merger_took_in_is_no_longer_retired(draft, editor):
    retire_action(by=editor, edition=draft, code="learning")

    answer_questions(by=editor, edition=draft, answers=[answer(draft, "learning", "merged", "systemic")])
    assert set(typed_changes(draft)) == {
        TypedChange("merged", "learning", "systemic"),
        TypedChange("merged", "systemic", "systemic"),
    }


def test_who_said_it_last_is_known(draft, editor):
    other = UserFactory(is_editor=True, name="Sam Okafor")
    answer_questions(by=editor, edition=draft, answers=[answer(draft, "systemic", "typo")])
    answer_questions(by=other, edition=draft, answers=[answer(draft, "systemic", "clarified")])

    assert kinds_said(draft)["systemic"].who == "Sam Okafor"
    assert "purpose" not in kinds_said(draft)


def test_the_page_shows_what_differs_and_ticks_nothing(draft, page):
    html = page.get(PAGE).content.decode()

    assert "2 changes since edition 1 need an answer" in html
    assert "Think and act systemically</del>" not in html
    assert "in systems" in html
    assert "<ins>" in html
    assert "<del>" in html
    assert "A slip was put right (suggested)" in html
    assert "ratings before and after are compared" in html
    assert " checked" not in html
    assert '<span class="nav-count">2<' in html


def test_one_answer_is_saved_by_its_own_button(draft, page):
    data = sent(draft, systemic="clarified", purpose="typo") | {"only": "kind-systemic"}
    html = page.post(PAGE, data, follow=True).content.decode()

    assert typed_changes(draft) == (TypedChange("clarified", "systemic", "systemic"),)
    assert "1 answer saved. 1 change still needs one." in html
    assert "Said by Rowan Hale on" in html
    assert "The same is said more clearly." in html


def test_all_answers_are_saved_at_once_and_can_be_changed_and_taken_back(draft, page):
    html = page.post(PAGE, sent(draft, systemic="clarified", purpose="typo"), follow=True).content.decode()
    assert "2 answers saved. Every change has an answer now." in html

    page.post(PAGE, sent(draft, systemic="meaning_changed") | {"only": "kind-systemic"})
    assert TypedChange("meaning_changed", "systemic", "systemic") in typed_changes(draft)

    html = page.post(PAGE, {"take_back": "systemic"}, follow=True).content.decode()
    assert "1 change since edition 1 needs an answer" in html
    assert typed_changes(draft) == (TypedChange("typo", "purpose", "purpose"),)


def test_an_action_called_labels_is_not_taken_for_the_labels_of_the_levels(draft, page):
    add_action(by=None, edition=draft, area="convene", title="Labels")
    take_back_answers(by=None, edition=draft, code="labels")
    write(draft, "", level_1="Not at all")
    html = page.get(PAGE).content.decode()
    names = re.findall(r' id="([^"]+)"', html)
    assert sorted(names) == sorted(set(names))

    page.post(PAGE, sent(draft, labels="new"))
    assert typed_changes(draft) == (TypedChange("new", after="labels"),)


@pytest.mark.parametrize("code", ["a\0b", "gone", "x" * 5000, "<script>"])
def test_taking_back_what_is_not_asked_takes_nothing_back(draft, page, code):
    page.post(PAGE, sent(draft, systemic="clarified"))
    html = page.post(PAGE, {"take_back": code}, follow=True).content.decode()
    assert "Taken back" not in html
    assert typed_changes(draft) == (TypedChange("clarified", "systemic", "systemic"),)


def test_words_that_changed_meanwhile_are_to_be_looked_at_again(draft, page):
    data = sent(draft, systemic="clarified", purpose="typo")
    write(draft, "systemic", title="Think in whole systems")
    html = page.post(PAGE, data).content.decode()

    assert "3. Think in whole systems: This changed while you were looking" in html
    assert typed_changes(draft) == (TypedChange("typo", "purpose", "purpose"),)
    again = page.post(PAGE, sent(draft, systemic="clarified"), follow=True).content.decode()
    assert "Every change has an answer now." in again


def test_nothing_chosen_or_nonsense_says_what_to_do(draft, page):
    for data in (
        sent(draft),
        sent(draft) | {"only": "kind-systemic"},
        sent(draft, systemic="new"),
        sent(draft, systemic="<script>"),
    ):
        html = page.post(PAGE, data).content.decode()
        assert "Think in systems: Choose one of these." in html
    assert typed_changes(draft) == ()


def test_a_split_without_its_parts_is_no_answer(draft, page, editor):
    add_action(by=editor, edition=draft, area="system", title="Act for the whole")
    html = page.post(PAGE, sent(draft, systemic="split")).content.decode()
    assert "Think in systems: Choose" in html

    data = sent(draft, systemic="split") | {"kind-systemic-split_others": ["act-for-the-whole"]}
    assert page.post(PAGE, data).status_code == 302
    assert TypedChange("split", "systemic", "act-for-the-whole") in typed_changes(draft)


def test_a_leftover_can_only_be_taken_back(draft, page):
    draft.changes.create(kind="typo", before=None, after=None)
    html = page.get(PAGE).content.decode()
    assert "A kind of change is said of it, and its words are those of edition 1." in html

    page.post(PAGE, {"take_back": ""})
    assert typed_changes(draft) == ()


def test_nothing_to_ask(page, draft):
    for code, title in (
        ("systemic", "Think and act systemically"),
        ("purpose", "Agree a clear purpose, outcomes and priorities"),
    ):
        write(draft, code, title=title)
    assert "Nothing differs yet" in page.get(PAGE).content.decode()
    assert page.post(PAGE, {}, follow=True).status_code == 200


def test_a_draft_that_is_gone_says_so(draft, page):
    data = sent(draft, systemic="clarified")
    draft.delete()
    assert "There is no draft any more" in page.post(PAGE, data, follow=True).content.decode()


def test_an_answer_for_a_draft_that_is_gone_is_refused(draft, editor):
    late = answer(draft, "systemic", "typo")
    draft.delete()
    draft.pk = 10_000
    with pytest.raises(Refusal):
        answer_questions(by=editor, edition=draft, answers=[late])


def test_the_page_costs_the_same_with_more_changes(draft, page, django_assert_max_num_queries):
    for code in ("citizens-places", "relationships", "learning"):
        write(draft, code, title=f"Another title for {code}")
    page.get(PAGE)
    with django_assert_max_num_queries(12):
        page.get(PAGE)
