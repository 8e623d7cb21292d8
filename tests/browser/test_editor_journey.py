"""Journey 5 as people meet it: an editor publishes new words while a round is being rated.

The member goes on with the words they began with; the next round has the new ones; and the two rounds are
compared for every action but those of which the editor said that they mean something else now.
"""

import re

import pytest
from django.urls import reverse

from assessments.models import Invitation, Round
from assessments.operations.invitations import issue_link
from tests.assessments.round_room import make_place
from tests.factories import UserFactory, advance, everybody, make_round, proved, rate

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = "Think and act systemically", "Think and act as one system"
SPLIT, PART = "Adapt your approach and learn from it", "Learn from what others do"
PEOPLE = 7
DRAFT = "/framework/transforming-together/draft/"


@pytest.fixture
def place(edition):
    return make_place(people=PEOPLE)


@pytest.fixture
def visit(new_page, look):
    """Opens pages in a browser of somebody's own, and looks at each kind of page once."""
    seen = set()

    def somebody(size):
        page = new_page(size)

        def check():
            page.wait_for_load_state()
            kind = re.sub(r"/\d+/", "/0/", page.url), page.locator("h1").first.inner_text()
            if kind not in seen:
                seen.add(kind)
                look(page)

        page.look = check
        return page

    return somebody


def begin_rating(page, round, member):
    """Open the private link and answer two actions."""
    invitation = Invitation.objects.get(round=round, participant__membership=member)
    page.goto(f"/r/{issue_link(by=None, invitation=invitation)}/")
    page.look()
    page.get_by_role("button", name="Start").click()
    for number in (1, 2):
        answer(page, number)


def answer(page, number):
    page.wait_for_url(f"**/{number}/**")
    page.locator(".choice:has([value='3'])").click()
    page.get_by_role("button", name="Save and continue").click()


def finish_rating(page):
    for number in range(3, 12):
        answer(page, number)
    page.wait_for_url("**/review/")
    page.look()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you. Your answers are in.").wait_for()


def heading(page, words):
    page.get_by_role("heading", name=words).first.wait_for()


def type_in(page, **texts):
    """Change texts on the page of an action, as somebody who leaves each field; each is saved as they do."""
    for name, text in texts.items():
        with page.expect_response(lambda response: response.request.method == "POST"):
            field = page.locator(f"[name={name}]")
            field.fill(text)
            field.blur()
    page.locator("[data-words-status]").filter(has_text="Saved at").wait_for()


def draft_new_words(page):
    """From the editors' home to a draft in which one action is reworded and another one split."""
    page.goto("/framework/editing/")
    page.look()
    page.get_by_role("button", name="Start a draft").click()
    heading(page, "Edition 2, draft")
    page.get_by_role("link", name=OLD).click()
    page.look()
    type_in(page, title=NEW, statement="We look at the whole system, and act as one.")
    page.get_by_role("link", name="Overview").click()
    page.locator("#action-learning summary").click()
    page.get_by_role("link", name="Split it in two").locator("visible=true").click()
    page.look()
    page.get_by_label("Title of the second part").fill(PART)
    page.get_by_role("button", name="Split the action").click()
    page.get_by_text("First part of a split").wait_for()
    page.look()
    page.get_by_role("link", name=PART).click()
    type_in(page, short_title="Learn from others", statement="We learn from what others do.")
    type_in(page, question="Do we learn from what others do?")
    page.look()


def preview(page):
    page.get_by_role("link", name="Preview").click()
    page.look()
    for address, words in {"phone/systemic/": NEW, "paper/": PART}.items():
        page.goto(f"{DRAFT}preview/{address}")
        page.get_by_text(words).first.wait_for()
        page.look()
    page.goto(f"{DRAFT}preview/radar/")
    page.locator("#radar .textpoint text").nth(11).wait_for()
    assert page.locator("#radar .textpoint text").count() == 12
    page.look()


def publish(page, kind):
    page.goto(f"{DRAFT}publish/")
    page.get_by_text("Not yet: 1 thing has to be mended first").wait_for()
    page.look()
    page.get_by_role("link", name="Kinds of change").click()
    page.get_by_role("region", name=NEW).get_by_role("radio", name=kind).check()
    page.look()
    page.get_by_role("button", name="Save this answer").click()
    page.get_by_text("Every change has an answer now.").wait_for()
    page.get_by_role("link", name="Go to the checks").click()
    page.look()
    page.get_by_role("link", name="Go to publishing").click()
    page.get_by_label("What is different in this edition, and why?").fill("Two things were asked as one.")
    page.look()
    page.get_by_role("button", name="Publish edition 2 for good").click()
    page.get_by_text("Edition 2 is published.").wait_for()
    page.look()


def read(page, round, name):
    page.goto(reverse(f"assessments:{name}", args=[round.pk]))
    page.look()
    return page.locator("main").inner_text()


def not_compared(page):
    """The short titles of the rows that the comparison breaks, by the numbers of their actions."""
    rows = page.get_by_role("row").filter(has_text="not comparable")
    return {text.split("\n")[0].strip() for text in rows.locator("th").all_inner_texts()}


@pytest.mark.parametrize(
    ("size", "kind", "broken"),
    [
        ("wide", "The same is said more clearly", {"8", "9"}),
        ("phone", "The meaning changed", {"3", "8", "9"}),
    ],
)
def test_new_words_while_a_round_is_rated(place, visit, sign_in, size, kind, broken):
    *others, member = place.members
    open_round = make_round(
        place.partnership, title="Spring 2026", state="open", answers=everybody(others, *[3] * (PEOPLE - 1))
    )
    phone, editor, lead = visit("phone"), visit(size), visit(size)
    begin_rating(phone, open_round, member)
    sign_in(editor, UserFactory(is_editor=True, name="Rowan Hale"))
    draft_new_words(editor)
    preview(editor)
    publish(editor, kind)

    # Whoever had begun goes on with the words they began with, and so does the round.
    heading(phone, OLD)
    phone.reload()
    heading(phone, OLD)
    phone.get_by_text("3 of 11").first.wait_for()
    finish_rating(phone)
    open_round = advance(Round.objects.get(pk=open_round.pk), "shared")
    sign_in(lead, place.by)
    for page in ("round_sheet", "results"):
        said = read(lead, open_round, page)
        assert "Learn from others" not in said
        assert PART not in said
        assert NEW not in said
    assert open_round.edition.number == 1

    # The next round has the new words, and the same people rate it.
    following = make_round(place.partnership, title="Autumn 2026", state="open")
    for each in others:
        response = rate(following, each, dict.fromkeys(range(1, 13), 4))
        response.proofs = proved(response)
        response.save(update_fields=["proofs"])
    begin_rating(phone, following, member)
    heading(phone, NEW)
    phone.get_by_text("3 of 12").first.wait_for()
    advance(Round.objects.get(pk=following.pk), "shared")
    assert PART in read(lead, following, "round_sheet")

    # Compared is what means the same, and nothing else.
    lead.goto(reverse("assessments:compare", args=[place.partnership.slug]))
    lead.look()
    assert not_compared(lead) == broken
    assert lead.locator(".table-scroll").first.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    lead.get_by_role("link", name="see what differs").click()
    lead.get_by_text(f"{12 - len(broken)} of 12 actions are compared across the change.").wait_for()
    lead.look()
