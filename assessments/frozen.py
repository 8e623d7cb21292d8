"""Ratings and counts of a frozen round do not change: every way through the ORM refuses.

The freeze itself writes the counts while the round is still closed; retention removes ratings through
``remove_frozen``, the one way past the refusal, which ``operations.retention`` alone calls.
"""

from django.db import models, transaction
from django.db.models import Q

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
        self.model.refuse_owners({getattr(obj, self.model.owner_field().attname) for obj in objs})

    def _refuse_target(self, changes):
        """A row must not be moved into a frozen round either."""
        field = self.model.owner_field()
        for owner in (changes[name] for name in (field.name, field.attname) if name in changes):
            if hasattr(owner, "resolve_expression"):
                raise ValueError("Say which row it shall belong to, not how to work it out.")
            self.model.refuse_owners({getattr(owner, "pk", owner)})

    def update(self, **kwargs):
        self._refuse_frozen()
        self._refuse_target(kwargs)
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

    @classmethod
    def owner_field(cls):
        """The first step of ``FROZEN_BY``: the foreign key the row itself holds."""
        return cls._meta.get_field(cls.FROZEN_BY.split("__")[0])

    @classmethod
    def refuse_owners(cls, pks, stored=()):
        """Ask the database, not the instances: what is in memory may be older than the freeze.

        ``stored`` are keys of rows whose owner is looked up, too.
        """
        owner = cls.owner_field()
        rest = cls.FROZEN_BY.split("__")[1:]
        concerned = Q(pk__in=pks)
        if stored:
            concerned |= Q(pk__in=cls._base_manager.order_by().filter(pk__in=stored).values(owner.attname))
        owners = owner.related_model._base_manager.order_by()
        if owners.filter(concerned, **{"__".join([*rest, "state__in"]): FROZEN}).exists():
            raise FrozenRatingsChanged

    def refuse_if_frozen(self):
        """Where the row is said to belong, and where it lies: it is moved neither in nor out."""
        stored = [] if self.pk is None else [self.pk]
        self.refuse_owners([getattr(self, self.owner_field().attname)], stored)

    def save(self, *args, **kwargs):
        self.refuse_if_frozen()
        return super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.refuse_if_frozen()
        return super().delete(*args, **kwargs)
