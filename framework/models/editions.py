"""What is rated, and its editions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .protection import ProtectedModel
from .querysets import EditionQuerySet, FrameworkQuerySet


class Framework(ProtectedModel):
    """A published idea of what good working together takes, with the source it comes from."""

    status_lookups = ("editions__status",)
    refusal = _(
        "An edition of this framework is published and shows its name and source, so they cannot change."
    )

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    source = models.TextField(_("source"))

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["name"]
        base_manager_name = "objects"

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def edition_keys(self):
        # Those it has decide.
        return set()


class Edition(ProtectedModel):
    """One wording of a framework. Rounds keep the edition they began with."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    status_lookups = ("status",)

    framework = models.ForeignKey(
        Framework, models.PROTECT, related_name="editions", verbose_name=_("framework")
    )
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("made from"),
    )
    # Empty for an edition that is everybody's.
    owner = models.ForeignKey(
        "partnerships.Council",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("owner"),
    )
    note = models.TextField(_("note"), blank=True)
    # What the framework is called from this edition on, and where it comes from; empty where that is what
    # was said of the framework itself.
    name = models.CharField(_("name of the framework"), max_length=200, blank=True)
    source = models.TextField(_("source"), blank=True)
    scale_note = models.TextField(_("whose wording this is"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["framework", "number"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="edition_number_once_in_framework"),
            models.UniqueConstraint(
                fields=["framework"], condition=Q(status="draft"), name="edition_one_draft_in_framework"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_at=None)
                | Q(status__in=["published", "retired"], published_at__isnull=False),
                name="edition_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(predecessor=None) | ~Q(predecessor=F("id")),
                name="edition_not_its_own_predecessor",
            ),
        ]

    def __str__(self):
        return _("%(framework)s, edition %(number)d") % {
            "framework": self.framework_name,
            "number": self.number,
        }

    @property
    def framework_name(self):
        return self.name or self.framework.name

    @property
    def framework_source(self):
        return self.source or self.framework.source

    def natural_key(self):
        return (*self.framework.natural_key(), self.number)

    natural_key.dependencies = ["framework.framework"]

    def get_absolute_url(self):
        return reverse("framework_edition", args=[self.framework.slug, self.number])

    @property
    def is_published(self):
        """Whether its wording is settled: published now, or once published and since retired."""
        return self.status != self.Status.DRAFT

    def edition_keys(self):
        # The stored status decides, so that a draft can be saved as published.
        return {self.pk}
