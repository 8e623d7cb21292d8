"""Who may do what. Whether the moment allows it is not asked here but in ``assessments.policies``."""

from enum import StrEnum

from django.db.models import CharField, Value

from .models import Council, Membership


class Role(StrEnum):
    LEAD = "lead"
    MEMBER = "member"
    OFFICER = "officer"


class Permission(StrEnum):
    VIEW_PARTNERSHIP = "view partnership"
    MANAGE_PARTNERSHIP = "manage partnership"
    MANAGE_MEMBERS = "manage members"
    MANAGE_ROUNDS = "manage rounds"
    VIEW_RESULTS = "view results"
    VIEW_NAMED_RATINGS = "view named ratings"
    SIGNED_IN = "signed in"


_OFFICER = {Permission.VIEW_PARTNERSHIP, Permission.VIEW_RESULTS}
_MEMBER = _OFFICER | {Permission.VIEW_NAMED_RATINGS}
_LEAD = _MEMBER | {Permission.MANAGE_PARTNERSHIP, Permission.MANAGE_MEMBERS, Permission.MANAGE_ROUNDS}

ROLE_PERMISSIONS = {Role.OFFICER: _OFFICER, Role.MEMBER: _MEMBER, Role.LEAD: _LEAD}


def roles(user, partnership):
    """The person's roles in the partnership, as a frozenset, by one query."""
    if not user.is_authenticated:
        return frozenset()
    as_member = Membership.objects.current().filter(user=user, partnership=partnership).order_by()
    as_officer = Council.officers.through.objects.filter(user=user, council=partnership.council_id)
    found = as_member.values_list("role").union(
        as_officer.values_list(Value(Role.OFFICER.value, output_field=CharField())), all=True
    )
    return frozenset(Role(role) for (role,) in found)


def permissions_of(held):
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in held))


def can(user, permission, partnership):
    """Whether one of the person's roles in the partnership carries the permission."""
    return permission in permissions_of(roles(user, partnership))
