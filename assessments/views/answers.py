"""Somebody's own answers behind a private link: who may see them, and where to go on."""

import re

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from framework.queries.wording import wording

from .. import keys
from ..models import Rating, Response
from ..operations.proving import Browser
from ..queries.looking_back import asked
from ..states import RoundState
from .devices import DeviceMixin, cookie_name
from .link import LinkMixin, Refusal

COOKIE = re.compile(r"answers-([0-9]{1,18})")


class AnswersMixin(DeviceMixin, LinkMixin):
    """The answers behind a link, as far as this browser may see them.

    While the round is open, each visit begins the time anew for which the browser holds their code.
    """

    needs_open = True

    def instead(self):
        if self.needs_open and not self.can_rate:
            raise self.late()

    def finish(self, answer):
        answer = super().finish(answer)
        if self.request.method == "GET" and self.__dict__.get("own") and self.can_rate:
            self.remember(answer, self.code)
        return answer

    @property
    def can_rate(self):
        """Whether the round is rated by link now, and not closed or rated in the room."""
        return self.round.state == RoundState.OPEN and not self.round.is_in_room

    def late(self, lost=None):
        """The page for a round that is not open; ``lost`` is what was typed and came too late."""
        return Refusal(
            "assessments/rate/late.html",
            409 if self.request.method == "POST" else 200,
            round=self.round,
            partnership=self.round.partnership,
            token=self.token,
            own=self.own,
            lost=lost,
        )

    @property
    def code(self):
        return self.code_of(self.invitation.pk)

    def code_of(self, invitation_pk):
        """The return code this browser holds for an invitation, or nothing."""
        return keys.unsealed(self.request.COOKIES.get(cookie_name(invitation_pk), ""), invitation_pk)

    @property
    def browser(self):
        """What may show whose answers are saved from here. Who is signed in is looked up only if asked."""
        held = {int(found[1]) for found in map(COOKIE.fullmatch, self.request.COOKIES) if found}
        return Browser(self.link, self.request.user, {pk: self.code_of(pk) for pk in held})

    @cached_property
    def found(self):
        """The invited person's response, whoever is looking."""
        return Response.objects.filter(
            round=self.invitation.round_id, participant=self.invitation.participant_id
        ).first()

    @cached_property
    def own(self):
        """The response, if this browser holds its return code."""
        return self.found if self.found and keys.code_opens(self.found, self.code) else None

    @cached_property
    def ratings(self):
        return self._said(Rating.Layer.FIRST)

    @cached_property
    def looked_back(self):
        """What the person says an action was in the round before, where the round asks."""
        return self._said(Rating.Layer.LOOKING_BACK) if self.round.looks_back_to_id else {}

    def asks_back(self, action):
        """Whether the person is asked to look back on the action and has not yet."""
        if not self.round.looks_back_to_id or action.id in self.looked_back:
            return False
        return action.id in asked(self.round, self.invitation.participant)

    def _said(self, layer):
        if not self.own:
            return {}
        return {rating.action_id: rating for rating in self.own.ratings.filter(layer=layer)}

    @cached_property
    def words(self):
        return wording(self.round.edition_id, get_language())

    def url(self, name, *args):
        return reverse(f"assessments:{name}", args=[self.token, *args])

    def to_the_door(self):
        """Where somebody without the return code goes on: typing it, or beginning."""
        saved_elsewhere = self.found and not self.own and self.found.ratings.exists()
        return redirect(self.url("rate_code" if saved_elsewhere else "rate"))

    def next_place(self):
        """The first action without an answer, else the review."""
        for action in self.words.actions:
            if not is_answered(self.ratings.get(action.id)):
                return self.url("rate_action", action.number)
        return self.url("rate_review")

    def get_context_data(self, **kwargs):
        return super().get_context_data(return_code=keys.spaced_code(self.code), own=self.own, **kwargs)


class OwnAnswersMixin(AnswersMixin):
    """Pages only the browser with the return code may see."""

    def instead(self):
        if self.round.state == RoundState.OPEN and not self.own:
            return self.to_the_door()
        return super().instead()


def is_answered(rating):
    return rating is not None and (rating.level is not None or rating.dont_know)
