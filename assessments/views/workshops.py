"""The screens a lead opens in a workshop, and the buttons on them.

A button carries the revision its screen showed. Where the room has moved on meanwhile, nothing is changed:
a page says where the room is now and offers to do it all the same. Where what was wanted is so already,
because the answer to the first press got lost or another lead pressed the same, the screen simply shows it.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from partnerships.permissions import Permission

from .. import policies, queries
from ..forms.workshops import AgreeForm, GoToForm, SeenForm, StepForm, TimerForm, WorkshopMoveForm
from ..models import Seat, Workshop
from ..operations import invitations, workshops
from ..operations.workshops import MovedOn
from ..policies.base import NotNow
from ..states import RoundState, WorkshopState
from ..workshops import control, words
from ..workshops.profile import profile
from ..workshops.screens import screen
from ..workshops.square import square
from .confirm import ConfirmView
from .editions import OpensDraftMixin
from .workshop_base import (
    ControlsMixin,
    StageMixin,
    WorkshopMixin,
    back_to,
    holds_key,
    is_live,
    is_up_to_date,
    join_facts,
    nothing_new,
    unkept,
)


class StartView(OpensDraftMixin, ConfirmView):
    """Says what will happen to the round, and starts. Pressing twice starts once."""

    template_name = "assessments/workshop/start.html"

    @property
    def found(self):
        return Workshop.objects.not_called_off().filter(round=self.round).first()

    def get(self, request, *args, **kwargs):
        found = self.found
        return redirect("assessments:workshop", found.pk) if found else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except NotNow:
            if found := self.found:
                return redirect("assessments:workshop", found.pk)
            raise

    def act(self, cleaned):
        self.started = workshops.start_workshop(by=self.request.user, round=self.round, seen=self.seen)

    def done_url(self):
        if self.request.method == "POST":
            return reverse("assessments:workshop", args=[self.started.pk])
        return self.round.get_absolute_url()

    def get_context_data(self, **kwargs):
        is_open = self.round.state == RoundState.OPEN
        unfinished = invitations.unfinished(self.round).count() if is_open else 0
        rehearse_url = reverse("assessments:rehearse", args=[self.round.pk])
        return super().get_context_data(unfinished=unfinished, rehearse_url=rehearse_url, **kwargs)


# --- The screens ---


class ProjectorView(StageMixin, TemplateView):
    """What everybody in the room looks at: nothing private, nothing to press."""

    template_name, part = "assessments/workshop/projector.html", "assessments/workshop/_projector.html"
    screen_name = "projector"
    translated = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(profile=profile(self.workshop, self.screen), **kwargs)


class OneScreenView(ControlsMixin, ProjectorView):
    """The projector's screen and the buttons, for a lead with a single laptop."""

    template_name, part = "assessments/workshop/one_screen.html", "assessments/workshop/_one_screen.html"
    screen_name = "one-screen"
    translated = False


class ControlView(ControlsMixin, ProjectorView):
    """Everything a facilitator can do, for a laptop or a phone."""

    template_name, part = "assessments/workshop/control.html", "assessments/workshop/_control.html"
    screen_name = "control"
    translated = False


SCREENS = {view.screen_name: view for view in (ProjectorView, OneScreenView, ControlView)}


class LiveView(View):
    """What is newer than a screen has, or 204 from one indexed read.

    Who asks is looked at before anything is shown.
    """

    permission = Permission.MANAGE_ROUNDS
    translated = True

    def dispatch(self, request, *args, pk, **kwargs):
        if request.method == "GET" and holds_key(request, pk):
            found = Workshop.objects.filter(pk=pk).values_list("revision", "count_revision").first()
            if found and is_up_to_date(request, *found):
                return nothing_new(request)
        view = SCREENS.get(request.GET.get("screen"), ProjectorView)
        if not view.translated:
            translation.activate(settings.LANGUAGE_CODE)
        return view.as_view(template_name=view.part)(request, *args, pk=pk, **kwargs)


