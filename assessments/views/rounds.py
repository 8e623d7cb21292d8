from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from partnerships.permissions import Permission
from partnerships.views.base import PartnershipMixin

from .. import counting, letters, policies, queries
from ..forms.rounds import ReasonForm, RoundForm, ShareForm
from ..models import Invitation, Round, Workshop
from ..operations import invitations, rounds
from ..operations.mail import deliver, retry_failed
from ..operations.settling import require_organisations_settled
from ..states import MOVES, RoundState
from .base import NotNowMixin, RoundMixin
from .confirm import ConfirmView
from .editions import OpensDraftMixin


class SettingsForm(FormView):
    """A form of the settings; what the operation still finds wrong comes back on the form."""

    form_class = RoundForm

    def form_valid(self, form):
        try:
            round = self.keep(form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault.messages)
            return self.form_invalid(form)
        return redirect(round)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RoundNewView(NotNowMixin, PartnershipMixin, SettingsForm):
    permission = Permission.MANAGE_ROUNDS
    template_name = "assessments/round_new.html"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.submit_label, form.cancel_url = _("Save the draft"), self.partnership.get_absolute_url()
        return form

    def get_form_kwargs(self):
        # The first values are the form's own.
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return kwargs | {"partnership": self.partnership}

    def keep(self, cleaned):
        round = rounds.create_round(by=self.request.user, partnership=self.partnership, **cleaned)
        messages.success(self.request, _("The draft is saved. Nobody has been told yet."))
        return round

    def refusal_context(self, refusal):
        return {"refusal": str(refusal), "back": self.partnership.get_absolute_url()}

    def get_context_data(self, **kwargs):
        look = queries.nextsteps.first_look(self.partnership, today=timezone.localdate())
        return super().get_context_data(first_look=look, **kwargs)


class RoundSettingsView(RoundMixin, SettingsForm):
    permission = Permission.MANAGE_ROUNDS
    template_name = "assessments/round_settings.html"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.cancel_url = self.round.get_absolute_url()
        return form

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return kwargs | {"partnership": self.partnership, "round": self.round}

    def keep(self, cleaned):
        round = rounds.change_round(by=self.request.user, round=self.round, **cleaned)
        messages.success(self.request, _("The settings are saved."))
        return round


class RoundView(RoundMixin, TemplateView):
    """A round by its state: for leads with what to do, for everybody else with what is known."""

    permission = Permission.VIEW_PARTNERSHIP

    def get_template_names(self):
        if not self.is_lead:
            return ["assessments/round_member.html"]
        return [f"assessments/round_{self.round.state}.html"]

    @property
    def is_lead(self):
        return Permission.MANAGE_ROUNDS in self.access.allowed

    def get_context_data(self, **kwargs):
        if self.round.state == RoundState.DRAFT and not self.is_lead:
            raise PermissionDenied
        context = CONTEXT_OF_STATE[self.round.state](self.round)
        if self.round.state in BEFORE_RATING_ENDS and self.is_lead:
            context["first_look"] = queries.nextsteps.first_look(self.partnership, today=timezone.localdate())
        held = Workshop.objects.not_called_off().filter(round=self.round)
        workshop = held.first() if self.is_lead else None
        return super().get_context_data(workshop=workshop, **context, **kwargs)


BEFORE_RATING_ENDS = {RoundState.DRAFT, RoundState.OPEN}
"""While a round lies ahead or is going on, its lead looks first at what was decided last time."""


def _draft_context(round, ahead=None):
    members = list(round.partnership.memberships.current().select_related("organisation"))
    sender = letters.asker(round)
    return {
        "ahead": ahead or queries.editions.ahead(round),
        "members": members,
        "reachable": sum(1 for member in members if member.email),
        "largest_group": queries.partnership.largest_group(members, round.grouping),
        "homeless": [member for member in members if member.organisation is None],
        "letter": letters.body(
            round, Invitation.Mail.INVITATION, url=_("(their private link)"), sender=sender
        ),
        "subject": letters.subject(round, Invitation.Mail.INVITATION),
    }


def _answering_context(round):
    today = timezone.localdate()
    return {
        "turnout": counting.taking.turnout(round),
        "days_left": queries.partnership.days_left(round, today),
        "is_late": bool(round.closing_on and round.closing_on < today),
        "to_remind": invitations.to_remind(round).count(),
        "changed": round.invitations.with_changed_organisation().count(),
        "failed": queries.mail.failed(round),
        "waiting": queries.mail.waiting(round),
    }


def _frozen_context(round):
    return {
        "turnout": queries.results.of(round).turnout,
        "comments_wait": queries.partnership.comments_wait(round),
        "comments": round.comments.count(),
        "imported": round.invitations.exclude(participant__imported_as="").exists(),
        "failed": queries.mail.failed(round),
        "waiting": queries.mail.waiting(round),
    }


CONTEXT_OF_STATE = {
    RoundState.DRAFT: _draft_context,
    RoundState.OPEN: _answering_context,
    RoundState.CLOSED: _answering_context,
    RoundState.REVEALED: _frozen_context,
    RoundState.SHARED: _frozen_context,
}


