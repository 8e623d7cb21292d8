"""What is said of an edition: what kind of change each action had, and its words in other languages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .editions import Edition
from .protection import ProtectedModel, ProtectedQuerySet
from .words import Action


class Change(ProtectedModel):
    """What kind of change was made to an action between an edition and the one it was made from.

    ``before`` is an action of the earlier edition, ``after`` one of this edition: a split has a row for
    each part, a merger one for each source. With neither, the row is about the labels of the levels and so
    about every action. An action without a row means what it meant. The kind decides whether ratings given
    under the two editions may be compared: ``framework.changes.lineage``.
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

    ``part`` and ``field`` say where it stands (``framework.wording.parts``). ``of`` is the English it was
    written for: where that is not what it was, somebody has to look at the translation again.
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
