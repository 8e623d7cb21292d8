"""Members one by one, pasted and uploaded: preview first, all or nothing, and never without a lead."""

import io
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from partnerships.models import AuditEvent, Membership, User
from partnerships.operations import end_membership
from tests.factories import MembershipFactory, OrganisationFactory, make_lead, make_round

ANN = {"name": "Ann Lee", "email": "Ann@Northmoor.example", "role": "member", "standpoint": "senior"}


def url(page, partnership, *args):
    return reverse(page, args=[partnership.slug, *args])


def names(partnership):
    return list(partnership.memberships.current().values_list("name", flat=True))


def test_the_list_shows_who_they_are(as_lead, member, partnership):
    page = as_lead.get(url("members", partnership)).content.decode()
    for words in ("Mo Member", "mo@northmoor.example", "Northmoor Fire", "Middle manager", "Lead"):
        assert words in page


def test_the_list_takes_the_same_queries_whatever_its_length(as_lead, member, partnership):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            as_lead.get(url("members", partnership))
        return len(caught)

    one = queries()
    MembershipFactory.create_batch(2, partnership=partnership)
    assert queries() == one


def test_a_person_is_added_and_can_sign_in_by_code(as_lead, partnership):
    organisation = OrganisationFactory(partnership=partnership)
    as_lead.post(url("member_new", partnership), ANN | {"organisation": organisation.pk})
    ann = partnership.memberships.get(name="Ann Lee")
    assert (ann.email, ann.organisation, ann.standpoint, ann.role) == (
        "ann@northmoor.example",
        organisation,
        "senior",
        "member",
    )
    assert ann.user == User.objects.get(email="ann@northmoor.example")
    assert not ann.user.has_usable_password()


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "not an address"}, "email"),
        ({"email": "LEAD@northmoor.example"}, "email"),
        ({"role": "king"}, "role"),
        ({"role": "lead", "email": ""}, "email"),
        ({"standpoint": "upstairs"}, "standpoint"),
        ({"organisation": "999999"}, "organisation"),
    ],
)
def test_bad_input_is_named(as_lead, partnership, bad, field):
    response = as_lead.post(url("member_new", partnership), ANN | bad)
    assert field in response.context["form"].errors
    assert names(partnership) == ["Lena Lead"]


def test_an_organisation_of_another_partnership_cannot_be_chosen(as_lead, partnership):
    foreign = OrganisationFactory()
    response = as_lead.post(url("member_new", partnership), ANN | {"organisation": foreign.pk})
    assert "organisation" in response.context["form"].errors
    assert foreign.name not in response.content.decode()


def test_a_changed_address_signs_in_with_its_own_account(as_lead, member, partnership):
    old = member.user
    as_lead.post(url("member", partnership, member.pk), ANN | {"name": "Mo Member"})
    member.refresh_from_db()
    assert member.user.email == "ann@northmoor.example"
    assert member.user != old
    event = AuditEvent.objects.get(event="member changed")
    assert "ann@northmoor.example" not in str(event.after) + str(event.before) + event.target_text


def test_the_last_lead_can_neither_go_nor_step_down(as_lead, lead, member, partnership):
    demote = {"name": lead.name, "email": lead.email, "role": "member", "standpoint": ""}
    for page, data in (("member", demote), ("member_end", {})):
        response = as_lead.post(url(page, partnership, lead.pk), data)
        assert "This is the only lead" in response.content.decode()
    lead.refresh_from_db()
    assert (lead.role, lead.ended_at) == ("lead", None)


def test_with_a_second_lead_the_first_can_step_down_and_is_led_away(as_lead, lead, partnership):
    make_lead(partnership)
    demote = {"name": lead.name, "email": lead.email, "role": "member", "standpoint": ""}
    assert as_lead.post(url("member", partnership, lead.pk), demote).url == reverse(
        "assessments:partnerships"
    )
    lead.refresh_from_db()
    assert lead.role == "member"


def test_a_lead_who_cannot_sign_in_does_not_count(as_lead, lead, partnership):
    make_lead(partnership, user__is_active=False)
    assert "only lead" in as_lead.post(url("member_end", partnership, lead.pk)).content.decode()


