"""Everybody reads what changed between editions; editors also who wrote what, and the draft."""

import re
from datetime import timedelta

import pytest

from framework.changes.proposals import TypedChange
from framework.models import Framework
from framework.operations import (
    add_action,
    answer_changes,
    merge_actions,
    move_action,
    publish,
    retire_action,
    retire_edition,
    split_action,
    start_draft,
    step_area,
    take_back_answers,
)
from framework.queries.story import by_day_and_person, story
from partnerships.models import AuditEvent
from tests.factories import UserFactory
from tests.framework.drafting import say, write
from tests.framework.editions import next_edition
from tests.made_once import made_once

pytestmark = pytest.mark.django_db
HERE = "/framework/transforming-together/"


@made_once
def editor():
    return UserFactory(is_editor=True, name="Rowan Hale")


@made_once
def draft(editor):
    return start_draft(by=editor, framework=Framework.objects.get())


@made_once
def reworded(draft, editor):
    """Edition 2, published: one action said more clearly, another with another meaning."""
    write(draft, "systemic", by=editor, title="Think in systems")
    write(draft, "purpose", by=editor, statement="We never agree.")
    answer_changes(by=editor, edition=draft, changes=[TypedChange("clarified", "systemic", "systemic")])
    answer_changes(by=editor, edition=draft, changes=[TypedChange("meaning_changed", "purpose", "purpose")])
    return publish(by=editor, edition=draft, note="Plainer <i>words</i>.")


def text(response):
    return " ".join(response.content.decode().split())


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def test_anybody_reads_the_history_of_published_editions(client, reworded):
    html = text(client.get(f"{HERE}history/"))

    assert "Edition 2" in html
    assert "made from edition 1" in html
    assert "Plainer &lt;i&gt;words&lt;/i&gt;." in html
    assert "1 action said more clearly; 1 action with another meaning." in html
    assert f'href="{HERE}1/to/2/"' in html
    for of_editors in ("Rowan Hale", "trail/", "retire/"):
        assert of_editors not in html


def test_editors_also_see_who_published_and_the_draft(client, reworded, editor):
    start_draft(by=editor, framework=reworded.framework)
    assert "Edition 3" not in text(client.get(f"{HERE}history/"))

    client.force_login(editor)
    html = text(client.get(f"{HERE}history/"))
    assert "by Rowan Hale" in html
    assert "Edition 3" in html
    assert f'href="{HERE}3/trail/"' in html


def test_the_history_is_led_to_from_the_framework(client, reworded):
    assert f'href="{HERE}history/"' in text(client.get("/framework/"))


def test_a_framework_with_a_draft_alone_has_no_history_to_others(client, editor):
    other = Framework.objects.create(slug="ten", name="Ten actions", source="A list")
    other.editions.create(number=1)
    assert client.get("/framework/ten/history/").status_code == 404
    assert client.get("/framework/nothing/history/").status_code == 404
    client.force_login(editor)
    assert client.get("/framework/ten/history/").status_code == 200


def test_what_differs_is_marked_with_what_it_does_to_comparisons(client, reworded):
    html = text(client.get(f"{HERE}1/to/2/"))

    assert "10 of 11 actions are compared across the change." in html
    assert (
        "before and after are not compared.</strong> <span>4. Agree a clear purpose, outcomes and priorities<"
        in html
    )
    assert "Ratings before and after are compared." in html
    assert "[taken out:</span>" in html.replace(" </span>", "</span>")
    assert "<ins>" in html
    assert "Focus on local citizens" not in html


def test_what_moved_came_and_went_is_said(client, editor, draft):
    move_action(by=editor, edition=draft, code="learning", area="convene")
    retire_action(by=editor, edition=draft, code="courage")
    add_action(by=editor, edition=draft, area="system", title="Share what we have")
    step_area(by=editor, edition=draft, code="system", step=-1)
    client.force_login(editor)
    html = text(client.get(f"{HERE}1/to/2/"))

    assert "Moved from “Develop an entrepreneurial edge” to “Convene around places”." in html
    assert "It was number 8 and is number" in html
    assert "Think and act systemically: 3 became 1" in html
    assert "Not there any more. It is no longer asked" in html
    assert "Added. It was not asked before" in html
    assert "It stands elsewhere in the order." in html


def test_a_draft_is_compared_for_editors_alone_and_says_what_is_still_to_say(client, editor, draft):
    write(draft, "systemic", by=editor, title="Think in systems")
    assert client.get(f"{HERE}1/to/2/").status_code == 404

    client.force_login(editor)
    html = text(client.get(f"{HERE}1/to/2/"))
    assert "edition 2 is a draft" in html
    assert "Nobody has said yet what kind of change this is." in html
    assert "10 of 11 actions are sure to be compared so far." in html


def test_open_labels_leave_all_open_but_what_is_known(client, editor, draft):
    write(draft, "", by=editor, level_2="Beginning")
    retire_action(by=editor, edition=draft, code="courage")
    client.force_login(editor)
    html = text(client.get(f"{HERE}1/to/2/"))

    assert "0 of 11 actions are sure to be compared so far." in html
    assert html.count("Nobody has said yet whether the labels of the levels mean what they meant.") == 1
    assert "Earlier ratings are kept.</strong> <span>6. Be optimistic" in html


def test_any_two_editions_follow_all_changes_between_them(client, reworded):
    next_edition(reworded, {"learning": "meaning_changed"}, number=3)
    html = text(client.get(f"{HERE}1/to/3/"))

    assert "9 of 11 actions are compared across the change." in html
    chosen = client.get(f"{HERE}history/", {"earlier": "3", "later": "1"})
    assert chosen.url == f"{HERE}1/to/3/"
    assert client.get(f"{HERE}3/to/1/").url == f"{HERE}1/to/3/"
    assert 'id="earlier"' in text(client.get(f"{HERE}history/"))


