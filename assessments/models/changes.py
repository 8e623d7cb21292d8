"""What is kept of two rounds together."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .frozen import WriteOnceModel, WriteOnceQuerySet
from .rounds import Round


class RoundChangeQuerySet(WriteOnceQuerySet):
    def put_right(self, pk, data):
        """Replace what was stored by older rules: the one way to write over it.

        Only ``operations.comparing`` calls it, with what the ratings themselves come to.
        """
        return models.QuerySet.update(self.filter(pk=pk), data=data, taken_at=timezone.now())


class RoundChange(WriteOnceModel):
    """How the people of two rounds moved, counted once, when the second of them opened its results.

    ``data`` is what ``analysis.Between.to_json`` gives, already safe to show, so that it stands when
    retention has removed the ratings. ``earlier`` is the round that closed first, whichever was opened last.
    """

    earlier = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="changes_after")
    later = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="changes_before")
    data = models.JSONField()
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RoundChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change between two rounds")
        verbose_name_plural = _("changes between rounds")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="round_change_once"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="round_change_of_two"),
        ]

    def __str__(self):
        return f"change from round {self.earlier_id} to round {self.later_id}"
