"""An edition is taken out of use for new rounds, and put back; its words stay as they are."""

import pytest

from framework.models import Edition, Framework
from framework.operations import retire_edition, use_again
from framework.queries.wording import wording
from partnerships.models import AuditEvent
from partnerships.policies import Refusal
from tests.factories import UserFactory
from tests.framework.editions import next_edition
from tests.made_once import made_once


@made_once
def later(published):
    return next_edition(published, {"systemic": "clarified"}, number=2)


@made_once
def editor():
    return UserFactory(is_editor=True)


def test_new_rounds_use_the_newest_still_published(published, later, editor):
    before = wording(later, "en")

    assert retire_edition(by=editor, edition=later).status == "retired"

    assert Edition.objects.newest_published() == published
    stored = Edition.objects.get(pk=later.pk)
    assert (stored.status, stored.published_at) == ("retired", later.published_at)
    assert wording(stored, "en") == before
    event = AuditEvent.objects.get(event="edition retired")
    assert (event.actor, event.target_text) == (f"user:{editor.pk}", "Transforming Together, edition 2")
    assert (event.before, event.after) == ({"status": "published"}, {"status": "retired"})


def test_used_again_it_is_what_it_was(published, later, editor):
    retire_edition(by=editor, edition=later)
    use_again(by=editor, edition=later)

    assert Edition.objects.newest_published() == later
    assert AuditEvent.objects.get(event="edition used again").after == {"status": "published"}


def test_a_site_is_never_left_without_words_to_rate_by(published, later, editor):
    retire_edition(by=editor, edition=published)

    with pytest.raises(Refusal, match="the only published edition on this site"):
        retire_edition(by=editor, edition=later)

    assert Edition.objects.newest_published() == later


def test_a_whole_framework_can_be_given_up_where_there_is_another(published, later, editor):
    other = Framework.objects.create(slug="ten-actions", name="Ten actions", source="A later list")
    Edition.objects.create(framework=other, number=1, status="published", published_at=later.published_at)

    for edition in (published, later):
        retire_edition(by=editor, edition=edition)

    assert Edition.objects.newest_published().framework == other


def test_only_what_is_published_is_retired_and_only_what_is_retired_is_used_again(published, later, editor):
    draft = Edition.objects.create(framework=published.framework, number=3, predecessor=later)
    retire_edition(by=editor, edition=later)

    for attempt, edition in ((retire_edition, later), (retire_edition, draft)):
        with pytest.raises(Refusal, match="is not in use"):
            attempt(by=editor, edition=edition)
    for edition in (published, draft):
        with pytest.raises(Refusal, match="has not been retired"):
            use_again(by=editor, edition=edition)
    assert AuditEvent.objects.count() == 1
