"""What a partnership will do about an action."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framework.models import Action
from partnerships.models import Partnership

from ..states import RoundState
from .rounds import Round


class NextStepQuerySet(models.QuerySet):
    def readable_by(self, *, is_lead):
        """Leads read all. For everybody else a step decided in a round is there once the round is shared:
        it can say what the results showed."""
        if is_lead:
            return self
        return self.filter(Q(round=None) | Q(round__state=RoundState.SHARED))

    # ``readable_by`` in SQL, of a row called ``step``; its parameter is ``is_lead``.
    READABLE = """
        (%s OR step.round_id IS NULL
            OR EXISTS (SELECT 1 FROM assessments_round decided
                       WHERE decided.id = step.round_id AND decided.state = 'shared'))
    """

    def under_way(self):
        return self.filter(state=NextStep.State.OPEN)

    def ended(self):
        """Done or dropped, the latest first."""
        return self.exclude(state=NextStep.State.OPEN).order_by("-closed_at", "-pk")

    def overdue(self, today):
        return self.under_way().filter(due_on__lt=today)

    def soonest_first(self):
        """The longest overdue first, those without a day last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")

    # ``soonest_first`` in SQL, of a row called ``step``.
    SOONEST = "step.due_on ASC NULLS LAST, step.created_at, step.id"

    def with_words(self):
        """With the action and the round they belong to, for whoever shows them."""
        return self.select_related("action__edition", "round")


class NextStep(models.Model):
    """What a partnership will do about an action: who, by when, and what became of it.

    ``owner`` is text: the one who does it may be a member, an organisation or somebody outside.
    ``revision`` grows with every change, so that of two people who change a step at once the second is
    told. ``created_by`` and ``closed_by`` hold the actor's key, as in the audit trail.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="next_steps")
    # Empty where it was decided outside a round. A round that has steps is never deleted: were the step
    # left without its round, everybody could read it.
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="next_steps"
    )
    # In the edition of its round; the same action of another edition has the same code.
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what will be done"), max_length=500)
    owner = models.CharField(_("who does it"), max_length=120, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closing_word = models.TextField(_("how it ended"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)

    objects = NextStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "dropped"]), name="next_step_state_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="next_step_says_what"),
            models.CheckConstraint(condition=~Q(created_by=""), name="next_step_created_by_somebody"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="") | Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="next_step_closed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & Q(closed_at__isnull=False),
                name="next_step_closed_unless_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(closing_word=""), name="next_step_open_has_no_closing_word"
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(closing_word=""), name="next_step_dropped_says_why"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="next_step_revision_from_1"),
        ]
        indexes = [models.Index(fields=["partnership", "state"], name="next_step_in_partnership")]

    def __str__(self):
        # Says nothing of the text: it can name people, and this can end up in an error report.
        return f"next step {self.pk}"

    def clean(self):
        super().clean()
        if self.round_id and self.round.partnership_id != self.partnership_id:
            raise ValidationError({"round": _("Choose a round of this partnership.")})
        if self.round_id and self.action_id and self.action.edition_id != self.round.edition_id:
            raise ValidationError({"action": _("Choose an action of the edition this round was rated with.")})

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    def is_overdue(self, today):
        return bool(self.is_open and self.due_on and self.due_on < today)
