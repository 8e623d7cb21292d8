"""Editions out as files and in again, as whoever runs a site does it."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from framework.files.edition import EditionFile
from framework.files.edition import write as file_of
from framework.models import ActionLevel, Change, Edition, Framework
from framework.operations import add_action, drop_draft, publish
from framework.queries.drafts import edition_file, findings
from framework.queries.lineage import lineage
from framework.queries.wording import wording
from framework.wording.parts import texts_in
from partnerships.models import User
from partnerships.models.audit import AuditEvent
from partnerships.policies import Refusal
from tests.framework.drafting import every_kind, write
from tests.framework.welsh import all_of, translate
from tests.framework.words import action
from tests.framework.words import edition as small_edition
from tests.made_once import made_once

SLUG = "transforming-together"
REWORDED = ("title: Focus on local citizens and places", "title: Focus on local people and places")


@made_once
def exported(published):
    return file_of(edition_file(published))


@pytest.fixture
def bring_in(tmp_path, capsys):
    """Import a text by command; gives what was printed."""

    def run(text, *options):
        file = tmp_path / "edition.yaml"
        file.write_bytes(text.encode())
        call_command("import_framework", str(file), *options)
        return capsys.readouterr().out

    return run


def next_of(text, *edits, changes=""):
    """The file of a next edition, made from edition 1 with these words replaced."""
    for old, new in (("  number: 1\n", "  number: 2\n  made_from: 1\n"), *edits):
        assert old in text
        text = text.replace(old, new, 1)
    return text + changes


def changes(*rows, labels=""):
    text = "changes:\n" + (f"  level_labels: {labels}\n" if labels else "") + "  actions:\n"
    for kind, before, after in rows:
        text += f"    - kind: {kind}\n" + (f"      before: {before}\n" if before else "")
        text += f"      after: {after}\n" if after else ""
    return text


def stored():
    """How many rows every table has, and all editions."""
    tables = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    return tables, list(Edition.objects.values())


def refused(bring_in, text, *options):
    before = stored()
    with pytest.raises(CommandError) as refusal:
        bring_in(text, *options)
    assert stored() == before
    assert str(refusal.value).startswith("Nothing was brought in.\n")
    return str(refusal.value).removeprefix("Nothing was brought in.\n")


def printed(capsys, *arguments):
    call_command("export_framework", *arguments)
    return capsys.readouterr().out


def test_out_and_in_again_is_identical_but_for_the_number(exported, bring_in, capsys):
    said = bring_in(exported)

    assert said.splitlines()[:2] == [
        "Transforming Together, edition 2 is in as a draft.",
        "Edition 1 is there already, so it became edition 2.",
    ]
    assert "compared with those of no other" in said
    again = printed(capsys, SLUG, "--edition", "2")
    assert again == exported.replace("  number: 1\n", "  number: 2\n", 1)


def test_an_edition_with_changes_too(exported, bring_in, capsys):
    text = next_of(exported, REWORDED, changes=changes(("clarified", "citizens-places", "citizens-places")))
    bring_in(text)

    assert printed(capsys, SLUG, "--edition", "2") == text


AWKWARD = {
    "title": "- a: “b” # c",
    "short_title": "1e5",
    "statement": "null",
    "question": "'single' \"double\" \\ [a] {b} & * ! % @ ` | >",
    "helps": "#no",
    "hinders": "<b>x</b> {{ y }} =1+1",
    "skills_question": "مرحبا \u200fשלום\u200e 🙂🏴\U000e0067\U000e0062\U000e007f",
    "prompts": "no\n~\n? x\n2026-11-14",
    "level_1": "One.\n\n\n  Two, further in.\n\tThree.",
    "level_2": "Donaudampfschifffahrtsgesellschaft" * 9,
}


def test_every_kind_of_change_awkward_words_and_welsh_go_out_and_in_again(published, bring_in, capsys):
    draft = every_kind(published)
    write(draft, "workforce", **AWKWARD)
    add_action(by=None, edition=draft, area="ethos", title="Not finished")
    translate(draft, all_of(draft) | {"action:workforce": AWKWARD})
    before = edition_file(draft)
    out = printed(capsys, SLUG, "--edition", "2")
    drop_draft(by=None, edition=draft)
    bring_in(out)

    after = edition_file(Edition.objects.get(number=2))
    said = texts_in(after.words, "action:workforce")
    assert {name: said[name] for name in AWKWARD} == AWKWARD
    assert {each.kind for each in after.changes} == set(Change.Kind.values)
    assert (set(after.changes), after.translations) == (set(before.changes), before.translations)
    assert printed(capsys, SLUG, "--edition", "2") == out


def test_the_newest_published_edition_is_the_one_exported(exported, bring_in, capsys):
    bring_in(exported)
    assert printed(capsys, SLUG) == exported


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "There is no framework nothing. There is: transforming-together."),
        ([SLUG, "--edition", "9"], "transforming-together has no edition 9."),
    ],
)
def test_what_is_not_there_cannot_be_exported(published, arguments, said):
    with pytest.raises(CommandError, match=said):
        call_command("export_framework", *arguments)


def test_a_draft_says_what_is_to_be_mended(exported, bring_in):
    said = bring_in(
        next_of(exported, REWORDED, ("Working on one neighbourhood", "Organizing one neighbourhood"))
    )

    assert "To mend before it can be published:" in said
    assert (
        "Action 1 “Focus on local people and places”: The words are not those of edition 1. Say what kind"
        in said
    )
    assert "Advice:\n  Action 1 “Focus on local people and places”, what helps: “organizing”" in said


def test_published_at_once_it_is_what_new_rounds_use_and_what_comparisons_follow(exported, bring_in):
    rows = changes(
        ("clarified", "citizens-places", "citizens-places"), ("meaning_changed", "systemic", "systemic")
    )
    text = next_of(exported, REWORDED, ("We look at the whole", "Others look at the whole"), changes=rows)
    said = bring_in(text.replace("note: The first edition.", "note: Plainer words."), "--publish")

    first, second = Edition.objects.order_by("number")
    assert said == "Transforming Together, edition 2 is published.\n"
    assert Edition.objects.newest_published() == second
    assert (second.note, second.predecessor, second.published_by) == ("Plainer words.", first, None)
    why = lineage([first.pk, second.pk]).why
    assert why(first.pk, second.pk, "citizens-places") == ""
    assert why(first.pk, second.pk, "systemic") == "meaning_changed"
    assert wording(first, "en").by_code("citizens-places").title == "Focus on local citizens and places"


def test_it_is_not_published_while_something_is_to_be_mended(exported, bring_in):
    said = refused(bring_in, next_of(exported, REWORDED), "--publish")

    assert said.startswith("This has to be mended before the edition can be published:\nAction 1 “Focus")


def test_it_is_not_published_without_a_note(exported, bring_in):
    text = next_of(exported, ("note: The first edition.", "note:"))
    assert "Write a note that says what is different" in refused(bring_in, text, "--publish")


def test_one_draft_at_a_time(exported, bring_in, published):
    bring_in(exported)

    assert refused(bring_in, exported) == (
        "There is a draft already: Transforming Together, edition 2. Publish it, or drop it to start another."
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(framework=published.framework, number=9)


def test_a_draft_can_make_place_for_a_better_one(exported, bring_in):
    bring_in(exported)
    bring_in(next_of(exported, REWORDED), "--replace-draft")

    draft = Edition.objects.get(number=2)
    assert wording(draft, "en").action(1).title == "Focus on local people and places"
    assert Edition.objects.count() == 2
    assert ActionLevel.objects.count() == 110
    trail = AuditEvent.objects.order_by("pk").values_list("event", "actor", "target_text")
    name = "Transforming Together, edition 2"
    assert list(trail) == [
        ("edition imported", "command", name),
        ("draft dropped", "command", name),
        ("edition imported", "command", name),
    ]


def test_the_trail_says_whose_file_it_was(exported, bring_in):
    editor = User.objects.create_user("rowan@northmoor.example", name="Rowan", is_editor=True)
    bring_in(exported, "--by", "Rowan@northmoor.example", "--publish")

    assert set(AuditEvent.objects.values_list("event", "actor")) == {
        ("edition imported", f"user:{editor.pk}"),
        ("edition published", f"user:{editor.pk}"),
    }
    assert Edition.objects.get(number=2).published_by == editor


def test_nobody_else_brings_a_file_in(exported, bring_in):
    User.objects.create_user("lead@northmoor.example")
    User.objects.create_user("gone@northmoor.example", is_editor=True, is_active=False)

    for email in ("lead@northmoor.example", "gone@northmoor.example", "nobody@northmoor.example"):
        with pytest.raises(CommandError, match="is no framework editor or administrator of this site"):
            bring_in(exported, "--by", email)
    assert Edition.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_a_bad_file_leaves_the_draft_it_was_to_replace(exported, bring_in):
    bring_in(exported)
    bad = next_of(exported, REWORDED).replace("made_from: 1", "made_from: 7")

    refused(bring_in, bad, "--replace-draft")


FAULTS = {
    "a title of 10,000 letters": (
        ("title: Focus on local citizens", "title: " + "x" * 10_000),
        "at most 200 fit",
    ),
    "a code twice": (
        ("code: relationships", "code: citizens-places"),
        "“citizens-places” stands in the file twice",
    ),
    "an anchor": (("code: relationships", "code: &a relationships"), "Anchors and aliases"),
    "an alias": (("code: relationships", "code: *a"), "Anchors and aliases"),
    "a tag": (("code: relationships", "code: !!python/name:os.system relationships"), "Tags (!) are not"),
    "a merge key": (
        ("code: relationships", "<<: {number: 3}\n        code: relationships"),
        "<<: This is not",
    ),
    "a million actions": (
        ("    actions:\n", "    actions:\n" + "      - {number: 1}\n" * 1_000_000),
        "too large",
    ),
    "no such edition": (
        ("made_from: 1", "made_from: 7"),
        "line 9, edition.made_from: This site has no published",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_bad_file_is_refused_whole_with_its_lines(exported, bring_in, case):
    edit, said = FAULTS[case]
    found = refused(bring_in, next_of(exported, edit))

    assert said in found
    assert found.startswith("line ")


def test_a_change_of_an_action_that_never_was(exported, bring_in):
    rows = changes(("retired", "nothing", ""), ("clarified", "systemic", "systemic"), labels="typo")
    text = next_of(exported, changes=rows)
    line = text.count("\n", 0, text.index("before: nothing")) + 1

    assert refused(bring_in, text) == (
        f"line {line}, changes.actions.1.before: "
        "There is no action “nothing” in the edition this one was made from."
    )


def test_an_answer_that_cannot_be_true_has_to_be_mended(exported, bring_in):
    said = bring_in(next_of(exported, changes=changes(("new", "", "systemic"), ("retired", "learning", ""))))

    assert "Action “systemic”: It is said to be new, and was in edition 1 already." in said
    assert "Action “learning”: It is said to be no longer asked, and is in edition 2." in said


def test_a_file_that_is_not_there(db):
    with pytest.raises(CommandError, match="nowhere cannot be read"):
        call_command("import_framework", "nowhere")


def test_another_framework_lives_beside_and_does_not_take_the_place(published, bring_in, capsys):
    text = file_of(
        EditionFile("trust", small_edition(action("trust", 1, "meet"), areas=("meet",)), "The first.")
    )
    assert bring_in(text, "--publish") == "Trust, edition 1 is published.\n"

    assert Edition.objects.newest_published() == published
    assert printed(capsys, "trust") == text
    other = Edition.objects.get(framework__slug="trust")
    assert lineage([published.pk, other.pk]).why(published.pk, other.pk, "trust") == "other_framework"
    assert list(AuditEvent.objects.order_by("pk").values_list("event", "target_text")) == [
        ("framework created", "Trust"),
        ("edition imported", "Trust, edition 1"),
        ("edition published", "Trust, edition 1"),
    ]


def test_markup_is_kept_as_the_text_it_is(published, bring_in, client):
    bring_in(
        next_of(file_of(edition_file(published)), (REWORDED[0], "title: <b>x</b><script>alert(1)</script>"))
    )
    draft = Edition.objects.get(number=2)
    assert wording(draft, "en").action(1).title == "<b>x</b><script>alert(1)</script>"


def test_publishing_says_who_and_when_and_why(exported, bring_in):
    bring_in(exported)
    editor = User.objects.create_user("editor@example.org", name="Alex")
    made = publish(by=editor, edition=Edition.objects.get(number=2), note=" Plainer words. ")

    stored = Edition.objects.get(number=2)
    assert (stored.note, stored.published_by, stored.status) == ("Plainer words.", editor, "published")
    assert stored.published_at == made.published_at
    assert AuditEvent.objects.get(event="edition published").actor == f"user:{editor.pk}"


def test_what_is_published_is_neither_published_again_nor_dropped(published):
    for attempt in (
        lambda: publish(by=None, edition=published, note="Again."),
        lambda: drop_draft(by=None, edition=published),
    ):
        with pytest.raises(Refusal, match="edition 1 has been published"):
            attempt()
    assert findings(Edition.objects.get()) == ()


def test_a_change_knows_its_actions(exported, bring_in):
    rows = changes(("split", "systemic", "systemic"), ("split", "systemic", "purpose"), labels="typo")
    bring_in(next_of(exported, changes=rows))

    found = Change.objects.order_by("pk").values_list(
        "kind", "before__edition__number", "after__edition__number"
    )
    assert list(found) == [("typo", None, None), ("split", 1, 2), ("split", 1, 2)]
    assert Framework.objects.count() == 1
