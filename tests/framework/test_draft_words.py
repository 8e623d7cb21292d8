"""The pages on which the words of a draft are written: what an editor sees, types and is told."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from framework.models import Change, Framework
from framework.operations import drop_draft, publish, start_draft
from framework.queries.drafts import LANGUAGE
from framework.queries.wording import wording
from framework.wording import parts
from partnerships.models import AuditEvent
from tests.factories import UserFactory
from tests.made_once import made_once

pytestmark = pytest.mark.django_db

SCRIPT = {"headers": {"X-Saving": "1"}}


class Desk:
    """An editor at the page of one part, with what the page said when it was opened."""

    def __init__(self, draft, name="Rowan Hale", code="systemic", page="action"):
        self.user = UserFactory(name=name, is_editor=True)
        self.draft, self.page = draft, page
        self.client = Client()
        self.client.force_login(self.user)
        of = [draft.framework.slug, code] if page != "around" else [draft.framework.slug]
        self.url = reverse(f"framework_draft_{page}", args=of)
        self.code = code
        self.seen = self.stored()

    @property
    def part(self):
        return parts.of_action(self.code) if self.page == "action" else parts.of_area(self.code)

    def stored(self):
        words = wording(self.draft, LANGUAGE)
        if self.page == "around":
            return parts.texts_in(words, parts.OF_LEVELS) | parts.texts_in(words, parts.OF_EDITION)
        return parts.texts_in(words, self.part)

    def read(self):
        return self.client.get(self.url)

    def save(self, *, script=False, **texts):
        """Send the form as a browser does: every field, and what each was."""
        data = {"edition": self.draft.pk, "go": "stay"} | self.seen
        data |= {f"seen-{name}": text for name, text in self.seen.items()}
        data |= {name.replace("__", "-"): text for name, text in texts.items()}
        return self.client.post(self.url, data, **SCRIPT if script else {})


@made_once
def draft():
    return start_draft(by=None, framework=Framework.objects.get(slug="transforming-together"))


@pytest.fixture
def desk(draft):
    return Desk(draft)


def text_of(response):
    """The words of a page as somebody hears them, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


# --- What stands on the page ---


def test_the_page_has_every_text_of_the_action_and_where_it_stands(desk):
    page = text_of(desk.read())
    for text in desk.seen.values():
        assert " ".join(text.split()) in page
    assert "Action 3 of 11" in page
    assert "Take a system focus" in page
    assert "Previous: ‹ Action 2" in page
    assert "Next: Action 4 ›" in page
    assert page.count("As published") == len(desk.seen)


def test_words_that_differ_are_marked_for_eyes_and_ears(desk):
    desk.save(title="Think and plan systemically")
    response = desk.read()
    assert "Think and [taken out: act ] [put in: plan ] systemically" in text_of(response)
    in_one_line = " ".join(response.content.decode().split())
    assert re.search(r"<del>.*act .*</del><wbr><ins>.*plan .*</ins>", in_one_line)
    assert "Compared with edition 1" in text_of(response)


def test_what_the_checks_find_stands_beside_the_field(desk):
    desk.save(question="", short_title="Unquestionablysystemic")
    page = text_of(desk.read())
    assert "Before publishing: Still empty. Write the words." in page
    assert "“Unquestionablysystemic” is too long for the chart." in page


def test_a_new_action_says_so_and_one_that_was_split_is_compared_with_its_source(draft):
    action = draft.actions.get(number=3)
    action.pk, action.code, action.number, action.title = None, "act-systemically", 12, "Act systemically"
    action.save()
    desk = Desk(draft, code="act-systemically")
    page = text_of(desk.read())
    assert "This action is new in this draft: edition 1 has nothing to compare it with." in page
    assert "As published" not in page
    source = draft.predecessor.actions.get(number=3)
    Change.objects.create(edition=draft, kind="split", before=source, after=action)
    page = text_of(desk.read())
    assert "Split from 3. Think and act systemically" in page
    assert (
        "Compared with 3. Think and act systemically [taken out: Think and act ] [put in: Act ] systemically"
        in page
    )


