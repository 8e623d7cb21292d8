"""Was this you? The page behind the link of a letter, with its yes and no.

Opening it changes nothing: mail gateways open links before people do.
"""

from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from partnerships.views.base import Page

from .. import keys
from ..models import Letter, Response
from ..operations import was_this_you
from ..operations.mail import deliver_letters
from ..policies.base import NotNow
from ..queries.room import typed_seats
from ..states import RoundState
from .base import GONE
from .link import Refusal, refuse_unknown
from .room_refusals import letter_is_old
from .workshop_base import unkept


class LetterMixin(Page):
    """Finds the letter whose link was opened, among those of ``kinds``."""

    public = translated = True

    refusals = (Refusal, *GONE)
    kinds: tuple[str, ...] = ()

    def enter(self):
        if self.letter is None:
            refuse_unknown(self.request)
        membership = self.letter.participant.membership
        if membership is None or membership.ended_at:
            raise letter_is_old()

    @cached_property
    def letter(self):
        letters = Letter.objects.select_related("round__partnership", "participant__membership")
        return letters.filter(token_hash=keys.hash_token(self.kwargs["token"]), kind__in=self.kinds).first()

    @property
    def workshop(self):
        return getattr(self.letter.round, "workshop", None)

    def refused(self, refusal):
        if isinstance(refusal, GONE):  # called off at this moment, say
            refusal = letter_is_old()
        return render(self.request, refusal.template, refusal.context, status=refusal.status)

    def finish(self, answer):
        return unkept(answer)

    def get_context_data(self, **kwargs):
        round = self.letter.round
        here = {"letter": self.letter, "round": round, "partnership": round.partnership}
        return super().get_context_data(name=self.letter.participant.name, **kwargs | here)


class YouView(LetterMixin, TemplateView):
    """Asks, takes the answer, and says afterwards what came of it."""

    kinds = (Letter.Kind.WAS_THIS_YOU, Letter.Kind.BEGUN)

    @property
    def template_name(self):
        return f"assessments/you/{self.letter.kind}.html"

    def post(self, request, *args, **kwargs):
        try:
            self._answer(request.POST.get("said"))
        except NotNow as refusal:
            return self.render_to_response(self.get_context_data(note=str(refusal)), status=409)
        deliver_letters(round=self.letter.round)
        return redirect(request.path)

    def _answer(self, said):
        is_about_answers = self.letter.kind == Letter.Kind.BEGUN
        if said == Letter.Said.NO and is_about_answers:
            was_this_you.answers_are_not_mine(letter=self.letter)
        elif said == Letter.Said.NO:
            was_this_you.it_was_not_me(letter=self.letter)
        elif said == Letter.Said.YES and not is_about_answers:
            was_this_you.it_was_me(letter=self.letter, seats=self._shown())
        else:
            raise NotNow(_("Press one of the buttons."))

    def _shown(self):
        """The seats the page has told the person of."""
        return {int(seat) for seat in self.request.POST.getlist("seat") if seat.isdecimal()}

    def get_context_data(self, **kwargs):
        facts = self._of_answers() if self.letter.kind == Letter.Kind.BEGUN else self._of_seats()
        return super().get_context_data(**facts, **kwargs)

    def _of_answers(self):
        round = self.letter.round
        found = Response.objects.filter(round=round, participant=self.letter.participant_id).first()
        return {
            "is_open": round.state == RoundState.OPEN and not round.is_in_room,
            "is_begun": bool(found and not found.proofs),
        }

    def _of_seats(self):
        is_over = self.workshop is None or self.workshop.is_over
        seats = [] if is_over else typed_seats(self.workshop, self.letter.participant_id)
        return {"is_over": is_over, "seats": seats}
