"""The end of a draft, published or dropped, and the end of an edition's use."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from partnerships.policies import Refusal
from partnerships.views.base import OperationView

from .. import operations, queries
from ..changes.breaks import by_reason, in_words, summary
from ..changes.differences import differences
from ..changes.kinds import unanswered
from ..forms.publishing import DropForm, PublishForm
from ..models import Edition
from .base import DraftMixin, EditorMixin


class EndOfDraftView(DraftMixin, OperationView):
    """A page from which there is no way back. It goes by the draft the person saw, or not at all."""

    @property
    def seen(self):
        return self.request.POST.get("seen", "")

    @cached_property
    def differences(self):
        return differences(self.before, self.words) if self.before else None

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.is_there else self.gone()

    def form_invalid(self, form):
        return super().form_invalid(form) if self.is_there else self.gone()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            state=queries.drafts.state_in(self.words, self.typed_changes, self.translations),
            differences=self.differences,
            said=self.typed_changes,
            **kwargs,
        )

    def get_success_url(self):
        return reverse("framework_history", args=[self.kwargs["slug"]])


class PublishView(EndOfDraftView):
    template_name = "framework/draft/publish.html"
    form_class = PublishForm

    def get_initial(self):
        return {"note": self.draft.note}

    def operate(self, data):
        operations.publish(by=self.request.user, edition=self.draft, note=data["note"], seen=self.seen)
        messages.success(
            self.request,
            _("Edition %(number)d is published. New rounds use it from now on.")
            % {"number": self.draft.number},
        )

    def get_context_data(self, **kwargs):
        found = self.compared
        return super().get_context_data(
            must=self.to_mend,
            advice=len(self.checked) - len(self.to_mend),
            kinds=in_words(self.typed_changes),
            breaks=by_reason(found),
            summary=summary(found) if found else "",
            **kwargs,
        )

    @cached_property
    def compared(self):
        """Every action, and whether it is compared with the edition the draft was made from."""
        if self.before is None:
            return ()
        return queries.drafts.comparison_in(
            self.before, self.words, unanswered(self.differences, self.typed_changes)
        )


class DropView(EndOfDraftView):
    template_name = "framework/draft/drop.html"
    form_class = DropForm

    def operate(self, data):
        operations.drop_draft(by=self.request.user, edition=self.draft, seen=self.seen)
        messages.success(
            self.request, _("The draft of edition %(number)d is gone.") % {"number": self.draft.number}
        )

    def get_success_url(self):
        try:
            return reverse("framework_editing")
        except NoReverseMatch:
            return super().get_success_url()


class RetireView(EditorMixin, TemplateView):
    """Take an edition out of use for new rounds, or put it back."""

    template_name = "framework/retire.html"

    @cached_property
    def edition(self):
        settled = Edition.objects.readable().select_related("framework")
        return get_object_or_404(settled, framework__slug=self.kwargs["slug"], number=self.kwargs["number"])

    def post(self, request, *args, **kwargs):
        retire = request.POST.get("move") == "retire"
        move = operations.retire_edition if retire else operations.use_again
        said = (
            _("%(edition)s is retired. New rounds no longer use it.")
            if retire
            else _("%(edition)s is published again.")
        )
        try:
            edition = move(by=request.user, edition=self.edition)
        except Refusal as refusal:
            return self.render_to_response(self.get_context_data(refusal=str(refusal)), status=409)
        messages.success(request, said % {"edition": edition})
        return HttpResponseRedirect(reverse("framework_history", args=[self.kwargs["slug"]]))

    def get_context_data(self, **kwargs):
        others = Edition.objects.exclude(pk=self.edition.pk)
        here = others.filter(framework=self.edition.framework_id).newest_published()
        return super().get_context_data(
            edition=self.edition, instead=here or others.newest_published(), **kwargs
        )
