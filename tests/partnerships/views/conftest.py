import pytest

from tests.factories import CouncilFactory, MembershipFactory, PartnershipFactory, UserFactory, make_lead
from tests.made_once import made_once


@made_once
def partnership():
    return PartnershipFactory(
        name="Northmoor Ageing Well",
        slug="ageing-well",
        council=CouncilFactory(
            name="Northmoor Council", officers=[UserFactory(email="officer@northmoor.example")]
        ),
    )


@made_once
def lead(partnership):
    return make_lead(partnership, name="Lena Lead", email="lead@northmoor.example", organisation=None)


@made_once
def member(partnership):
    return MembershipFactory(
        partnership=partnership,
        name="Mo Member",
        email="mo@northmoor.example",
        organisation__name="Northmoor Fire",
        organisation__sector="fire",
    )


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead.user)
    return client
