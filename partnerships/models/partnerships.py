"""Councils, the partnerships they host, and the organisations and people in them."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .accounts import UserManager
from .kinds import Sector, Standpoint, System

MAKING_ONE = "new"  # the address of the page that makes one, which can be no slug


def free_slug(model, name):
    """A slug no row of the model has yet, made from the name."""
    stem = slugify(name)[:50].strip("-") or model._meta.model_name
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken.add(MAKING_ONE)
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


class CouncilQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Councils of which the person is an officer."""
        return self.filter(officers=user) if user.is_authenticated else self.none()


class Council(models.Model):
    """The body that hosts partnerships and whose officers read their shared results."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="councils", verbose_name=_("officers")
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months to keep ratings"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("After the results are opened. Then only the counts are kept."),
    )
    contact = models.CharField(
        _("data protection contact"),
        max_length=200,
        blank=True,
        help_text=_("Shown in the privacy notice: a name, address or telephone number."),
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("council")
        verbose_name_plural = _("councils")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retention_months__range=(1, 120)), name="council_keeps_ratings_1_to_120_months"
            )
        ]

    def __str__(self):
        return self.name


class PartnershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Partnerships in which the person has any role; for everybody else they do not exist."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(pk__in=Membership.objects.current().filter(user=user).order_by().values("partnership"))
            | Q(council__in=Council.officers.through.objects.filter(user=user).values("council"))
        )


class RealPartnerships(models.Manager.from_queryset(PartnershipQuerySet)):
    """The partnerships there are. A rehearsal is none: no list, page, form or command comes across it."""

    def get_queryset(self):
        return super().get_queryset().filter(rehearsal_of=None)


class Partnership(models.Model):
    """Several organisations that work on one system together, hosted by one council.

    One with ``rehearsal_of`` is invented, with everybody in it: somebody who leads that partnership tries
    a workshop alone. ``rehearsed_by`` holds their key, as in the audit trail.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="partnerships", verbose_name=_("host council")
    )
    system = models.CharField(_("system"), max_length=30, choices=System)
    review_months = models.PositiveSmallIntegerField(
        _("months between reviews"), default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    rehearsal_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    rehearsed_by = models.CharField(max_length=60, blank=True, editable=False)

    objects = RealPartnerships()
    with_rehearsals = models.Manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                "council",
                Lower("name"),
                condition=Q(rehearsal_of=None),
                name="partnership_name_once_in_council",
            ),
            models.UniqueConstraint(
                fields=["rehearsal_of", "rehearsed_by"],
                condition=Q(rehearsal_of__isnull=False),
                name="partnership_one_rehearsal_for_each",
            ),
            models.CheckConstraint(
                condition=Q(rehearsal_of=None, rehearsed_by="")
                | (Q(rehearsal_of__isnull=False) & ~Q(rehearsed_by="")),
                name="partnership_rehearsed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(review_months__range=(1, 60)), name="partnership_reviews_every_1_to_60_months"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.slug == MAKING_ONE:
            words = _("“new” is the address of the page that makes partnerships. Choose another short name.")
            raise ValidationError({"slug": words})

    def get_absolute_url(self):
        """A rehearsal has no page of its own: it leads back to what it rehearses."""
        return reverse("assessments:partnership", args=[(self.rehearsal_of or self).slug])

    @property
    def is_rehearsal(self):
        return self.rehearsal_of_id is not None


class Organisation(models.Model):
    """One of the bodies that make up a partnership; it belongs to that partnership alone."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=120)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, default=Sector.OTHER)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                "partnership", Lower("name"), name="organisation_name_once_in_partnership"
            )
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at=None)


class Membership(models.Model):
    """A person in a partnership: how to reach them, where they come from, what they may do."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        MEMBER = "member", _("Member")

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    standpoint = models.CharField(_("standpoint"), max_length=10, choices=Standpoint, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "partnership",
                Lower("email"),
                condition=~Q(email="") & Q(ended_at=None),
                name="membership_email_once_in_partnership",
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.email = UserManager.normalise(self.email)
        if self.organisation_id and self.organisation.partnership_id != self.partnership_id:
            raise ValidationError({"organisation": _("Choose an organisation of this partnership.")})


def random_key():
    return secrets.token_hex(16)


class Participant(models.Model):
    """Whoever rates in a partnership: a member, a name in an imported file, later a guest.

    The random key is what makes two rounds' answers those of one person. No page shows it. Erasing
    somebody empties ``membership`` and ``imported_as``; the key then points at nobody.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="participants")
    key = models.CharField(max_length=32, unique=True, default=random_key, editable=False)
    membership = models.OneToOneField(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="participant"
    )
    imported_as = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "imported_as"],
                condition=~Q(imported_as=""),
                name="participant_imported_once_in_partnership",
            )
        ]

    def __str__(self):
        return f"participant {self.pk}"

    @property
    def name(self):
        """What to call the person on a page for leads."""
        if self.membership:
            return self.membership.name
        return self.imported_as or str(_("Someone without a name"))
