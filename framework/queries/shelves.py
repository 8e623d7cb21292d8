"""Every framework of the site with its editions, as those who edit them see it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Prefetch

from partnerships.models.audit import AuditEvent
from partnerships.queries.audit import actor_names

from ..models import Edition, Framework


@dataclass(frozen=True, slots=True)
class LastChange:
    """When somebody last did something to an edition, and who."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A framework, its editions that came out, the newest first, and the draft somebody writes, if any.

    ``source`` is the edition a new draft would be made from; without one there is nothing to start from.
    """

    framework: Framework
    editions: tuple
    draft: Edition | None
    source: Edition | None
    last: LastChange | None


def shelves():
    """One shelf for each framework, in at most five queries."""
    editions = Edition.objects.select_related("owner", "predecessor", "framework").order_by("-number")
    frameworks = list(Framework.objects.prefetch_related(Prefetch("editions", editions)))
    drafts = {
        each.framework_id: each for of in frameworks for each in of.editions.all() if not each.is_published
    }
    last = _last_changes(drafts.values())
    return [_shelf(framework, drafts.get(framework.pk), last) for framework in frameworks]


def _shelf(framework, draft, last):
    out = tuple(each for each in framework.editions.all() if each.is_published)
    everybodys = [each for each in out if each.status == Edition.Status.PUBLISHED and not each.owner_id]
    source = max(everybodys, key=lambda each: (each.published_at, each.number), default=None)
    return Shelf(framework, out, draft, source, last.get(draft.pk) if draft else None)


def _last_changes(editions):
    """Of each edition something was done to, the last."""
    events = AuditEvent.objects.filter(
        target_kind="edition", target_key__in=[str(each.pk) for each in editions]
    )
    newest = events.order_by().values("target_key").annotate(newest=Max("pk")).values("newest")
    rows = (
        list(AuditEvent.objects.filter(pk__in=newest).values_list("target_key", "at", "actor"))
        if editions
        else []
    )
    names = actor_names({actor for _key, _at, actor in rows})
    return {int(key): LastChange(at, names[actor]) for key, at, actor in rows}
