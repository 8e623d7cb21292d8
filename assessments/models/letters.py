"""E-mails to one person about how somebody came in as them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Participant

from .rounds import Round


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        """Due and not tried yet."""
        return self.filter(is_due=True, error="")

    def failed(self):
        """Due, tried, and not sent."""
        return self.filter(is_due=True).exclude(error="")

    def disowned(self):
        """Of people who have said that it was somebody else who typed their address."""
        return self.filter(kind=Letter.Kind.WAS_THIS_YOU, said=Letter.Said.NO)


class Letter(models.Model):
    """An e-mail to one person of a round about how somebody comes in as them: one of each kind.

    Unlike an invitation's e-mail it is nothing a lead can take back for one person. ``token_hash`` belongs to
    the link in it, ``mailed_to`` is a keyed hash of the address it went to, ``said`` what was answered there.
    """

    class Kind(models.TextChoices):
        BEGUN = "begun", _("answers begun in your name")
        WAS_THIS_YOU = "was_this_you", _("was this you?")
        WAY_IN = "way_in", _("your own way in")

    class Said(models.TextChoices):
        YES = "yes", _("it was me")
        NO = "no", _("it was not me")

    # Written by who holds a response: a constraint would wait for the round, whose closing waits for them.
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="letters", db_constraint=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=12, choices=Kind)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    mailed_to = models.CharField(max_length=64, blank=True, editable=False)
    said = models.CharField(max_length=3, choices=Said, blank=True)
    is_due = models.BooleanField(default=True)
    error = models.CharField(max_length=200, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(fields=["round", "participant", "kind"], name="letter_one_of_each_kind"),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="letter_token_is_of_one"
            ),
        ]

    def __str__(self):
        return f"letter {self.pk}"
