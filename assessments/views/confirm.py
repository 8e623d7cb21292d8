"""A page that says what is about to happen, and the button that makes it happen."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import TemplateView

from partnerships.permissions import Permission

from .base import RoundMixin


class ConfirmView(RoundMixin, TemplateView):
    """GET says what will happen, POST does it. Subclasses give ``require``, ``act`` and a template."""

    permission = Permission.MANAGE_ROUNDS
    form_class = None

    def get(self, request, *args, **kwargs):
        self.require()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        form = self.form
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        said = self.act(form.cleaned_data if form is not None else {})
        if said:
            messages.success(request, said)
        self.afterwards()
        return redirect(self.done_url())

    def require(self):
        """Raise NotNow where the moment does not allow it."""

    def act(self, cleaned):
        raise NotImplementedError

    def afterwards(self):
        """What follows, once it is said that the thing itself is done: sending, which says how it went."""

    def done_url(self):
        return self.round.get_absolute_url()

    @property
    def form(self):
        if self.form_class is None:
            return None
        if not hasattr(self, "_form"):
            self._form = self.form_class(self.request.POST if self.request.method == "POST" else None)
            self._form.cancel_url = self.round.get_absolute_url()
        return self._form

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=self.form, cancel_url=self.done_url(), **kwargs)
