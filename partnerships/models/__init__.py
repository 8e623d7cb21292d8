"""Who works together: people with accounts, councils, partnerships, organisations, members."""

from .accounts import User, UserManager
from .audit import AppendOnly, AuditEvent
from .kinds import Sector, Standpoint, System
from .partnerships import Council, Membership, Organisation, Participant, Partnership, free_slug, random_key
from .site import SiteText

__all__ = [
    "AppendOnly",
    "AuditEvent",
    "Council",
    "Membership",
    "Organisation",
    "Participant",
    "Partnership",
    "Sector",
    "SiteText",
    "Standpoint",
    "System",
    "User",
    "UserManager",
    "free_slug",
    "random_key",
]
