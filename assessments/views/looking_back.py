"""Right after an action is rated: how would you rate it as it was in the round before?"""

from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ..models import Response
from ..operations import answers
from ..operations.looking_back import look_back
from ..policies.base import NotNow
from ..queries.looking_back import asked
from .answers import OwnAnswersMixin
from .link import Refusal

CANNOT_SAY = "0"


class LookBackView(OwnAnswersMixin, TemplateView):
    """One tap: every level is a button that saves and goes on."""

    template_name = "assessments/rate/back.html"

    def instead(self):
        if self.round.looks_back_to_id is None or self.kwargs["number"] not in self.numbers:
            raise Refusal("assessments/rate/no_such_action.html", 404, token=self.token)
        return super().instead()

    def get(self, request, *args, **kwargs):
        if self.action.id not in asked(self.round, self.invitation.participant):
            return HttpResponseRedirect(self.next_url)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        said = request.POST.get("level", "")
        if said not in {CANNOT_SAY, *(str(level.value) for level in self.action.levels)}:
            return self.render_to_response(self.get_context_data(nothing_chosen=True), status=422)
        try:
            self._save(int(said) or None)
        except NotNow:
            raise self.late() from None
        except (Response.DoesNotExist, answers.OpensElsewhere):
            return self.to_the_door()
        return HttpResponseRedirect(self.next_url)

    def _save(self, level):
        look_back(invitation=self.invitation, code=self.code, action_id=self.action.id, level=level)

    @cached_property
    def numbers(self):
        return [action.number for action in self.words.actions]

    @cached_property
    def action(self):
        return self.words.action(self.kwargs["number"])

    @property
    def reviewing(self):
        return "1" in (self.request.GET.get("review"), self.request.POST.get("review"))

    @property
    def next_url(self):
        place = self.numbers.index(self.action.number) + 1
        if self.reviewing or place == len(self.numbers):
            return self.url("rate_review")
        return self.url("rate_action", self.numbers[place])

    def get_context_data(self, **kwargs):
        said, now = self.looked_back.get(self.action.id), self.ratings.get(self.action.id)
        return super().get_context_data(
            **{"nothing_chosen": False} | kwargs,
            action=self.action,
            position=self.numbers.index(self.action.number) + 1,
            total=len(self.numbers),
            before=self.round.looks_back_to,
            said=said.level if said else None,
            now=next((step for step in self.action.levels if now and step.value == now.level), None),
            reviewing=self.reviewing,
        )
