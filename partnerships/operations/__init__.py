"""Every write of this app: one function each, keyword-only, in one transaction with its audit event."""

from .accounts import (
    change_own_name,
    create_administrator,
    prove_address,
    remove_unheld_account,
    save_account,
)
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
from .site import remove_site_text, save_council, save_site_text, set_officers

__all__ = [
    "add_members",
    "add_organisation",
    "change_member",
    "change_organisation",
    "change_own_name",
    "change_partnership",
    "create_administrator",
    "create_council",
    "create_partnership",
    "end_membership",
    "ensure_account",
    "hand_over_partnership",
    "prove_address",
    "remove_organisation",
    "remove_site_text",
    "remove_unheld_account",
    "save_account",
    "save_council",
    "save_site_text",
    "set_officers",
]