def test_three_editions_of_which_one_is_retired(client, reworded, editor):
    """Every edition with its note, the difference between any two, and who changed which words when."""
    other = UserFactory(is_editor=True, name="Sam Okafor")
    third = start_draft(by=other, framework=reworded.framework)
    write(third, "learning", by=other, title="Learn as we go")
    say(third, "clarified", "learning", by=other)
    publish(by=other, edition=third, note="Shorter.")
    retire_edition(by=other, edition=reworded)

    history = words(client.get(f"{HERE}history/"))
    assert "Edition 3 Published on" in history
    assert "Shorter." in history
    assert "Edition 2 Retired Published on" in history
    assert "Plainer &lt;i&gt;words&lt;/i&gt;." in history
    titles = {
        "systemic": "Think in systems",
        "learning": "Learn as we go",
        "purpose": "Agree a clear purpose",
    }
    for pair, codes in {
        "1/to/2": {"systemic", "purpose"},
        "2/to/3": {"learning"},
        "1/to/3": {"systemic", "purpose", "learning"},
    }.items():
        differs = words(client.get(f"{HERE}{pair}/"))
        assert {code for code, title in titles.items() if title in differs} == codes, pair
    client.force_login(editor)
    for number, who, what in (
        (2, "Rowan Hale", "3. Think in systems: title"),
        (3, "Sam Okafor", "8. Learn as we go: title"),
    ):
        trail = words(client.get(f"{HERE}{number}/trail/"))
        assert re.search(rf"{who} .*\d\d:\d\d .*{re.escape(what)}", trail), trail


@pytest.mark.parametrize("address", ["1/to/9/", "1/to/1/", "7/to/8/"])
def test_editions_that_are_not_there_are_not_found(client, reworded, address):
    assert client.get(HERE + address).status_code == 404


@pytest.mark.parametrize(
    "query", ["earlier=1&later=1", "earlier=x&later=2", "earlier=1", "later=99999999999"]
)
def test_a_choice_that_is_none_shows_the_history(client, reworded, query):
    assert "Every edition" in text(client.get(f"{HERE}history/?{query}"))


def test_without_a_difference_the_page_says_so(client, edition):
    next_edition(edition, {}, number=2)
    assert "Not a word differs" not in text(client.get(f"{HERE}1/to/2/"))  # the little edition lacks texts


def test_the_trail_tells_who_did_what(client, editor, draft):
    other = UserFactory(is_editor=True, name="Sam Okafor")
    write(draft, "systemic", by=other, title="Think <b>in</b> systems")
    write(draft, "", by=other, level_2="Beginning")
    split_action(by=editor, edition=draft, code="learning", title="Learn from others")
    merge_actions(by=editor, edition=draft, into="purpose", source="courage")
    retire_action(by=editor, edition=draft, code="resources")
    move_action(by=editor, edition=draft, code="learning", area="convene")
    answer_changes(by=other, edition=draft, changes=[TypedChange("typo", "systemic", "systemic")])
    answer_changes(by=other, edition=draft, changes=[TypedChange("clarified")])
    take_back_answers(by=other, edition=draft, code="systemic")
    client.force_login(editor)
    html = text(client.get(f"{HERE}2/trail/"))

    for said in (
        "Started the draft from edition 1.",
        "Think &lt;b&gt;in&lt;/b&gt; systems: title",
        "Label of level 2",
        "“Learn from others” is an action of its own now.",
        "Merged “Be optimistic, courageous and creative” into",
        "Took out the action “Devote time, energy and resources to the process”.",
        "to “Convene around places”.",
        "systems”: A slip was put right.",
        "Kind of change of the labels of the levels: The same is said more clearly.",
        "Took back what kind of change it was:",
    ):
        assert said in html, said
    assert "<b>in" not in html
    assert html.index("Sam Okafor</h3>") < html.index("Rowan Hale</h3>")


def test_saves_in_one_sitting_are_one_change(draft, editor):
    for title in ("Think", "Think in", "Think in systems"):
        write(draft, "systemic", by=editor, title=title)
    entries = [entry for entry in story(draft, {}) if entry.pieces]

    assert len(entries) == 1
    assert "".join(piece.text for piece in entries[0].pieces if piece.kind != "gone") == "Think in systems"


def test_what_was_done_stands_by_day_and_person(draft, editor):
    write(draft, "systemic", by=editor, title="Think in systems")
    earlier = AuditEvent.objects.get(event="draft started")
    AuditEvent.objects.create(
        event="step taken",
        actor="command",
        target_kind="edition",
        target_key=str(draft.pk),
        at=earlier.at - timedelta(days=1),
    )
    days = by_day_and_person(story(draft, {}))

    assert [[who for who, _entries in people] for _day, people in days] == [
        ["Rowan Hale"],
        ["Somebody on the server"],
    ]
    assert days[1][1][0][1][0].sentence == "Step taken."


def test_a_long_trail_has_pages(client, editor, draft):
    AuditEvent.objects.bulk_create(
        AuditEvent(event=f"step {n}", actor="command", target_kind="edition", target_key=str(draft.pk))
        for n in range(101)
    )
    client.force_login(editor)
    assert 'href="?page=2"' in text(client.get(f"{HERE}2/trail/"))
    assert "Started the draft" in text(client.get(f"{HERE}2/trail/?page=2"))
    assert client.get(f"{HERE}2/trail/?page=nonsense").status_code == 200


def test_an_edition_nobody_edited_here(client, editor, edition):
    client.force_login(editor)
    assert "Nothing is recorded" in text(client.get(f"{HERE}1/trail/"))
