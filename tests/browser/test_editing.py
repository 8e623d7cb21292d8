"""An editor orders the actions of a draft with the keyboard, with and without JavaScript."""

import pytest

from framework.operations import start_draft
from framework.queries.drafts import LANGUAGE
from framework.queries.wording import wording
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

DRAFT = "/framework/transforming-together/draft/"


@pytest.fixture
def draft(edition):
    return start_draft(by=None, framework=edition.framework)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_focus_stays_on_what_is_moved(draft, new_page, sign_in, javascript):
    page = new_page("phone", javascript=javascript)
    sign_in(page, UserFactory(is_editor=True))
    page.goto(DRAFT)
    up = page.get_by_role("button", name="Move up: 5. Encourage long-term political support")
    up.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move up: 4. Encourage long-term political support").and_(
        page.locator(":focus")
    ).wait_for()
    page.keyboard.press("Enter")
    # It is the first of its area now: there is no way up any more, and the way down has the focus.
    page.get_by_role("button", name="Move down: 3. Encourage long-term political support").and_(
        page.locator(":focus")
    ).wait_for()
    assert [action.code for action in wording(draft, LANGUAGE).actions][2] == "political-support"


def test_split_and_take_out_from_the_menu_of_an_action(draft, page, sign_in, axe, complaints):
    complaints.expect_status(422)
    sign_in(page, UserFactory(is_editor=True))
    page.goto(DRAFT)
    page.locator("#action-learning summary").click()
    axe(page)
    page.get_by_role("link", name="Split it in two").locator("visible=true").click()
    page.get_by_role("button", name="Split the action").click()
    page.get_by_role("link", name="Title of the second part: Fill this in.").wait_for()
    page.get_by_label("Title of the second part").fill("Adapt as you go")
    page.get_by_role("button", name="Split the action").click()
    page.get_by_text("First part of a split").wait_for()
    assert page.evaluate("document.activeElement.id") == "action-learning"
    page.locator("#action-adapt-as-you-go summary").click()
    page.get_by_role("link", name="Take it out").locator("visible=true").click()
    page.get_by_role("button", name="Take it out").click()
    page.get_by_text("“Adapt as you go” is taken out of the draft.").wait_for()
    page.get_by_text("Nothing differs from the published edition yet").wait_for()
