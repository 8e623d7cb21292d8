"""The preview of a draft: the product's pages with the draft's words, and nothing of anybody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Rating, Response, Round
from framework.models import Action, Area
from framework.operations import drop_draft, start_draft
from framework.queries.wording import wording
from partnerships.models.audit import AuditEvent
from tests.assessments.rating_room import ask_a_member, start
from tests.assessments.results_room import SizedPartnership
from tests.assessments.round_room import words
from tests.factories import UserFactory
from tests.framework.welsh import welsh_edition
from tests.made_once import made_once

PAGES = ("preview", "preview_paper", "preview_radar")
OF_ONE = ("preview_phone", "preview_screen")


@made_once
def draft(edition):
    draft = start_draft(by=None, framework=edition.framework)
    action = draft.actions.get(code="purpose")
    action.title, action.short_title = "Agree what we are here for", "What we are here for"
    action.save()
    return draft


@pytest.fixture
def web(client, draft):
    client.force_login(UserFactory(is_editor=True))
    return client


def address(name, *arguments):
    return reverse(f"assessments:{name}", args=["transforming-together", *arguments])


def everywhere():
    yield from map(address, PAGES)
    yield from (address(name, "purpose") for name in OF_ONE)
    yield address("preview_screen", "purpose") + "?stage=revealed"


def test_every_form_has_the_words_of_the_draft_and_says_that_it_is_one(web):
    for each in everywhere():
        seen = words(web.get(each))
        assert "What we are here for" in seen or "Agree what we are here for" in seen, each
        assert "draft" in seen, each


def test_the_same_pages_show_what_was_published(web):
    for each in everywhere():
        seen = words(web.get(each + ("&" if "?" in each else "?") + "words=published"))
        assert "what we are here for" not in seen.lower() or "Agree what we are here for" not in seen, each
        assert "Edition 1, as published" in seen, each


def test_levels_nobody_has_written_yet_leave_their_place_empty(web, draft):
    draft.levels.filter(value__gte=3).delete()
    for each in everywhere():
        assert web.get(each).status_code == 200, each


def test_the_phone_is_the_page_members_rate_on(web):
    page = web.get(address("preview_phone", "purpose"))
    assert "assessments/rate/action.html" in [each.name for each in page.templates]
    seen = words(page)
    assert "How far is this true of our partnership today?" in seen
    assert "Anyone here can name our few priorities" in seen
    assert "4 of 11" in seen


OF_ONE_PERSON = (
    r'<aside class="preview-band".*?</aside>',
    r'(?<=action=")[^"]*',
    r'(?<=name="(?:csrfm|seen"|page")).*?(?=>)',
    r'(?<=class="return-code">)[^<]*',
    r"(?<=/r/)[^/]+",
)
"""What cannot be the same: the band that says it is a preview, addresses and secrets."""


def without_the_person(page):
    """The page from the name of the partnership on, without what is of one person."""
    html = page.content.decode().partition('<p class="slim-step">')[2].partition("</main>")[0]
    for pattern in OF_ONE_PERSON:
        html = re.sub(pattern, "", html, flags=re.S)
    return " ".join(html.split())


@pytest.mark.parametrize("language", ["en", "cy"])
def test_to_the_letter_it_is_what_a_member_of_a_round_is_shown(edition, client, language):
    welsh_edition(edition.framework)
    start_draft(by=None, framework=edition.framework)
    client.force_login(UserFactory(is_editor=True))
    room, member = ask_a_member(), Client(headers={"accept-language": language})
    start(member, room)
    for action in wording(room.round.edition, "en").actions[:3]:
        shown = client.get(
            address("preview_phone", action.code), {"words": "published", "language": language}
        )
        assert without_the_person(shown) == without_the_person(member.get(room.url(f"{action.number}/")))


def test_pressing_the_buttons_leads_on_and_keeps_nothing(web):
    before = AuditEvent.objects.count()
    page = web.post(address("preview_phone", "purpose"), {"level": "4", "comment": "Kept?", "go": "on"})
    assert page.url == address("preview_phone", "political-support")
    assert web.post(page.url, {"go": "back"}).url == address("preview_phone", "purpose")
    last = web.post(address("preview_phone", "resources") + "?words=published", {})
    assert last.url == address("preview_phone", "citizens-places") + "?words=published"
    assert not Rating.objects.exists()
    assert not Response.objects.exists()
    assert not Round.objects.exists()
    assert AuditEvent.objects.count() == before


def test_an_action_that_is_new_is_in_the_draft_alone(web, draft):
    area = draft.areas.first()
    Action.objects.create(
        edition=draft, area=area, code="brand-new", number=12, title="Brand new", short_title="New"
    )
    assert "Brand new" in words(web.get(address("preview") + "?action=brand-new"))
    seen = words(web.get(address("preview") + "?action=brand-new&words=published"))
    assert "Edition 1 has no such action." in seen
    assert web.get(address("preview_phone", "brand-new")).status_code == 200
    assert web.get(address("preview_phone", "brand-new") + "?words=published").status_code == 404
    assert "Show edition 1 instead" not in words(web.get(address("preview_phone", "brand-new")))
    assert web.get(address("preview_screen", "brand-new") + "?stage=revealed").status_code == 200


def test_an_action_that_is_gone_says_so(web):
    assert "The draft has no such action any more." in words(web.get(address("preview") + "?action=gone"))
    assert web.get(address("preview_phone", "gone")).status_code == 404


def test_a_draft_without_actions_has_nothing_to_show_and_breaks_nothing(web, draft):
    draft.actions.all().delete()
    Area.objects.filter(edition=draft).delete()
    for name in PAGES:
        assert web.get(address(name)).status_code == 200
    assert "There is no action to show yet" in words(web.get(address("preview")))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "שלום עולם", "🙂" * 20, ""])
def test_whatever_is_typed_is_shown_as_text(web, draft, text):
    action = draft.actions.get(code="purpose")
    action.title, action.short_title, action.statement, action.prompts = text, text[:40], text, [text]
    action.save()
    for each in everywhere():
        page = web.get(each)
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_without_a_draft_there_is_no_preview(web, draft):
    drop_draft(by=None, edition=draft)
    for each in everywhere():
        assert web.get(each).status_code == 404


def test_nothing_of_any_round_is_in_it(web):
    room = SizedPartnership(8)
    room.round(*[{**dict.fromkeys(range(1, 12), 3), 4: (5, "We never talk about money")}] * 8, state="shared")
    for each in everywhere():
        seen = words(web.get(each))
        assert room.partnership.name not in seen
        assert "We never talk" not in seen
    assert "An invented partnership" in words(web.get(address("preview_paper")))


def test_a_label_that_cannot_be_read_is_named_with_what_to_do(web, draft):
    assert "Every label of the radar can be read" in words(web.get(address("preview")))
    action = draft.actions.get(number=5)
    action.short_title = "Long-term wholehearted political support"
    action.save()
    for name in ("preview", "preview_radar"):
        seen = words(web.get(address(name)))
        assert "and “6 Optimistic, courageous, creative” run into each other" in seen
        assert "Shorten one of the two short titles" in seen
        assert "Every label" in words(web.get(address(name) + "?words=published"))


@pytest.mark.parametrize(("name", "most"), [("preview", 10), ("preview_phone", 10), ("preview_radar", 10)])
def test_a_preview_costs_the_draft_and_what_is_read_once(web, django_assert_max_num_queries, name, most):
    arguments = ["purpose"] if name in OF_ONE else []
    web.get(address(name, *arguments))
    with django_assert_max_num_queries(most):
        web.get(address(name, *arguments))