class RoundMoveView(ConfirmView):
    """One move of the table of states. Pressing twice, or two leads at once, moves once."""

    move: str
    already: str

    def require(self):
        policies.rounds.require_move(self.round, self.move)

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except policies.base.NotNow:
            self.round.refresh_from_db(fields=["state"])
            if self.round.state != MOVES[self.move].target:
                raise
            messages.info(request, self.already)
            return redirect(self.done_url())


class OpenView(OpensDraftMixin, RoundMoveView):
    move, template_name = "open", "assessments/confirm_open.html"

    already = lazy("The round is open already.")

    def act(self, cleaned):
        rounds.open_round(by=self.request.user, round=self.round, seen=self.seen)
        return _("The round is open.")

    def afterwards(self):
        self.delivery = send(self.request, self.round)

    def done_url(self):
        return after_sending(self.round, getattr(self, "delivery", None))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**_draft_context(self.round, self.ahead), **kwargs)


class CloseView(RoundMoveView):
    move, template_name = "close", "assessments/confirm_close.html"

    already = lazy("The round is closed already.")

    def act(self, cleaned):
        rounds.close_round(by=self.request.user, round=self.round)
        return _("The round is closed. Everything that was saved counts, sent or not.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**_answering_context(self.round), **kwargs)


class ReopenView(RoundMoveView):
    move, template_name, form_class = "reopen", "assessments/confirm_reopen.html", ReasonForm

    already = lazy("The round is open already.")

    def act(self, cleaned):
        rounds.reopen_round(by=self.request.user, round=self.round, reason=cleaned["reason"])
        return _("The round is open again. The links people have work as before.")


class RevealView(RoundMoveView):
    move, template_name = "reveal", "assessments/confirm_reveal.html"

    already = lazy("The results are open already.")

    def require(self):
        super().require()
        require_organisations_settled(self.round)

    def act(self, cleaned):
        rounds.reveal_round(by=self.request.user, round=self.round)
        return _("The results are open. From here on no rating changes.")

    def done_url(self):
        """On to what the lead came for; back to the round for whoever changes their mind."""
        if self.request.method == "POST":
            return reverse("assessments:results", args=[self.round.pk])
        return super().done_url()

    def get_context_data(self, **kwargs):
        turnout = counting.taking.turnout(self.round)
        warnings = {
            "too_few": self.round.is_confidential and turnout.answered < self.round.least_number,
            "under_half": turnout.invited and 2 * turnout.answered < turnout.invited,
        }
        return super().get_context_data(turnout=turnout, **warnings, **kwargs)


class ShareView(RoundMoveView):
    move, template_name, form_class = "share", "assessments/confirm_share.html", ShareForm

    already = lazy("The results are shared already.")

    def act(self, cleaned):
        rounds.share_round(by=self.request.user, round=self.round, tell=cleaned["tell"])
        return _("The results are shared.")

    def afterwards(self):
        self.delivery = send(self.request, self.round)

    def done_url(self):
        return after_sending(self.round, getattr(self, "delivery", None))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            to_tell=invitations.to_tell(self.round).count(),
            comments_wait=queries.partnership.comments_wait(self.round),
            officers=self.partnership.council.officers.count(),
            **kwargs,
        )


class DeleteView(ConfirmView):
    template_name = "assessments/confirm_delete.html"

    def require(self):
        policies.rounds.require_draft(self.round)

    def act(self, cleaned):
        with suppress(Round.DoesNotExist):  # a second press at the same moment: it is gone already
            rounds.delete_draft(by=self.request.user, round=self.round)
        return _("The draft is deleted.")

    def done_url(self):
        if self.request.method == "POST":
            return self.partnership.get_absolute_url()
        return self.round.get_absolute_url()


def send(request, round):
    """Send what is due as long as a page may take, and tell the lead how it went."""
    delivery = deliver(by=request.user, round=round, seconds=settings.MAIL_SECONDS)
    if delivery.sent:
        messages.success(
            request,
            ngettext("%(count)d e-mail sent.", "%(count)d e-mails sent.", delivery.sent)
            % {"count": delivery.sent},
        )
    if delivery.failed:
        messages.warning(
            request,
            ngettext(
                "%(count)d e-mail could not be sent. The list of people says why.",
                "%(count)d e-mails could not be sent. The list of people says why.",
                delivery.failed,
            )
            % {"count": delivery.failed},
        )
    return delivery


def after_sending(round, delivery, otherwise="assessments:round"):
    """The page to go on to: the one that goes on sending, if some e-mail still waits."""
    page = "assessments:round_mail" if delivery and delivery.waiting else otherwise
    return reverse(page, args=[round.pk])


class MailView(RoundMixin, TemplateView):
    """How far the sending is. With JavaScript the page goes on by itself, else by its button."""

    permission = Permission.MANAGE_ROUNDS
    template_name = "assessments/round_mail.html"

    def post(self, request, *args, **kwargs):
        if "retry" in request.POST:
            retry_failed(by=request.user, round=self.round)
        deliver(by=request.user, round=self.round, seconds=settings.MAIL_SECONDS)
        if request.htmx:
            return render(request, "assessments/_mail_progress.html", self.get_context_data())
        return redirect("assessments:round_mail", pk=self.round.pk)

    def get_context_data(self, **kwargs):
        waiting, failed, sent = queries.mail.progress(self.round)
        return super().get_context_data(
            waiting=waiting, failed=failed, sent=sent, whole=sent + waiting + failed, **kwargs
        )
