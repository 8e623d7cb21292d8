"""Organisations of a partnership: add, change, remove only when nothing refers to them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Organisation
from partnerships.operations import end_membership
from tests.factories import OrganisationFactory


def url(page, partnership, *args):
    return reverse(page, args=[partnership.slug, *args])


def test_the_list_shows_sector_and_people(as_lead, member, partnership):
    page = as_lead.get(url("organisations", partnership)).content.decode()
    assert "Northmoor Fire" in page
    assert "Fire</td>" in page
    assert ">1</td>" in page


def test_the_list_takes_the_same_queries_whatever_its_length(as_lead, partnership):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            as_lead.get(url("organisations", partnership))
        return len(caught)

    OrganisationFactory(partnership=partnership)
    one = queries()
    OrganisationFactory.create_batch(2, partnership=partnership)
    assert queries() == one


def test_several_are_added_one_after_the_other(as_lead, partnership):
    new = url("organisation_new", partnership)
    response = as_lead.post(new, {"name": "Northmoor  Police", "sector": "police", "another": "yes"})
    assert response.url == new
    response = as_lead.post(new, {"name": "Northmoor NHS Trust", "sector": "nhs"})
    assert response.url == url("organisations", partnership)
    assert list(partnership.organisations.values_list("name", "sector")) == [
        ("Northmoor NHS Trust", "nhs"),
        ("Northmoor Police", "police"),
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "", "sector": "nhs"}, "name"),
        ({"name": "x" * 121, "sector": "nhs"}, "name"),
        ({"name": "NORTHMOOR FIRE", "sector": "fire"}, "name"),
        ({"name": "Ambulance", "sector": "boats"}, "sector"),
    ],
)
def test_bad_input_is_named(as_lead, member, partnership, data, field):
    response = as_lead.post(url("organisation_new", partnership), data)
    assert field in response.context["form"].errors
    assert partnership.organisations.count() == 1


def test_changing_keeps_its_people(as_lead, member, partnership):
    as_lead.post(
        url("organisation", partnership, member.organisation.pk), {"name": "Fells Fire", "sector": "fire"}
    )
    member.refresh_from_db()
    assert member.organisation.name == "Fells Fire"


def test_removing_asks_first_and_then_removes(as_lead, partnership):
    organisation = OrganisationFactory(partnership=partnership, name="Northmoor Police")
    remove = url("organisation_remove", partnership, organisation.pk)
    assert "Remove Northmoor Police?" in as_lead.get(remove).content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    assert "Northmoor Police is removed." in as_lead.post(remove, follow=True).content.decode()
    assert not Organisation.objects.filter(pk=organisation.pk).exists()


def test_one_with_people_stays_and_says_why(as_lead, member, partnership):
    response = as_lead.post(url("organisation_remove", partnership, member.organisation.pk))
    assert "1 person belongs to this organisation" in response.content.decode()
    assert Organisation.objects.filter(pk=member.organisation.pk).exists()


def test_one_that_history_refers_to_stays_and_says_why(as_lead, lead, member, partnership):
    end_membership(by=lead.user, membership=member)
    response = as_lead.post(url("organisation_remove", partnership, member.organisation.pk))
    assert "it stays in the history" in response.content.decode()
    assert Organisation.objects.filter(pk=member.organisation.pk).exists()
