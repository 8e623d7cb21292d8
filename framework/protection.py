"""Published wording does not change: the doors of the ORM that would let it.

People rated the words they saw. Once an edition is published, every way of writing to it through
the ORM refuses; a new wording is a new edition. Loading a fixture is the one way in, because that
is how a published edition arrives, and loading it again writes the same values. An edition that has been
retired since stays retired.
"""

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _


class PublishedEditionChanged(Exception):
    """Somebody tried to write to an edition that is published or retired."""

    def __init__(self):
        super().__init__(
            _("This edition is published, so its wording cannot change. Start a new edition instead.")
        )


class ProtectedQuerySet(models.QuerySet):
    """Refuses to write to rows of a published edition, and to bring rows into one."""

    def of_published_editions(self):
        return self.filter(**{f"{self.model.status_lookup}__in": ["published", "retired"]})

    def refuse_published(self):
        if self.of_published_editions().exists():
            raise PublishedEditionChanged

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

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        self._refuse_rows(objs)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, *args, **kwargs):
        # update() would refuse too, but from inside a transaction that it then breaks.
        objs = tuple(objs)
        self._refuse_rows(objs)
        return super().bulk_update(objs, *args, **kwargs)

    bulk_update.alters_data = True

    def _refuse_rows(self, rows):
        for row in rows:
            row.refuse_published(using=self.db)


class ProtectedModel(models.Model):
    """A row that is part of an edition, or the edition itself."""

    # The path from the row to the status of its edition.
    status_lookup = "edition__status"

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.refuse_published(kwargs.get("using"))
        super().save(*args, **kwargs)

    save.alters_data = True

    def delete(self, *args, **kwargs):
        self.refuse_published(kwargs.get("using"))
        return super().delete(*args, **kwargs)

    delete.alters_data = True

    def edition_keys(self):
        """The editions this row would belong to once saved."""
        return {self.edition_id}

    def refuse_published(self, using=None):
        """Raise when the stored row, or the edition it would go to, is published."""
        editions = apps.get_model("framework", "Edition")._base_manager
        type(self)._base_manager.using(using).filter(pk=self.pk).refuse_published()
        editions.using(using).filter(pk__in=self.edition_keys()).refuse_published()


def stay_retired(*, instance, raw, using, **_signal):
    """A fixture says ``published`` of an edition; where a site has retired it, that stands."""
    if raw and instance.status == "published":
        stored = type(instance)._base_manager.using(using).filter(pk=instance.pk)
        if stored.filter(status="retired").exists():
            instance.status = "retired"
