"""Wording in a second language: what is translated, what stands in for it, and what has to be looked at."""

import pytest
from django.db import IntegrityError, transaction

from framework.models import PublishedEditionChanged, Translation
from framework.operations import (
    bring_back_action,
    confirm_translations,
    merge_actions,
    publish,
    retire_action,
    split_action,
    start_draft,
    write_texts,
    write_translations,
)
from framework.queries.drafts import findings, translated
from framework.queries.wording import forget, wording
from framework.wording.languages import InEnglish, has_english
from partnerships.models import AuditEvent
from partnerships.policies import Refusal
from tests.factories import UserFactory
from tests.made_once import made_once

from .welsh import SOME, all_of, translate, welsh_edition


@pytest.fixture(autouse=True)
def _cold():
    forget()
    yield
    forget()


@made_once
def editor():
    return UserFactory(name="Edda Tarn", is_editor=True)


@made_once
def draft(published, editor):
    return start_draft(by=editor, framework=published.framework)


def said(edition, part="action:citizens-places"):
    return {each.field: each.text for each in translated(edition, "cy") if each.part == part}


class TestReading:
    def test_what_is_translated_is_welsh_and_what_is_not_is_english_and_says_so(self, published):
        words = wording(welsh_edition(published.framework), "cy")
        action = words.by_code("citizens-places")
        assert action.title == "Canolbwyntio ar ddinasyddion a lleoedd"
        assert not isinstance(action.title, InEnglish)
        assert action.prompts == ("Pa gynllun?", "Pa le?")
        assert [level.label for level in action.levels] == [
            "Ddim eto",
            "Starting",
            "Partly",
            "Mostly",
            "Yn llwyr",
        ]
        assert action.levels[2].looks_like == "Weithiau"
        assert (action.area_name, words.areas[0].name) == ("Cynnull o gwmpas lleoedd",) * 2
        assert words.areas[0].actions[0] == action
        english = wording(published, "en").by_code("citizens-places")
        assert action.question == english.question
        assert isinstance(action.question, InEnglish)
        other = words.by_code("systemic")
        assert all(isinstance(prompt, InEnglish) for prompt in other.prompts)
        assert has_english(words)
        assert has_english(action)

    def test_where_all_is_translated_nothing_is_english(self, published):
        edition = welsh_edition(published.framework, all_of)
        words = wording(edition, "cy")
        assert not has_english(words)
        assert all(text.startswith("¶") for text in (words.source, words.scale_note, words.framework_name))

    def test_english_is_what_it_was_and_a_country_makes_no_other_language(self, published):
        edition = welsh_edition(published.framework)
        assert wording(edition, "en-gb") is wording(edition, "en")
        assert wording(edition, "cy-GB") is wording(edition, "cy")
        assert not has_english(wording(edition, "en"))
        assert wording(edition, "en").by_code("citizens-places").title == "Focus on local citizens and places"

    def test_a_language_nobody_has_written_is_english_and_says_so(self, published):
        title = wording(published, "cy").action(1).title
        assert title == "Focus on local citizens and places"
        assert isinstance(title, InEnglish)

    def test_where_nothing_is_translated_no_text_needs_a_mark_for_the_eyes(self, published):
        title = wording(published, "cy").action(1).title
        assert title.__html__() == '<span lang="en">Focus on local citizens and places</span>'

    def test_what_is_empty_is_not_missing(self, draft, editor):
        draft.actions.update(helps="")
        assert wording(draft, "cy").action(1).helps == ""
        assert not isinstance(wording(draft, "cy").action(1).helps, InEnglish)

    def test_reads_in_five_queries_and_then_in_none(self, published, django_assert_num_queries):
        with django_assert_num_queries(5):
            wording(published.pk, "cy")
        with django_assert_num_queries(0):
            wording(published.pk, "cy")
        with django_assert_num_queries(4):
            wording(published.pk, "en")

    def test_in_a_page_english_is_marked_and_markup_is_text(self):
        marked = InEnglish("Fish & <b>chips</b>").__html__()
        assert marked == '<span lang="en" class="in-english">Fish &amp; &lt;b&gt;chips&lt;/b&gt;</span>'
        assert str(InEnglish("Fish")) == "Fish"
        assert type(str(InEnglish("Fish"))) is str


