"""Published wording does not change: the doors of the ORM that would let it.

People rated the words they saw. Once an edition is published, every way of writing to it through
the ORM refuses; a new wording is a new edition. What every edition of a framework shows (its name, its
source, the short name in its address) is settled with the first one.

Two ways past it are meant. Loading a fixture, because that is how a published edition arrives, and loading
it again writes the same values; an edition that has been retired since stays retired. And
``EditionQuerySet.move``, which says whether new rounds use a settled edition and touches no word.
"""

from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SETTLED = ("published", "retired")


class PublishedEditionChanged(Exception):
    """Somebody tried to write to an edition that is published or retired."""


class ProtectedQuerySet(models.QuerySet):
    """Refuses to write to rows of a published edition, and to bring rows into one."""

    def of_published_editions(self):
        return self.filter(_any(f"{path}__in" for path in self.model.status_lookups))

    def refuse_published(self):
        if self.of_published_editions().exists():
            raise PublishedEditionChanged(self.model.refusal)

    def update(self, **values):
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            rows = self.model._base_manager.using(self.db).filter(pk__in=keys)
            rows.refuse_published()
            changed = super().update(**values)
            # Again afterwards: the new values may have moved a row into a published edition.
            rows.all().refuse_published()
        return changed

    update.alters_data = True

    def delete(self):
        self.refuse_published()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def _raw_delete(self, using):
        self.using(using).refuse_published()
        return super()._raw_delete(using)

    _raw_delete.alters_data = True

    def bulk_create(self, objs, *args, update_conflicts=False, unique_fields=None, **kwargs):
        objs = list(objs)
        refuse_rows(self.model, objs, self.db)
        if update_conflicts:
            self._refuse_met(objs, unique_fields or ())
        return super().bulk_create(
            objs, *args, update_conflicts=update_conflicts, unique_fields=unique_fields, **kwargs
        )

    def _refuse_met(self, objs, unique_fields):
        """The rows that would be written over need not have the keys of those that are given."""
        fields = [
            self.model._meta.pk if name == "pk" else self.model._meta.get_field(name)
            for name in unique_fields
        ]
        met = [Q(**{field.attname: getattr(row, field.attname) for field in fields}) for row in objs]
        if met and fields:
            self.model._base_manager.using(self.db).filter(reduce(or_, met)).refuse_published()

    def bulk_update(self, objs, *args, **kwargs):
        # update() would refuse too, but from inside a transaction that it then breaks.
        objs = tuple(objs)
        refuse_rows(self.model, objs, self.db)
        return super().bulk_update(objs, *args, **kwargs)

    bulk_update.alters_data = True


class ProtectedModel(models.Model):
    """A row that is part of an edition, or the edition itself."""

    # The paths from the row to the status of every edition it is part of.
    status_lookups = ("edition__status",)
    refusal = _("This edition is published, so its wording cannot change. Start a new edition instead.")

    class Meta:
        abstract = True

    def save_base(self, raw=False, *args, **kwargs):
        # Every way of saving one row comes through here, and a fixture says that it is one.
        if not raw:
            self.refuse_published(kwargs.get("using"))
        super().save_base(raw, *args, **kwargs)

    save_base.alters_data = True

    def delete(self, *args, **kwargs):
        self.refuse_published(kwargs.get("using"))
        return super().delete(*args, **kwargs)

    delete.alters_data = True

    def edition_keys(self):
        """The editions this row would belong to once saved."""
        return {self.edition_id}

    def refuse_published(self, using=None):
        """Raise when the stored row, or an edition it would go to, is published."""
        refuse_rows(type(self), [self], using)


def refuse_rows(model, rows, using=None):
    """Raise when one of the rows, as stored or as it would be, is of a published edition: two questions."""
    editions = apps.get_model("framework", "Edition")._base_manager.using(using)
    model._base_manager.using(using).filter(pk__in=[row.pk for row in rows if row.pk]).refuse_published()
    editions.filter(pk__in=set().union(*(row.edition_keys() for row in rows))).refuse_published()


def refuse_collected(*, instance, using, origin=None, **_signal):
    """What goes with a row that somebody deleted has been asked about; what was collected by hand has not."""
    if not isinstance(origin, ProtectedModel | ProtectedQuerySet):
        instance.refuse_published(using)


def stay_retired(*, instance, raw, using, **_signal):
    """A fixture says ``published`` of an edition; where a site has retired it, that stands."""
    if raw and instance.status == "published":
        stored = type(instance)._base_manager.using(using).filter(pk=instance.pk)
        if stored.filter(status="retired").exists():
            instance.status = "retired"


def _any(lookups):
    return reduce(or_, (Q(**{lookup: SETTLED}) for lookup in lookups))