def test_an_action_that_was_merged_shows_the_words_of_all_it_came_from(draft):
    target = draft.actions.get(number=3)
    for number in (3, 4):
        before = draft.predecessor.actions.get(number=number)
        Change.objects.create(edition=draft, kind="merged", before=before, after=target)
    page = text_of(Desk(draft).read())
    other = wording(draft.predecessor, LANGUAGE).action(4)
    assert "Merged from 3. Think and act systemically 4. Agree a clear purpose" in page
    assert f"From 4. {other.title} {other.statement}" in page
    assert "As published" in page


@pytest.mark.parametrize("address", ["action/no-such-action/", "area/no-such-area/"])
def test_what_is_not_in_the_draft_is_not_found(desk, address):
    assert desk.client.get(f"/framework/transforming-together/draft/{address}").status_code == 404
    assert desk.client.get("/framework/another/draft/around/").status_code == 404


# --- Saving ---


def test_saving_writes_what_was_typed_tidied(desk):
    response = desk.save(
        title="  Think\r\nand plan  ",
        prompts=" Who? \r\n\r\n What?\r\n",
        statement="One.\r\n\r\nTwo.\v Three.",
    )
    assert response.url == desk.url
    stored = desk.stored()
    assert (stored["title"], stored["prompts"]) == ("Think and plan", "Who?\nWhat?")
    assert stored["statement"] == "One.\n\nTwo.\n Three."
    assert re.search(r"Saved at \d\d:\d\d\.", text_of(desk.read()))


def test_saving_and_going_on_leads_to_the_next_action(desk, draft):
    fourth = draft.actions.get(number=4).code
    assert desk.save(title="Other", go="next").url == reverse(
        "framework_draft_action", args=[draft.framework.slug, fourth]
    )


def test_what_only_needed_tidying_is_no_change(desk):
    desk.save(title=desk.seen["title"] + "  ", statement=desk.seen["statement"] + "\r\n")
    assert not AuditEvent.objects.filter(event="wording changed").exists()


def test_the_scale_and_an_area_are_saved_the_same_way(draft):
    around = Desk(draft, page="around")
    around.save(level_1="Nowhere near", scale_note="Words of Northmoor.")
    assert (around.stored()["level_1"], around.stored()["scale_note"]) == (
        "Nowhere near",
        "Words of Northmoor.",
    )
    area = Desk(draft, page="area", code="system")
    area.save(name="See the whole", colour="ethos")
    assert (area.stored()["name"], area.stored()["colour"]) == ("See the whole", "ethos")
    page = text_of(area.read())
    assert "[taken out: Teal ] [put in: Plum ]" in page
    assert "Plum Also the colour of “Build a shared ethos”" in page
    assert "Nowhere near" in text_of(Desk(draft).read())


def test_a_script_gets_the_same_words_without_the_frame(desk):
    response = desk.save(script=True, title="Think and plan systemically")
    page = response.content.decode()
    assert "<html" not in page
    assert re.search(r'data-state="saved">Saved at \d\d:\d\d\.', page)
    assert 'name="seen-title" value="Think and plan systemically"' in page
    assert "[put in:" in page


def test_published_words_can_be_put_back(desk):
    desk.save(title="Something else")
    other = Desk(desk.draft, name="Asha Brook")
    other.save(settle="published:title")
    assert desk.stored()["title"] == "Think and act systemically"


# --- Bad input ---


