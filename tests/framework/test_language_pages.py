"""Editors translate a draft: what is missing, a page for each part, and what others do meanwhile."""

import re
from html import unescape

import pytest
from django.test import Client

from framework.models import Translation
from framework.operations import retire_action, start_draft, write_texts
from framework.queries.drafts import translated
from framework.wording.translating import Translated
from partnerships.models import AuditEvent
from tests.factories import UserFactory
from tests.framework.welsh import SOME, all_of, translate
from tests.made_once import made_once

LIST = "/framework/transforming-together/draft/language/cy/"
ACTION = LIST + "action:citizens-places/"
TITLE = "Focus on local citizens and places"


@made_once
def editor():
    return UserFactory(name="Edda Tarn", is_editor=True)


@pytest.fixture
def web(editor):
    client = Client()
    client.force_login(editor)
    return client


@made_once
def draft(published, editor):
    return start_draft(by=editor, framework=published.framework)


def text(response):
    return " ".join(unescape(response.content.decode()).split())


def sent(page, **changes):
    """What a browser sends of the page, with some fields changed."""
    html = page.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', html))
    typed = dict(re.findall(r'<textarea name="([^"]*)"[^>]*>\s*([^<]*)</textarea>', html))
    fields = {name: unescape(value) for name, value in (hidden | typed).items()}
    return fields | changes


def save(web, address, page=None, **changes):
    return web.post(address, sent(page or web.get(address), **changes))


def said(draft, field="title"):
    return [each for each in translated(draft, "cy") if each.field == field]


class TestList:
    def test_says_what_is_missing_part_by_part_with_the_way_there(self, web, draft):
        translate(draft, SOME)
        page = text(web.get(LIST))
        every = sum(len(texts) for texts in all_of(draft).values())
        assert f"8 of {every} texts are translated" in page
        assert f'href="{ACTION}">Action 1, {TITLE}</a>' in page
        assert "Missing:</strong> question, what helps" in page
        assert 'href="/framework/transforming-together/draft/language/cy/levels/">The scale</a>' in page
        assert "Missing:</strong> label of level 2, label of level 3, label of level 4" in page
        assert page.count("Missing:") == 3  # what nobody has begun is not listed text by text

    def test_what_has_changed_in_english_comes_with_a_warning(self, web, draft, editor):
        translate(draft, SOME)
        reword(draft, editor)
        page = text(web.get(LIST))
        assert "The English of 1 text has changed since it was translated" in page
        assert "Look at again:</strong> title" in page
        checks = text(web.get("/framework/transforming-together/draft/checks/"))
        assert f'href="{ACTION}#id_title"' in checks
        assert f'href="{LIST}"' in checks  # what is missing, as advice

    @pytest.mark.parametrize("language", ["en", "en-gb", "tlh", "cy-GB"])
    def test_another_language_is_not_found(self, web, draft, language):
        assert web.get(LIST.replace("cy", language)).status_code == 404

    def test_without_a_draft_there_is_nothing_to_translate(self, web, published):
        assert web.get(LIST).status_code == 404
        assert web.get(ACTION).status_code == 404


def reword(draft, by):
    write_texts(
        by=by,
        edition=draft,
        part="action:citizens-places",
        texts={"title": "Focus on people and places"},
        seen={"title": TITLE},
    )