class QrView(WorkshopMixin, View):
    """The square that leads to the join page."""

    def get(self, request, *args, **kwargs):
        if not self.workshop.code:
            raise NotNow(_("The workshop is finished. Nobody can join it any more."))
        drawn = square(join_facts(request, self.workshop)["url"])
        return unkept(HttpResponse(drawn, content_type="image/svg+xml"))


# --- The buttons ---


class PressView(WorkshopMixin, View):
    """One button: POST does it and goes back to the screen; subclasses give the form and the operation."""

    form_class = SeenForm

    def get(self, request, *args, **kwargs):
        return redirect(self.here)

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST)
        if not form.is_valid():
            raise NotNow(" ".join(error for errors in form.errors.values() for error in errors))
        try:
            said = self.press(form.cleaned_data)
        except MovedOn:
            return self._moved_on(form)
        if said:
            messages.success(request, said)
        return self._done()

    def press(self, data):
        raise NotImplementedError

    def wanted(self, data):
        """What the person wanted, in words, for the page that says the room has moved on."""
        return ""

    def lost(self, data):
        """What was typed, to be shown again: nothing typed is lost."""
        return ()

    def _done(self):
        if not is_live(self.request):
            return HttpResponseRedirect(back_to(self.request, self.workshop))
        view = OneScreenView if back_to(self.request, self.workshop) != self.here else ControlView
        shown = view(template_name=view.part)
        shown.setup(self.request, pk=self.workshop.pk)
        shown.access = self.access
        return shown.render_to_response(shown.get_context_data())

    def _moved_on(self, form):
        self.workshop.refresh_from_db()
        now = screen(self.workshop, get_language())
        data = form.cleaned_data
        if self.is_so(now, data):
            return self._done()
        again = {name: self.request.POST.get(name, "") for name in form.fields if name in self.request.POST}
        again |= {"seen": now.revision, "at": words.where(now)}
        page = {
            "partnership": self.partnership,
            "round": self.round,
            "at": data["at"],
            "where": words.where(now),
            "wanted": self.wanted(data),
            "lost": self.lost(data),
            "back": back_to(self.request, self.workshop),
            "again": list(again.items()) if self.still_possible(now, data) else (),
        }
        return unkept(render(self.request, "assessments/workshop/moved_on.html", page, status=409))

    def is_so(self, now, data):
        """Whether the room is already as the button would make it."""
        return False

    def still_possible(self, now, data):
        return True


class WorkshopMoveView(PressView):
    form_class = WorkshopMoveForm

    def press(self, data):
        workshops.move(by=self.request.user, workshop=self.workshop, name=data["move"], seen=data["seen"])

    def wanted(self, data):
        return str(control.MOVE_WORDS[data["move"]]) if data["move"] in control.MOVE_WORDS else ""

    def is_so(self, now, data):
        return control.has_happened(now, data["move"], data["of"])

    def still_possible(self, now, data):
        possible = [control.next_move(now), control.unhide(now), *control.other_moves(now)]
        return data["move"] in {button.move for button in possible if button}


class GoToView(PressView):
    form_class = GoToForm

    def press(self, data):
        workshops.go_to(
            by=self.request.user, workshop=self.workshop, number=data["number"], seen=data["seen"]
        )

    def wanted(self, data):
        return _("Go to action %(number)d") % data

    def is_so(self, now, data):
        return now.current is not None and now.current.words.number == data["number"]


class TimerView(PressView):
    form_class = TimerForm

    def press(self, data):
        minutes = 0 if data["stop"] else data["minutes"]
        workshops.set_timer(by=self.request.user, workshop=self.workshop, minutes=minutes, seen=data["seen"])

    def wanted(self, data):
        return _("Stop the timer") if data["stop"] else _("Start the timer")

    def is_so(self, now, data):
        return data["stop"] and now.timer_ends_at is None


class AgreeView(PressView):
    form_class = AgreeForm

    def press(self, data):
        said = {name: data[name] for name in ("number", "level", "why", "seen")}
        workshops.agree(by=self.request.user, workshop=self.workshop, **said)

    def wanted(self, data):
        if data["level"] is None:
            return _("Take back what was agreed for action %(number)d") % data
        return _("Record level %(level)d as agreed for action %(number)d") % data

    def is_so(self, now, data):
        if now.current is None or now.current.words.number != data["number"]:
            return False
        kept = now.current.agreed
        return (kept.level, kept.why) == (data["level"], data["why"]) if kept else data["level"] is None

    def lost(self, data):
        return [(_("Why"), data["why"])] if data["why"] else ()


