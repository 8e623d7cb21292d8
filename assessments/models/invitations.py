"""Who is asked in a round, and by which private links."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation, Participant, Standpoint

from .answers import Response
from .rounds import Round


class InvitationQuerySet(models.QuerySet):
    def with_response(self):
        """Each with the times of the person's response (started, answered, submitted) and how they came in,
        None without one."""
        response = Response.objects.filter(
            round=models.OuterRef("round"), participant=models.OuterRef("participant")
        )
        return self.annotate(
            started_at=models.Subquery(response.values("started_at")[:1]),
            answered_at=models.Subquery(response.values("answered_at")[:1]),
            submitted_at=models.Subquery(response.values("submitted_at")[:1]),
            came_by=models.Subquery(response.values("came_by")[:1]),
        )

    def mail_waiting(self):
        """Due and not tried yet."""
        return self.filter(mail_error="").exclude(mail_due="")

    def mail_failed(self):
        """Due, tried, and not sent: somebody has to look."""
        return self.exclude(mail_error="").exclude(mail_due="")

    def with_changed_organisation(self):
        """Of people who say they are of another organisation than whoever leads had written down."""
        same = Q(organisation=F("entered_organisation"))
        return self.exclude(same | Q(organisation=None, entered_organisation=None))

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

    It keeps the organisation and standpoint of the day it was made, until the person says another one.
    ``entered_organisation`` is the one that whoever leads had written down, or has settled since.
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
    entered_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
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
    ``mailed_to`` is a keyed hash of the address it was mailed to, empty where the lead had it made.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    mailed_to = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("private link")
        verbose_name_plural = _("private links")

    def __str__(self):
        return f"link {self.pk}"

    @property
    def is_valid(self):
        """Not withdrawn, and of somebody who is still a member."""
        membership = self.invitation.participant.membership
        return not (self.withdrawn_at or membership is None or membership.ended_at)

    # ``is_valid`` in SQL, of rows called ``link`` and ``membership``.
    VALID = "link.withdrawn_at IS NULL AND membership.id IS NOT NULL AND membership.ended_at IS NULL"
