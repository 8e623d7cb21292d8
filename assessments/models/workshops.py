"""The live workshop on a round: what is on the screens, who is in the room, what the room agreed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framework.models import Action
from partnerships.models import Participant, Partnership
from partnerships.models.audit import actor_key

from ..states import OVER, REVEALED, Stage, WorkshopMode, WorkshopState
from .frozen import WriteOnceModel, WriteOnceQuerySet
from .rounds import Round

CODE_LENGTH = 6


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(round__partnership__in=Partnership.objects.visible_to(user))

    def rehearsing(self, user, partnership):
        """That of the rehearsal which this person has under way in a partnership: one at most."""
        mine = {"rehearsal_of": partnership, "rehearsed_by": actor_key(user)}
        return self.filter(**{f"round__partnership__{name}": value for name, value in mine.items()})

    def unfinished(self):
        return self.exclude(state__in=OVER)

    def not_called_off(self):
        """Those that are held or have been: one that was called off stands in nobody's way."""
        return self.exclude(state=WorkshopState.CALLED_OFF)


class Workshop(models.Model):
    """A live session on a round: one screen after another, driven from one place.

    ``revision`` grows with everything that changes what the stage shows; whoever changes it says which
    one they saw. ``count_revision`` grows with who is there, how many have rated or voted, the door and
    the code. ``code`` opens the door until the workshop is over. ``finished_at`` is when that was, also of
    one that was called off, which is kept only for the phones that still ask. ``worth`` is how many gave
    1 to 5 to "was this worth your time?", kept at the end where enough did.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="workshop")
    mode = models.CharField(max_length=10, choices=[(mode, mode) for mode in WorkshopMode])
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in WorkshopState], default=WorkshopState.LOBBY
    )
    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    is_locked = models.BooleanField(_("the door is locked"), default=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_covered = models.BooleanField(_("what was revealed is covered"), default=False)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    count_revision = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.CharField(max_length=60)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=60, blank=True)
    worth = models.JSONField(null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="workshop_code_opens_one_door"
            ),
            models.CheckConstraint(condition=Q(mode__in=list(WorkshopMode)), name="workshop_mode_known"),
            models.CheckConstraint(condition=Q(state__in=list(WorkshopState)), name="workshop_state_known"),
            models.CheckConstraint(
                condition=(Q(state__in=sorted(OVER)) & Q(code=""))
                | (~Q(state__in=sorted(OVER)) & ~Q(code="")),
                name="workshop_code_until_over",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by="")
                | (Q(finished_at__isnull=False) & ~Q(finished_by="")),
                name="workshop_finished_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(OVER)) | Q(finished_at__isnull=False),
                name="workshop_over_has_time",
            ),
        ]

    def __str__(self):
        return f"workshop {self.pk}"

    @property
    def is_room(self):
        return self.mode == WorkshopMode.ROOM

    @property
    def is_finished(self):
        return self.state == WorkshopState.FINISHED

    @property
    def is_over(self):
        return self.state in OVER


class WorkshopAction(models.Model):
    """How far one action has come in a workshop. There is one for every action from the start."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="actions")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(
        max_length=20, choices=[(stage, stage) for stage in Stage], default=Stage.READING
    )
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("action in a workshop")
        verbose_name_plural = _("actions in a workshop")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "action"], name="workshop_action_once"),
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="workshop_stage_known"),
            # What has been revealed stays revealed: the time is what ratings freeze by.
            models.CheckConstraint(
                condition=Q(stage__in=sorted(REVEALED), revealed_at__isnull=False)
                | (~Q(stage__in=sorted(REVEALED)) & Q(revealed_at=None)),
                name="workshop_revealed_has_time",
            ),
        ]

    def __str__(self):
        return f"action {self.action_id} in workshop {self.workshop_id}"


class RevealedCounts(WriteOnceModel):
    """The counts of one action taken when the room saw them, safe to show; they never change.

    ``data`` of the first layer is what ``analysis.action_to_json`` gives, of the second the
    distribution with the movement since the first.
    """

    workshop_action = models.ForeignKey(WorkshopAction, on_delete=models.PROTECT, related_name="revealed")
    layer = models.CharField(max_length=12, choices=[("first", "first"), ("second", "second")])
    data = models.JSONField()
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WriteOnceQuerySet.as_manager()
    ROUND = "workshop_action__workshop__round"

    class Meta:
        verbose_name = _("counts of a revealed action")
        verbose_name_plural = _("counts of revealed actions")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["workshop_action", "layer"], name="revealed_counts_once"),
            models.CheckConstraint(
                condition=Q(layer__in=["first", "second"]), name="revealed_counts_layer_known"
            ),
        ]

    def __str__(self):
        return f"revealed counts {self.pk}"


class SeatQuerySet(models.QuerySet):
    def taken(self):
        """Of people who are in the room: a membership that has ended leaves its seat empty."""
        return self.filter(state=Seat.State.IN).exclude(
            Q(is_guest=False) & (Q(participant__membership=None) | ~Q(participant__membership__ended_at=None))
        )

    # ``taken`` in SQL, of rows called ``seat`` and, where there is one, ``membership``.
    TAKEN = """
        seat.state = 'in' AND (seat.is_guest OR (membership.id IS NOT NULL AND membership.ended_at IS NULL))
    """


class Seat(models.Model):
    """One device in a workshop: whose it is by number, never by name, and whether it may take part.

    Only a hash of what the device holds is kept. ``worth`` is the vote at the end. ``came_by`` and ``proofs``
    are as of a response.
    """

    class State(models.TextChoices):
        IN = "in", _("in the room")
        ASKING = "asking", _("asks to come in")
        GONE = "gone", _("gone")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="seats")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="seats")
    device_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.IN)
    is_guest = models.BooleanField(default=False)
    guest_number = models.PositiveSmallIntegerField(null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    worth = models.PositiveSmallIntegerField(null=True, blank=True)
    came_by = models.CharField(max_length=10, blank=True, editable=False)
    proofs = models.JSONField(default=list, blank=True, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "participant"], condition=Q(state="in"), name="seat_one_for_person"
            ),
            models.UniqueConstraint(
                fields=["workshop", "device_hash"], condition=~Q(state="gone"), name="seat_one_for_device"
            ),
            models.UniqueConstraint(
                fields=["workshop", "guest_number"],
                condition=Q(guest_number__isnull=False),
                name="seat_guest_number_once",
            ),
            models.CheckConstraint(
                condition=Q(is_guest=True, guest_number__isnull=False)
                | Q(is_guest=False, guest_number__isnull=True),
                name="seat_guests_have_numbers",
            ),
            models.CheckConstraint(
                condition=Q(worth=None) | Q(worth__range=(1, 5)), name="seat_worth_1_to_5"
            ),
            models.CheckConstraint(condition=Q(state__in=["in", "asking", "gone"]), name="seat_state_known"),
        ]

    def __str__(self):
        return f"seat {self.pk}"


class AgreedRating(models.Model):
    """The level the group settled on for an action after talking, with why."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="agreed")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("agreed level"))
    why = models.CharField(_("why"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    agreed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("agreed rating")
        verbose_name_plural = _("agreed ratings")
        ordering = ["action__number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "action"], name="agreed_rating_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="agreed_rating_level_1_to_5"),
        ]

    def __str__(self):
        return f"agreed rating {self.pk}"
