"""The life of a draft: started, and dropped or published for good."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnerships.operations.audit import record

from .. import policies, queries
from ..models import Edition, Framework
from ..queries.wording import wording
from .translations import copy_translations
from .words import write_words


@transaction.atomic
def start_draft(*, by, framework):
    """A draft with the words of the framework's newest published edition."""
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    policies.require_no_draft(framework)
    before = framework.editions.newest_published()
    policies.require_edition_to_start_from(framework, before)
    draft = Edition.objects.create(
        framework=framework,
        number=free_number(framework, before.number + 1),
        predecessor=before,
        name=before.name,
        source=before.source,
        scale_note=before.scale_note,
    )
    write_words(draft, wording(before, queries.drafts.LANGUAGE))
    copy_translations(before, draft)
    record("draft started", by=by, target=draft, after={"number": draft.number, "made_from": before.number})
    return draft


@transaction.atomic
def drop_draft(*, by, edition, seen=None):
    """The draft is gone with all its words. Nobody can have rated with it. ``seen`` as for ``publish``."""
    edition = _hold_as_seen(edition, seen)
    record("draft dropped", by=by, target=edition, before={"number": edition.number})
    edition.delete()


@transaction.atomic
def publish(*, by, edition, note, seen=None):
    """From now on new rounds can be made with the edition, and its words never change again.

    ``seen`` is the ``queries.state_of`` the draft that somebody has looked through: nothing happens where
    it is another by now.
    """
    edition = _hold_as_seen(edition, seen)
    policies.require_note(note)
    policies.require_ready(queries.drafts.findings(edition))
    edition.status, edition.note = Edition.Status.PUBLISHED, note.strip()
    edition.published_at, edition.published_by = timezone.now(), by
    edition.save()
    record("edition published", by=by, target=edition, after={"number": edition.number})
    return edition


def _hold_as_seen(edition, seen):
    edition = hold_draft(edition)
    if seen is not None:
        policies.require_as_seen(seen, queries.drafts.state_of(edition))
    return edition


def hold(edition):
    """One at a time: drafts and numbers are given out, and words looked through, by framework."""
    Framework.objects.select_for_update().get(pk=edition.framework_id)


def hold_draft(edition):
    """The draft as it stands now, held; Refusal where it has been dropped or published in the meantime."""
    hold(edition)
    draft = Edition.objects.select_related("framework", "predecessor").filter(pk=edition.pk).first()
    policies.require_still_draft(draft)
    return draft


def free_number(framework, wished):
    """The number wished for, or the one after the last where that is taken."""
    if not framework.editions.filter(number=wished).exists():
        return wished
    return framework.editions.aggregate(last=Max("number"))["last"] + 1
