"""The words of an edition: areas, actions, and the levels of the scale."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .editions import Edition
from .protection import ProtectedModel
from .querysets import ActionLevelQuerySet, ActionQuerySet, AreaQuerySet, LevelQuerySet


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
