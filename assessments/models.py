"""The rating itself: rounds, invitations, answers, and the counts taken when a round freezes."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framework.models import Action, Edition
from partnerships.models import Organisation, Participant, Partnership, Standpoint

from .frozen import FrozenModel, FrozenQuerySet
from .states import FROZEN, RoundState

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

    def newest_first(self):
        return self.order_by(F("closed_at").desc(nulls_first=True), "-created_at", "-pk")


class Round(models.Model):
    """One review of one partnership with one edition of the framework.

    ``opened_by`` and its like hold the actor's key (``user:7``), as in the audit trail, so that an
    account can be erased while the round stays.
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
        return reverse("assessments:round", args=[self.pk])

    @property
    def is_frozen(self):
        return self.state in FROZEN

    @property
    def is_confidential(self):
        return self.confidentiality == Confidentiality.CONFIDENTIAL


class InvitationQuerySet(models.QuerySet):
    def with_response(self):
        """Each with the times of the person's response (started, answered, submitted), None without one."""
        response = Response.objects.filter(
            round=models.OuterRef("round"), participant=models.OuterRef("participant")
        )
        return self.annotate(
            started_at=models.Subquery(response.values("started_at")[:1]),
            answered_at=models.Subquery(response.values("answered_at")[:1]),
            submitted_at=models.Subquery(response.values("submitted_at")[:1]),
        )

    def mail_waiting(self):
        """Due and not tried yet."""
        return self.filter(mail_error="").exclude(mail_due="")

    def mail_failed(self):
        """Due, tried, and not sent: somebody has to look."""
        return self.exclude(mail_error="").exclude(mail_due="")

    def with_links(self):
        """Each with ``is_withdrawn``: there were links, and the lead has made all of them invalid."""
        links = InvitationLink.objects.filter(invitation=models.OuterRef("pk"))
        return self.annotate(
            is_withdrawn=models.ExpressionWrapper(
                models.Exists(links) & ~models.Exists(links.filter(withdrawn_at=None)) & Q(mail_due=""),
                output_field=models.BooleanField(),
            )
        )


class Invitation(models.Model):
    """A person's place in a round: whether they were asked, are away, and which e-mail they are due.

    It keeps the organisation and standpoint of the day it was made.
    """

    class Mail(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")
        RESULTS = "results", _("results shared")
        RESTART = "restart", _("answers taken away")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    standpoint = models.CharField(max_length=10, choices=Standpoint, blank=True)
    is_away = models.BooleanField(_("away"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    mail_due = models.CharField(max_length=10, choices=Mail, blank=True)
    mail_error = models.CharField(max_length=200, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    # Held while one process sends; a claim nobody gave back (the process died) lapses.
    mail_claimed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="invitation_once_in_round")
        ]

    def __str__(self):
        return f"invitation {self.pk}"


class InvitationLink(models.Model):
    """A private link of an invitation. Only a hash of its random token is kept.

    Several can be valid at once, so that a reminder does not break the link in the first e-mail.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("private link")
        verbose_name_plural = _("private links")

    def __str__(self):
        return f"link {self.pk}"


class Response(FrozenModel):
    """One person's answers in a round, with the organisation and standpoint of that day.

    ``code_hash`` belongs to the return code, which the browser that answers holds and the member alone
    is shown. *Answered* means at least one level or don't know has been saved, sent or not.
    """

    FROZEN_BY = "round"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="responses")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    standpoint = models.CharField(max_length=10, choices=Standpoint, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="response_once_in_round")
        ]

    def __str__(self):
        return f"response {self.pk}"


class Rating(FrozenModel):
    """What one person said of one action: a level, or don't know, with an optional comment.

    ``revision`` and ``saved_from`` let a second device notice that the answer has changed since it was
    shown, while a double click or a repeated send of one page passes.
    """

    FROZEN_BY = "response__round"

    class Layer(models.TextChoices):
        FIRST = "first", _("first rating")

    # No index of its own for either: the unique constraint serves every look-up by response, and nobody
    # looks ratings up by action alone. In a table of millions each index is paid for at every save.
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+", db_index=False)
    layer = models.CharField(max_length=12, choices=Layer, default=Layer.FIRST)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    dont_know = models.BooleanField(default=False)
    comment = models.TextField(max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_from = models.CharField(max_length=32, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["response", "action", "layer"], name="rating_once_by_response_action_layer"
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 5)), name="rating_level_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(dont_know=False), name="rating_level_or_dont_know"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | Q(dont_know=True) | ~Q(comment=""),
                name="rating_says_something",
            ),
        ]

    def __str__(self):
        # Says nothing of the level: the text can end up in an error report or a deletion page.
        return f"rating {self.pk}"


class Comment(models.Model):
    """A comment as others may read it: copied at the freeze, cut from who wrote it.

    The random key is its order on the page, so that the order says nothing about the writer.
    """

    class Standing(models.TextChoices):
        WAITING = "waiting", _("not looked at yet")
        SHOWN = "shown", _("shown")
        HELD_BACK = "held_back", _("held back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="comments")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.WAITING)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["action__number", "id"]

    def __str__(self):
        return f"comment {self.pk}"


class RoundCounts(FrozenModel):
    """The counts of a frozen round, taken once, already safe to show: small groups stand pooled.

    ``data`` is what ``analysis.RoundCounts.to_json`` gives. Every reading comes from here.
    """

    FROZEN_BY = "round"

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="counts")
    data = models.JSONField()
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("counts of a round")
        verbose_name_plural = _("counts of rounds")
        base_manager_name = "objects"

    def __str__(self):
        return f"counts of round {self.pk}"
