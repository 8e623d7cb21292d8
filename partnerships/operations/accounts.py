"""Accounts and what they are allowed to do on the whole site."""

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from ..models import User, UserManager
from .audit import record


@transaction.atomic
def change_own_name(*, by, name):
    by.name = name
    by.full_clean(exclude=["password"])
    by.save(update_fields=["name"])
    record("own name changed", by=by, target=by)
    return by


@transaction.atomic
def prove_address(*, user, email):
    """The person has shown that mail to the address reaches them. Part of signing in: not audited."""
    has_primary = EmailAddress.objects.filter(user=user, primary=True).exists()
    EmailAddress.objects.get_or_create(
        user=user, email=email.lower(), defaults={"verified": True, "primary": not has_primary}
    )


RIGHTS = ("is_active", "is_staff", "is_superuser", "is_editor")


@transaction.atomic
def save_account(*, by, user):
    """An account as an administrator has filled it in; a new one has no password."""
    stored = User.objects.filter(pk=user.pk).first()
    before = stored and {right: getattr(stored, right) for right in RIGHTS}
    if before is None:
        user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    # An address that was taken away must no longer open the account.
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    after = {right: getattr(user, right) for right in RIGHTS}
    if stored and stored.email != user.email:
        # Whoever has the new address can now sign in as this person: that must be seen, not to what.
        after["changed"] = ["email"]
    record("account changed" if before else "account created", by=by, target=user, before=before, after=after)
    return user


@transaction.atomic
def create_administrator(*, by, email, password=None):
    """An account that may do everything in the administration pages; an account there is gets the right.

    Returns the account and whether it was made. Without a password, signing in is by code.
    """
    email = UserManager.normalise(email)
    user = User.objects.filter(email__iexact=email).first()
    made = user is None
    user = user or User(email=email)
    user.is_active = user.is_staff = user.is_superuser = True
    if password:
        user.set_password(password)
    elif made:
        user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    # Whoever can run commands on the server is believed; mail may not be set up yet.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    record("administrator made", by=by, target=user)
    return user, made


def remove_unheld_account(user):
    """Delete an account, its addresses and its sessions, unless a role or a right holds it.

    Part of erasing somebody or changing their address, which have events of their own. Returns whether
    the account went.
    """
    if user is None or _is_held(user):
        return False
    _end_sessions(user)
    user.delete()
    return True


def _is_held(user):
    has_power = user.is_staff or user.is_superuser or user.is_editor
    return has_power or user.memberships.exists() or user.councils.exists()


def _end_sessions(user):
    """Sessions name their person only inside, so each has to be looked into."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
