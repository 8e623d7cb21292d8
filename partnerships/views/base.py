"""What every page has in common: who gets in, decided in one place; outsiders get 404, insiders without the
right 403."""

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from ..models import Council, Partnership
from ..permissions import Access, Permission, access
from ..policies import Refusal


class Page(AccessMixin, View):
    """A page that not everybody may see, or that refuses with a page of its own.

    One ``dispatch`` calls what a page may add, each under a name of its own, so that it does not matter in
    which order a page inherits what it is made of: ``enter`` lets in or turns away, ``instead`` may answer
    instead of the page, ``refused`` makes an answer of one of ``refusals``, ``finish`` has the last word.
    """

    public = False
    permission: Permission
    access: Access
    about: Partnership | Council | None = None
    refusals: tuple[type[Exception], ...] = ()

    def dispatch(self, request, *args, **kwargs):
        try:
            answer = self.enter() or self.instead() or super().dispatch(request, *args, **kwargs)
        except self.refusals as refusal:
            answer = self.refused(refusal)
        return self.finish(answer)

    def enter(self):
        """Learn what the person may where the page is ``about``; an answer for those who sign in first."""
        if self.public:
            return None
        if not self.request.user.is_authenticated:
            return self.handle_no_permission()
        self.access = access(self.request.user, self.about)
        if not self.access.allowed:
            raise Http404
        if self.permission not in self.access.allowed:
            raise PermissionDenied
        return None

    def instead(self):
        """An answer instead of the page, for somebody who is in; or None."""

    def refused(self, refusal):
        raise refusal

    def finish(self, answer):
        return answer


class SignedInMixin(Page):
    """For pages that only ask who you are."""

    permission = Permission.SIGNED_IN


class PartnershipMixin(Page):
    """About the partnership the URL names, for whoever holds ``permission`` there."""

    @property
    def about(self):
        return self.partnership

    @cached_property
    def partnership(self):
        # Without a role in it nobody gets further. That is ``visible_to`` for one row, without building its
        # query for every page.
        return get_object_or_404(Partnership.objects.select_related("council"), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            partnership=self.partnership,
            may={permission.name.lower(): permission in self.access.allowed for permission in Permission},
            **kwargs,
        )


class CouncilMixin(Page):
    """About the council the URL names, for its officers; for everybody else there is none."""

    permission = Permission.VIEW_PORTFOLIO

    @property
    def about(self):
        return self.council

    @cached_property
    def council(self):
        found = next((each for each in self.councils if each.slug == self.kwargs["slug"]), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def councils(self):
        """All the person's councils, by name."""
        return list(Council.objects.visible_to(self.request.user))

    def get_context_data(self, **kwargs):
        return super().get_context_data(council=self.council, councils=self.councils, **kwargs)


class OperationView(FormView):
    """A form that calls one operation: what the operation refuses stands above the form."""

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