class TestWriting:
    def test_the_trail_says_who_translated_what(self, draft, editor):
        translate(draft, {"action:systemic": {"title": "Meddwl yn systemig"}}, by=editor)
        event = AuditEvent.objects.get(event="translation changed")
        where = {"language": "cy", "part": "action:systemic", "field": "title"}
        assert event.before == where | {"text": ""}
        assert event.after == where | {"text": "Meddwl yn systemig"}
        assert event.target_key == str(draft.pk)

    def test_nobody_overwrites_what_somebody_else_wrote_meanwhile(self, draft, editor):
        part = {"edition": draft, "language": "cy", "part": "action:systemic", "by": editor, "english": {}}
        write_translations(texts={"title": "Un"}, seen={"title": ""}, **part)
        written = write_translations(
            texts={"title": "Dau", "question": "Pam?"}, seen={"title": "", "question": ""}, **part
        )
        assert (written.saved, written.conflicts) == (("question",), {"title": "Un"})
        assert said(draft, "action:systemic") == {"title": "Un", "question": "Pam?"}
        assert write_translations(texts={"title": ""}, seen={"title": ""}, **part).left == ("title",)

    def test_an_empty_text_takes_the_translation_away(self, draft, editor):
        translate(draft, {"levels": {"level_1": "Ddim eto"}})
        write_translations(
            by=editor,
            edition=draft,
            language="cy",
            part="levels",
            texts={"level_1": ""},
            seen={"level_1": "Ddim eto"},
            english={},
        )
        assert said(draft, "levels") == {}

    @pytest.mark.parametrize(
        ("language", "part", "field"),
        [
            ("en", "levels", "level_1"),
            ("tlh", "levels", "level_1"),
            ("cy", "action:gone", "title"),
            ("cy", "area:convene", "colour"),
            ("cy", "levels", "level_9"),
            ("cy", "<script>", "title"),
        ],
    )
    def test_what_is_not_there_to_be_translated_is_refused(self, draft, editor, language, part, field):
        with pytest.raises(Refusal):
            write_translations(
                by=editor,
                edition=draft,
                language=language,
                part=part,
                texts={field: "x"},
                seen={field: ""},
                english={},
            )
        assert not Translation.objects.exists()

    def test_published_translations_are_frozen_by_every_door(self, published):
        edition = welsh_edition(published.framework)
        row = edition.translations.first()
        doors = [
            lambda: setattr(row, "text", "x") or row.save(),
            row.delete,
            lambda: edition.translations.update(text="x"),
            lambda: edition.translations.all().delete(),
            lambda: Translation.objects.bulk_update([row], ["text"]),
            lambda: Translation.objects.create(edition=edition, language="cy", field="x", text="x", of="x"),
            lambda: Translation.objects.bulk_create([Translation(edition=edition, language="cy", text="x")]),
            lambda: write_translations(
                by=None,
                edition=edition,
                language="cy",
                part="levels",
                texts={"level_2": "x"},
                seen={"level_2": ""},
                english={},
            ),
        ]
        for door in doors:
            with pytest.raises((PublishedEditionChanged, Refusal)), transaction.atomic():
                door()

    @pytest.mark.parametrize("facts", [{"language": "en"}, {"language": "en-gb"}, {"text": ""}])
    def test_the_database_holds_the_rules(self, draft, facts):
        fields = {"language": "cy", "part": "levels", "field": "level_1", "text": "x", "of": "y"} | facts
        with pytest.raises(IntegrityError), transaction.atomic():
            Translation.objects.create(edition=draft, **fields)

    def test_a_text_has_one_translation_in_a_language(self, draft):
        facts = {"edition": draft, "language": "cy", "part": "levels", "field": "level_1", "of": "y"}
        Translation.objects.create(text="x", **facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            Translation.objects.create(text="z", **facts)


class TestStale:
    @pytest.fixture
    def stale(self, draft, editor):
        """A draft with a translated title whose English somebody changed afterwards."""
        translate(draft, SOME)
        write_texts(
            by=editor,
            edition=draft,
            part="action:citizens-places",
            texts={"title": "Focus on people and places"},
            seen={"title": "Focus on local citizens and places"},
        )
        return draft

    def test_it_is_said_where_and_stops_publishing(self, stale, editor):
        [finding] = [each for each in findings(stale) if each.page == "language" and each.must]
        assert str(finding) == (
            "Cymraeg, Action 1, Focus on people and places, title: The English has changed since it was "
            "translated. Translate it again, or say that the translation is still right."
        )
        assert (finding.code, finding.field) == ("cy", "action:citizens-places.title")
        with pytest.raises(Refusal, match="The English has changed"):
            publish(by=editor, edition=stale, note="Plainer words.")

    def test_translating_it_again_answers(self, stale, editor):
        write_translations(
            by=editor,
            edition=stale,
            language="cy",
            part="action:citizens-places",
            texts={"title": "Pobl a lleoedd"},
            seen={"title": "Canolbwyntio ar ddinasyddion a lleoedd"},
            english={"title": "Focus on people and places"},
        )
        assert not [each for each in findings(stale) if each.page == "language" and each.must]

    def test_a_translation_of_words_that_changed_meanwhile_is_stale_from_the_start(self, stale, editor):
        write_translations(
            by=editor,
            edition=stale,
            language="cy",
            part="action:citizens-places",
            texts={"title": "Pobl a lleoedd"},
            seen={"title": "Canolbwyntio ar ddinasyddion a lleoedd"},
            english={"title": "Focus on local citizens and places"},
        )
        assert [each for each in findings(stale) if each.page == "language" and each.must]

    def test_saying_it_is_still_right_answers_for_the_words_that_were_looked_at(self, stale, editor):
        where = {"by": editor, "edition": stale, "language": "cy", "part": "action:citizens-places"}
        looked_at = {"title": "Focus on local citizens and places"}
        assert confirm_translations(fields=["title"], english=looked_at, **where) == []
        looked_at = {"title": "Focus on people and places"}
        assert confirm_translations(fields=["title", "gone"], english=looked_at, **where) == ["title"]
        assert not [each for each in findings(stale) if each.page == "language" and each.must]
        assert AuditEvent.objects.filter(event="translation confirmed").count() == 1

    def test_what_is_missing_is_advice_and_counted(self, draft):
        translate(draft, {"levels": {"level_1": "Ddim eto"}})
        [finding] = [each for each in findings(draft) if each.page == "language"]
        assert not finding.must
        assert "texts are not translated: they stand in English." in finding.what

    def test_a_short_title_has_to_fit_the_chart_in_welsh_too(self, draft):
        translate(draft, {"action:systemic": {"short_title": "Llanfairpwllgwyngyllgogerychwyrndrobwll"}})
        [finding] = [each for each in findings(draft) if each.page == "language" and each.must]
        assert "is too long for the chart" in finding.what

    def test_without_a_translation_nothing_is_asked(self, draft):
        assert [each for each in findings(draft) if each.page == "language"] == []


class TestFollowing:
    """Translations go where the words go that they are of."""

    def test_into_the_next_draft(self, published, editor):
        edition = welsh_edition(published.framework)
        draft = start_draft(by=editor, framework=published.framework)
        assert translated(draft) == translated(edition)

    def test_a_part_that_is_split_off_takes_the_words_it_copies(self, draft, editor):
        translate(draft, SOME)
        part = split_action(by=editor, edition=draft, code="citizens-places", title="Places")
        assert said(draft, f"action:{part.code}") == {
            name: text
            for name, text in SOME["action:citizens-places"].items()
            if name not in ("title", "short_title")
        }
        assert said(draft) == SOME["action:citizens-places"]

    def test_away_with_what_is_merged_or_retired_and_back_again(self, published, editor):
        welsh_edition(published.framework)
        draft = start_draft(by=editor, framework=published.framework)
        retire_action(by=editor, edition=draft, code="citizens-places")
        assert said(draft) == {}
        bring_back_action(by=editor, edition=draft, code="citizens-places")
        assert said(draft) == SOME["action:citizens-places"]
        merge_actions(by=editor, edition=draft, into="relationships", source="citizens-places")
        assert said(draft) == {}


def test_two_translators_at_once_lose_nothing(draft, editor):
    """What is stored when a page is saved counts, not what was there when it was opened."""
    part = {"edition": draft, "language": "cy", "part": "levels", "by": editor, "english": {}}
    opened = {"level_1": "", "level_2": ""}
    write_translations(texts={"level_1": "Ddim eto", "level_2": ""}, seen=opened, **part)
    write_translations(texts={"level_1": "", "level_2": "Dechrau"}, seen=opened, **part)
    assert said(draft, "levels") == {"level_1": "Ddim eto", "level_2": "Dechrau"}
