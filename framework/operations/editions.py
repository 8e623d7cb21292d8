"""Whether new rounds use an edition that has been published. Its words stay as they are."""

from django.db import transaction

from partnerships.operations.audit import record

from .. import policies
from ..models import Edition, Framework

PUBLISHED, RETIRED = Edition.Status.PUBLISHED, Edition.Status.RETIRED


@transaction.atomic
def retire_edition(*, by, edition):
    """New rounds no longer use it. Those that have it keep it, and anybody can still read it."""
    edition = _held(edition)
    policies.require_published(edition)
    policies.require_another_to_rate_with(
        Edition.objects.published().filter(owner=None).exclude(pk=edition.pk)
    )
    return _move(by, edition, "edition retired", PUBLISHED, RETIRED)


@transaction.atomic
def use_again(*, by, edition):
    """It was retired and is published again, with the day on which it came out first."""
    edition = _held(edition)
    policies.require_retired(edition)
    return _move(by, edition, "edition used again", RETIRED, PUBLISHED)


def _held(edition):
    """The edition as stored. All frameworks are held: what stands in for it may be of another one."""
    list(Framework.objects.order_by("pk").select_for_update())
    return Edition.objects.select_related("framework").get(pk=edition.pk)


def _move(by, edition, event, before, after):
    Edition.objects.filter(pk=edition.pk).move(before, after)
    record(event, by=by, target=edition, before={"status": before}, after={"status": after})
    edition.status = after
    return edition
