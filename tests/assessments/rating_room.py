"""A round somebody can rate by link, and what a browser would send."""

import re
from dataclasses import dataclass

from assessments import keys
from assessments.models import Invitation, Rating
from assessments.operations import invitations
from tests.factories import MembershipFactory, OrganisationFactory, PartnershipFactory, make_lead, make_round


@dataclass
class AskedMember:
    """An open round, one member of it, and their private link."""

    partnership: object
    lead: object
    member: object
    round: object
    invitation: object
    token: str

    def url(self, rest=""):
        return f"/r/{self.token}/{rest}"

    def levels(self):
        """Action number -> level of everything saved."""
        return dict(Rating.objects.order_by("action__number").values_list("action__number", "level"))


def ask_a_member(**settings):
    partnership = PartnershipFactory(name="Northmoor Ageing Well")
    lead = make_lead(partnership, name="Robin Ashdown")
    organisation = OrganisationFactory(partnership=partnership, name="Moorside Carers")
    member = MembershipFactory(
        partnership=partnership,
        name="Sam Tarn",
        email="sam@northmoor.example",
        organisation=organisation,
    )
    round = make_round(partnership, by=lead.user, state="open", **settings)
    invitation = Invitation.objects.get(round=round, participant__membership=member)
    token = invitations.issue_link(by=lead.user, invitation=invitation)
    return AskedMember(partnership, lead, member, round, invitation, token)


def hidden(page, name):
    """The value of a hidden field of a page."""
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()).group(1)


def start(client, room, **place):
    """Press Start on the welcome page, with the organisation it proposes; returns the answer."""
    page = client.get(room.url())
    proposed = {"ticket": hidden(page, "ticket"), "organisation": room.member.organisation_id or ""}
    return client.post(room.url(), proposed | place)


def save(client, room, number, level="", comment="", **more):
    """Open the page of an action, choose, press a button; returns the answer."""
    page = client.get(room.url(f"{number}/"))
    return send(client, room, number, page, level=level, comment=comment, **more)


def send(client, room, number, page, **fields):
    """Press a button on a page opened before."""
    opened = {"seen": hidden(page, "seen"), "page": hidden(page, "page")}
    return client.post(room.url(f"{number}/"), opened | fields)


def code_of(client, room):
    """The return code the browser holds."""
    return keys.unsealed(client.cookies[f"answers-{room.invitation.pk}"].value, room.invitation.pk)


def hold(client, room, code):
    """Let the browser hold a return code as if we had given it."""
    client.cookies[f"answers-{room.invitation.pk}"] = keys.sealed(code, room.invitation.pk)