class StepView(PressView):
    """A next step for the action the room has talked about."""

    form_class = StepForm

    def press(self, data):
        said = {name: data[name] for name in ("number", "text", "owner", "due_on")}
        workshops.decide_step(by=self.request.user, workshop=self.workshop, **said)


class DoorView(PressView):
    """The code and the lock; they undo nothing of anybody's, so no revision is asked."""

    def post(self, request, *args, **kwargs):
        do = request.POST.get("do")
        by = {"by": request.user, "workshop": self.workshop}
        if do == "renew":
            workshops.renew_code(**by, code=request.POST.get("code", ""))
        elif do in ("lock", "unlock"):
            workshops.lock_door(**by, locked=do == "lock")
        else:
            raise NotNow(_("Press one of the buttons."))
        return self._done()


SEAT_MOVES = {"admit": workshops.admit, "refuse": workshops.refuse, "remove": workshops.remove_guest}


class SeatView(PressView):
    """Who comes in with a second phone, and which guest leaves."""

    def get(self, request, *args, **kwargs):
        self._seat()
        return super().get(request, *args, **kwargs)

    def _seat(self):
        return get_object_or_404(Seat, workshop=self.workshop, pk=self.kwargs["seat"])

    def post(self, request, *args, **kwargs):
        seat = self._seat()
        move = SEAT_MOVES.get(request.POST.get("do"))
        if move is None:
            raise NotNow(_("Press one of the buttons."))
        move(by=request.user, seat=seat)
        return self._done()


class AskedFirstView(PressView, TemplateView):
    """For what cannot be undone: GET says what will happen, POST does it."""

    def get(self, request, *args, **kwargs):
        return unkept(self.render_to_response(self.get_context_data()))

    def _done(self):
        return HttpResponseRedirect(self.here)

    def get_context_data(self, **kwargs):
        now = screen(self.workshop, get_language())
        self.require(now)
        facts = {"screen": now, "at": words.where(now), "form": None, "cancel_url": self.here}
        return super().get_context_data(**facts, **kwargs)

    def require(self, now):
        """Raise NotNow where the moment does not allow it."""


class FinishView(AskedFirstView):
    template_name = "assessments/workshop/finish.html"

    def press(self, data):
        workshops.finish(by=self.request.user, workshop=self.workshop, seen=data["seen"])

    def wanted(self, data):
        return _("Finish the workshop")

    def is_so(self, now, data):
        return now.state == WorkshopState.FINISHED

    def require(self, now):
        if not control.may_finish(now):
            raise NotNow(
                _("Go to the end first. There the room looks at what it agreed, and then you finish.")
            )

    def get_context_data(self, **kwargs):
        found = super().get_context_data(**kwargs)
        return found | {"agreed": sum(step.agreed is not None for step in found["screen"].steps)}


class CallOffView(AskedFirstView):
    """For a workshop that was started by mistake."""

    template_name = "assessments/workshop/call_off.html"

    def press(self, data):
        name = "break_off" if self.workshop.state == WorkshopState.RUNNING else "call_off"
        workshops.call_off(by=self.request.user, workshop=self.workshop, name=name, seen=data["seen"])

    def wanted(self, data):
        return _("Call the workshop off")

    def is_so(self, now, data):
        return now.state == WorkshopState.CALLED_OFF

    def still_possible(self, now, data):
        return control.calling_off(now) is not None

    def require(self, now):
        policies.workshops.require_unfinished(self.workshop)
        if self.workshop.state == WorkshopState.ENDING:
            raise NotNow(policies.workshops.WRONG_WORKSHOP_MOVE["break_off"])
        policies.workshops.require_nothing_shown(*workshops.shown_and_settled(self.workshop))

    def get_context_data(self, **kwargs):
        return super().get_context_data(rated=queries.room.people_who_rated(self.workshop), **kwargs)
