from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from .. import operations
from ..forms.helpers import ConfirmForm
from ..forms.members import MemberForm
from ..permissions import Permission
from ..queries.setup import setup
from ..sheets.members import NewMember
from .base import OperationView, PartnershipMixin


class MembersMixin(PartnershipMixin):
    permission = Permission.MANAGE_MEMBERS

    def get_success_url(self):
        return reverse("members", args=[self.partnership.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(back=reverse("members", args=[self.partnership.slug]), **kwargs)


class MembersView(MembersMixin, TemplateView):
    template_name = "partnerships/members.html"

    def get_context_data(self, **kwargs):
        everybody = list(self.partnership.memberships.select_related("organisation"))
        members = [member for member in everybody if member.ended_at is None]
        return super().get_context_data(
            members=members,
            left=have_left(everybody),
            setup=setup(
                self.partnership,
                "members",
                organisations=self.partnership.organisations.exists(),
                others=len(members) - 1,
            ),
            **kwargs,
        )


def have_left(everybody):
    """Ended memberships of people who have not come back, the latest first."""
    here = [member for member in everybody if member.ended_at is None]
    addresses, accounts = (
        {member.email for member in here} - {""},
        {member.user_id for member in here} - {None},
    )
    gone = [
        member
        for member in everybody
        if member.ended_at and member.email not in addresses and member.user_id not in accounts
    ]
    return sorted(gone, key=lambda member: member.ended_at, reverse=True)


class NewMemberView(MembersMixin, OperationView):
    template_name = "partnerships/member.html"
    form_class = MemberForm
    extra_context = {"heading": gettext_lazy("Add a person"), "member": None}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.partnership}

    def operate(self, data):
        person = NewMember(**data | {"organisation": str(data["organisation"] or "")})
        operations.add_members(by=self.request.user, partnership=self.partnership, people=[person])
        self.done_message = _("%(name)s is added.") % data

    def get_success_url(self):
        if "another" in self.request.POST:
            return reverse("member_new", args=[self.partnership.slug])
        return super().get_success_url()


class MemberMixin(MembersMixin):
    @cached_property
    def member(self):
        return get_object_or_404(
            self.partnership.memberships.current().select_related("partnership", "organisation"),
            pk=self.kwargs["pk"],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(member=self.member, **kwargs)


class MemberView(MemberMixin, OperationView):
    template_name = "partnerships/member.html"
    form_class = MemberForm
    done_message = gettext_lazy("The changes are saved.")

    def get_initial(self):
        names = ("name", "email", "organisation", "standpoint", "role")
        return {name: getattr(self.member, name) for name in names}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.partnership, "membership": self.member}

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.get_initial()["name"], **kwargs)

    def operate(self, data):
        operations.change_member(by=self.request.user, membership=self.member, **data)

    def get_success_url(self):
        # Whoever has just stopped being a lead may no longer see the list.
        if self.member.user_id == self.request.user.pk and self.member.role != "lead":
            return reverse("assessments:partnerships")
        return super().get_success_url()


class EndMembershipView(MemberMixin, OperationView):
    template_name = "partnerships/confirm.html"
    form_class = ConfirmForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=_("%s has left?") % self.member,
            text=_(
                "They get no more invitations and can no longer read results here. Their private links "
                "to open rounds stop working. Earlier rounds stay as they were."
            ),
            submit=_("End the membership"),
            **kwargs,
        )

    def operate(self, data):
        operations.end_membership(by=self.request.user, membership=self.member)
        self.done_message = _("%s no longer belongs to this partnership.") % self.member

    def get_success_url(self):
        if self.member.user_id == self.request.user.pk:
            return reverse("assessments:partnerships")
        return super().get_success_url()
