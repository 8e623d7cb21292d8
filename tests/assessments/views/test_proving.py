"""How a browser that answers by link is known as the person's own, from what it really sends."""

import pytest
from django.core import mail as outgoing
from django.core.cache import caches
from django.test import Client

from assessments import keys
from assessments.models import Invitation, Response
from assessments.operations import invitations
from assessments.operations.mail import deliver
from tests.assessments.rating_room import AskedMember, ask_a_member, code_of, save, start
from tests.factories import make_round
from tests.made_once import made_once

pytestmark = pytest.mark.django_db

SAM = f"mail:{keys.hash_address('sam@northmoor.example')}"


@pytest.fixture(autouse=True)
def _no_wrong_tries_yet(db):
    caches["default"].clear()


@made_once
def room():
    """Sam, and a link the lead has made."""
    return ask_a_member()


def by_mail(room):
    """The same, by the link in Sam's e-mail."""
    deliver(by=room.lead.user, round=room.round)
    sent = [each for each in outgoing.outbox if "/r/" in each.body]
    [message] = [each for each in sent if each.to == ["sam@northmoor.example"]]
    token = message.body.split("/r/")[1].split("/")[0]
    return AskedMember(room.partnership, room.lead, room.member, room.round, room.invitation, token)


def another_round(room):
    round = make_round(room.partnership, by=room.lead.user, state="open", title="Spring 2027")
    invitation = Invitation.objects.get(round=round, participant=room.invitation.participant)
    token = invitations.issue_link(by=room.lead.user, invitation=invitation)
    return AskedMember(room.partnership, room.lead, room.member, round, invitation, token)


def known(room):
    response = Response.objects.get(round=room.round, participant=room.invitation.participant)
    return response.came_by, response.proofs


def test_by_the_mailed_link_and_by_one_the_lead_made(client, room):
    start(client, room)
    assert known(room) == ("made", [])
    start(Client(), by_mail(room))
    assert known(room) == ("mailed", [f"code:{Response.objects.get().pk}", SAM])


def test_signed_in(client, room):
    client.force_login(room.member.user)
    start(client, room)
    came_by, proofs = known(room)
    assert came_by == "signed_in"
    assert f"user:{room.member.user.pk}" in proofs


def test_the_browser_that_holds_the_return_code_is_known_in_the_next_round(client, room):
    start(client, by_mail(room))
    later = another_round(room)
    start(client, later)
    assert set(known(later)[1]) & set(known(room)[1]) == {f"code:{Response.objects.first().pk}"}


def test_a_made_up_cookie_is_no_return_code(client, room):
    start(client, by_mail(room))
    stranger = Client()
    stranger.cookies[f"answers-{room.invitation.pk}"] = code_of(client, room)
    stranger.cookies["answers-99999999999999999999"] = "AAAAAAAA"
    later = another_round(room)
    start(stranger, later)
    assert known(later) == ("made", [])


def test_typing_the_return_code_behind_the_mailed_link(client, room):
    start(client, room)
    save(client, room, 1, level="4")
    mailed, phone = by_mail(room), Client()
    phone.post(mailed.url("code/"), {"code": "AAAAAAAA"})
    assert known(room) == ("made", [])
    phone.post(mailed.url("code/"), {"code": code_of(client, room)})
    assert known(room) == ("made", [SAM])


def test_opening_a_mailed_link_proves_nothing_by_itself(client, room):
    start(client, room)
    mailed = by_mail(room)
    for path in ("", "1/", "review/"):
        client.get(mailed.url(path))
    assert known(room) == ("made", [])
    start(client, mailed)
    assert known(room) == ("made", [SAM])
