"""The page of a partnership's next steps, and the forms with which leads write them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from framework.models import Framework
from partnerships.permissions import Permission
from partnerships.views.base import PartnershipMixin

from .. import policies, queries
from ..forms.nextsteps import OWNERS, DoneForm, DropForm, NextStepForm, TakeUpForm
from ..operations import nextsteps
from ..states import RoundState
from .base import NotNowMixin


class NextStepsView(PartnershipMixin, TemplateView):
    translated = True
    permission = Permission.VIEW_PARTNERSHIP
    template_name = "assessments/next_steps/list.html"

    def get_context_data(self, **kwargs):
        is_lead, today = Permission.MANAGE_NEXT_STEPS in self.access.allowed, timezone.localdate()
        listing = queries.nextsteps.listing(self.partnership, is_lead=is_lead, today=today)
        lines = [line for _action, group in listing.groups for line in group]
        return super().get_context_data(
            listing=listing,
            actions=tuple(line.action for line in (*lines, *listing.ended)),
            under_way=len(lines),
            overdue=sum(line.is_overdue for line in lines),
            gap=queries.nextsteps.gap(self.partnership) if is_lead else None,
            today=today,
            **kwargs,
        )


class ManageMixin(NotNowMixin, PartnershipMixin):
    """A form of the leads. What the operation refuses comes back with all that was typed."""

    permission = Permission.MANAGE_NEXT_STEPS
    done_message = ""

    def operate(self, data):
        """Call the operation with the cleaned data of the form."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            self.operate(form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault.messages)
            return self.form_invalid(form)
        messages.success(self.request, self.done_message)
        return redirect(self.get_success_url())

    def form_invalid(self, form, status=422):
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.cancel_url = self.get_success_url()
        return form

    def get_success_url(self):
        return reverse("assessments:next_steps", args=[self.partnership.slug])

    def refusal_context(self, refusal):
        return {"refusal": str(refusal), "back": self.get_success_url()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(back=self.get_success_url(), **kwargs)


class WritingMixin(ManageMixin):
    """The form with which a step is written, with suggestions of who could do it."""

    form_class = NextStepForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"partnership": self.partnership, "edition": self.edition}
        return kwargs | {"step": self.step}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            owners=queries.nextsteps.owners(self.partnership), owners_id=OWNERS, **kwargs
        )


class NextStepNewView(WritingMixin, FormView):
    template_name = "assessments/next_steps/new.html"
    step = None

    @cached_property
    def round(self):
        """The round the page was opened from, if it was one of this partnership that has been opened."""
        number = self.request.GET.get("round", "")
        if not number.isdecimal() or len(number) > 18:
            return None
        rounds = self.partnership.rounds.exclude(state=RoundState.DRAFT)
        return rounds.filter(pk=number).first()

    @cached_property
    def edition(self):
        edition = self.round.edition_id if self.round else self._edition_asked_for()
        policies.rounds.require_framework(edition)
        return edition

    def _edition_asked_for(self):
        """Of the framework the address names, ``?framework=ten-actions``, else of the one in use."""
        asked = self.request.GET.get("framework")
        found = next((each for each in self.frameworks if each.slug == asked), None)
        return queries.nextsteps.edition_in_use(self.partnership, found and found.pk)

    @cached_property
    def frameworks(self):
        """To choose from; none where the round says which it is."""
        return [] if self.round else [each.framework for each in queries.editions.choices(self.partnership)]

    def get_context_data(self, **kwargs):
        several = len(self.frameworks) > 1
        chosen = several and Framework.objects.get(editions=self.edition)
        return super().get_context_data(frameworks=self.frameworks, chosen=chosen, **kwargs)

    def get_initial(self):
        return {"action": self.request.GET.get("action", ""), "round": self.round}

    def operate(self, data):
        nextsteps.add_next_step(by=self.request.user, partnership=self.partnership, **data)
        self.done_message = _("The next step is added.")


class StepMixin(ManageMixin):
    """About one step of the partnership. Who was slower than somebody else sees both, and saves again."""

    is_changed_meanwhile = False
    ends = False

    @cached_property
    def step(self):
        return get_object_or_404(self.partnership.next_steps.with_words(), pk=self.kwargs["pk"])

    def get_initial(self):
        return {"seen": self.step.revision}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except policies.nextsteps.ChangedMeanwhile as refusal:
            return self.show_both(form, refusal)

    def show_both(self, form, refusal):
        """What was typed, beside what it says now; saving again is a decision."""
        del self.step  # read again
        form = self.get_form()
        form.data = form.data.copy()
        form.data["seen"] = self.step.revision
        form.add_error(None, str(refusal))
        self.is_changed_meanwhile = True
        return self.form_invalid(form, status=409)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            line=queries.nextsteps.line(self.step, timezone.localdate()),
            is_changed_meanwhile=self.is_changed_meanwhile,
            is_ended_meanwhile=self.is_changed_meanwhile and self.ends and not self.step.is_open,
            **kwargs,
        )


class NextStepView(StepMixin, WritingMixin, FormView):
    template_name = "assessments/next_steps/change.html"

    @property
    def edition(self):
        return self.step.action.edition_id

    def get_initial(self):
        names = ("text", "owner", "due_on", "round", "closing_word")
        words = {name: getattr(self.step, name) for name in names}
        return super().get_initial() | words | {"action": self.step.action.code}

    def get_form_kwargs(self):
        """Whoever opened the page while the step was under way sends no word of how it ended since."""
        kwargs = super().get_form_kwargs()
        if "data" in kwargs:
            kwargs["data"] = kwargs["data"].copy()
            kwargs["data"].setdefault("closing_word", self.step.closing_word)
        return kwargs

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.submit_label = _("Save the changes")
        return form

    def operate(self, data):
        nextsteps.change_next_step(by=self.request.user, step=self.step, **data)
        self.done_message = _("The changes are saved.")


class EndView(StepMixin, FormView):
    ends = True

    def get(self, request, *args, **kwargs):
        policies.nextsteps.require_under_way(self.step)
        return super().get(request, *args, **kwargs)


class DoneView(EndView):
    template_name, form_class = "assessments/next_steps/done.html", DoneForm

    def operate(self, data):
        nextsteps.finish_next_step(by=self.request.user, step=self.step, **data)
        self.done_message = _("The next step is done.")


class DropView(EndView):
    template_name, form_class = "assessments/next_steps/drop.html", DropForm

    def operate(self, data):
        nextsteps.drop_next_step(by=self.request.user, step=self.step, **data)
        self.done_message = _("The next step is dropped.")


class TakeUpView(StepMixin, FormView):
    template_name, form_class = "assessments/next_steps/take_up.html", TakeUpForm

    def get(self, request, *args, **kwargs):
        policies.nextsteps.require_ended(self.step)
        return super().get(request, *args, **kwargs)

    def operate(self, data):
        nextsteps.take_up_next_step(by=self.request.user, step=self.step, **data)
        self.done_message = _("The next step is under way again.")