def test_ending_a_membership_asks_first(as_lead, member, partnership):
    end = url("member_end", partnership, member.pk)
    assert "Mo Member has left?" in as_lead.get(end).content.decode()
    assert "Mo Member" in names(partnership)
    as_lead.post(end)
    assert "Mo Member" not in names(partnership)


LINES = "Ann Lee, ann@northmoor.example, Northmoor Police, senior\n=HYPERLINK(1), , Northmoor Fire,\n"


def preview(client, partnership, lines):
    return client.post(url("members_paste", partnership), {"lines": lines})


def test_pasting_shows_first_and_adds_on_confirming(as_lead, member, partnership):
    response = preview(as_lead, partnership, LINES)
    page = response.content.decode()
    assert "Add 2 people?" in page
    assert "1 new organisation will be made" in page
    assert "Northmoor Police (Other)" in page
    assert names(partnership) == ["Lena Lead", "Mo Member"]

    carried = response.context["lines"]
    page = as_lead.post(
        url("members_paste", partnership), {"lines": carried, "confirmed": "yes"}, follow=True
    ).content.decode()
    assert "2 people are added." in page
    assert set(names(partnership)) == {"Lena Lead", "Mo Member", "Ann Lee", "=HYPERLINK(1)"}
    assert partnership.memberships.get(name="Ann Lee").organisation.name == "Northmoor Police"


def test_confirming_twice_adds_nobody_twice(as_lead, partnership):
    for _again in range(2):
        response = as_lead.post(url("members_paste", partnership), {"lines": LINES, "confirmed": "yes"})
    assert "already a member" in response.content.decode()
    assert partnership.memberships.count() == 3


def test_one_bad_row_stops_everybody_and_is_named(as_lead, partnership):
    text = LINES + "Bob, bob at northmoor, Fire, boss\n"
    for extra in ({}, {"confirmed": "yes"}):
        response = as_lead.post(url("members_paste", partnership), {"lines": text} | extra)
        page = response.content.decode()
        assert "Row\u00a03" in page
        assert "bob at northmoor" in page
        assert "2 things to put right" in page
        assert text.replace("\n", "") in page.replace("\n", "").replace("\r", "")
    assert names(partnership) == ["Lena Lead"]
    assert not partnership.organisations.exists()


def test_markup_in_a_list_stays_text(as_lead, partnership):
    page = preview(as_lead, partnership, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_list_can_be_changed_before_confirming(as_lead, partnership):
    response = as_lead.post(url("members_paste", partnership), {"lines": LINES, "change": "yes"})
    assert response.context["form"].initial["lines"] == LINES


@pytest.mark.parametrize("lines", ["", 'Ann,"open\nBob'])
def test_a_list_that_cannot_be_read(as_lead, partnership, lines):
    response = preview(as_lead, partnership, lines)
    assert "lines" in response.context["form"].errors
    assert names(partnership) == ["Lena Lead"]


def test_a_list_of_nobody(as_lead, partnership):
    assert "at least one person" in preview(as_lead, partnership, "   \n ,,").content.decode()


def upload(client, partnership, content, name="members.csv"):
    return client.post(url("members_upload", partnership), {"file": SimpleUploadedFile(name, content)})


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_upload_is_carried_to_the_confirmation_exactly(as_lead, partnership, kind):
    rows = [["name", "organisation"], ["Lee, Ann; and Bob", "Fire\tRescue"], ['The "Duke"', "Fire"]]
    if kind == "xlsx":
        content = workbook(*rows)
    else:
        content = b'name,organisation\n"Lee, Ann; and Bob","Fire\tRescue"\n"The ""Duke""",Fire\n'
    response = upload(as_lead, partnership, content, f"members.{kind}")
    assert [person.name for person, *_ in response.context["people"]] == ["Lee, Ann; and Bob", 'The "Duke"']
    as_lead.post(url("members_paste", partnership), {"lines": response.context["lines"], "confirmed": "yes"})
    assert set(names(partnership)) == {"Lena Lead", "Lee, Ann; and Bob", 'The "Duke"'}
    assert set(partnership.organisations.values_list("name", flat=True)) == {"Fire Rescue", "Fire"}


def test_a_faulty_upload_can_be_put_right_on_the_page(as_lead, partnership):
    response = upload(as_lead, partnership, workbook(["name", "e-mail"], [], ["Ann", "nonsense"]))
    page = response.content.decode()
    assert "Row\u00a03" in page
    assert "Put it right here" in page
    mended = response.context["mend"].initial["lines"].replace("nonsense", "ann@a.example")
    assert "Add 1 person?" in preview(as_lead, partnership, mended).content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a" * (20 * 1024 * 1024), "at most 2 MB"),
        (b"", "empty"),
        ("Zoë".encode("cp1252"), "CSV UTF-8"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF."),
        (b"name;e-mail;organisation\nAnn,ann@a.example,NHS\n", "Line 2 is told apart by commas"),
    ],
)
def test_an_upload_that_cannot_be_read(as_lead, partnership, content, said):
    response = upload(as_lead, partnership, content)
    assert said in " ".join(response.context["form"].errors["file"])
    assert names(partnership) == ["Lena Lead"]


