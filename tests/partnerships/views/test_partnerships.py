"""The list of partnerships, making one, its settings, handing it over."""

import pytest
from django.urls import reverse

from partnerships.models import AuditEvent, Partnership, User
from partnerships.permissions import Role, roles
from tests.factories import CouncilFactory, MembershipFactory, PartnershipFactory, UserFactory, make_lead

NEW = {"name": "Northmoor Safer Streets", "system": "community_safety", "review_months": "12"}


def test_the_list_stands_under_the_strongest_role(client, partnership, lead):
    second = PartnershipFactory(name="Fells Climate")
    MembershipFactory(partnership=second, user=lead.user, email=lead.email)
    hosted = PartnershipFactory(name="Beck Early Years")
    hosted.council.officers.add(lead.user)
    partnership.council.officers.add(lead.user)
    PartnershipFactory(name="Not mine at all")
    client.force_login(lead.user)
    page = client.get(reverse("partnerships"))
    found = [(str(title), [p.name for p in found]) for title, found in page.context["sections"]]
    assert found == [
        ("You lead", ["Northmoor Ageing Well"]),
        ("You belong to", ["Fells Climate"]),
        ("Your council hosts", ["Beck Early Years"]),
    ]
    assert "Not mine at all" not in page.content.decode()


def test_the_list_takes_the_same_queries_whatever_its_length(client, django_assert_num_queries, partnership):
    officer = User.objects.get(email="officer@northmoor.example")
    client.force_login(officer)

    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("partnerships"))
        return len(caught)

    one = queries()
    PartnershipFactory.create_batch(2, council=partnership.council)
    assert queries() == one


def test_nothing_yet_says_what_to_do(client, db):
    client.force_login(UserFactory())
    page = client.get(reverse("partnerships")).content.decode()
    assert "You do not belong to a partnership yet" in page
    assert reverse("partnership_new") in page


def test_anybody_signed_in_makes_a_partnership_and_leads_it(client, db):
    council = CouncilFactory()
    person = UserFactory(name="Nia New")
    client.force_login(person)
    response = client.post(reverse("partnership_new"), NEW | {"council": council.pk}, follow=True)
    made = Partnership.objects.get()
    assert (made.name, made.system, made.review_months, made.council) == (
        "Northmoor Safer Streets",
        "community_safety",
        12,
        council,
    )
    assert roles(person, made) == {Role.LEAD}
    assert "Three steps to your first round" in response.content.decode()


def test_a_partnership_called_new_can_be_reached(client, db):
    client.force_login(UserFactory())
    client.post(reverse("partnership_new"), NEW | {"name": "New", "council": CouncilFactory().pk})
    assert client.get(reverse("organisations", args=["new-2"])).status_code == 200


def test_without_a_council_there_is_somebody_to_ask(client, db):
    client.force_login(UserFactory())
    assert "Ask the administrator" in client.get(reverse("partnership_new")).content.decode()


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "northmoor ageing well"}, "name"),
        ({"system": "plumbing"}, "system"),
        ({"review_months": "often"}, "review_months"),
        ({"review_months": "0"}, "review_months"),
        ({"review_months": "9" * 40}, "review_months"),
        ({"council": "999999"}, "council"),
        ({"council": "x"}, "council"),
    ],
)
def test_bad_input_is_named_and_nothing_is_made(as_lead, partnership, bad, field):
    response = as_lead.post(reverse("partnership_new"), NEW | {"council": partnership.council.pk} | bad)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "There is a problem" in response.content.decode()
    assert Partnership.objects.count() == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "شراكة الشمال", "=SUM(A1:A9)", "Zoe\u0308"])
def test_names_from_anywhere_are_shown_as_text(as_lead, partnership, name):
    as_lead.post(reverse("partnership_new"), NEW | {"name": name, "council": partnership.council.pk})
    page = as_lead.get(reverse("partnerships")).content.decode()
    assert "<script>alert" not in page
    assert name.replace("<", "&lt;").replace(">", "&gt;").replace("e\u0308", "ë") in page


def test_settings_are_changed_and_audited(as_lead, partnership):
    url = reverse("partnership_settings", args=[partnership.slug])
    as_lead.post(url, {"name": "Ageing Better", "system": "other", "review_months": "6"})
    partnership.refresh_from_db()
    assert (partnership.name, partnership.system) == ("Ageing Better", "other")
    event = AuditEvent.objects.get(event="partnership changed")
    assert (event.before["name"], event.after["name"]) == ("Northmoor Ageing Well", "Ageing Better")


def test_handing_over_says_who_gains_and_loses_before_anything_changes(as_lead, partnership):
    gaining = UserFactory()
    fells = CouncilFactory(name="Fells Council", officers=[gaining], retention_months=7)
    url = reverse("partnership_hand_over", args=[partnership.slug])
    page = as_lead.post(url, {"council": fells.pk}).content.decode()
    assert "Fells Council gains: its 1 officer can read" in page
    assert "Northmoor Council loses: its 1 officer no longer sees" in page
    assert "7 months" in page
    partnership.refresh_from_db()
    assert partnership.council.name == "Northmoor Council"

    as_lead.post(url, {"council": fells.pk, "confirmed": "yes"})
    partnership.refresh_from_db()
    assert partnership.council == fells
    assert roles(gaining, partnership) == {Role.OFFICER}
    assert roles(User.objects.get(email="officer@northmoor.example"), partnership) == frozenset()


def test_handing_over_to_a_council_without_officers_says_so(as_lead, partnership):
    url = reverse("partnership_hand_over", args=[partnership.slug])
    page = as_lead.post(url, {"council": CouncilFactory(name="Fells Council").pk}).content.decode()
    assert "Fells Council has no officers yet" in page


def test_handing_over_to_nobody_or_itself_is_refused(as_lead, partnership):
    url = reverse("partnership_hand_over", args=[partnership.slug])
    for council in ("", "x", partnership.council.pk):
        response = as_lead.post(url, {"council": council, "confirmed": "yes"})
        assert "council" in response.context["form"].errors


def test_two_leads_do_not_share_a_settings_page(client, partnership, lead):
    other = make_lead(PartnershipFactory())
    client.force_login(other.user)
    assert client.get(reverse("partnership_settings", args=[partnership.slug])).status_code == 404


def test_the_first_page_is_for_strangers_and_sends_others_on(client, db):
    assert "How it works" in client.get("/").content.decode()
    client.force_login(UserFactory())
    assert client.get("/").url == reverse("partnerships")
