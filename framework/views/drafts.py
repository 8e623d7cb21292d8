"""Where editors begin: every framework with its editions, and the draft at a glance."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from partnerships.policies import Refusal

from .. import operations
from ..changes.outline import outline
from ..models import Framework
from ..queries.shelves import shelves
from .base import DraftMixin, EditorMixin


class EditingView(EditorMixin, TemplateView):
    """Every framework of this site with its editions, and the draft in progress."""

    template_name = "framework/editing.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(shelves=shelves(), **kwargs)


class StartView(EditorMixin, View):
    """Start a draft. Whoever only opens the address is led to where the button is."""

    def get(self, request, *args, **kwargs):
        return redirect("framework_editing")

    def post(self, request, slug):
        framework = get_object_or_404(Framework, slug=slug)
        try:
            draft = operations.start_draft(by=request.user, framework=framework)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("framework_editing")
        messages.success(request, _("The draft of edition %(number)d is started.") % {"number": draft.number})
        return redirect("framework_draft", slug)


class DraftView(DraftMixin, TemplateView):
    """The draft at a glance, and the ways to change it."""

    template_name = "framework/draft/overview.html"

    def get(self, request, *args, **kwargs):
        """Whoever comes back to a draft that is published or dropped meanwhile is led to what there is."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            get_object_or_404(Framework, slug=kwargs["slug"])
            return redirect("framework_editing")

    def get_context_data(self, **kwargs):
        found = outline(self.words, self.before, self.typed_changes)
        return super().get_context_data(words=self.words, outline=found, **kwargs)
