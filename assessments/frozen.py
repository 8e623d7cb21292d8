"""Ratings and counts of a frozen round do not change: every way through the ORM refuses.

The freeze itself writes the counts while the round is still closed; retention removes ratings through
``remove_frozen``, the one way past the refusal, which ``operations.retention`` alone calls.
"""

from django.db import models, transaction

from .states import FROZEN


class FrozenRatingsChanged(Exception):
    """Somebody tried to add, change or remove ratings or counts of a round whose results are open."""

    def __init__(self):
        super().__init__("The results of this round have been opened: its ratings no longer change.")


class FrozenQuerySet(models.QuerySet):
    """A queryset that refuses to write where the round it belongs to is frozen."""

    def _refuse_frozen(self):
        if self.order_by().filter(**{f"{self.model.FROZEN_BY}__state__in": FROZEN}).exists():
            raise FrozenRatingsChanged

    def _refuse_objects(self, objs):
        for obj in objs:
            obj.refuse_if_frozen()

    def update(self, **kwargs):
        self._refuse_frozen()
        return super().update(**kwargs)

    update.alters_data = True

    def delete(self):
        self._refuse_frozen()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        self._refuse_objects(objs)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, *args, **kwargs):
        objs = list(objs)
        self._refuse_objects(objs)
        return super().bulk_update(objs, *args, **kwargs)

    def remove_frozen(self):
        """Delete without asking; for retention only. The caller takes dependent rows first."""
        with transaction.atomic(using=self.db):
            return self._raw_delete(self.db)


class FrozenModel(models.Model):
    """A row that belongs to a round by the path ``FROZEN_BY`` and freezes with it."""

    FROZEN_BY = "round"

    class Meta:
        abstract = True

    def refuse_if_frozen(self):
        """Ask the database, not the instance: what is in memory may be older than the freeze."""
        first, *rest = self.FROZEN_BY.split("__")
        owner = self._meta.get_field(first)
        state = "__".join([*rest, "state__in"])
        owners = owner.related_model._base_manager.order_by()
        if owners.filter(pk=getattr(self, owner.attname), **{state: FROZEN}).exists():
            raise FrozenRatingsChanged

    def save(self, *args, **kwargs):
        self.refuse_if_frozen()
        return super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.refuse_if_frozen()
        return super().delete(*args, **kwargs)
