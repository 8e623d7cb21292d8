"""What an editor sees of a draft: the real pages, drawn with its words, in a real browser."""

import pytest
from django.urls import reverse

from framework.checks.radarlabels import NARROW_BELOW, boxes, label_findings
from framework.models import Edition
from framework.operations import start_draft
from framework.queries.wording import wording
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

DRAWN = """() => {
    const chart = document.querySelector("#radar").getBoundingClientRect();
    return [...document.querySelectorAll("#radar .textpoint text")].map(each => {
        const box = each.getBoundingClientRect();
        return [box.left - chart.left, box.top - chart.top, box.right - chart.left, box.bottom - chart.top];
    });
}"""
LONG = "Long-term wholehearted political support"


@pytest.fixture
def editor(db):
    return UserFactory(name="Robin Ashdown", is_editor=True)


@pytest.fixture
def draft(db, editor):
    draft = start_draft(by=editor, framework=Edition.objects.newest_published().framework)
    action = draft.actions.get(number=4)
    action.title = "Agree <b>what</b> we are here for"
    action.save()
    return draft


def preview(name="preview", *arguments):
    return reverse(f"assessments:{name}", args=["transforming-together", *arguments])


def test_the_phone_stands_in_a_frame_and_shows_what_a_member_sees(
    page, editor, draft, sign_in, axe, no_sideways_scroll
):
    sign_in(page, editor)
    page.goto(preview() + "?action=purpose")
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Agree <b>what</b> we are here for").wait_for()
    assert frame.get_by_text("Preview of edition 2, draft").is_visible()
    assert page.locator("iframe").evaluate("frame => frame.clientWidth") == 320
    inside = page.frames[1]
    assert inside.evaluate("document.documentElement.scrollWidth") == 320
    no_sideways_scroll(page)
    axe(page)
    frame.get_by_role("radio").nth(2).check(force=True)
    frame.get_by_role("button", name="Save and continue").click()
    frame.get_by_role("heading", name="Encourage long-term political support").wait_for()
    page.get_by_label("Edition 1, as published").check()
    page.get_by_role("button", name="Show").click()
    page.frame_locator("iframe").get_by_role("heading", name="Agree a clear purpose").wait_for()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_form_of_the_preview(new_page, editor, draft, sign_in, axe, no_sideways_scroll, size):
    page = new_page(size)
    sign_in(page, editor)
    for address in (
        preview(),
        preview("preview_phone", "purpose"),
        preview("preview_phone", "purpose") + "?words=published",
        preview("preview_paper"),
        preview("preview_screen", "purpose"),
        preview("preview_screen", "purpose") + "?stage=revealed",
        preview("preview_radar"),
    ):
        page.goto(address)
        no_sideways_scroll(page)
        axe(page)


def test_on_a_phone_the_page_is_shown_directly(phone, editor, draft, sign_in):
    sign_in(phone, editor)
    phone.goto(preview())
    assert not phone.locator("iframe").is_visible()
    phone.get_by_role("link", name="Show it as members see it").click()
    phone.get_by_role("heading", name="Focus on local citizens and places").wait_for()
    phone.get_by_role("link", name="Back to the preview").click()
    phone.get_by_role("heading", name="Preview", exact=True).wait_for()


def test_no_other_page_may_frame_it_and_only_this_one_may_be_framed(client, editor, draft):
    client.force_login(editor)
    whole, phone = client.get(preview()), client.get(preview("preview_phone", "purpose"))
    assert "frame-src 'self'" in whole["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
    assert whole["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in phone["Content-Security-Policy"]
    assert phone["X-Frame-Options"] == "SAMEORIGIN"


def overlapping(drawn):
    return {
        (one + 1, other + 1)
        for one, a in enumerate(drawn)
        for other, b in enumerate(drawn)
        if one < other and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    }


@pytest.mark.parametrize("window", [1280, 1080, 320])
def test_the_labels_stand_where_they_were_reckoned_to_stand(page, editor, draft, sign_in, window):
    sign_in(page, editor)
    page.set_viewport_size({"width": window, "height": 900})
    page.goto(preview("preview_radar"))
    page.locator("#radar .textpoint").first.wait_for()
    width = page.evaluate("document.querySelector('#radar').clientWidth")
    reckoned = boxes(wording(draft, "en").actions, width)
    drawn = page.evaluate(DRAWN)
    assert len(drawn) == 11
    for box, seen in zip(reckoned, drawn, strict=True):
        assert [box.left, box.top, box.right, box.bottom] == pytest.approx(seen, abs=3)
    assert overlapping(drawn) == set()
    assert page.get_by_text("Every label of the radar can be read").is_visible()


def test_labels_that_run_into_each_other_are_named_and_really_do(page, editor, draft, sign_in):
    action = draft.actions.get(number=5)
    action.short_title = LONG
    action.save()
    sign_in(page, editor)
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(preview("preview_radar"))
    warning = page.locator(".notice-warn")
    assert f"“5 {LONG}” and “6 Optimistic, courageous, creative” run into each other" in warning.inner_text()
    assert len(label_findings(wording(draft, "en").actions)) == 1
    page.locator("#radar .textpoint").first.wait_for()
    too_wide = page.evaluate("document.querySelector('#radar').clientWidth") - NARROW_BELOW
    page.set_viewport_size({"width": 640 - too_wide, "height": 900})
    page.reload()
    page.locator("#radar .textpoint").first.wait_for()
    assert overlapping(page.evaluate(DRAWN)) == {(5, 6)}
