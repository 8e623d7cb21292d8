"""Your account: what it shows and the one thing it changes."""

import pytest
from django.urls import reverse

from tests.factories import CouncilFactory


def test_it_shows_what_you_belong_to(client, member):
    CouncilFactory(name="Fells Council", officers=[member.user])
    client.force_login(member.user)
    page = client.get(reverse("account")).content.decode()
    assert "mo@northmoor.example" in page
    assert "Northmoor Ageing Well</a>: Member" in page
    assert "Fells Council: officer" in page
    assert reverse("assessments:my_data") in page


@pytest.mark.parametrize(
    ("password", "offered"), [(None, "Set a password"), ("long phrase", "Change your password")]
)
def test_a_password_is_set_or_changed(client, member, password, offered):
    member.user.set_password(password)
    member.user.save()
    client.force_login(member.user)
    assert offered in client.get(reverse("account")).content.decode()


def test_your_name_is_changed(client, member):
    client.force_login(member.user)
    client.post(reverse("account"), {"name": "  Zoe\u0308   Ågren "})
    member.user.refresh_from_db()
    assert member.user.name == "Zoë Ågren"


@pytest.mark.parametrize("name", ["", "x" * 121, "\u200b", "a\x00"])
def test_a_bad_name_is_refused(client, member, name):
    before = member.user.name
    client.force_login(member.user)
    response = client.post(reverse("account"), {"name": name})
    assert "name" in response.context["form"].errors
    member.user.refresh_from_db()
    assert member.user.name == before


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get(reverse("account")).url.startswith(reverse("account_login"))
