import dataclasses
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from framework.models import Action, Edition, Level
from framework.queries.wording import forget, wording, wordings


@pytest.fixture(autouse=True)
def _cold():
    forget()
    yield
    forget()


def test_reads_in_four_queries_and_then_in_none(published, django_assert_num_queries):
    with django_assert_num_queries(4):
        cold = wording(published.pk, "en-gb")
    with django_assert_num_queries(0):
        assert wording(published.pk, "en-gb") is cold
        assert wording(published, "en-gb") is cold


def test_several_editions_read_together_cost_what_one_does(published, draft, django_assert_num_queries):
    with django_assert_num_queries(4):
        together = wordings([draft, published.pk, draft], "en-gb")
    assert together == tuple(wording(each, "en-gb") for each in (draft, published, draft))
    with pytest.raises(Edition.DoesNotExist, match="key 0"):
        wordings([published, 0], "en-gb")


def test_gives_every_word_of_an_action(published):
    action = wording(published, "en-gb").action(3)

    assert action.code == "systemic"
    assert action.title == "Think and act systemically"
    assert (action.area_name, action.area_code, action.colour) == ("Take a system focus", "system", "system")
    assert [(level.value, level.label) for level in action.levels] == [
        (1, "Not yet"),
        (2, "Starting"),
        (3, "Partly"),
        (4, "Mostly"),
        (5, "Fully"),
    ]
    assert action == wording(published, "en-gb").by_code("systemic")
    assert action.id == Action.objects.get(edition=published, number=3).pk


def test_actions_stand_in_order_and_in_their_areas(published):
    words = wording(published, "en-gb")

    assert [action.number for action in words.actions] == list(range(1, 12))
    assert [[action.number for action in area.actions] for area in words.areas] == [
        [1, 2],
        [3, 4, 5],
        [6, 7, 8],
        [9, 10, 11],
    ]


def test_an_unknown_number_or_code_says_which(published):
    words = wording(published, "en-gb")

    with pytest.raises(KeyError, match="12"):
        words.action(12)
    with pytest.raises(KeyError, match="nothing"):
        words.by_code("nothing")
    with pytest.raises(Edition.DoesNotExist):
        wording(0, "en-gb")


def test_a_draft_is_read_afresh(draft):
    assert wording(draft, "en-gb").action(1).title == "Start with places"

    draft.actions.update(title="Begin with places")

    assert wording(draft, "en-gb").action(1).title == "Begin with places"


def test_publishing_shows_the_words_of_that_moment(draft, day):
    wording(draft.pk, "en-gb")
    draft.actions.update(title="Begin with places")
    draft.status, draft.published_at = Edition.Status.PUBLISHED, day
    draft.save()

    assert wording(draft.pk, "en-gb").action(1).title == "Begin with places"


def test_nobody_can_change_shared_words_and_no_row_hides_in_them(published):
    words = wording(published, "en-gb")

    with pytest.raises(dataclasses.FrozenInstanceError):
        words.actions[0].title = "x"
    assert isinstance(words.actions[0].prompts, tuple)
    assert not [value for value in vars(words.actions[0]).values() if isinstance(value, Model)]
    assert hash(words)


def test_threads_share_the_same_words(published):
    words, seen = wording(published, "en-gb"), []
    threads = [threading.Thread(target=lambda: seen.append(wording(published.pk, "en-gb"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 4
    assert all(found is words for found in seen)


def test_newest_published_skips_drafts_and_councils_own(published, draft):
    assert Edition.objects.newest_published() == published


@pytest.mark.parametrize("value", [0, 6])
def test_levels_run_from_1_to_5(draft, value):
    level = Level(edition=draft, value=value, label="x")

    with pytest.raises(IntegrityError), transaction.atomic():
        level.save()
    with pytest.raises(ValidationError):
        level.full_clean()


def test_an_edition_is_published_with_its_date_or_not_at_all(draft, day):
    draft.status = Edition.Status.PUBLISHED
    with pytest.raises(IntegrityError, match="edition_published_has_date"), transaction.atomic():
        draft.save()
    draft.status, draft.published_at = Edition.Status.DRAFT, day
    with pytest.raises(IntegrityError, match="edition_published_has_date"), transaction.atomic():
        draft.save()
