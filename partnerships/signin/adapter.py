"""How sign-in behaves here, where allauth leaves a choice."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .. import operations
from .throttle import WRONG_PASSWORDS, client_address


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "Address and password do not fit together. Try again, or ask for a code."
        ),
        "incorrect_code": _("This is not the code we sent. Look at the newest e-mail and try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password. Try again."),
        "too_many_login_attempts": _("Too many wrong tries. Wait ten minutes, then try again."),
        "account_inactive": _("This account is switched off. Ask whoever looks after this site."),
        "duplicate_email": _("This address is already yours."),
        "email_taken": _("There is an account with this address."),
    }

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

    # Wrong passwords are counted for an account as one visitor tries it (ACCOUNT_RATE_LIMITS), so that a
    # stranger locks out themselves and not the owner; and for the account as a whole, far more of them.

    def _get_login_attempts_cache_key(self, request, **credentials):
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{client_address(request)}"

    def pre_authenticate(self, request, **credentials):
        super().pre_authenticate(request, **credentials)
        if WRONG_PASSWORDS.is_locked(_account(credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request, **credentials):
        WRONG_PASSWORDS.count_wrong(_account(credentials))


def _account(credentials):
    return credentials.get("email", "").lower()


def _typed_code_from(request, user, email):
    """Whether the last thing done to sign in was typing the code that was sent to the address."""
    last = get_authentication_records(request, user)[-1:]
    return any(record.get("method") == "code" and record.get("email") == email for record in last)
