"""Trying a workshop alone with invented people. All else is the workshop's own screens."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from .. import policies
from ..models import Workshop
from ..operations import discarding, rehearsals
from ..workshops import invented
from .confirm import ConfirmView
from .workshop_base import WorkshopMixin
from .workshops import PressView


class RehearseView(ConfirmView):
    """Says what a rehearsal is, and begins one; also for rehearsing again."""

    template_name = "assessments/workshop/rehearse.html"

    def act(self, cleaned):
        self.begun = rehearsals.begin_rehearsal(by=self.request.user, round=self.round)

    def done_url(self):
        if self.request.method == "POST":
            return reverse("assessments:workshop", args=[self.begun.pk])
        return self.round.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            people=invented.people(self.round.least_number),
            mode=rehearsals.mode_of(self.round),
            under_way=Workshop.objects.rehearsing(self.request.user, self.partnership).first(),
            **kwargs,
        )


class InventedView(PressView):
    """Lets the invented people rate, or vote at the end."""

    def press(self, data):
        rehearsals.let_people_rate(by=self.request.user, workshop=self.workshop, seen=data["seen"])

    def wanted(self, data):
        return _("Let the invented people rate")


class EndView(WorkshopMixin, TemplateView):
    """Asks, then throws the rehearsal away and goes back to the round it was for."""

    template_name = "assessments/workshop/rehearsal_end.html"

    def get(self, request, *args, **kwargs):
        policies.workshops.require_rehearsal(self.partnership)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        policies.workshops.require_rehearsal(self.partnership)
        back = self.round.get_absolute_url()
        discarding.throw_away(by=request.user, rehearsal=self.partnership)
        messages.success(request, _("The rehearsal is thrown away. Nothing of it is left."))
        return redirect(back)

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=None, cancel_url=self.here, **kwargs)
