"""Words of a draft are written text by text: nobody overwrites what somebody else wrote meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from framework.changes.proposals import TypedChange
from framework.models import Change, Edition, Framework, Level
from framework.models.protection import PublishedEditionChanged
from framework.operations import answer_changes, drop_draft, publish, start_draft, write_texts
from framework.queries.drafts import LANGUAGE, typed_changes
from framework.queries.trail import WORDING_CHANGED, word_changes
from framework.queries.wording import wording
from framework.wording import parts
from partnerships.models import AuditEvent
from partnerships.policies import Refusal
from tests.factories import UserFactory
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@made_once
def editor():
    return UserFactory(name="Rowan Hale", is_editor=True)


@made_once
def other():
    return UserFactory(name="Asha Brook", is_editor=True)


@made_once
def draft(editor):
    framework = Framework.objects.get(slug="transforming-together")
    return start_draft(by=editor, framework=framework)


@pytest.fixture
def part(draft):
    return parts.of_action(draft.actions.first().code)


def stored(draft, part):
    return parts.texts_in(wording(draft, LANGUAGE), part)


def write(draft, part, by, seen=None, **texts):
    return write_texts(by=by, edition=draft, part=part, texts=texts, seen=seen or stored(draft, part))


def test_every_text_of_an_action_can_be_written(draft, part, editor):
    texts = {name: f"Other words for {name}" for name in stored(draft, part)}
    texts["short_title"] = "Other words"
    texts["prompts"] = "Who was missing?\nWhat went well?"
    written = write(draft, part, editor, **texts)
    assert set(written.saved) == set(texts)
    assert stored(draft, part) == texts
    assert draft.actions.first().prompts == ["Who was missing?", "What went well?"]


def test_area_labels_and_whose_wording_can_be_written(draft, editor):
    area = parts.of_area(draft.areas.first().code)
    labels = {f"level_{value}": f"Step {value}" for value in range(1, 6)}
    for part, texts in {
        area: {"name": "Come together", "about": "Meet where people are.", "colour": "ethos"},
        parts.OF_LEVELS: labels,
        parts.OF_EDITION: {
            "framework_name": "Together in Northmoor",
            "source": "Northmoor",
            "scale_note": "Words of Northmoor.",
        },
    }.items():
        write(draft, part, editor, **texts)
        assert stored(draft, part) == texts


def test_a_new_name_and_source_are_the_drafts_alone_and_of_what_is_made_from_it(draft, editor):
    published, note = draft.predecessor, {"scale_note": wording(draft, "en").scale_note}
    renamed = {"framework_name": "Together in Northmoor", "source": "Northmoor"} | note
    write(draft, parts.OF_EDITION, editor, **renamed)
    assert str(Edition.objects.get(pk=draft.pk)) == "Together in Northmoor, edition 2"
    assert wording(draft, "en").source == "Northmoor"
    assert (str(published), published.framework.name) == (
        "Transforming Together, edition 1",
        "Transforming Together",
    )
    assert wording(published, "en").framework_name == "Transforming Together"

    publish(by=editor, edition=draft, note="Another name")
    later = start_draft(by=editor, framework=draft.framework)
    assert stored(later, parts.OF_EDITION) == renamed


def test_the_name_of_the_framework_said_again_is_no_name_of_the_edition(draft, editor):
    write(draft, parts.OF_EDITION, editor, framework_name="Together in Northmoor")
    write(draft, parts.OF_EDITION, editor, framework_name="Transforming Together")
    assert Edition.objects.get(pk=draft.pk).name == ""
    assert stored(draft, parts.OF_EDITION)["framework_name"] == "Transforming Together"


def test_a_level_that_was_missing_is_made(draft, part, editor):
    Level.objects.filter(edition=draft, value=4).delete()
    assert stored(draft, part)["level_4"] == ""
    write(draft, part, editor, level_4="We nearly do")
    assert stored(draft, part)["level_4"] == "We nearly do"


def test_each_text_that_changed_is_one_event_and_others_are_none(draft, part, editor):
    was = stored(draft, part)
    write(draft, part, editor, title="Start with places", question=was["question"])
    event = AuditEvent.objects.get(event="wording changed")
    assert (event.actor, event.target_kind, event.target_key) == (
        f"user:{editor.pk}",
        "edition",
        str(draft.pk),
    )
    assert event.before == {"part": part, "field": "title", "text": was["title"]}
    assert event.after == {"part": part, "field": "title", "text": "Start with places"}


def test_what_the_other_changed_and_this_one_did_not_stays(draft, part, editor, other):
    seen = stored(draft, part)
    write(draft, part, other, title="Their title")
    written = write(draft, part, editor, seen, title=seen["title"], statement="My statement.")
    assert (written.saved, written.left, written.conflicts) == (("statement",), ("title",), {})
    assert stored(draft, part)["title"] == "Their title"
    assert stored(draft, part)["statement"] == "My statement."


def test_what_both_changed_is_asked_about_and_nothing_of_it_written(draft, part, editor, other):
    seen = stored(draft, part)
    write(draft, part, other, title="Their title")
    written = write(draft, part, editor, seen, title="My title", question="My question?")
    assert (written.saved, written.conflicts) == (("question",), {"title": "Their title"})
    assert stored(draft, part)["title"] == "Their title"


def test_what_both_changed_to_the_same_words_is_no_conflict(draft, part, editor, other):
    seen = stored(draft, part)
    write(draft, part, other, title="Our title")
    written = write(draft, part, editor, seen, title="Our title")
    assert (written.saved, written.left, written.conflicts) == ((), (), {})


def test_without_what_was_seen_nothing_is_overwritten(draft, part, editor):
    was = stored(draft, part)["title"]
    written = write_texts(by=editor, edition=draft, part=part, texts={"title": "Mine"}, seen={})
    assert written.conflicts == {"title": was}


def test_a_kind_of_change_said_by_size_is_asked_again(draft, part, editor):
    code = draft.actions.first().code
    answer_changes(by=editor, edition=draft, changes=[TypedChange("typo", code, code), TypedChange("typo")])
    write(draft, part, editor, title="Start with places")
    assert typed_changes(draft) == (TypedChange("typo"),)
    write(draft, parts.OF_LEVELS, editor, level_1="Nowhere near")
    assert typed_changes(draft) == ()


@pytest.mark.parametrize("kind", ["split", "merged"])
def test_words_of_an_area_take_no_answer_back(draft, kind, editor):
    code = draft.actions.first().code
    Change.objects.create(
        edition=draft,
        kind=kind,
        before=draft.predecessor.actions.get(code=code),
        after=draft.actions.get(code=code),
    )
    write(draft, parts.of_area(draft.areas.first().code), editor, name="Come together")
    assert typed_changes(draft) == (TypedChange(kind, code, code),)


def test_a_draft_that_is_published_or_dropped_meanwhile_is_refused(draft, part, editor):
    with pytest.raises(Refusal, match="taken out of the draft in the meantime"):
        write_texts(by=editor, edition=draft, part="action:gone", texts={"title": "x"}, seen={})
    seen = stored(draft, part)
    publish(by=editor, edition=draft, note="As it was.")
    with pytest.raises(Refusal, match="edition 2 has been published in the meantime"):
        write(draft, part, editor, seen, title="Too late")
    assert stored(draft, part) == seen
    with pytest.raises(PublishedEditionChanged):
        draft.areas.first().save()


def test_a_dropped_draft_says_so(draft, part, editor):
    seen = stored(draft, part)
    drop_draft(by=editor, edition=Framework.objects.get().editions.drafts().get())
    with pytest.raises(Refusal, match="dropped in the meantime"):
        write(draft, part, editor, seen, title="Too late")


# --- The trail ---


def said(draft, part, by, before, after, ago):
    """A change of the title some while ago."""
    texts = {
        name: {"part": part, "field": "title", "text": text} for name, text in (("b", before), ("a", after))
    }
    AuditEvent.objects.create(
        at=timezone.now() - ago,
        event=WORDING_CHANGED,
        actor=f"user:{by.pk}",
        target_kind="edition",
        target_key=str(draft.pk),
        before=texts["b"],
        after=texts["a"],
    )


def test_the_trail_says_who_changed_which_words(draft, part, editor, other):
    was = stored(draft, part)["title"]
    write(draft, part, editor, title="First")
    write(draft, part, other, title="Second")
    write(draft, parts.OF_LEVELS, other, level_2="Begun")
    found = [(each.who, each.name, each.before, each.after) for each in word_changes(draft)]
    assert found == [
        ("Asha Brook", "label of level 2", "Starting", "Begun"),
        ("Asha Brook", "title", "First", "Second"),
        ("Rowan Hale", "title", was, "First"),
    ]
    assert [each.who for each in word_changes(draft, part)] == ["Asha Brook", "Rowan Hale"]


def test_saves_of_one_person_while_typing_are_one_change(draft, part, editor):
    was = stored(draft, part)["title"]
    for text in ("Start", "Start with", "Start with places"):
        write(draft, part, editor, title=text)
    assert [(each.before, each.after) for each in word_changes(draft)] == [(was, "Start with places")]
    write(draft, part, editor, title=was)
    assert word_changes(draft) == ()


def test_what_is_long_ago_is_a_change_of_its_own(draft, part, editor):
    said(draft, part, editor, "Once", "Yesterday", timedelta(days=1))
    said(draft, part, editor, "Yesterday", "Just now", timedelta(minutes=11))
    said(draft, part, editor, "Just now", "Now", timedelta(minutes=2))
    found = [(each.before, each.after) for each in word_changes(draft)]
    assert found == [("Yesterday", "Now"), ("Once", "Yesterday")]


def test_the_trail_outlives_the_person(draft, part, other):
    write(draft, part, other, title="Mine")
    write(draft, part, None, question="By command?")
    other.delete()
    assert [each.who for each in word_changes(draft)] == [
        "Somebody on the server",
        "Somebody whose account is gone",
    ]


def test_the_trail_takes_two_queries(draft, part, editor, other, django_assert_num_queries):
    write(draft, part, editor, title="First")
    write(draft, part, other, title="Second")
    with django_assert_num_queries(2):
        word_changes(draft, part)
