"""The list of partnerships, making one, its settings, handing it over."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import AuditEvent, Partnership, User
from partnerships.operations import create_partnership
from partnerships.permissions import Role, roles
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
    make_lead,
    make_round,
)

NEW = {"name": "Northmoor Safer Streets", "system": "community_safety", "review_months": "12"}


def test_the_list_stands_under_the_strongest_role(client, partnership, lead):
    second = PartnershipFactory(name="Fells Climate")
    MembershipFactory(partnership=second, user=lead.user, email=lead.email)
    hosted = PartnershipFactory(name="Beck Early Years")
    hosted.council.officers.add(lead.user)
    partnership.council.officers.add(lead.user)
    PartnershipFactory(name="Not mine at all")
    client.force_login(lead.user)
    page = client.get(reverse("assessments:partnerships"))
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
            client.get(reverse("assessments:partnerships"))
        return len(caught)

    one = queries()
    PartnershipFactory.create_batch(2, council=partnership.council)
    assert queries() == one


def test_nothing_yet_says_what_to_do(client, db):
    client.force_login(UserFactory())
    page = client.get(reverse("assessments:partnerships")).content.decode()
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
    page = as_lead.get(reverse("assessments:partnerships")).content.decode()
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
    assert client.get("/").url == reverse("assessments:partnerships")


@pytest.mark.parametrize(
    ("rights", "task", "address"),
    [
        ({"is_editor": True}, "The actions and their words", "framework_editing"),
        ({"is_staff": True, "is_superuser": True}, "Councils, their officers, editors", "admin:index"),
        ({"is_staff": True, "is_superuser": True}, "The actions and their words", "framework_editing"),
    ],
)
def test_whoever_looks_after_the_site_lands_on_their_task(client, db, rights, task, address):
    client.force_login(UserFactory(**rights))
    seen = client.get("/", follow=True).content.decode()
    assert task in seen
    assert f'<a href="{reverse(address)}">' in seen
    assert "You do not belong to a partnership yet" not in seen


def test_months_between_reviews_have_words_of_their_own(as_lead, partnership):
    for months in ("0", "61"):
        data = NEW | {"council": partnership.council.pk, "review_months": months}
        response = as_lead.post(reverse("partnership_new"), data)
        assert response.context["form"].errors["review_months"] == ["Choose 1 to 60 months."]


def test_a_sole_council_is_chosen_already_and_nothing_is_to_be_handed_over(as_lead, partnership):
    def chosen():
        return as_lead.get(reverse("partnership_new")).context["form"]["council"].value()

    settings = reverse("partnership_settings", args=[partnership.slug])
    assert chosen() == partnership.council.pk
    assert "Hand over" not in as_lead.get(settings).content.decode()
    CouncilFactory()
    assert chosen() is None
    assert "Hand over" in as_lead.get(settings).content.decode()


def test_no_partnership_takes_the_address_of_the_page_that_makes_one(db):
    facts = {"council": CouncilFactory(), "system": "climate", "review_months": 6}
    with pytest.raises(ValidationError, match="Choose another short name"):
        create_partnership(by=None, name="Fresh start", slug="new", **facts)
    assert create_partnership(by=None, name="New", **facts).slug == "new-2"


class TestTheLatestRound:
    def line(self, client, user):
        client.force_login(user)
        page = client.get(reverse("assessments:partnerships"))
        return [p.round_line for _title, found in page.context["sections"] for p in found]

    @pytest.mark.parametrize(
        ("state", "for_lead", "for_others"),
        [
            ("draft", "Autumn 2026 is a draft: nobody has been asked yet", "No round yet"),
            ("open", "Autumn 2026 is open: 0 of 2 have answered", None),
            (
                "closed",
                "Autumn 2026 is closed: 0 of 2 answered",
                "Autumn 2026 is closed: results not shared yet",
            ),
            (
                "revealed",
                "Results of Autumn 2026 opened 3 June 2026, not shared yet",
                "Autumn 2026 is closed: results not shared yet",
            ),
            ("shared", "Results of Autumn 2026 shared 3 June 2026", None),
        ],
    )
    def test_each_sees_what_they_may(self, client, edition, lead, member, state, for_lead, for_others):
        round = make_round(lead.partnership, by=lead.user, state=state)
        day = datetime(2026, 6, 3, 12, tzinfo=UTC)
        for moment in ("revealed_at", "shared_at"):
            if getattr(round, moment):
                setattr(round, moment, day)
        round.save()
        officer = User.objects.get(email="officer@northmoor.example")
        assert self.line(client, lead.user) == [for_lead]
        for user in (member.user, officer):
            assert self.line(client, user) == [for_others or for_lead]

    def test_the_newest_one_counts(self, client, edition, lead, member):
        make_round(lead.partnership, by=lead.user, state="shared", title="Summer 2026")
        make_round(lead.partnership, by=lead.user, state="open", title="Autumn 2026")
        make_round(lead.partnership, by=lead.user, title="Winter 2026")
        assert self.line(client, member.user) == ["Autumn 2026 is open: 0 of 2 have answered"]
        assert self.line(client, lead.user) == ["Winter 2026 is a draft: nobody has been asked yet"]

    def test_the_queries_do_not_grow_with_the_partnerships(self, client, edition, lead, member):
        def queries():
            with CaptureQueriesContext(connection) as caught:
                page = client.get(reverse("assessments:partnerships"))
            return len(caught), sum(len(found) for _title, found in page.context["sections"])

        client.force_login(lead.user)
        make_round(lead.partnership, by=lead.user, state="open")
        first, one = queries()
        for state in ("open", "closed", "shared"):
            other = make_lead(PartnershipFactory(), user=lead.user, email=lead.email)
            make_round(other.partnership, by=lead.user, state=state)
        assert (one, queries()) == (1, (first, 4))
