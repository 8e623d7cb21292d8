"""A partnership with a lead, members and an officer, and the pages they open."""

import re
from dataclasses import dataclass, field

from django.test import Client

from assessments.models import Invitation
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    make_lead,
)


@dataclass
class Place:
    partnership: object
    lead: object
    members: list
    officer: object
    browsers: dict = field(default_factory=dict)

    @property
    def by(self):
        return self.lead.user

    def as_(self, user):
        """A browser in which the person is signed in."""
        if user.pk not in self.browsers:
            self.browsers[user.pk] = Client()
            self.browsers[user.pk].force_login(user)
        return self.browsers[user.pk]

    @property
    def web(self):
        return self.as_(self.by)

    @property
    def url(self):
        return self.partnership.get_absolute_url()

    def invitation(self, round, member):
        return Invitation.objects.get(round=round, participant__membership=member)


def make_place(people=6, town="Northmoor"):
    officer = UserFactory(name="Olu Bright")
    council = CouncilFactory(name=f"{town} Council", officers=[officer])
    partnership = PartnershipFactory(name=f"{town} Ageing Well", council=council)
    lead = make_lead(partnership, name="Robin Ashdown", email=f"robin@{town.lower()}.example")
    homes = [OrganisationFactory(partnership=partnership, name=name) for name in ("Moorside Carers", "NHS")]
    members = [
        MembershipFactory(
            partnership=partnership,
            name=f"Sam Tarn {n}",
            email=f"sam{n}@{town.lower()}.example",
            organisation=homes[n % 2],
        )
        for n in range(people)
    ]
    return Place(partnership, lead, members, officer)


def words(page):
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&#x27;", "'").split())
