"""Which actions and areas the draft has, and where they stand: one page for each thing that can be done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from partnerships.policies import Refusal
from partnerships.views.base import OperationView

from .. import operations, policies
from ..changes.origins import origins
from ..changes.proposals import EFFECT
from ..forms.structure import (
    BringBackForm,
    MergeForm,
    MoveActionForm,
    NewActionForm,
    NewAreaForm,
    RemoveAreaForm,
    RetireForm,
    SplitForm,
)
from .base import DraftMixin

STEPS = {"up": -1, "down": 1}
BACK = {"up": "down", "down": "up"}


class ChangeMixin(DraftMixin):
    """Changes the draft and goes back to it. Whoever was about to change what is gone is told so there;
    whoever only opens the page finds nothing."""

    refusals = (Refusal,)

    def refused(self, refusal):
        if self.request.method != "POST":
            raise Http404(str(refusal)) from refusal
        messages.error(self.request, str(refusal))
        return redirect(self.overview)

    @cached_property
    def draft(self):
        try:
            return super().draft
        except Http404:
            policies.require_still_draft(None)

    @property
    def overview(self):
        return reverse("framework_draft", args=[self.kwargs["slug"]])

    @cached_property
    def action(self):
        """The action the address names, as it stands in the draft."""
        code = self.kwargs["code"]
        found = next((each for each in self.words.actions if each.code == code), None)
        policies.require_action(found, code)
        return found

    @cached_property
    def area(self):
        code = self.kwargs["code"]
        found = next((each for each in self.words.areas if each.code == code), None)
        policies.require_area(found, code)
        return found

    @cached_property
    def origins(self):
        codes = (
            [each.code for each in words.actions] if words else [] for words in (self.before, self.words)
        )
        return origins(*codes, self.typed_changes)


class ShapeView(ChangeMixin, OperationView):
    """A form, and what it does to comparisons."""

    anchor = ""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"words": self.words, "code": self.kwargs.get("code", "")}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.cancel_url = self.get_success_url()
        return form

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self):
        return f"{self.overview}#{self.anchor}" if self.anchor else self.overview


class ActionFormView(ShapeView):
    """About the action the address names. Nobody can rate with a draft, so what is new in it has no past."""

    def get_context_data(self, **kwargs):
        is_new = self.before is not None and not self.origins.came[self.action.code]
        return super().get_context_data(action=self.action, is_new=is_new, effects=EFFECT, **kwargs)

    @property
    def anchor(self):
        return f"action-{self.kwargs['code']}"


# --- One step up or down ---


class PressView(ChangeMixin, View):
    """A button on the page of the draft, without a page of its own."""

    def get(self, request, *args, **kwargs):
        return redirect(self.overview)

    def post(self, request, *args, **kwargs):
        return redirect(f"{self.overview}#{self.press()}")

    def press(self):
        """Call the operation; returns what to come back to on the page."""
        raise NotImplementedError


class StepView(PressView):
    """One place up or down, and back to the button that was pressed; at the end of the way, to the other."""

    def press(self):
        way = self.request.POST.get("step")
        way = way if way in STEPS else "up"
        self.step(by=self.request.user, edition=self.draft, code=self.kwargs["code"], step=STEPS[way])
        codes = self.row()
        edge = codes[0] if way == "up" else codes[-1]
        back = BACK[way] if edge == self.kwargs["code"] else way
        return f"{back}-{self.kind}-{self.kwargs['code']}"


class StepActionView(StepView):
    kind, step = "action", staticmethod(operations.step_action)

    def row(self):
        area = next(each for each in self.words.areas if each.code == self.action.area_code)
        return [each.code for each in area.actions]


class StepAreaView(StepView):
    kind, step = "area", staticmethod(operations.step_area)

    def row(self):
        return [each.code for each in self.words.areas]


# --- Actions ---


class NewActionView(ShapeView):
    """Once it is there, its words are to be written."""

    template_name, form_class = "framework/draft/new_action.html", NewActionForm
    made = None

    def get_initial(self):
        return {"area": self.request.GET.get("area", "")}

    def operate(self, data):
        self.made = operations.add_action(by=self.request.user, edition=self.draft, **data)
        self.done_message = _("“%(title)s” is added. Now write its words.") % data

    def get_success_url(self):
        if self.made is None:
            return self.overview
        return reverse("framework_draft_action", args=[self.kwargs["slug"], self.made.code])


class MoveActionView(ActionFormView):
    template_name, form_class = "framework/draft/move.html", MoveActionForm

    def operate(self, data):
        moved = operations.move_action(
            by=self.request.user, edition=self.draft, code=self.action.code, **data["place"]
        )
        self.done_message = _("“%(title)s” is number %(number)d now.") % vars(moved)


class SplitView(ActionFormView):
    template_name, form_class = "framework/draft/split.html", SplitForm

    def operate(self, data):
        operations.split_action(by=self.request.user, edition=self.draft, code=self.action.code, **data)
        self.done_message = _("“%(first)s” is split. The second part is “%(second)s”.") % {
            "first": self.action.title,
            "second": data["title"],
        }


class MergeView(ActionFormView):
    template_name, form_class = "framework/draft/merge.html", MergeForm

    def operate(self, data):
        source = data["source"]
        goes = next(each.title for each in self.words.actions if each.code == source)
        operations.merge_actions(
            by=self.request.user, edition=self.draft, into=self.action.code, source=source
        )
        self.done_message = _("“%(source)s” is part of “%(into)s” now.") % {
            "source": goes,
            "into": self.action.title,
        }


class RetireView(ActionFormView):
    template_name, form_class = "framework/draft/retire.html", RetireForm

    def get_context_data(self, **kwargs):
        titles = {each.code: each.title for each in self.before.actions} if self.before else {}
        return super().get_context_data(
            gone_with=[titles[code] for code in self.origins.gone_with(self.action.code)],
            is_last=len(self.words.actions) == 1,
            **kwargs,
        )

    def operate(self, data):
        operations.retire_action(by=self.request.user, edition=self.draft, code=self.action.code)
        self.done_message = _("“%(title)s” is taken out of the draft.") % {"title": self.action.title}

    def get_success_url(self):
        return self.overview


class BringBackView(ShapeView):
    """As it was in the edition before. Its area is asked for where its own is gone."""

    template_name, form_class = "framework/draft/bring_back.html", BringBackForm

    @cached_property
    def gone(self):
        """The action as it was."""
        code = self.kwargs["code"]
        old = self.before.actions if self.before else ()
        found = next((each for each in old if each.code == code), None)
        policies.require_known_before(found)
        return found

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"home": self.gone.area_code}

    def get_context_data(self, **kwargs):
        there = next((each for each in self.words.actions if each.code == self.gone.code), None)
        policies.require_gone(there, self.gone.title)
        return super().get_context_data(action=self.gone, **kwargs)

    def operate(self, data):
        operations.bring_back_action(by=self.request.user, edition=self.draft, code=self.gone.code, **data)
        self.anchor = f"action-{self.gone.code}"
        self.done_message = _("“%(title)s” is back, as it was in edition %(number)d.") % {
            "title": self.gone.title,
            "number": self.before.number,
        }


# --- Areas ---


class NewAreaView(ShapeView):
    template_name, form_class = "framework/draft/new_area.html", NewAreaForm
    made = None

    def operate(self, data):
        self.made = operations.add_area(by=self.request.user, edition=self.draft, **data)
        self.done_message = (
            _("The area “%(name)s” is added. Say what it is about, and choose its colour.") % data
        )

    def get_success_url(self):
        if self.made is None:
            return self.overview
        return reverse("framework_draft_area", args=[self.kwargs["slug"], self.made.code])


class RemoveAreaView(ShapeView):
    template_name, form_class = "framework/draft/remove_area.html", RemoveAreaForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(area=self.area, **kwargs)

    def operate(self, data):
        operations.remove_area(by=self.request.user, edition=self.draft, code=self.area.code)
        self.done_message = _("The area “%(name)s” is taken out of the draft.") % {"name": self.area.name}


class BringBackAreaView(PressView):
    def press(self):
        area = operations.bring_back_area(by=self.request.user, edition=self.draft, code=self.kwargs["code"])
        messages.success(self.request, _("The area “%(name)s” is back.") % {"name": area.name})
        return f"area-{area.code}"
