"""People's own ways into a workshop: the lead has them sent, and a person opens theirs."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from .. import policies
from ..models import Letter
from ..operations import room
from ..operations.letters import send_ways_in, without_way_in
from ..operations.mail import deliver
from ..policies.base import NotNow
from .room import device_of, seated
from .room_refusals import letter_is_old, not_now
from .workshop_base import WorkshopMixin
from .you import LetterMixin


class WaysInView(WorkshopMixin, TemplateView):
    """Says to how many, and sends; what one page has no time for goes out from the next."""

    template_name = "assessments/workshop/ways_in.html"

    def get(self, request, *args, **kwargs):
        policies.workshops.require_unfinished(self.workshop)
        policies.workshops.require_real(self.partnership)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        send_ways_in(by=request.user, workshop=self.workshop)
        delivery = deliver(by=request.user, round=self.round, seconds=settings.MAIL_SECONDS)
        if delivery.sent:
            said = ngettext("%(count)d e-mail sent.", "%(count)d e-mails sent.", delivery.sent)
            messages.success(request, said % {"count": delivery.sent})
        if delivery.waiting or delivery.failed:
            return redirect("assessments:round_mail", self.round.pk)
        return redirect("assessments:workshop_ways_in", self.workshop.pk)

    def get_context_data(self, **kwargs):
        members = self.partnership.memberships.current()
        waiting = without_way_in(self.workshop).count()
        return super().get_context_data(
            waiting=waiting,
            sent=self.round.letters.filter(kind=Letter.Kind.WAY_IN).count(),
            unreachable=members.filter(email="").count(),
            back=reverse("assessments:workshop", args=[self.workshop.pk]),
            **kwargs,
        )


class WayInView(LetterMixin, TemplateView):
    """The page behind a person's own way in: one button, which seats them on this device."""

    template_name = "assessments/you/way_in.html"
    kinds = (Letter.Kind.WAY_IN,)

    def instead(self):
        if self.workshop is None or self.workshop.is_over:
            raise letter_is_old()

    def post(self, request, *args, **kwargs):
        pk = self.workshop.pk
        device = device_of(request, pk) or secrets.token_urlsafe(20)
        try:
            room.join_by_letter(letter=self.letter, device=device)
        except NotNow as refusal:
            raise not_now(refusal, request.path) from None
        return seated(pk, device)

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=_("Join the workshop"), **kwargs)
