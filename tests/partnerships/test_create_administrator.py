"""The first administrator, by command."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from partnerships.models import AuditEvent, User

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"


def run(monkeypatch, *args, typed=""):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    out = io.StringIO()
    call_command("create_administrator", *args, stdout=out)
    return out.getvalue()


def test_makes_an_administrator_who_can_sign_in_before_mail_works(monkeypatch, client):
    said = run(monkeypatch, "Ada@Northmoor.example", "--password-stdin", typed=PASSWORD + "\n")
    assert said == "ada@northmoor.example is now an administrator, with a new account.\n"
    client.post(reverse("account_login"), {"login": "ada@northmoor.example", "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    assert AuditEvent.objects.get().event == "administrator made"


def test_again_changes_nothing_but_the_password(monkeypatch):
    run(monkeypatch, "ada@northmoor.example", "--password-stdin", typed=PASSWORD)
    run(monkeypatch, "ada@northmoor.example", "--no-password")
    assert User.objects.get().check_password(PASSWORD)
    run(monkeypatch, "ada@northmoor.example", "--password-stdin", typed="another long phrase")
    assert User.objects.get().check_password("another long phrase")


def test_a_member_becomes_administrator_with_the_same_account(monkeypatch):
    User.objects.create_user("ada@northmoor.example", name="Ada")
    assert "with a new account" not in run(monkeypatch, "ada@northmoor.example", "--no-password")
    assert User.objects.get().is_superuser


@pytest.mark.parametrize(
    ("args", "typed", "said"),
    [
        (["nonsense", "--no-password"], "", "valid email"),
        (["ada@northmoor.example", "--password-stdin"], "", "no password on the standard input"),
        (["ada@northmoor.example", "--password-stdin"], "short", "too short"),
        (["ada@northmoor.example"], "", "--password-stdin or --no-password"),
    ],
)
def test_says_what_is_wrong(monkeypatch, args, typed, said):
    with pytest.raises(CommandError, match=said):
        run(monkeypatch, *args, typed=typed)
    assert not User.objects.exists()
