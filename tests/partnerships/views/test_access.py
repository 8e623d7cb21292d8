"""Who reaches which page: strangers sign in, outsiders find nothing, insiders may not all do everything."""

import pytest
from django.urls import reverse

from partnerships.models import User
from tests.factories import UserFactory

PARTNERSHIP_PAGES = [
    "partnership_settings",
    "partnership_hand_over",
    "organisations",
    "organisation_new",
    "organisation",
    "organisation_remove",
    "members",
    "member_new",
    "members_paste",
    "members_upload",
    "members_example",
    "member",
    "member_end",
]


def address(page, member):
    arguments = {"slug": member.partnership.slug}
    if page in {"member", "member_end"}:
        arguments["pk"] = member.pk
    if page in {"organisation", "organisation_remove"}:
        arguments["pk"] = member.organisation.pk
    return reverse(page, kwargs=arguments)


@pytest.mark.parametrize("page", PARTNERSHIP_PAGES)
@pytest.mark.parametrize(
    ("person", "expected"),
    [("lead", 200), ("member", 403), ("officer", 403), ("administrator", 404), ("outsider", 404)],
)
def test_pages_of_a_partnership(client, page, person, expected, lead, member):
    people = {
        "lead": lambda: lead.user,
        "member": lambda: member.user,
        "officer": lambda: User.objects.get(email="officer@northmoor.example"),
        "administrator": lambda: UserFactory(is_staff=True, is_superuser=True),
        "outsider": UserFactory,
    }
    client.force_login(people[person]())
    for method in (client.get, client.post) if expected != 200 else (client.get,):
        response = method(address(page, member))
        assert response.status_code == expected
        if expected != 200:
            assert b"mo@northmoor.example" not in response.content


@pytest.mark.parametrize("page", PARTNERSHIP_PAGES)
def test_strangers_are_asked_to_sign_in(client, page, lead, member):
    response = client.get(address(page, member))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("page", ["member", "member_end", "organisation", "organisation_remove"])
def test_ids_of_another_partnership_do_not_exist_in_mine(as_lead, page, partnership):
    from tests.factories import MembershipFactory

    foreign = MembershipFactory(name="Foreign Freda")
    pk = foreign.pk if page.startswith("member") else foreign.organisation.pk
    url = reverse(page, kwargs={"slug": partnership.slug, "pk": pk})
    for response in (as_lead.get(url), as_lead.post(url, {"name": "Mine now", "sector": "nhs"})):
        assert response.status_code == 404
        assert b"Freda" not in response.content


def test_somebody_who_has_left_finds_nothing(client, lead, member):
    from partnerships.operations import end_membership

    end_membership(by=lead.user, membership=member)
    client.force_login(member.user)
    assert client.get(reverse("members", args=["ageing-well"])).status_code == 404
    assert b"Ageing Well" not in client.get(reverse("assessments:partnerships")).content
