from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from .. import operations
from ..forms.account import YourNameForm
from ..models import Membership
from .base import OperationView, SignedInMixin


class AccountView(SignedInMixin, OperationView):
    template_name = "partnerships/account.html"
    form_class = YourNameForm
    success_url = reverse_lazy("account")
    done_message = _("Your name is saved.")

    def get_initial(self):
        return {"name": self.request.user.name}

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            memberships=Membership.objects.current()
            .filter(user=user)
            .select_related("partnership")
            .order_by("partnership__name"),
            councils=user.councils.all(),
            **kwargs,
        )

    def operate(self, data):
        operations.change_own_name(by=self.request.user, **data)
