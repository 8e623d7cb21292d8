"""Who works together: people with accounts, councils, partnerships, organisations, members."""

from .audit import AppendOnly, AuditEvent
from .kinds import Sector, Standpoint, System
from .partnerships import (
    Council,
    Membership,
    Organisation,
    Participant,
    Partnership,
    SiteText,
    User,
    UserManager,
    free_slug,
    random_key,
)

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
