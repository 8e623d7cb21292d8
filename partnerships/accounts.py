"""How sign-in behaves here, where allauth leaves a choice."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings

from . import operations


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made for leads, members and officers; a site may let anybody make their own."""
        return settings.OPEN_SIGNUP

    def pre_login(self, request, user, *, email=None, **kwargs):
        """Whoever has typed in the code has proved the address; another code would prove it no better.

        allauth sees it so only for addresses it has on its own list, and an account that was made when a
        lead added a member is not there yet.
        """
        if email and _typed_code_from(request, user, email):
            operations.prove_address(user=user, email=email)
        return super().pre_login(request, user, email=email, **kwargs)


def _typed_code_from(request, user, email):
    """Whether the last thing done to sign in was typing the code that was sent to the address."""
    last = get_authentication_records(request, user)[-1:]
    return any(record.get("method") == "code" and record.get("email") == email for record in last)
