"""Whether the clock of this machine can be right: what has happened did not happen later than now."""

from datetime import timedelta

from django.core import checks
from django.db import DatabaseError
from django.utils import timezone

from ..models import AuditEvent

APART = timedelta(minutes=1)
"""As much as the clocks of two servers may differ."""


@checks.register(checks.Tags.database)
def check_clock(databases=None, **_):
    """A warning where the newest event of the trail lies ahead; runs with ``migrate``, or when asked for."""
    newest = _newest() if databases else None
    if newest is None or newest <= timezone.now() + APART:
        return []
    return [
        checks.Warning(
            f"The clock is behind: it says {timezone.now():%Y-%m-%d %H:%M} UTC, and the newest event of the "
            f"audit trail is of {newest:%Y-%m-%d %H:%M} UTC.",
            hint="Set the clock before the server starts. Dates on pages and the trail go by it.",
            id="partnerships.W001",
        )
    ]


def _newest():
    """When the newest event was; None where there is none, or no table yet."""
    try:
        return AuditEvent.objects.order_by("-at").values_list("at", flat=True).first()
    except DatabaseError:
        return None
