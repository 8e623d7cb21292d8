from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from framework.protection import ProtectedModel, ProtectedQuerySet, PublishedEditionChanged
from framework.querysets import (
    ActionLevelQuerySet,
    ActionQuerySet,
    AreaQuerySet,
    EditionQuerySet,
    FrameworkQuerySet,
    LevelQuerySet,
)

__all__ = [
    "Action",
    "ActionLevel",
    "Area",
    "Change",
    "Edition",
    "Framework",
    "Level",
    "PublishedEditionChanged",
    "Translation",
]


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
            "framework": self.framework.name,
            "number": self.number,
        }

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


class Area(ProtectedModel):
    """A family of actions in an edition, with the colour it has on every chart."""

    class Colour(models.TextChoices):
        CONVENE = "convene", _("Indigo")
        SYSTEM = "system", _("Teal")
        EDGE = "edge", _("Amber")
        ETHOS = "ethos", _("Plum")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="areas", verbose_name=_("edition"))
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(_("what it is about"))
    order = models.PositiveSmallIntegerField(_("order"))
    colour = models.CharField(_("colour"), max_length=20, choices=Colour.choices)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["edition", "order"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="area_code_once_in_edition"),
            models.UniqueConstraint(fields=["edition", "order"], name="area_order_once_in_edition"),
            models.CheckConstraint(
                condition=Q(colour__in=["convene", "system", "edge", "ethos"]),
                name="area_colour_known",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (*self.edition.natural_key(), self.code)

    natural_key.dependencies = ["framework.edition"]


class Action(ProtectedModel):
    """One thing partnerships do that is rated, known across editions by its stable code."""

    status_lookups = ("edition__status", "area__edition__status")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="actions", verbose_name=_("edition"))
    area = models.ForeignKey(Area, models.CASCADE, related_name="actions", verbose_name=_("area"))
    code = models.SlugField(_("code"), max_length=40)
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    short_title = models.CharField(_("short title"), max_length=40)
    statement = models.TextField(_("statement"))
    question = models.TextField(_("question"))
    prompts = models.JSONField(_("prompts to talk about"), default=list)
    helps = models.TextField(_("what helps"), blank=True)
    hinders = models.TextField(_("what gets in the way"), blank=True)
    skills_question = models.TextField(_("question about leaders' own skills"), blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["edition", "number"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="action_code_once_in_edition"),
            models.UniqueConstraint(fields=["edition", "number"], name="action_number_once_in_edition"),
            models.CheckConstraint(condition=Q(number__gte=1), name="action_number_from_one"),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def natural_key(self):
        return (*self.edition.natural_key(), self.code)

    natural_key.dependencies = ["framework.edition"]

    def edition_keys(self):
        return {self.edition_id, self.area.edition_id}


class Level(ProtectedModel):
    """A step of an edition's scale, from 1 to 5, with its label."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="levels", verbose_name=_("edition"))
    value = models.PositiveSmallIntegerField(
        _("value"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    label = models.CharField(_("label"), max_length=40)

    objects = LevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["edition", "value"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["edition", "value"], name="level_value_once_in_edition"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="level_value_1_to_5"),
        ]

    def __str__(self):
        return f"{self.value} {self.label}"

    def natural_key(self):
        return (*self.edition.natural_key(), self.value)

    natural_key.dependencies = ["framework.edition"]


class ActionLevel(ProtectedModel):
    """What one level looks like for one action: the words people choose between."""

    status_lookups = ("action__edition__status", "level__edition__status")

    action = models.ForeignKey(Action, models.CASCADE, related_name="action_levels", verbose_name=_("action"))
    level = models.ForeignKey(Level, models.CASCADE, related_name="action_levels", verbose_name=_("level"))
    looks_like = models.TextField(_("what it looks like"))

    objects = ActionLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("level of an action")
        verbose_name_plural = _("levels of actions")
        ordering = ["action", "level"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["action", "level"], name="action_level_once_for_each_level"),
        ]

    def __str__(self):
        return f"{self.action.number}.{self.level.value} {self.looks_like}"

    def natural_key(self):
        return (*self.action.natural_key(), self.level.value)

    natural_key.dependencies = ["framework.action", "framework.level"]

    def edition_keys(self):
        return {self.action.edition_id, self.level.edition_id}


class Change(ProtectedModel):
    """What kind of change was made to an action between an edition and the one it was made from.

    ``before`` is an action of the earlier edition, ``after`` one of this edition: a split has a row for
    each part, a merger one for each source. With neither, the row is about the labels of the levels and so
    about every action. An action without a row means what it meant. The kind decides whether ratings given
    under the two editions may be compared: ``framework.lineage``.
    """

    class Kind(models.TextChoices):
        TYPO = "typo", _("a slip put right")
        CLARIFIED = "clarified", _("said more clearly")
        MEANING_CHANGED = "meaning_changed", _("the meaning changed")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        RETIRED = "retired", _("no longer asked")
        NEW = "new", _("new")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="changes", verbose_name=_("edition"))
    before = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("before")
    )
    after = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("after")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    objects = ProtectedQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["edition", "before", "after"], name="change_once"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(before=None, after=None), name="change_of_scale_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "after"], condition=Q(kind="new"), name="change_new_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "before"], condition=Q(kind="retired"), name="change_retired_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="new", before=None, after__isnull=False)
                | Q(kind="retired", before__isnull=False, after=None)
                | Q(kind__in=["split", "merged"], before__isnull=False, after__isnull=False)
                | Q(kind__in=["typo", "clarified", "meaning_changed"], before=None, after=None)
                | Q(
                    kind__in=["typo", "clarified", "meaning_changed"],
                    before__isnull=False,
                    after__isnull=False,
                ),
                name="change_has_its_actions",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class Translation(ProtectedModel):
    """One text of an edition in another language: words people rate by, and frozen like those.

    ``part`` and ``field`` say where it stands (``framework.parts``). ``of`` is the English it was written
    for: where that is not what it was, somebody has to look at the translation again.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="translations", verbose_name=_("edition")
    )
    language = models.CharField(_("language"), max_length=10)
    part = models.CharField(_("part"), max_length=60, blank=True)
    field = models.CharField(_("text"), max_length=40)
    text = models.TextField(_("translation"))
    of = models.TextField(_("the English it was written for"))

    objects = ProtectedQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "part", "field"], name="translation_once_for_each_text"
            ),
            models.CheckConstraint(
                condition=~Q(language__startswith="en"), name="translation_not_into_english"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="translation_has_a_text"),
        ]

    def __str__(self):
        return f"{self.language} {self.part}.{self.field}"
