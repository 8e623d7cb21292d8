from django.db import models
from django.utils import timezone


class BareRating(models.Model):
    """A row like a rating, in a table of its own: what the bare view inserts."""

    response_id = models.BigIntegerField()
    action_id = models.BigIntegerField()
    layer = models.CharField(max_length=12, default="first")
    level = models.PositiveSmallIntegerField()
    dont_know = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["response_id", "action_id"], name="bare_by_response")]

    def __str__(self):
        return f"bare rating {self.pk}"
