"""Rating by private link: welcome, one action a page, review, sent.

Somebody's answers open to the return code alone, which the browser that began them keeps in a cookie.
Every save ends in a redirect, so that the back button and a reload repeat nothing.
"""

import secrets

from django.core import signing
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from partnerships.models import Membership

from .. import keys
from ..forms.rating import DONT_KNOW, AnswerForm, StartForm, plain_answer
from ..models import Response
from ..operations import answers
from ..operations.at_once import answer_at_once
from ..operations.mail import deliver_letters
from ..policies.base import NotNow
from .answers import AnswersMixin, OwnAnswersMixin, is_answered
from .link import Refusal

TICKET = "assessments.start"


class WelcomeView(AnswersMixin, FormView):
    """Who asks, what for, what others will see; and where the person stands."""

    template_name = "assessments/rate/welcome.html"
    form_class = StartForm

    def get(self, request, *args, **kwargs):
        if self.found and not self.own and self.found.ratings.exists():
            return self.to_the_door()
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organisations": self.round.partnership.organisations.all()}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.ratings:
            form.submit_label = _("Go on")
        return form

    def get_initial(self):
        place = self.own or self.invitation
        return {
            "organisation": place.organisation_id,
            "standpoint": place.standpoint,
            "ticket": self._ticket(self.code if self.own else keys.new_code()),
        }

    def form_valid(self, form):
        code = self._code_to_hold(form)
        try:
            answers.start_response(
                invitation=self.invitation,
                code=code,
                organisation=form.cleaned_data["organisation"],
                standpoint=form.cleaned_data["standpoint"],
                browser=self.browser,
            )
        except answers.OpensElsewhere:
            return redirect(self.url("rate_code"))
        except NotNow:
            raise self.late() from None
        deliver_letters(round=self.round)
        return self.remember(redirect(self.next_place()), code)

    def _code_to_hold(self, form):
        return self.code if self.own else self._code_of(form.cleaned_data["ticket"]) or keys.new_code()

    def _ticket(self, code):
        return signing.dumps([self.invitation.pk, code], salt=TICKET)

    def _code_of(self, ticket):
        try:
            invitation, code = signing.loads(ticket, salt=TICKET)
        except signing.BadSignature:
            return ""
        return code if invitation == self.invitation.pk else ""

    def get_context_data(self, **kwargs):
        leads = self.round.partnership.memberships.current().filter(role=Membership.Role.LEAD)
        leads = leads.exclude(pk=self.membership.pk)  # nobody is told that they ask themselves
        return super().get_context_data(
            leads=list(leads.values_list("name", flat=True)),
            name=self.membership.name,
            total=len(self.words.actions),
            answered=sum(map(is_answered, self.ratings.values())),
            **kwargs,
        )


