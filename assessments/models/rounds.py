"""A round: one review of one partnership, and the counts taken when it freezes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from framework.models import Edition
from partnerships.models import Partnership

from ..states import FROZEN, RoundState
from .frozen import FrozenModel, FrozenQuerySet

LEAST_NUMBER = 5
"""The fewest people whose ratings a confidential round may show; a round may ask for more, never fewer."""


class Confidentiality(models.TextChoices):
    CONFIDENTIAL = "confidential", _("Confidential: nobody in the partnership can see who gave which rating")
    NAMED = "named", _("Named: the lead, and members once shared, see the name beside each rating")


class Grouping(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    SECTOR = "sector", _("Sector")
    STANDPOINT = "standpoint", _("Standpoint")


def _done_by(moment):
    """A time and who did it stand together or not at all."""
    empty = Q(**{f"{moment}_at": None, f"{moment}_by": ""})
    full = Q(**{f"{moment}_at__isnull": False}) & ~Q(**{f"{moment}_by": ""})
    return models.CheckConstraint(condition=empty | full, name=f"round_{moment}_at_and_by_together")


def _reached(moment, *states):
    """From these states on, the moment has been."""
    return models.CheckConstraint(
        condition=~Q(state__in=states) | Q(**{f"{moment}_at__isnull": False}), name=f"round_{moment}_has_time"
    )


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def real(self):
        """Without those of rehearsals, which have no page but the screens of their workshop."""
        return self.filter(partnership__rehearsal_of=None)

    def newest_first(self):
        return self.order_by(F("closed_at").desc(nulls_first=True), "-created_at", "-pk")


class Round(models.Model):
    """One review of one partnership with one edition of the framework.

    ``opened_by`` and its like hold the actor's key (``user:7``), as in the audit trail, so that an
    account can be erased while the round stays. ``previous`` is the frozen round of the same framework and
    confidentiality that closed last before it: results are read beside it.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="rounds")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=80)
    state = models.CharField(max_length=10, choices=[(s, s) for s in RoundState], default=RoundState.DRAFT)
    confidentiality = models.CharField(
        _("who can see who gave which rating"),
        max_length=12,
        choices=Confidentiality,
        default=Confidentiality.CONFIDENTIAL,
    )
    grouping = models.CharField(
        _("compare groups by"), max_length=12, choices=Grouping, default=Grouping.ORGANISATION
    )
    is_baseline = models.BooleanField(_("early-stage baseline"), default=False)
    least_number = models.PositiveSmallIntegerField(
        _("least number of ratings to show"),
        default=LEAST_NUMBER,
        validators=[MinValueValidator(LEAST_NUMBER), MaxValueValidator(100)],
    )
    # Held here, not only in the workshop: a rating being saved looks at this row and waits for it.
    is_in_room = models.BooleanField(_("is being rated in the room"), default=False, editable=False)
    closing_on = models.DateField(_("intended closing date"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.CharField(max_length=60, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.CharField(max_length=60, blank=True)
    comments_looked_through_at = models.DateTimeField(null=True, blank=True)
    ratings_removed_at = models.DateTimeField(null=True, blank=True)
    # Made whole from a file; and whether whoever brought it in said that its respondents are the same people
    # as in the partnership's other files.
    is_brought_in = models.BooleanField(_("brought in from a file"), default=False, editable=False)
    has_same_people = models.BooleanField(
        _("respondents are the same people from file to file"), default=False, editable=False
    )
    # Which round a rehearsal tries: it has its settings, and leads back to it.
    rehearsal_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # Where people are asked to look back, the round they look back to.
    looks_back_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Settled when results are opened: what falls, and the dashed line of the radar, go by it.
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint("partnership", Lower("title"), name="round_title_once_in_partnership"),
            models.CheckConstraint(condition=Q(state__in=list(RoundState)), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(least_number__gte=LEAST_NUMBER), name="round_least_number_at_least_5"
            ),
            models.CheckConstraint(
                condition=Q(looks_back_to=None) | ~Q(looks_back_to=F("id")),
                name="round_looks_back_to_another",
            ),
            models.CheckConstraint(
                condition=Q(is_in_room=False) | Q(state=RoundState.OPEN), name="round_in_room_is_open"
            ),
            models.CheckConstraint(
                condition=Q(has_same_people=False) | Q(is_brought_in=True), name="round_same_people_of_files"
            ),
            *map(_done_by, ("opened", "closed", "revealed", "shared")),
            _reached("opened", RoundState.OPEN),
            _reached("closed", RoundState.CLOSED, *sorted(FROZEN)),
            _reached("revealed", *sorted(FROZEN)),
            _reached("shared", RoundState.SHARED),
        ]
        indexes = [models.Index(fields=["partnership", "state", "closed_at"], name="round_in_partnership")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("assessments:round", args=[self.rehearsal_of_id or self.pk])

    @property
    def is_frozen(self):
        return self.state in FROZEN

    @cached_property
    def has_finished_workshop(self):
        """Whether a workshop on the round has ended: from then on the results say what it agreed."""
        workshop = getattr(self, "workshop", None)
        return workshop is not None and workshop.is_finished

    @property
    def order(self):
        """Rounds follow each other as they closed."""
        return self.closed_at, self.pk

    @property
    def is_confidential(self):
        return self.confidentiality == Confidentiality.CONFIDENTIAL


class RoundCountsQuerySet(FrozenQuerySet):
    def put_right(self, round, data):
        """Replace counts that are missing or damaged: the one way into a frozen round's.

        Only ``operations.recounting`` calls it, with what the ratings themselves come to.
        """
        with transaction.atomic(using=self.db):
            self.filter(round=round)._raw_delete(self.db)
            return models.QuerySet.bulk_create(self, [RoundCounts(round=round, data=data)])


class RoundCounts(FrozenModel):
    """The counts of a frozen round, taken once, already safe to show: small groups stand pooled.

    ``data`` is what ``analysis.RoundCounts.to_json`` gives. Every reading comes from here.
    """

    FROZEN_BY = "round"

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="counts")
    data = models.JSONField()
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RoundCountsQuerySet.as_manager()

    class Meta:
        verbose_name = _("counts of a round")
        verbose_name_plural = _("counts of rounds")
        base_manager_name = "objects"

    def __str__(self):
        return f"counts of round {self.pk}"
