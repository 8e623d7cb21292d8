"""What people say in a round: responses, ratings, and comments cut from who wrote them."""

import uuid
from collections import defaultdict

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framework.models import Action
from partnerships.models import Organisation, Participant, Standpoint

from ..states import FROZEN, Stage, WorkshopMode, WorkshopState
from .frozen import FrozenModel, FrozenQuerySet, FrozenRatingsChanged
from .rounds import Round
from .workshops import WorkshopAction


class ResponseQuerySet(FrozenQuerySet):
    def add_latecomer(self, *, round, participant, came_by=""):
        """The one way into a frozen round: somebody new rates again in a workshop that walks through it.

        It is never counted as answered: who answered was counted at the freeze.
        """
        workshop = round.workshop
        if workshop.mode != WorkshopMode.WALK or workshop.state != WorkshopState.RUNNING:
            raise FrozenRatingsChanged
        latecomer = Response(round=round, participant=participant, came_by=came_by)
        models.QuerySet.bulk_create(self, [latecomer])
        return self.get(round=round, participant=participant)

    def put_proofs(self, responses):
        """Write how people came in and what proves them, in frozen rounds, too: it is nothing they said.

        Only ``operations.proving_later`` calls it, for answers given before this was kept and for people
        who are erased.
        """
        for each in responses:
            changes = {"came_by": each.came_by, "proofs": each.proofs}
            models.QuerySet.update(self.filter(pk=each.pk), **changes)


class Response(FrozenModel):
    """One person's answers in a round, with the organisation and standpoint of that day.

    ``code_hash`` belongs to the return code, which the browser that answers holds and the member alone
    is shown. *Answered* means at least one level or don't know has been saved, sent or not. ``proofs`` are
    what shows that these answers are the person's own, by something the lead does not hold: two rounds'
    answers that share one are matched (``counting.proofs``).
    """

    class CameBy(models.TextChoices):
        """How somebody came in to answer."""

        MAILED = "mailed", _("their own mailed link")
        MADE = "made", _("a link the lead had made")
        SIGNED_IN = "signed_in", _("signed in")
        TYPED = "typed", _("an address typed in the room")
        GUEST = "guest", _("a guest of the room")
        FILE = "file", _("brought in from a file")

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
    # Empty of answers given before this was kept.
    came_by = models.CharField(max_length=10, choices=CameBy, blank=True, editable=False)
    proofs = models.JSONField(default=list, blank=True, editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="response_once_in_round")
        ]

    def __str__(self):
        return f"response {self.pk}"

    @classmethod
    def kept_rows(cls):
        """Its ratings would go with it: one that holds any that were shown stays where it is."""
        shown = Rating.objects.frozen().filter(response=OuterRef("pk"))
        return super().kept_rows() | Q(Exists(shown))


def _in_workshop(round, **which):
    """Whether the action of a rating stands so in the workshop on its round."""
    return Exists(WorkshopAction.objects.filter(workshop__round=OuterRef(round), **which))


class RatingQuerySet(FrozenQuerySet):
    def unseen(self):
        """Those no screen, page or file has shown anything of, not even counted."""
        shown_again = _in_workshop("response__round", action=OuterRef("action"), stage=Stage.REVEALED_AGAIN)
        shown_again = Q(layer=Rating.Layer.SECOND) & Q(shown_again)
        return self.exclude(~Q(layer=Rating.Layer.SECOND) & Rating.frozen_rows()).exclude(shown_again)

    def remove_unseen(self):
        """Take away what nobody has seen, also a second rating while no one may rate."""
        return self.unseen()._raw_delete(self.db)


class Rating(FrozenModel):
    """What one person said of one action: a level, or don't know, with an optional comment.

    ``revision`` and ``saved_from`` let a second device notice that the answer has changed since it was
    shown, while a double click or a repeated send of one page passes.
    """

    FROZEN_BY = "response__round"
    PLACE = ("response", "action", "layer")

    class Layer(models.TextChoices):
        FIRST = "first", _("first rating")
        SECOND = "second", _("second rating, after talking")
        LOOKING_BACK = "looking_back", _("looking back to the round before")

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

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["response", "action", "layer"], name="rating_once_by_response_action_layer"
            ),
            models.CheckConstraint(
                condition=Q(layer__in=["first", "second", "looking_back"]), name="rating_layer_known"
            ),
            models.CheckConstraint(
                condition=~Q(layer="looking_back") | Q(level__isnull=False, comment=""),
                name="rating_looking_back_is_a_level",
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

    @classmethod
    def frozen_rows(cls):
        """First ratings freeze with their round, in a workshop each action's when it is revealed, and what
        was said looking back with its round.

        Second ratings can be written only while the room rates the action again, whatever the round.
        """
        revealed = _in_workshop("response__round", action=OuterRef("action"), revealed_at__isnull=False)
        rated_again = _in_workshop("response__round", action=OuterRef("action"), **RATED_AGAIN)
        first, second = Q(layer=cls.Layer.FIRST), Q(layer=cls.Layer.SECOND)
        return (~second & super().frozen_rows()) | (first & Q(revealed)) | (second & ~Q(rated_again))

    @classmethod
    def refuse_places(cls, places):
        by_action = defaultdict(set)
        for response, action, layer in places:
            by_action[action, layer].add(response)
        if any(cls._is_frozen_place(*key, responses) for key, responses in by_action.items()):
            raise FrozenRatingsChanged

    @classmethod
    def _is_frozen_place(cls, action, layer, responses):
        responses = Response.objects.order_by().filter(pk__in=responses)
        if layer == cls.Layer.FIRST:
            revealed = _in_workshop("round", action=action, revealed_at__isnull=False)
            return responses.filter(Q(round__state__in=FROZEN) | Q(revealed)).exists()
        if layer == cls.Layer.LOOKING_BACK:
            return responses.filter(round__state__in=FROZEN).exists()
        return responses.exclude(_in_workshop("round", action=action, **RATED_AGAIN)).exists()


RATED_AGAIN = {"stage": Stage.RATING_AGAIN, "workshop__state": WorkshopState.RUNNING}


class Comment(models.Model):
    """A comment as others may read it: copied at the freeze, cut from who wrote it.

    The random key is its order on the page, so that the order says nothing about the writer.
    """

    class Judgement(models.TextChoices):
        WAITING = "waiting", _("not looked at yet")
        SHOWN = "shown", _("shown")
        HELD_BACK = "held_back", _("held back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="comments")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    standing = models.CharField(max_length=10, choices=Judgement, default=Judgement.WAITING)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["action__number", "id"]

    def __str__(self):
        return f"comment {self.pk}"