class ActionView(AnswersMixin, TemplateView):
    """One action: what each level looks like, don't know, and why."""

    template_name = "assessments/rate/action.html"

    def enter(self):
        return (self.request.method == "POST" and self._save_at_once()) or super().enter()

    def _save_at_once(self):
        """Save the plain case without reading more than that takes; None leaves it to ``post``."""
        sent = plain_answer(self.request.POST)
        words = sent and answer_at_once(
            token=self.token,
            code_of=self.code_of,
            number=self.kwargs["number"],
            language=get_language(),
            **sent.to_save,
        )
        if not words:
            return None
        self.words = words
        return self._go_on(sent)

    def instead(self):
        if self.kwargs["number"] not in self.numbers:
            raise Refusal("assessments/rate/no_such_action.html", 404, token=self.token)
        if self.request.method == "POST" and not self.can_rate:
            raise self.late(lost=self._typed(self._form(self.request.POST)))
        return super().instead()

    def get(self, request, *args, **kwargs):
        if not self.own:
            return self.to_the_door()
        return self.show(self._form())

    def post(self, request, *args, **kwargs):
        form = self._form(request.POST)
        if not self.code:
            raise self._not_saved(form)
        if not form.is_valid():
            return self.show(form) if self.own else self._refuse(form)
        if form.sent.says_something:
            self._save(form)
        return self._go_on(form.sent, self._looking_back(form.sent))

    def _looking_back(self, sent):
        """Where the person looks back on the action just rated; empty where nobody asks, or they have."""
        if sent.way != "on" or sent.level is None or not self.asks_back(self.action):
            return ""
        return self.url("rate_back", self.action.number) + ("?review=1" if sent.review else "")

    def show(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def _refuse(self, form):
        raise self._not_saved(form)

    @cached_property
    def numbers(self):
        return [action.number for action in self.words.actions]

    @cached_property
    def action(self):
        return self.words.action(self.kwargs["number"])

    def _form(self, data=None):
        levels = [level.value for level in self.action.levels]
        rating = self.ratings.get(self.action.id) if data is None else None
        return AnswerForm(data, levels=levels, initial=_as_typed(rating))

    def _save(self, form):
        try:
            self._answer({"action_id": self.action.id, **form.sent.to_save})
        except answers.AnsweredElsewhere as other:
            raise self._conflict(form, other.current) from None
        except answers.OpensElsewhere:
            raise self._not_saved(form) from None
        except NotNow:
            self.round.refresh_from_db(fields=["state", "is_in_room"])
            raise self.late(lost=self._typed(form)) from None

    def _answer(self, said):
        whose = {"invitation": self.invitation, "code": self.code, "browser": self.browser}
        try:
            answers.answer(**whose, **said)
        except Response.DoesNotExist:  # the lead has taken the answers away, for the person to start again
            place = self.invitation
            answers.start_response(organisation=place.organisation, standpoint=place.standpoint, **whose)
            answers.answer(**whose, **said)

    def lost(self):
        if self.request.method != "POST" or self.kwargs["number"] not in self.numbers:
            return None
        return self._typed(self._form(self.request.POST))

    def _typed(self, form):
        """What was sent and not saved, to be shown so that nothing typed is lost."""
        return {
            "action": self.action,
            "answer": self._words_of(form["level"].value()),
            "comment": form["comment"].value(),
        }

    def _words_of(self, level):
        return next(
            (f"{step.value} – {step.label}" for step in self.action.levels if str(step.value) == level), level
        )

    def _not_saved(self, form):
        return Refusal(
            "assessments/rate/not_saved.html",
            409,
            round=self.round,
            partnership=self.round.partnership,
            token=self.token,
            elsewhere=bool(self.found and self.found.ratings.exists()),
            cookie_missing=not self.code,
            lost=self._typed(form),
        )

    def _conflict(self, form, current):
        return Refusal(
            "assessments/rate/conflict.html",
            409,
            round=self.round,
            partnership=self.round.partnership,
            action=self.action,
            current=current,
            current_answer=self._words_of(_as_typed(current)["level"]),
            lost=self._typed(form),
            form=form,
            page=secrets.token_hex(8),
            here=self.request.path,
            keep=self._next_url(form.sent),
        )

    def _go_on(self, sent, url=""):
        url = url or self._next_url(sent)
        if self.request.headers.get("Accept") == "application/json":
            return JsonResponse({"next": url})
        return HttpResponseRedirect(url)

    def _next_url(self, sent):
        step = -1 if sent.way == "back" else 1
        place = self.numbers.index(self.action.number) + step
        if sent.review or place == len(self.numbers):
            return self.url("rate_review")
        return self.url("rate") if place < 0 else self.url("rate_action", self.numbers[place])

    def get_context_data(self, **kwargs):
        form, rating = kwargs["form"], self.ratings.get(self.action.id)
        return super().get_context_data(
            action=self.action,
            position=self.numbers.index(self.action.number) + 1,
            total=len(self.numbers),
            levels=level_cards(self.action, form),
            is_answered=is_answered(rating),
            saved_at=rating.saved_at if rating else None,
            last_saved_at=max((each.saved_at for each in self.ratings.values()), default=None),
            reviewing="1" in (self.request.GET.get("review"), form.data.get("review")),
            seen=form.data.get("seen") or (rating.revision if rating else 0),
            page=form.data.get("page") or secrets.token_hex(8),
            **kwargs,
        )


def level_cards(action, form):
    """The levels to choose between, each with its id and whether it is chosen."""
    chosen = form["level"].value()
    return [
        {"level": level, "id": f"id_level_{index}", "chosen": chosen == str(level.value)}
        for index, level in enumerate(action.levels)
    ]


def _as_typed(rating):
    """A rating as the form's fields would carry it."""
    if rating is None:
        return {"level": "", "comment": ""}
    level = DONT_KNOW if rating.dont_know else str(rating.level or "")
    return {"level": level, "comment": rating.comment}


class ReviewView(OwnAnswersMixin, TemplateView):
    """All that one has said, to look over, change and send."""

    template_name = "assessments/rate/review.html"

    def post(self, request, *args, **kwargs):
        if not self._answered():
            return self.render_to_response(self.get_context_data(nothing_to_send=True))
        try:
            answers.submit_response(response=self.own)
        except NotNow:
            raise self.late() from None
        if self.is_a_leads_device:
            return self.forget(redirect(self.url("rate_finish")))
        return redirect(self.url("rate_sent"))

    def _answered(self):
        return sum(map(is_answered, self.ratings.values()))

    def get_context_data(self, **kwargs):
        rows = [
            {"action": action, "rating": rating, "is_answered": is_answered(rating)}
            | _said(action, rating)
            | {"then": _said(action, self.looked_back.get(action.id))["level"]}
            for action in self.words.actions
            for rating in [self.ratings.get(action.id)]
        ]
        return super().get_context_data(
            **{"nothing_to_send": False} | kwargs,
            rows=rows,
            total=len(rows),
            unanswered=len(rows) - self._answered(),
            first=self.words.actions[0].number,
            is_a_leads_device=self.is_a_leads_device,
        )


def _said(action, rating):
    """The words of the level somebody chose."""
    level = rating.level if rating else None
    return {"level": next((step for step in action.levels if step.value == level), None)}


class SentView(OwnAnswersMixin, TemplateView):
    """Thanks, what happens next, and how to change something until then."""

    template_name = "assessments/rate/sent.html"

    def get(self, request, *args, **kwargs):
        if not self.own.submitted_at:
            return redirect(self.url("rate_review"))
        return super().get(request, *args, **kwargs)


class FinishView(AnswersMixin, TemplateView):
    """On a device that others use, too: the answers close here, and stay as they are."""

    template_name = "assessments/rate/finished.html"
    needs_open = False

    def get(self, request, *args, **kwargs):
        if self.own:
            return redirect(self.url("rate"))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.forget(redirect(self.url("rate_finish")))
