"""What every view of a partnership has in common: outsiders get 404, insiders without the right 403."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from ..models import Council, Partnership
from ..permissions import Permission, permissions_of, roles
from ..policies import Refusal


class SignedInMixin(LoginRequiredMixin):
    """For pages that only ask who you are."""

    permission = Permission.SIGNED_IN


class PartnershipMixin(LoginRequiredMixin):
    """Fetches the partnership the URL names and lets in whoever holds ``permission`` there."""

    permission: Permission

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.held_roles = roles(request.user, self.partnership)
        if not self.held_roles:
            raise Http404
        if self.permission not in self.allowed:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def partnership(self):
        # ``dispatch`` asks for the person's roles before anything else happens; without one it is not
        # found. That is ``visible_to`` for one row, without building its query for every page.
        return get_object_or_404(Partnership.objects.select_related("council"), slug=self.kwargs["slug"])

    @cached_property
    def allowed(self):
        return permissions_of(self.held_roles)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            partnership=self.partnership,
            may={permission.name.lower(): permission in self.allowed for permission in Permission},
            **kwargs,
        )


class CouncilMixin(LoginRequiredMixin):
    """Fetches the council the URL names for its officers; for everybody else there is none."""

    permission = Permission.VIEW_PORTFOLIO

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.council = next((each for each in self.councils if each.slug == kwargs["slug"]), None)
        if self.council is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def councils(self):
        """All the person's councils, by name."""
        return list(Council.objects.visible_to(self.request.user))

    def get_context_data(self, **kwargs):
        return super().get_context_data(council=self.council, councils=self.councils, **kwargs)


class OperationMixin:
    """For a FormView that calls one operation: what the operation refuses stands above the form."""

    done_message = ""

    def operate(self, data):
        """Call the operation with the cleaned data of the form."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            self.operate(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            # Somebody else was quicker: the form found nothing wrong, the operation does.
            form.add_error(None, error.messages)
        if form.errors:
            return self.form_invalid(form)
        if self.done_message:
            messages.success(self.request, self.done_message)
        return HttpResponseRedirect(self.get_success_url())
