"""How sign-in behaves here, where allauth leaves a choice."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made for leads, members and officers; a site may let anybody make their own."""
        return settings.OPEN_SIGNUP