def test_what_is_too_long_says_so_keeps_what_was_typed_and_saves_the_rest(desk):
    long = "x" * 10_000
    response = desk.save(title=long, statement="Kept.")
    page = text_of(response)
    assert "Title: Shorten this: at most 200 characters fit, and it has 10000." in page
    assert long in page
    assert (desk.stored()["title"], desk.stored()["statement"]) == (desk.seen["title"], "Kept.")
    assert "Saved at" in text_of(desk.save(script=True, title=long))


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ({"short_title": "y" * 41}, "at most 40 characters fit, and it has 41"),
        ({"statement": "z" * 2001}, "at most 2000 characters fit, and it has 2001"),
        ({"prompts": "\n".join(["Who?"] * 11)}, "Take some out: at most 10 prompts fit."),
        ({"prompts": "Who?\n" + "w" * 2001}, "at most 2000 characters fit, and it has 2001"),
        ({"question": "null \0 sign"}, "There is an unreadable sign"),
    ],
)
def test_texts_have_limits(desk, texts, says):
    assert says in text_of(desk.save(**texts))
    assert desk.stored() == desk.seen


def test_markup_emoji_and_arabic_are_text(desk):
    texts = {
        "title": "<script>alert(1)</script>",
        "statement": "<b>Bold</b> & \"quoted\" {{ user }} {% now 'Y' %}",
        "question": "🤝🏽 Do we?",
        "helps": "نعمل معًا",
    }
    desk.save(**texts)
    assert {name: desk.stored()[name] for name in texts} == texts
    page = desk.read().content.decode()
    assert "<script>alert" not in page
    assert "<b>Bold" not in page
    assert all(" ".join(text.split()) in unescape(page) for text in texts.values())


def test_a_colour_that_is_none_is_refused(draft):
    desk = Desk(draft, page="area", code="system")
    assert "Choose one of these." in text_of(desk.save(colour="tartan"))
    assert desk.stored()["colour"] == "system"


# --- Two editors ---


@pytest.fixture
def both(draft):
    """Two editors who opened the same page."""
    return Desk(draft), Desk(draft, name="Asha Brook")


def test_two_editors_of_different_texts_do_not_disturb_each_other(both):
    mine, theirs = both
    theirs.save(title="Think together")
    mine.save(statement="We look at the whole.")
    assert mine.stored()["title"] == "Think together"
    assert mine.stored()["statement"] == "We look at the whole."
    assert "Asha Brook changed words here just now: title." in text_of(mine.read())
    assert "Rowan Hale changed words here just now: statement." in text_of(theirs.read())


def test_what_the_other_changed_comes_with_the_answer(both):
    mine, theirs = both
    theirs.save(title="Think together")
    page = mine.save(script=True, statement="We look at the whole.").content.decode()
    assert 'name="seen-title" value="Think together"' in page
    assert "Asha Brook changed words here just now: title." in page


def test_the_same_text_changed_twice_is_asked_about_with_both_versions(both):
    mine, theirs = both
    theirs.save(title="Think together")
    response = mine.save(title="Think in systems", question="Do we?")
    page = text_of(response)
    assert response.status_code == 409
    assert re.search(r"Asha Brook changed this at \d\d:\d\d, while you were writing", page)
    assert "Theirs, saved Think together" in page
    assert "Yours, in the field Think in systems" in page
    assert mine.stored()["title"] == "Think together"
    assert mine.stored()["question"] == "Do we?"


def test_ones_own_words_in_another_window_are_not_said_to_be_a_colleagues(both):
    mine, theirs = both
    theirs.save(title="Think together")
    window = mine.seen
    mine.seen = mine.stored()
    mine.save(title="Think in one window")
    mine.seen = window
    page = text_of(mine.save(title="Think in another window"))
    assert "This was changed in another window while you were writing here" in page
    assert "Asha Brook changed this" not in page


@pytest.mark.parametrize(
    ("settle", "typed", "counts"),
    [
        ("mine", "Think in systems", "Think in systems"),
        ("mine", "Think together in systems", "Think together in systems"),
        ("theirs", "Think in systems", "Think together"),
    ],
)
def test_the_editor_decides_which_words_count(both, settle, typed, counts):
    mine, theirs = both
    theirs.save(title="Think together")
    mine.save(title="Think in systems")
    response = mine.save(title=typed, theirs__title="Think together", settle=f"{settle}:title")
    assert response.status_code == 302
    assert mine.stored()["title"] == counts


