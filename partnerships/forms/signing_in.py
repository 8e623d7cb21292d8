"""The forms of signing in, in the words of the other forms."""

from allauth.account import forms as account
from django.utils.translation import gettext_lazy as _

from .helpers import say_plainly

OTHER_LABELS = {"login": _("E-mail address"), "email": _("E-mail address")}


class OurWords:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in OTHER_LABELS.keys() & self.fields.keys():
            self.fields[name].label = OTHER_LABELS[name]
        say_plainly(self.fields.values())


class LoginForm(OurWords, account.LoginForm):
    """By password."""


class RequestLoginCodeForm(OurWords, account.RequestLoginCodeForm):
    """By code."""


class SignupForm(OurWords, account.SignupForm):
    """Where a site lets anybody make an account."""


class AddEmailForm(OurWords, account.AddEmailForm):
    """A further address."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """A link to set a new password."""


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """A first password."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """Another password."""
