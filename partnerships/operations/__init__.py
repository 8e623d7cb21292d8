"""Every write of this app: one function each, keyword-only, in one transaction with its audit event."""

from .members import add_members, change_member, end_membership, ensure_account
from .partnerships import (
    add_organisation,
    change_organisation,
    change_partnership,
    create_council,
    create_partnership,
    hand_over_partnership,
    remove_organisation,
)

__all__ = [
    "add_members",
    "add_organisation",
    "change_member",
    "change_organisation",
    "change_partnership",
    "create_council",
    "create_partnership",
    "end_membership",
    "ensure_account",
    "hand_over_partnership",
    "remove_organisation",
]