def test_no_file_chosen(as_lead, partnership):
    response = as_lead.post(url("members_upload", partnership), {})
    assert "file" in response.context["form"].errors


def test_the_example_file_can_be_uploaded_as_it_is(as_lead, partnership):
    example = as_lead.get(url("members_example", partnership))
    assert example["Content-Disposition"] == 'attachment; filename="members.csv"'
    response = upload(as_lead, partnership, example.content)
    assert "Add 2 people?" in response.content.decode()


def test_a_thousand_people_are_added_at_once(as_lead, partnership):
    lines = "\n".join(f"Person {n}, person{n}@northmoor.example, Organisation {n % 9}" for n in range(1000))
    response = preview(as_lead, partnership, lines)
    assert "Add 1000 people?" in response.content.decode()
    as_lead.post(url("members_paste", partnership), {"lines": response.context["lines"], "confirmed": "yes"})
    assert Membership.objects.count() == 1001


class TestThreeSteps:
    """They stay on the way until there is a round, and say which comes next."""

    def next_step(self, client, partnership, page):
        found = client.get(url(page, partnership)).content.decode()
        if "Three steps to your first round" not in found:
            return None
        return re.search(r'aria-current="step">.*?<h3>(?:<a[^>]*>)?([^<]+)', found, re.S)[1]

    def test_from_nothing_to_a_round(self, as_lead, lead, partnership, edition):
        for page in ("organisations", "members"):
            assert self.next_step(as_lead, partnership, page) == "Organisations"
        OrganisationFactory(partnership=partnership)
        assert self.next_step(as_lead, partnership, "organisations") == "Members"
        as_lead.post(url("members_paste", partnership), {"lines": LINES, "confirmed": "yes"})
        for page in ("organisations", "members"):
            assert self.next_step(as_lead, partnership, page) == "Plan the first round"
            assert reverse("assessments:round_new", args=[partnership.slug]) in (
                as_lead.get(url(page, partnership)).content.decode()
            )
        make_round(partnership, by=lead.user)
        for page in ("organisations", "members"):
            assert self.next_step(as_lead, partnership, page) is None


class TestPeopleWhoHaveLeft:
    def left(self, client, partnership):
        page = client.get(url("members", partnership))
        return [person.name for person in page.context["left"]], page.content.decode()

    def test_they_are_listed_with_the_day_and_can_be_erased(self, as_lead, lead, member, partnership):
        assert self.left(as_lead, partnership)[0] == []
        assert "People who have left" not in self.left(as_lead, partnership)[1]
        end_membership(by=lead.user, membership=member)
        member.ended_at = datetime(2026, 6, 3, 12, tzinfo=UTC)
        member.save()
        names, page = self.left(as_lead, partnership)
        assert names == ["Mo Member"]
        assert "left 3 June 2026" in page
        erase = reverse("assessments:member_erase", args=[partnership.slug, member.pk])
        assert f'href="{erase}"' in page
        as_lead.post(erase)
        assert not Membership.objects.filter(name="Mo Member").exists()

    def test_whoever_has_come_back_is_a_member_and_nothing_else(self, as_lead, lead, member, partnership):
        end_membership(by=lead.user, membership=member)
        back = {"name": "Mo Member", "email": "MO@northmoor.example", "role": "member", "standpoint": ""}
        as_lead.post(url("member_new", partnership), back)
        assert partnership.memberships.filter(email="mo@northmoor.example").count() == 2
        assert partnership.memberships.current().filter(email="mo@northmoor.example").count() == 1
        assert self.left(as_lead, partnership)[0] == []  # erasing them here would erase the member
