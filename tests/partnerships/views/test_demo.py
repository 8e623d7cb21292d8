"""Signing in as somebody invented, and the mailbox: in a demonstration only."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from partnerships.mail import demo
from tests.factories import CouncilFactory, UserFactory


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.DEMO = True
    settings.DEMO_MAILBOX = tmp_path / "mail"
    settings.EMAIL_BACKEND = "partnerships.mail.demo.MailboxBackend"


def send(subject, body):
    connection = get_connection("partnerships.mail.demo.MailboxBackend")
    EmailMessage(subject, body, "from@site.example", ["mo@northmoor.example"], connection=connection).send()
    return demo.messages()[0].key


@pytest.mark.parametrize("page", ["/demo/", "/demo/mail/", "/demo/mail/x/"])
def test_outside_a_demonstration_none_of_it_is_there(client, lead, page):
    assert client.get(page).status_code == 404
    assert client.post(page, {"person": lead.user.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_outside_a_demonstration_nothing_leads_there(client, db):
    assert "/demo/" not in client.get(reverse("account_login")).content.decode()


def test_the_sign_in_page_leads_there(client, db, demonstration):
    assert "/demo/" in client.get(reverse("account_login")).content.decode()


def test_one_person_is_offered_for_each_part(client, demonstration, lead, member):
    UserFactory(name="Edie Editor", is_editor=True)
    UserFactory(name="Rita Root", is_staff=True, is_superuser=True)
    parts = [(str(part["title"]), part["person"].email) for part in client.get("/demo/").context["parts"]]
    assert [title for title, _email in parts] == [
        "Lead",
        "Member",
        "Officer of a council",
        "Framework editor",
        "Site administrator",
    ]
    assert "Changes the wording of the actions in a draft" in client.get("/demo/").content.decode()
    assert [email for _title, email in parts][:3] == [
        "lead@northmoor.example",
        "mo@northmoor.example",
        "officer@northmoor.example",
    ]


def test_choosing_a_part_signs_in(client, demonstration, lead):
    client.get("/demo/")
    assert "_auth_user_id" not in client.session
    response = client.post("/demo/", {"person": lead.user.pk}, follow=True)
    assert client.session["_auth_user_id"] == str(lead.user.pk)
    assert "Northmoor Ageing Well" in response.content.decode()


def test_nobody_who_is_not_offered_can_be_chosen(client, demonstration, lead):
    hidden = UserFactory()
    for person in (hidden.pk, "", "x", "1 OR 1=1"):
        assert client.post("/demo/", {"person": person}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_empty_site_says_how_to_fill_it(client, db, demonstration):
    assert "example_data" in client.get("/demo/").content.decode()


def test_the_mailbox_shows_messages_and_their_links(client, db, demonstration):
    assert "No e-mail yet" in client.get("/demo/mail/").content.decode()
    key = send("Please <rate>", "Open http://localhost:8000/r/abc/ now.\n\n<script>alert(1)</script>")
    assert "Please &lt;rate&gt;" in client.get("/demo/mail/").content.decode()
    page = client.get(reverse("demo_message", args=[key])).content.decode()
    assert '<a href="http://localhost:8000/r/abc/"' in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("key", ["x", "..", "..%2f..%2fetc%2fpasswd", "00000000000000000000-00000000"])
def test_keys_that_name_no_message(client, db, demonstration, key):
    assert client.get(f"/demo/mail/{key}/").status_code == 404


def test_pages_are_not_kept_by_the_browser(client, db, demonstration):
    assert "no-store" in client.get("/demo/mail/")["Cache-Control"]


def test_councils_without_officers_offer_none(client, db, demonstration):
    CouncilFactory()
    assert client.get("/demo/").context["parts"] == []
