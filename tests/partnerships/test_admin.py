"""What administrators set up, that it is audited, and that no page of theirs says who rated what."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.urls import reverse

from partnerships.models import AuditEvent, Council, User
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
    make_lead,
    make_round,
)
from tests.made_once import made_once

pytestmark = pytest.mark.django_db
COMMENT = "Only Mo could have written this"


@made_once
def administrator():
    return UserFactory(email="root@northmoor.example", name="Rita Root", is_staff=True, is_superuser=True)


@pytest.fixture
def site(client, administrator):
    client.force_login(administrator)
    return client


def url(model, page, *args):
    return reverse(f"admin:partnerships_{model}_{page}", args=args)


def test_only_what_sets_up_the_site_is_registered():
    names = {model._meta.label for model in admin.site._registry}
    assert names == {
        "partnerships.User",
        "partnerships.Council",
        "partnerships.Partnership",
        "partnerships.SiteText",
        "partnerships.AuditEvent",
    }


def test_an_account_needs_an_address_and_no_password(site):
    site.post(
        url("user", "add"),
        {"email": "Eddy@Northmoor.example", "name": "Eddy", "is_editor": "on", "is_active": "on"},
    )
    eddy = User.objects.get(email="eddy@northmoor.example")
    assert (eddy.is_editor, eddy.is_staff, eddy.has_usable_password()) == (True, False, False)
    event = AuditEvent.objects.get(event="account created")
    assert event.after["is_editor"] is True
    assert "eddy" not in f"{event.target_text}{event.before}{event.after}".lower()


def test_rights_that_change_are_in_the_trail_without_a_name(site):
    person = UserFactory(name="Eddy")
    data = {"email": person.email, "name": "Eddy", "is_active": "on", "is_editor": "on"}
    site.post(url("user", "change", person.pk), data)
    event = AuditEvent.objects.get(event="account changed")
    assert (event.before["is_editor"], event.after["is_editor"]) == (False, True)
    assert event.target_key == str(person.pk)
    assert not LogEntry.objects.filter(object_repr__contains="Eddy").exists()


def test_a_changed_address_is_in_the_trail_but_not_which(site):
    """With it an administrator could sign in as that person: it must be seen that it happened."""
    person = UserFactory(name="Eddy", email="eddy@northmoor.example")
    site.post(url("user", "change", person.pk), {"email": "mine@elsewhere.example", "is_active": "on"})
    event = AuditEvent.objects.get(event="account changed")
    assert event.after["changed"] == ["email"]
    assert "@" not in f"{event.target_text}{event.before}{event.after}"


def test_the_same_address_twice_is_refused(site, administrator):
    response = site.post(url("user", "add"), {"email": "ROOT@northmoor.example", "is_active": "on"})
    assert "There is an account with this address." in response.content.decode()


def test_the_only_administrator_cannot_lock_everybody_out(site, administrator):
    data = {"email": administrator.email, "name": "Rita", "is_active": "on"}
    response = site.post(url("user", "change", administrator.pk), data)
    assert "This is the only administrator" in response.content.decode()
    assert User.objects.get(pk=administrator.pk).is_superuser


def test_a_changed_address_takes_the_old_one_away(site):
    from allauth.account.models import EmailAddress

    person = UserFactory(email="old@northmoor.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    site.post(url("user", "change", person.pk), {"email": "new@northmoor.example", "is_active": "on"})
    assert not EmailAddress.objects.filter(email="old@northmoor.example").exists()


def test_a_council_with_officers(site):
    officers = UserFactory.create_batch(2)
    data = {
        "name": "Northmoor Council",
        "retention_months": "24",
        "contact": "",
        "officers": [o.pk for o in officers],
    }
    site.post(url("council", "add"), data)
    council = Council.objects.get()
    assert council.slug == "northmoor-council"
    assert set(council.officers.all()) == set(officers)
    site.post(url("council", "change", council.pk), data | {"officers": [officers[0].pk]})
    event = AuditEvent.objects.filter(event="officers changed").first()
    assert event.before["users"] == [o.pk for o in officers]
    assert event.after["users"] == [officers[0].pk]


@pytest.mark.parametrize("months", ["0", "121", "-1", "x", ""])
def test_a_council_keeps_ratings_for_a_sensible_time(site, months):
    response = site.post(url("council", "add"), {"name": "N", "retention_months": months})
    assert response.status_code == 200
    assert not Council.objects.exists()


def test_a_partnership_can_be_handed_over_and_nothing_else(site):
    partnership, fells = PartnershipFactory(name="Ageing Well"), CouncilFactory(name="Fells")
    before = partnership.council
    site.post(
        url("partnership", "change", partnership.pk),
        {"council": fells.pk, "name": "Other", "system": "climate"},
    )
    partnership.refresh_from_db()
    assert (partnership.council, partnership.name, partnership.system) == (
        fells,
        "Ageing Well",
        "health_and_care",
    )
    event = AuditEvent.objects.get(event="partnership handed over")
    assert (event.before["council_id"], event.after["council_id"]) == (before.pk, fells.pk)


def test_handing_over_to_a_council_with_a_namesake_is_refused(site):
    partnership, fells = PartnershipFactory(name="Ageing Well"), CouncilFactory()
    PartnershipFactory(name="ageing well", council=fells)
    response = site.post(url("partnership", "change", partnership.pk), {"council": fells.pk})
    assert "already hosts a partnership with this name" in response.content.decode()


@pytest.mark.parametrize("model", ["user", "council", "partnership", "auditevent"])
def test_nothing_is_deleted(site, administrator, model):
    PartnershipFactory()
    rows = {
        "user": administrator,
        "council": Council.objects.first(),
        "partnership": PartnershipFactory(),
        "auditevent": AuditEvent.objects.create(
            event="x", actor="command", target_kind="round", target_key="1"
        ),
    }
    delete = url(model, "delete", rows[model].pk)
    assert site.get(delete).status_code == 403
    assert site.post(delete, {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": rows[model].pk, "post": "yes"}
    site.post(url(model, "changelist"), action)
    assert type(rows[model]).objects.filter(pk=rows[model].pk).exists()


@pytest.mark.parametrize(
    "asked",
    [
        "user/?password__startswith=md5",
        "user/?last_login__isnull=1",
        "user/?memberships__participant__responses__ratings__level=5",
        "council/?partnerships__rounds__responses__ratings__level=5",
        "partnership/?participants__key__startswith=a",
        "partnership/?council__partnerships__rounds__responses__ratings__comment__contains=a",
        "auditevent/?after__contains=level",
        "sitetext/?body__contains=a",
    ],
)
def test_no_filter_reaches_beyond_the_list(site, asked):
    assert site.get(f"/admin/partnerships/{asked}").status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        "user/?is_staff__exact=1",
        "partnership/?council__id__exact=1",
        "auditevent/?event__exact=x",
        "auditevent/?at__year=2026",
    ],
)
def test_the_filters_beside_a_list_work(site, asked):
    assert site.get(f"/admin/partnerships/{asked}").status_code == 200


def test_the_audit_trail_is_only_read(site):
    event = AuditEvent.objects.create(event="x", actor="command", target_kind="round", target_key="1")
    assert site.get(url("auditevent", "add")).status_code == 403
    assert site.post(url("auditevent", "change", event.pk), {"event": "y"}).status_code == 403
    assert site.get(url("auditevent", "changelist") + "?q=round&event=x").status_code == 200


def test_pages_of_the_administration_say_nothing_about_who_rated_what(site):
    call_command("loaddata", "transforming_together", verbosity=0)
    partnership = PartnershipFactory(name="Ageing Well")
    lead, mo = make_lead(partnership), MembershipFactory(partnership=partnership, name="Mo Member")
    make_round(partnership, by=lead.user, state="revealed", answers=[(mo, {1: (2, COMMENT), 2: "dk"})])
    pages = ["/admin/", "/admin/partnerships/"]
    for model, row in (("user", mo.user), ("council", partnership.council), ("partnership", partnership)):
        pages += [url(model, "changelist"), url(model, "change", row.pk), url(model, "history", row.pk)]
    pages += [url("auditevent", "changelist"), url("auditevent", "changelist") + "?q=Mo"]
    pages += [url("auditevent", "change", event.pk) for event in AuditEvent.objects.all()]
    for page in pages:
        response = site.get(page)
        words = response.content.decode()
        assert response.status_code == 200, page
        assert COMMENT not in words, page
        if "auditevent" in page:
            assert "Mo Member" not in words, page
        assert 'style="' not in words, page
        assert "<script>" not in words, page


@pytest.mark.parametrize("page", ["/admin/", "/admin/partnerships/user/", "/admin/partnerships/auditevent/"])
def test_nobody_else_gets_in(client, page):
    for person in (UserFactory(), UserFactory(is_editor=True)):
        client.force_login(person)
        assert client.get(page, follow=True).status_code == 403
