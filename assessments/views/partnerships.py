"""The partnerships somebody has to do with, and the page of one."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from partnerships.permissions import Permission, can_edit_framework
from partnerships.views.base import PartnershipMixin, SignedInMixin

from .. import queries


class PartnershipsView(SignedInMixin, TemplateView):
    translated = True
    template_name = "partnerships/list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(sections=queries.latest.by_role(user), tasks=tasks(user), **kwargs)


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


class PartnershipView(PartnershipMixin, TemplateView):
    translated = True
    permission = Permission.VIEW_PARTNERSHIP
    template_name = "assessments/partnership.html"

    def get_context_data(self, **kwargs):
        leads, today = Permission.MANAGE_ROUNDS in self.access.allowed, timezone.localdate()
        found = queries.partnership.lines(self.partnership, with_drafts=leads)
        context = {
            "lines": found,
            "review": queries.partnership.review(self.partnership, [line.round for line in found], today),
            "change": queries.partnership.change([line.round for line in found], is_lead=leads),
            "can_compare": len(queries.partnership.readable([line.round for line in found], is_lead=leads))
            > 1,
            "steps": queries.nextsteps.counts(self.partnership, is_lead=self._plans, today=today),
            "organisations": list(queries.partnership.organisations(self.partnership)),
            "leads": list(queries.partnership.leads(self.partnership)),
            "people": self.partnership.memberships.current().count(),
        }
        return super().get_context_data(next=self._next(context) if leads else None, **context, **kwargs)

    @property
    def _plans(self):
        return Permission.MANAGE_NEXT_STEPS in self.access.allowed

    def _next(self, context):
        return queries.partnership.what_next(
            self.partnership,
            context["lines"],
            context["review"],
            organisations=context["organisations"],
            members=context["people"],
            overdue=context["steps"].overdue,
        )
