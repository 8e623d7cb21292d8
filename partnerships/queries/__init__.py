"""What pages ask the database about who works together: reads, never writes."""

from . import audit, setup, sitetext

__all__ = ["audit", "setup", "sitetext"]
