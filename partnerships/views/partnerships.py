from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from .. import operations, roundnews
from ..forms.partnerships import HandOverForm, NewPartnershipForm, PartnershipForm
from ..models import Council, Membership, Partnership
from ..permissions import Permission, Role, can_edit_framework
from .base import OperationMixin, PartnershipMixin, SignedInMixin

SECTIONS = (
    (Role.LEAD, gettext_lazy("You lead")),
    (Role.MEMBER, gettext_lazy("You belong to")),
    (Role.OFFICER, gettext_lazy("Your council hosts")),
)


class PartnershipsView(SignedInMixin, TemplateView):
    translated = True
    template_name = "partnerships/list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(sections=sections(user), tasks=tasks(user), **kwargs)


def tasks(user):
    """What somebody looks after on the whole site, besides partnerships."""
    found = []
    if can_edit_framework(user):
        found.append(
            {
                "title": _("The framework"),
                "text": _("The actions and their words, as members are asked them. Change them in a draft."),
                "url": reverse("framework_editing"),
            }
        )
    if user.is_staff and user.is_superuser:
        found.append(
            {
                "title": _("Site administration"),
                "text": _("Councils, their officers, editors, and the texts of this site."),
                "url": reverse("admin:index"),
            }
        )
    return found


def sections(user):
    """Title and partnerships of each role the person has; a partnership stands once, under the strongest."""
    found = {role: [] for role, _title in SECTIONS}
    belongs = dict(Membership.objects.current().filter(user=user).values_list("partnership", "role"))
    leads = set(
        Membership.objects.current()
        .filter(user=user, role=Membership.Role.LEAD)
        .values_list("partnership", flat=True)
    )
    partnerships = list(_with_counts(Partnership.objects.visible_to(user)))
    news = roundnews.latest(partnerships, leads)
    for partnership in partnerships:
        partnership.round_line = news.get(partnership.pk) or _("No round yet")
        role = Role.LEAD if partnership.pk in leads else belongs.get(partnership.pk, Role.OFFICER)
        found[role].append(partnership)
    return [(title, found[role]) for role, title in SECTIONS if found[role]]


def _with_counts(partnerships):
    return partnerships.select_related("council").annotate(
        people=Count("memberships", filter=Q(memberships__ended_at=None), distinct=True),
        bodies=Count("organisations", distinct=True),
    )


class NewPartnershipView(SignedInMixin, OperationMixin, FormView):
    template_name = "partnerships/new.html"
    form_class = NewPartnershipForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(has_councils=Council.objects.exists(), **kwargs)

    def operate(self, data):
        self.made = operations.create_partnership(by=self.request.user, **data)

    def get_success_url(self):
        return reverse("organisations", args=[self.made.slug])


class SettingsView(PartnershipMixin, OperationMixin, FormView):
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


class HandOverView(PartnershipMixin, OperationMixin, FormView):
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
