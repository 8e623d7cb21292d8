"""What every page for editors has in common: others get 403, for the framework itself is no secret."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from partnerships.permissions import Permission, can_edit_framework

from ..models import Edition


class EditorMixin(LoginRequiredMixin):
    """Lets in framework editors and administrators."""

    permission = Permission.EDIT_FRAMEWORK

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not can_edit_framework(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class DraftMixin(EditorMixin):
    """Fetches the draft of the framework the URL names by ``slug``; not found where there is none."""

    @cached_property
    def draft(self):
        drafts = Edition.objects.drafts().select_related("framework", "predecessor")
        return get_object_or_404(drafts, framework__slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.draft, **kwargs)
