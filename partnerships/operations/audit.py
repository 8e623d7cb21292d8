"""Writing to the audit trail: every write of every app ends with it."""

from ..models.audit import AuditEvent, actor_key

REHEARSAL = "rehearsal: "
# Objects whose name says nothing about a person; of all others only the key is written down.
NAMED_IN_THE_TRAIL = {"partnership", "organisation", "council", "round", "framework", "edition"}


def record(event, *, by, target, partnership=None, before=None, after=None):
    """Append one event, in the transaction of the change it speaks of. What is rehearsed says so."""
    if partnership and partnership.is_rehearsal:
        event = f"{REHEARSAL}{event}"
    kind = target._meta.model_name
    return AuditEvent.objects.create(
        event=event,
        actor=actor_key(by),
        partnership=partnership.pk if partnership else None,
        target_kind=kind,
        target_key=str(target.pk),
        target_text=str(target)[:200] if kind in NAMED_IN_THE_TRAIL else "",
        before=before,
        after=after,
    )
