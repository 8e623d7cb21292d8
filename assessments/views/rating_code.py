"""The return code, which opens saved answers in another browser, and the file of one's own data."""

import json

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from partnerships.signin.throttle import WRONG_CODES, WRONG_CODES_IN_ALL, client_address

from .. import keys
from ..exports.own import own_answers
from ..forms.rating import CodeForm
from ..operations.answers import recognise
from ..states import RoundState
from .answers import AnswersMixin
from .link import Refusal


class CodeView(AnswersMixin, FormView):
    """Asks for the return code; wrong ones are counted for each invitation and visitor.

    Whoever tries codes at somebody else's link, the lead among them, locks out themselves first.
    """

    template_name = "assessments/rate/code.html"
    form_class = CodeForm
    needs_open = False

    def instead(self):
        if self.own or not (self.found and self.found.ratings.exists()):
            return redirect(self.url("rate"))
        if self._is_locked:
            raise Refusal(
                "assessments/rate/too_many_codes.html",
                429,
                round=self.round,
                partnership=self.round.partnership,
                minutes=WRONG_CODES.minutes,
            )
        return super().instead()

    def form_valid(self, form):
        code = form.cleaned_data["code"]
        if not keys.code_opens(self.found, code):
            WRONG_CODES.count_wrong(self._visitor)
            WRONG_CODES_IN_ALL.count_wrong(self.invitation.pk)
            form.add_error("code", _("This is not the return code of these answers. Check it and try again."))
            return self.form_invalid(form)
        self.own = self.found
        recognise(response=self.own, browser=self.browser)
        return self.remember(redirect(self._place()), code)

    @property
    def _visitor(self):
        return f"{self.invitation.pk}:{client_address(self.request)}"

    @property
    def _is_locked(self):
        return WRONG_CODES.is_locked(self._visitor) or WRONG_CODES_IN_ALL.is_locked(self.invitation.pk)

    def _place(self):
        return self.next_place() if self.round.state == RoundState.OPEN else self.url("rate")


class DataView(AnswersMixin, View):
    """What is held about the person in this round, as a file; needs the return code."""

    needs_open = False

    def get(self, request, *args, **kwargs):
        if not self.own:
            return self.to_the_door()
        data = own_answers(self.invitation, self.own, self.words)
        response = HttpResponse(
            json.dumps(data, indent=2, ensure_ascii=False), content_type="application/json; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="my-answers-round-{self.round.pk}.json"'
        return response
