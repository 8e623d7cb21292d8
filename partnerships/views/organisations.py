from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from .. import operations
from ..forms.helpers import ConfirmForm
from ..forms.partnerships import OrganisationForm
from ..permissions import Permission
from ..queries.setup import setup
from .base import OperationView, PartnershipMixin


class OrganisationsMixin(PartnershipMixin):
    permission = Permission.MANAGE_PARTNERSHIP

    def get_success_url(self):
        return reverse("organisations", args=[self.partnership.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(back=self.get_success_url(), **kwargs)


class OrganisationsView(OrganisationsMixin, TemplateView):
    template_name = "partnerships/organisations.html"

    def get_context_data(self, **kwargs):
        people = Count("memberships", filter=Q(memberships__ended_at=None))
        organisations = list(self.partnership.organisations.annotate(people=people))
        others = self.partnership.memberships.current().count() - 1
        steps = setup(self.partnership, "organisations", organisations=bool(organisations), others=others)
        return super().get_context_data(organisations=organisations, setup=steps, **kwargs)


class NewOrganisationView(OrganisationsMixin, OperationView):
    template_name = "partnerships/organisation.html"
    form_class = OrganisationForm
    extra_context = {"heading": gettext_lazy("Add an organisation"), "organisation": None}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.partnership}

    def operate(self, data):
        operations.add_organisation(by=self.request.user, partnership=self.partnership, **data)
        self.done_message = _("%(name)s is added.") % data

    def get_success_url(self):
        if "another" in self.request.POST:
            return reverse("organisation_new", args=[self.partnership.slug])
        return super().get_success_url()


class OrganisationMixin(OrganisationsMixin):
    @cached_property
    def organisation(self):
        return get_object_or_404(self.partnership.organisations, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(organisation=self.organisation, **kwargs)


class OrganisationView(OrganisationMixin, OperationView):
    template_name = "partnerships/organisation.html"
    form_class = OrganisationForm
    done_message = gettext_lazy("The organisation is saved.")

    def get_initial(self):
        return {"name": self.organisation.name, "sector": self.organisation.sector}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "partnership": self.partnership,
            "organisation": self.organisation,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.organisation.name, **kwargs)

    def operate(self, data):
        operations.change_organisation(by=self.request.user, organisation=self.organisation, **data)


class RemoveOrganisationView(OrganisationMixin, OperationView):
    template_name = "partnerships/confirm.html"
    form_class = ConfirmForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=_("Remove %s?") % self.organisation,
            text=_("It disappears from the list. You can add it again later."),
            submit=_("Remove the organisation"),
            **kwargs,
        )

    def operate(self, data):
        name = self.organisation.name
        operations.remove_organisation(by=self.request.user, organisation=self.organisation)
        self.done_message = _("%s is removed.") % name
