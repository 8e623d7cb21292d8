"""An editor answers for the changes in a draft, mends what is found, publishes, and reads what differs."""

import pytest

from framework.models import Edition
from framework.operations import add_action, retire_action, split_action, start_draft
from framework.queries.drafts import typed_changes
from tests.factories import UserFactory
from tests.framework.drafting import write

pytestmark = pytest.mark.django_db(transaction=True)

DRAFT = "/framework/transforming-together/draft/"


@pytest.fixture
def editor():
    return UserFactory(is_editor=True, name="Rowan Hale")


@pytest.fixture
def draft(edition, editor):
    """Reworded, split, retired and added; the labels differ and a question is missing."""
    draft = start_draft(by=editor, framework=edition.framework)
    write(draft, "systemic", by=editor, title="Think in systems", question="")
    write(draft, "purpose", by=editor, title="Agree a clear purpose, outcome and priorities")
    write(draft, "", by=editor, level_2="Beginning")
    split_action(by=editor, edition=draft, code="learning", title="Learn from others")
    retire_action(by=editor, edition=draft, code="resources")
    add_action(by=editor, edition=draft, area="ethos", title="Share what you have")
    return draft


@pytest.fixture
def look(axe, no_sideways_scroll):
    def check(page):
        page.wait_for_load_state()
        axe(page)
        no_sideways_scroll(page)

    return check


@pytest.mark.parametrize(("size", "javascript"), [("phone", False), ("wide", True)])
def test_every_change_is_answered_for(draft, editor, new_page, sign_in, look, size, javascript):
    page = new_page(size, javascript=javascript)
    sign_in(page, editor)
    page.goto(f"{DRAFT}kinds/")
    if javascript:
        look(page)
    page.get_by_role("button", name="Save all that are answered").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_role("link", name="Labels of the levels: Choose one of these.").click()
    if javascript:
        look(page)

    def kind_of(title, kind):
        page.get_by_role("region", name=title).get_by_role("radio", name=kind).check()

    kind_of("Labels of the levels", "The same is said more clearly")
    kind_of("Think in systems", "The meaning changed")
    page.get_by_role("button", name="Save this answer (Think in systems)").click()
    page.get_by_text("1 answer saved.").wait_for()
    kind_of("Labels of the levels", "The same is said more clearly")
    kind_of("Agree a clear purpose", "A slip was put right (suggested)")
    page.get_by_role("button", name="Save all that are answered").click()
    page.get_by_text("2 answers saved.").wait_for()
    page.get_by_text("Said by Rowan Hale on").first.wait_for()
    assert {(each.kind, each.after) for each in typed_changes(draft)} >= {
        ("clarified", ""),
        ("meaning_changed", "systemic"),
        ("typo", "purpose"),
        ("split", "learn-from-others"),
    }
    answered = page.get_by_role("region", name="Think in systems")
    answered.locator("summary").click()
    answered.get_by_role("radio", name="The same is said more clearly").check()
    if javascript:
        look(page)
    answered.get_by_role("button", name="Save this answer instead").click()
    page.get_by_text("1 answer saved.").wait_for()
    assert ("clarified", "systemic") in {(each.kind, each.after) for each in typed_changes(draft)}


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_from_the_checks_to_the_history(edition, editor, new_page, sign_in, look, size):
    draft = start_draft(by=editor, framework=edition.framework)
    write(draft, "systemic", by=editor, title="Think in systems", question="", helps="A new center.")
    page = new_page(size)
    sign_in(page, editor)
    page.goto(f"{DRAFT}publish/")
    page.get_by_text("Not yet: 2 things have to be mended first").wait_for()
    look(page)

    page.get_by_role("link", name="Checks").click()
    look(page)
    page.get_by_role("link", name="Action 3 “Think in systems”, question").click()
    page.get_by_label("Question", exact=True).fill("Do we think in systems?")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved at").wait_for()
    page.get_by_role("link", name="Kinds of change").click()
    page.get_by_role("radio", name="The same is said more clearly").check()
    page.get_by_role("button", name="Save this answer").click()
    page.get_by_text("1 answer saved.").wait_for()
    page.get_by_role("link", name="Publish").click()
    look(page)
    page.get_by_role("button", name="Publish edition 2 for good").click()
    page.get_by_role("link", name="What is different in this edition, and why?").wait_for()
    page.get_by_label("What is different in this edition, and why?").fill("Plainer words.")
    page.get_by_role("button", name="Publish edition 2 for good").click()

    page.get_by_text("Edition 2 is published.").wait_for()
    assert Edition.objects.newest_published().note == "Plainer words."
    look(page)
    page.get_by_role("link", name="Who changed what (edition 2)").click()
    look(page)
    page.go_back()
    page.get_by_role("link", name="What differs from edition 1 (edition 2)").click()
    page.get_by_text("11 of 11 actions are compared across the change.").wait_for()
    look(page)
    page.go_back()
    page.get_by_role("link", name="Retire (edition 2)").click()
    look(page)
    page.get_by_role("button", name="Retire edition 2").click()
    page.get_by_text("edition 2 is retired").wait_for()
    assert Edition.objects.newest_published() == edition


def test_a_draft_is_dropped_only_with_a_tick(draft, editor, phone, sign_in, look):
    sign_in(phone, editor)
    phone.goto(f"{DRAFT}drop/")
    phone.get_by_text("the new action “Share what you have”").wait_for()
    phone.get_by_role("button", name="Drop the draft").click()
    phone.get_by_role("heading", name="There is a problem").wait_for()
    look(phone)
    phone.get_by_label("Yes, drop this draft").check()
    phone.get_by_role("button", name="Drop the draft").click()
    phone.get_by_text("The draft of edition 2 is gone.").wait_for()
    assert not Edition.objects.drafts().exists()
