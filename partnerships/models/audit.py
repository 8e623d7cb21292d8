"""The audit trail: who did what to what, in words and keys that outlive the rows they speak of."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

COMMAND = "command"


class AppendOnly(Exception):
    """Somebody tried to change or delete an audit event."""


class AuditQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise AppendOnly("Audit events are never changed or deleted.")

    update = delete = bulk_update = _raw_delete = _refuse

    def bulk_create(self, objs, *args, **kwargs):
        if any(kwargs.get(option) for option in ("update_conflicts", "ignore_conflicts")):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)


class AuditEvent(models.Model):
    """One thing somebody did. Names no member (an erased person must not live on here) and holds no
    answer, comment, link or code."""

    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    event = models.CharField(_("what happened"), max_length=60)
    actor = models.CharField(_("who did it"), max_length=60)
    partnership = models.BigIntegerField(_("number of the partnership"), null=True, db_index=True)
    target_kind = models.CharField(max_length=40)
    target_key = models.CharField(max_length=60)
    target_text = models.CharField(_("to what"), max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_kind", "target_key"], name="audit_by_target")]
        # Cascades and the admin go through the base manager: it has to refuse as well.
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.event}: {self.target_kind} {self.target_key}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly("Audit events are never changed.")
        return super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("Audit events are never deleted.")


def actor_key(by):
    """A text that says who acted without a name: ``user:7``, ``participant:12`` or ``command``."""
    return COMMAND if by is None else f"{by._meta.model_name}:{by.pk}"
