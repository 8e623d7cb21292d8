"""A clock that has jumped back is warned of before the server starts."""

from datetime import timedelta

import pytest
from django.core import checks
from django.core.management import call_command
from django.utils import timezone

from partnerships.models import AuditEvent

WARNING = "partnerships.W001"


def warned(**databases):
    return [each.id for each in checks.run_checks(**databases) if each.id == WARNING]


def happened(**ago):
    AuditEvent.objects.create(
        at=timezone.now() - timedelta(**ago), event="x", actor="command", target_kind="x", target_key="1"
    )


@pytest.mark.django_db
def test_a_clock_behind_the_newest_event_is_warned_of(capsys):
    happened(days=-3)
    happened(days=1)
    assert warned(databases=["default"]) == [WARNING]
    call_command("check", databases=["default"])
    assert "The clock is behind" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_clock_that_runs_on_is_not():
    happened(days=1)
    happened(seconds=-20)  # of a server beside this one, whose clock is a little ahead
    assert warned(databases=["default"]) == []


@pytest.mark.django_db
def test_nothing_has_happened_yet():
    assert warned(databases=["default"]) == []


def test_the_database_is_asked_only_where_a_check_may():
    assert warned() == []