def test_a_third_version_meanwhile_is_asked_about_again(both):
    mine, theirs = both
    theirs.save(title="Think together")
    mine.save(title="Think in systems")
    theirs.seen = theirs.stored()
    theirs.save(title="Think again")
    response = mine.save(title="Think in systems", theirs__title="Think together", settle="mine:title")
    assert "Theirs, saved Think again" in text_of(response)
    assert mine.stored()["title"] == "Think again"


def test_two_labels_and_the_note_are_asked_about_by_themselves(draft):
    mine, theirs = Desk(draft, page="around"), Desk(draft, "Asha Brook", page="around")
    theirs.save(level_1="Nowhere", scale_note="Theirs.")
    response = mine.save(level_1="Not at all", level_2="Begun")
    assert response.status_code == 409
    assert mine.stored()["level_2"] == "Begun"
    assert (mine.stored()["level_1"], mine.stored()["scale_note"]) == ("Nowhere", "Theirs.")


# --- Too late ---


@pytest.mark.parametrize("script", [False, True])
def test_a_draft_published_meanwhile_says_so_and_shows_what_was_typed(desk, script):
    publish(by=None, edition=desk.draft, note="As it was.")
    response = desk.save(script=script, title="Too late")
    page = text_of(response)
    assert response.status_code == 409
    assert "edition 2 has been published in the meantime" in page
    assert "Title Too late" in page
    assert desk.stored()["title"] == "Think and act systemically"
    assert 'data-state="over"' in response.content.decode()


def test_words_for_a_dropped_draft_do_not_go_into_the_next(desk, draft):
    drop_draft(by=None, edition=Framework.objects.get().editions.drafts().get())
    next_draft = start_draft(by=None, framework=draft.framework)
    page = text_of(desk.save(title="Too late", level_2="Half way"))
    assert "This draft has been dropped in the meantime. Nothing was saved." in page
    assert "Title Too late" in page
    assert "What level 2 looks like Half way" in page
    assert wording(next_draft, LANGUAGE).action(3).title == "Think and act systemically"


def test_an_action_taken_out_meanwhile_says_so(desk, draft):
    draft.actions.get(number=3).delete()
    page = text_of(desk.save(title="Too late"))
    assert "This has been taken out of the draft in the meantime. Nothing was saved." in page
    assert "Title Too late" in page


def test_whoever_was_signed_out_keeps_what_they_typed(desk):
    desk.client.logout()
    response = desk.save(title="Half a thought")
    page = text_of(response)
    assert "You have been signed out, so this was not saved." in page
    assert "Title Half a thought" in page
    assert desk.stored()["title"] == "Think and act systemically"
    assert desk.save().url.startswith("/accounts/login/")
    assert desk.read().status_code == 302


def test_other_peoples_words_are_nobodys_to_write(draft):
    desk = Desk(draft)
    desk.user.is_editor = False
    desk.user.save()
    assert desk.save(title="Mine").status_code == 403
    assert desk.stored()["title"] == "Think and act systemically"


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "-1", "\0", "<script>"])
def test_a_key_that_can_be_none_names_no_draft(desk, key):
    page = desk.client.post(desk.url, {"edition": key, "title": "Mine", "seen-title": "x"})
    assert page.status_code in (404, 409)
    assert desk.stored()["title"] == "Think and act systemically"


def test_an_edition_of_another_framework_cannot_be_named(desk, draft):
    other = Framework.objects.create(slug="other", name="Other", source="Invented")
    url = reverse("framework_draft_action", args=[other.slug, desk.code])
    page = text_of(desk.client.post(url, {"edition": draft.pk, "title": "Mine", "seen-title": "x"}))
    assert "dropped in the meantime" in page
    assert desk.stored()["title"] == "Think and act systemically"
