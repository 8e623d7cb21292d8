"""Ratings and counts that have been shown do not change: every way through the ORM refuses.

A model says by ``frozen_rows`` which of its rows no longer change, and by ``refuse_places`` where none may
be put any more. The freeze itself writes the counts while the round is still closed. There are two ways past
the refusal: ``remove_frozen``, which ``operations.retention`` alone calls, and ``remove_rehearsed``, which
takes nothing but what belongs to a rehearsal, whoever calls it.
"""

from django.db import models, transaction
from django.db.models import Q

from ..states import FROZEN


class FrozenRatingsChanged(Exception):
    """Somebody tried to add, change or remove ratings or counts that have been shown."""

    def __init__(self):
        super().__init__("These results have been opened: the ratings behind them no longer change.")


def _raw_delete_rehearsed(rows, path):
    """``path`` leads from a row to its round."""
    rehearsed = rows.order_by().filter(**{f"{path}__partnership__rehearsal_of__isnull": False})
    with transaction.atomic(using=rows.db):
        return models.QuerySet._raw_delete(rehearsed, rows.db)


class FrozenQuerySet(models.QuerySet):
    """A queryset that refuses to write what has been shown."""

    def frozen(self):
        """Those that no longer change."""
        return self.order_by().filter(self.model.frozen_rows())

    def kept(self):
        """Those that are no longer taken away."""
        return self.order_by().filter(self.model.kept_rows())

    def _refuse_frozen(self):
        if self.frozen().exists():
            raise FrozenRatingsChanged

    def _refuse_objects(self, objs):
        self.model.refuse_places({obj.place for obj in objs})

    def _refuse_target(self, changes):
        """A row must not be moved to a frozen place either."""
        moved = {}
        for field in map(self.model._meta.get_field, self.model.PLACE):
            for value in (changes[name] for name in (field.name, field.attname) if name in changes):
                if hasattr(value, "resolve_expression"):
                    raise ValueError("Say which row it shall belong to, not how to work it out.")
                moved[field.attname] = getattr(value, "pk", value)
        if moved:
            names = self.model.place_names()
            lie = self.order_by().values_list(*names).distinct()
            self.model.refuse_moved(self)
            self.model.refuse_places(
                {tuple(moved.get(name, at) for name, at in zip(names, place, strict=True)) for place in lie}
            )

    def update(self, **kwargs):
        self._refuse_frozen()
        self._refuse_target(kwargs)
        return super().update(**kwargs)

    update.alters_data = True

    def delete(self):
        if self.kept().exists():
            raise FrozenRatingsChanged
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

    def remove_rehearsed(self):
        """Delete those of rehearsals, which never counted; all others stay. Dependent rows go first."""
        return _raw_delete_rehearsed(self, self.model.FROZEN_BY)


class FrozenModel(models.Model):
    """A row that belongs to a round by the path ``FROZEN_BY`` and freezes with it.

    ``PLACE`` are the fields that say where it belongs.
    """

    FROZEN_BY = "round"
    PLACE = ("round",)

    class Meta:
        abstract = True

    @classmethod
    def place_names(cls):
        return tuple(cls._meta.get_field(name).attname for name in cls.PLACE)

    @property
    def place(self):
        return tuple(getattr(self, name) for name in self.place_names())

    @classmethod
    def frozen_rows(cls):
        """Which rows no longer change."""
        return Q(**{f"{cls.FROZEN_BY}__state__in": FROZEN})

    @classmethod
    def kept_rows(cls):
        """Which rows are no longer taken away: the frozen ones, and those that hold frozen ones."""
        return cls.frozen_rows()

    @classmethod
    def refuse_places(cls, places):
        """Refuse if one of the places no longer takes a row.

        Asks the database, not the instances: what is in memory may be older than the freeze.
        """
        rounds = cls._meta.get_field("round").related_model._base_manager
        if rounds.filter(pk__in={round for (round,) in places}, state__in=FROZEN).exists():
            raise FrozenRatingsChanged

    @classmethod
    def refuse_moved(cls, rows):
        """Rows that are no longer taken away are not carried elsewhere either."""
        if rows.kept().exists():
            raise FrozenRatingsChanged

    def refuse_if_frozen(self):
        """Where the row is said to belong, and where it lies: it is moved neither in nor out."""
        lies = type(self)._base_manager.filter(pk=self.pk) if self.pk is not None else None
        if lies is not None:
            found = lies.annotate(
                is_frozen=models.ExpressionWrapper(self.frozen_rows(), models.BooleanField())
            )
            for *place, is_frozen in found.values_list(*self.place_names(), "is_frozen"):
                if is_frozen:
                    raise FrozenRatingsChanged
                if tuple(place) == self.place:
                    return
                self.refuse_moved(lies)
        self.refuse_places({self.place})

    def save(self, *args, **kwargs):
        self.refuse_if_frozen()
        return super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.refuse_if_frozen()
        if type(self)._base_manager.filter(self.kept_rows(), pk=self.pk).exists():
            raise FrozenRatingsChanged
        return super().delete(*args, **kwargs)


class WriteOnceQuerySet(models.QuerySet):
    """Rows are added and never changed or taken away."""

    def _refuse(self, *args, **kwargs):
        raise FrozenRatingsChanged

    update = delete = bulk_update = _raw_delete = _refuse

    def bulk_create(self, objs, *args, **kwargs):
        if any(kwargs.get(option) for option in ("update_conflicts", "ignore_conflicts")):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)

    def remove_rehearsed(self):
        """Delete those of rehearsals, which never counted; all others stay."""
        return _raw_delete_rehearsed(self, self.model.ROUND)


class WriteOnceModel(models.Model):
    """What was shown to a room and stands for good. ``ROUND`` is the path to its round."""

    ROUND: str

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise FrozenRatingsChanged
        return super().save(*args, force_insert=True, **{k: v for k, v in kwargs.items() if k == "using"})

    def delete(self, *args, **kwargs):
        raise FrozenRatingsChanged
