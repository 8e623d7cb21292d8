from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import operations
from ..forms.partnerships import HandOverForm, NewPartnershipForm, PartnershipForm
from ..models import Council
from ..permissions import Permission
from .base import OperationView, PartnershipMixin, SignedInMixin


class NewPartnershipView(SignedInMixin, OperationView):
    template_name = "partnerships/new.html"
    form_class = NewPartnershipForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(has_councils=Council.objects.exists(), **kwargs)

    def operate(self, data):
        self.made = operations.create_partnership(by=self.request.user, **data)

    def get_success_url(self):
        return reverse("organisations", args=[self.made.slug])


class SettingsView(PartnershipMixin, OperationView):
    permission = Permission.MANAGE_PARTNERSHIP
    template_name = "partnerships/settings.html"
    form_class = PartnershipForm
    done_message = gettext_lazy("The settings are saved.")

    def get_initial(self):
        return {name: getattr(self.partnership, name) for name in ("name", "system", "review_months")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.partnership}

    def get_context_data(self, **kwargs):
        return super().get_context_data(other_councils=Council.objects.count() > 1, **kwargs)

    def operate(self, data):
        operations.change_partnership(by=self.request.user, partnership=self.partnership, **data)

    def get_success_url(self):
        return reverse("partnership_settings", args=[self.partnership.slug])


class HandOverView(PartnershipMixin, OperationView):
    """Choose a council; read who gains and who loses what; then hand over."""

    permission = Permission.MANAGE_PARTNERSHIP
    template_name = "partnerships/hand_over.html"
    form_class = HandOverForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.partnership}

    def form_valid(self, form):
        if "confirmed" in self.request.POST:
            return super().form_valid(form)
        council = form.cleaned_data["council"]
        return render(self.request, "partnerships/hand_over_confirm.html", self.confirmation(council))

    def confirmation(self, council):
        return self.get_context_data(
            council=council,
            losing=self.partnership.council.officers.count(),
            gaining=council.officers.count(),
        )

    def operate(self, data):
        operations.hand_over_partnership(by=self.request.user, partnership=self.partnership, **data)
        self.done_message = _("%(council)s hosts this partnership from now on.") % data

    def get_success_url(self):
        return reverse("partnership_settings", args=[self.partnership.slug])