class TestPage:
    def test_the_english_stands_beside_the_field(self, web, draft):
        page = web.get(ACTION)
        assert f'<p class="typed">{TITLE}</p>' in text(page)
        assert re.search(r'<textarea name="title"[^>]*lang="cy"', page.content.decode())

    def test_what_is_written_is_saved_with_what_it_was_written_for(self, web, draft):
        answer = save(web, ACTION, title="Pobl a lleoedd", prompts="Pryd?\r\n\r\nBle? ")
        assert answer.status_code == 302
        assert said(draft) == [Translated("cy", "action:citizens-places", "title", "Pobl a lleoedd", TITLE)]
        assert said(draft, "prompts")[0].text == "Pryd?\nBle?"
        assert AuditEvent.objects.filter(event="translation changed").count() == 2

    def test_the_next_page_is_one_on_which_something_is_missing(self, web, draft):
        translate(draft, {"area:convene": {"name": "Cynnull", "about": "Ynghylch"}})
        answer = save(web, LIST + "levels/", level_1="Ddim eto", go="next")
        assert answer.url == LIST + "area:system/"

    def test_a_translation_that_is_still_right_is_said_to_be_so(self, web, draft, editor):
        translate(draft, SOME)
        reword(draft, editor)
        page = web.get(ACTION)
        assert "English, changed since it was translated" in text(page)
        assert 'value="right:title"' in text(page)
        assert "The English has changed since it was translated." in text(page)
        save(web, ACTION, page, settle="right:title")
        assert said(draft)[0].of == "Focus on people and places"
        assert "changed since it was translated" not in text(web.get(ACTION))

    def test_words_that_changed_while_somebody_translated_them_are_to_be_looked_at(self, web, draft, editor):
        page = web.get(ACTION)
        reword(draft, editor)
        save(web, ACTION, page, title="Dinasyddion a lleoedd")
        assert said(draft)[0].of == TITLE
        assert "changed since it was translated" in text(web.get(ACTION))

    def test_what_somebody_else_translated_meanwhile_is_asked_about(self, web, draft):
        page = web.get(ACTION)
        other = UserFactory(name="Olu Bright", is_editor=True)
        translate(draft, {"action:citizens-places": {"title": "Un"}}, by=other)
        answer = save(web, ACTION, page, title="Dau", question="Pam?")
        assert answer.status_code == 409
        assert "Olu Bright changed this" in text(answer)
        assert (said(draft)[0].text, said(draft, "question")[0].text) == ("Un", "Pam?")

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ("x" * 10_000, "at most 200 characters fit"),
            ("a\0b", "null character"),
        ],
    )
    def test_what_cannot_be_a_title_is_said_by_the_field_and_stays(self, web, draft, typed, complaint):
        answer = save(web, ACTION, title=typed, question="Pam?")
        assert complaint in text(answer)
        assert typed.replace("\0", "") in text(answer).replace("\0", "")
        assert (said(draft), said(draft, "question")[0].text) == ([], "Pam?")

    @pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "Ŵy 🥚 ŷd", "مرحبا"])
    def test_markup_signs_and_other_writing_are_text(self, web, draft, typed):
        save(web, ACTION, title=typed)
        assert said(draft)[0].text == typed
        assert "<script>alert" not in web.get(ACTION).content.decode()

    def test_the_whole_edition_and_the_areas_have_a_page(self, web, draft):
        save(web, LIST + "edition/", framework_name="Trawsnewid Gyda'n Gilydd", source="RSA")
        save(web, LIST + "area:convene/", name="Cynnull")
        assert Translation.objects.count() == 3
        assert "colour" not in web.get(LIST + "area:convene/").content.decode()

    @pytest.mark.parametrize(
        "part", ["action:gone", "area:gone", "action", "area:", "levels:x", "edition:x", "x", "action:a:b"]
    )
    def test_a_part_that_is_not_there_is_not_found(self, web, draft, part):
        assert web.get(f"{LIST}{part}/").status_code == 404
        assert web.post(f"{LIST}{part}/", {"title": "x"}).status_code in (404, 409)

    def test_too_late_says_so_with_what_was_typed(self, web, draft):
        page = web.get(ACTION)
        draft.delete()
        answer = save(web, ACTION, page, title="Pobl a lleoedd")
        assert answer.status_code == 409
        assert "Pobl a lleoedd" in text(answer)
        assert "dropped in the meantime" in text(answer)

    def test_taken_out_meanwhile_shows_what_was_typed(self, web, draft, editor):
        page = web.get(ACTION)
        retire_action(by=editor, edition=draft, code="citizens-places")
        answer = save(web, ACTION, page, title="Pobl a lleoedd")
        assert answer.status_code == 409
        assert "Pobl a lleoedd" in text(answer)
        assert "taken out of the draft in the meantime" in text(answer)

    def test_a_part_in_which_nothing_is_written_yet_is_not_found(self, web, draft):
        page = web.get(LIST + "levels/")
        draft.levels.update(label="")
        assert web.get(LIST + "levels/").status_code == 404
        assert save(web, LIST + "levels/", page, level_1="Ddim eto").status_code == 409

    def test_the_english_that_comes_back_from_a_browser_is_kept_if_it_can_be_one(self, web, draft):
        page = web.get(ACTION)
        save(web, ACTION, page, title="Pobl", **{"english-title": "Focus\0"})
        assert said(draft)[0].of == TITLE

    def test_the_history_says_who_translated_what(self, web, draft):
        save(web, ACTION, title="Pobl a lleoedd")
        page = text(web.get("/framework/transforming-together/2/trail/"))
        assert "title (Cymraeg)" in page


@pytest.mark.parametrize("page", ["", "kinds/", "checks/", "publish/", "action/citizens-places/", "preview/"])
def test_the_pages_of_a_draft_are_english_whole_for_who_reads_the_site_in_welsh(web, draft, page):
    web.cookies["django_language"] = "cy"
    html = text(web.get(f"/framework/transforming-together/draft/{page}"))
    assert '<html lang="en-gb">' in html
    assert '<p class="not-in-language" lang="cy">' in html
