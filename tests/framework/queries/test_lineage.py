"""Whether an action means the same in two editions."""

import pytest
from django.db import IntegrityError, transaction

from framework.models import Change, Edition, PublishedEditionChanged
from framework.queries.lineage import lineage
from framework.queries.wording import wording
from tests.framework.editions import next_edition


@pytest.fixture
def published(edition):
    return edition


def why(earlier, later, code="citizens-places"):
    return lineage([earlier.pk, later.pk]).why(earlier.pk, later.pk, code)


def test_one_edition_needs_no_query(published, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert lineage([published.pk, published.pk]).why(published.pk, published.pk, "anything") == ""


@pytest.mark.parametrize("kind", ["typo", "clarified"])
def test_better_words_for_the_same_compare(published, kind):
    assert why(published, next_edition(published, {"citizens-places": kind})) == ""


def test_an_action_without_a_record_is_unchanged(published):
    later = next_edition(published, {"relationships": "meaning_changed"})
    assert why(published, later) == ""


def test_another_meaning_does_not_compare_whichever_edition_was_used_first(published):
    later = next_edition(published, {"citizens-places": "meaning_changed"})
    assert why(published, later) == "meaning_changed"
    assert why(later, published) == "meaning_changed"


def test_retired_and_new(published):
    later = next_edition(published, {"citizens-places": "retired"}, new=["listen-first"])
    assert why(published, later) == "retired"
    assert why(published, later, "listen-first") == "new"


def test_split_and_merged(published):
    split = next_edition(published, {}, new=["one", "two"], split={"citizens-places": ["one", "two"]})
    assert {why(published, split, code) for code in ("citizens-places", "one", "two")} == {"split"}


def test_other_labels_for_the_levels_break_every_action(published):
    later = next_edition(published, {}, scale="meaning_changed")
    assert why(published, later, "learning") == "scale_changed"
    assert why(published, next_edition(published, {}, scale="clarified", number=9), "learning") == ""


def test_the_changes_of_all_editions_between_count(published):
    second = next_edition(published, {"citizens-places": "meaning_changed"})
    third = next_edition(second, {"relationships": "clarified"}, number=3)
    assert why(published, third) == "meaning_changed"
    assert why(second, third) == ""


def test_two_editions_made_from_one(published):
    ours = next_edition(published, {"citizens-places": "meaning_changed"})
    theirs = next_edition(published, {"relationships": "meaning_changed"}, number=3)
    assert why(ours, theirs) == "meaning_changed"
    assert why(ours, theirs, "relationships") == "meaning_changed"
    assert why(ours, theirs, "learning") == ""


def test_no_record_of_how_they_hang_together_is_no_comparison(published):
    stray = Edition.objects.create(framework=published.framework, number=7)
    assert why(published, stray) == "unrelated"


def test_another_framework(published, other_framework):
    other = Edition.objects.create(framework=other_framework, number=1)
    assert why(published, other) == "other_framework"


def test_a_record_of_a_published_edition_does_not_change(published):
    later = next_edition(published, {"citizens-places": "clarified"})
    change = Change.objects.get(edition=later)
    change.kind = "meaning_changed"
    for attempt in (
        change.save,
        change.delete,
        Change.objects.filter(edition=later).delete,
        lambda: Change.objects.filter(edition=later).update(kind="typo"),
        lambda: Change.objects.create(edition=later, kind="typo"),
    ):
        with pytest.raises(PublishedEditionChanged):
            attempt()


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("new", True, True),
        ("new", False, False),
        ("retired", True, True),
        ("split", True, False),
        ("merged", False, True),
        ("typo", True, False),
        ("guessed", True, True),
    ],
)
def test_each_kind_has_its_actions(published, kind, before, after):
    draft = Edition.objects.create(framework=published.framework, number=8, predecessor=published)
    action = published.actions.first()
    row = Change(edition=draft, kind=kind, before=action if before else None, after=action if after else None)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_published_edition_made_for_the_tests_reads_like_any(published):
    later = next_edition(published, {})
    assert [a.code for a in wording(later, "en").actions] == [
        a.code for a in wording(published, "en").actions
    ]
