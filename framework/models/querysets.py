"""How rows are asked for: by the keys of a fixture, and editions by what may be done with them."""

from django.db import models

from .protection import ProtectedQuerySet


class FrameworkQuerySet(ProtectedQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class EditionQuerySet(ProtectedQuerySet):
    def get_by_natural_key(self, framework, number):
        return self.get(framework__slug=framework, number=number)

    def published(self):
        """Editions a new round may use."""
        return self.filter(status="published")

    def drafts(self):
        """Editions whose words can still change."""
        return self.filter(status="draft")

    def readable(self):
        """Editions anybody may read: rounds made with a retired one still show its words."""
        return self.exclude(status="draft")

    def newest_published(self):
        """The published edition for everybody that came out last, or None.

        Of the framework this site began with, where there are several: another one does not take its place
        by being published.
        """
        everybodys = self.published().filter(owner=None).select_related("framework")
        return everybodys.order_by("framework_id", "-published_at", "-number").first()

    def move(self, before, after):
        """Say of settled editions whether new rounds use them; returns of how many that is now said.

        The one change to a settled edition. Only ``operations.editions`` calls it.
        """
        if {before, after} != {"published", "retired"}:
            raise ValueError(f"{before} to {after}")
        return models.QuerySet.update(self.filter(status=before), status=after)

    move.alters_data = True


class AreaQuerySet(ProtectedQuerySet):
    def get_by_natural_key(self, framework, number, code):
        return self.get(edition__framework__slug=framework, edition__number=number, code=code)


class ActionQuerySet(ProtectedQuerySet):
    def get_by_natural_key(self, framework, number, code):
        return self.get(edition__framework__slug=framework, edition__number=number, code=code)


class LevelQuerySet(ProtectedQuerySet):
    def get_by_natural_key(self, framework, number, value):
        return self.get(edition__framework__slug=framework, edition__number=number, value=value)


class ActionLevelQuerySet(ProtectedQuerySet):
    def get_by_natural_key(self, framework, number, code, value):
        return self.get(
            action__edition__framework__slug=framework,
            action__edition__number=number,
            action__code=code,
            level__value=value,
        )
