"""Who may do what. Whether the moment allows it is not asked here but in ``assessments.policies``."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from .models import Council
from .models.audit import actor_key


class Role(StrEnum):
    LEAD = "lead"
    MEMBER = "member"
    OFFICER = "officer"


class Permission(StrEnum):
    VIEW_PARTNERSHIP = "view partnership"
    MANAGE_PARTNERSHIP = "manage partnership"
    MANAGE_MEMBERS = "manage members"
    MANAGE_ROUNDS = "manage rounds"
    MANAGE_NEXT_STEPS = "manage next steps"
    VIEW_RESULTS = "view results"
    VIEW_NAMED_RATINGS = "view named ratings"
    VIEW_PORTFOLIO = "view portfolio"  # of a council: its officers have it, nobody by a partnership
    EDIT_FRAMEWORK = (
        "edit the framework"  # of this site: its editors and administrators, see can_edit_framework
    )
    SIGNED_IN = "signed in"


_OFFICER = {Permission.VIEW_PARTNERSHIP, Permission.VIEW_RESULTS}
_MEMBER = _OFFICER | {Permission.VIEW_NAMED_RATINGS}
_LEAD = _MEMBER | {
    Permission.MANAGE_PARTNERSHIP,
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_ROUNDS,
    Permission.MANAGE_NEXT_STEPS,
}

ROLE_PERMISSIONS = {Role.OFFICER: _OFFICER, Role.MEMBER: _MEMBER, Role.LEAD: _LEAD}


def roles(user, partnership):
    """The person's roles in the partnership, as a frozenset; somebody can be a member and an officer."""
    if not user.is_authenticated:
        return frozenset()
    if partnership.is_rehearsal:
        return _in_rehearsal(user, partnership)
    with connection.cursor() as cursor:
        cursor.execute(ROLES, [user.pk, partnership.pk, user.pk])
        found = cursor.fetchall()
    user.is_officer = any(council for _role, council in found)  # so that the top bar need not ask again
    return frozenset(Role(role) for role, council in found if council in (None, partnership.council_id))


# Of current memberships here, and of any council. Every page asks it first, and building it in the ORM takes
# ten times as long as asking.
ROLES = """
    SELECT role, NULL FROM partnerships_membership
    WHERE user_id = %s AND partnership_id = %s AND ended_at IS NULL
    UNION ALL
    SELECT 'officer', council_id FROM partnerships_council_officers WHERE user_id = %s
"""


def _in_rehearsal(user, rehearsal):
    """Whoever began it leads it, as long as they lead the partnership it rehearses; nobody else is there."""
    if rehearsal.rehearsed_by != actor_key(user):
        return frozenset()
    return roles(user, rehearsal.rehearsal_of) & {Role.LEAD}


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody is where a page is about, and what that allows: nothing to who does not belong there."""

    roles: frozenset[Role]
    allowed: frozenset[Permission]


def access(user, about):
    """What somebody may in a partnership, in a council they see, or (``about`` is None) on this site."""
    if about is None:
        editing = {Permission.EDIT_FRAMEWORK} if can_edit_framework(user) else set()
        return Access(frozenset(), frozenset({Permission.SIGNED_IN} | editing))
    if isinstance(about, Council):
        return Access(frozenset({Role.OFFICER}), frozenset({Permission.VIEW_PORTFOLIO}))
    held = roles(user, about)
    return Access(held, permissions_of(held))


def permissions_of(held):
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in held))


def can_edit_framework(user):
    """Whether the person is an editor or an administrator of this site. Neither sees a rating by it."""
    return user.is_authenticated and (user.is_editor or (user.is_staff and user.is_superuser))
