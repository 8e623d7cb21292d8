"""What shows that answers begun by link are a person's own, and what a dishonest lead cannot make it show."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail as outgoing
from django.test import override_settings

from assessments import keys
from assessments.models import Invitation, InvitationLink, Response
from assessments.operations import answers, invitations
from assessments.operations.mail import deliver
from assessments.operations.proving import Browser, mailed_to
from partnerships.operations import change_member
from tests.assessments.rating_room import ask_a_member
from tests.factories import make_round
from tests.made_once import made_once

pytestmark = pytest.mark.django_db

SAM = f"mail:{keys.hash_address('sam@northmoor.example')}"


@made_once
def room():
    return ask_a_member()


def made_link(invitation):
    return InvitationLink(invitation=invitation)


def begin(invitation, browser=None, code="KTM482QX"):
    return answers.start_response(
        invitation=invitation, code=code, organisation=None, standpoint="", browser=browser
    )


def known(invitation):
    response = Response.objects.get(round=invitation.round_id, participant=invitation.participant_id)
    return response.came_by, response.proofs


def say(room, code, browser=None):
    action = room.round.edition.actions.first()
    answers.answer(invitation=room.invitation, code=code, action_id=action.pk, level=4, browser=browser)


def another_round(room):
    round = make_round(room.partnership, by=room.lead.user, state="open", title="Spring 2027")
    return Invitation.objects.get(round=round, participant=room.invitation.participant)


class TestTheLink:
    def test_a_mailed_link_keeps_to_whom_and_one_the_lead_made_does_not(self, room):
        deliver(by=room.lead.user, round=room.round)
        invitations.renew_link(by=room.lead.user, invitation=room.invitation)
        links = InvitationLink.objects.filter(invitation=room.invitation).order_by("pk")
        assert [link.mailed_to for link in links] == ["", keys.hash_address("sam@northmoor.example"), ""]
        assert "sam" not in links[1].mailed_to

    def test_a_mailed_link_proves_its_address_and_the_browser_from_then_on(self, room):
        response = begin(room.invitation, mailed_to(room.invitation))
        assert known(room.invitation) == ("mailed", [f"code:{response.pk}", SAM])

    def test_the_spelling_of_the_address_makes_no_difference(self):
        assert keys.hash_address("Sam@Northmoor.Example") == keys.hash_address("sam@northmoor.example")

    def test_a_link_the_lead_had_made_proves_nothing(self, room):
        begin(room.invitation, Browser(made_link(room.invitation)))
        assert known(room.invitation) == ("made", [])

    def test_after_the_secret_has_changed_the_address_is_still_the_same(self, room):
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["older", "oldest"]):
            response = begin(room.invitation, mailed_to(room.invitation))
            every = {f"mail:{each}" for each in keys.hashes_of_address("sam@northmoor.example")}
            assert len(every) == 3
            assert set(response.proofs) == every | {f"code:{response.pk}"}

    def test_going_on_by_the_mailed_link_proves_the_address_but_not_the_browser(self, room):
        """The code was given out to a browser that may be the lead's, which knows it still."""
        begin(room.invitation, Browser(made_link(room.invitation)))
        begin(room.invitation, mailed_to(room.invitation))
        assert known(room.invitation) == ("made", [SAM])

    def test_typing_the_return_code_behind_the_mailed_link_proves_it_while_the_round_is_open(self, room):
        response = begin(room.invitation, Browser(made_link(room.invitation)))
        say(room, "KTM482QX")
        answers.recognise(response=response, browser=mailed_to(room.invitation))
        assert known(room.invitation) == ("made", [SAM])


class TestSignedIn:
    def test_the_persons_own_account(self, room):
        user = room.member.user
        response = begin(room.invitation, Browser(made_link(room.invitation), user))
        assert known(room.invitation) == ("signed_in", [f"code:{response.pk}", f"user:{user.pk}"])

    def test_a_lead_who_opens_the_link_of_somebody_else_proves_nothing(self, room):
        begin(room.invitation, Browser(made_link(room.invitation), room.lead.user))
        assert known(room.invitation) == ("made", [])

    def test_in_a_browser_of_somebody_else_the_mail_counts_and_the_browser_does_not(self, room):
        by_mail = mailed_to(room.invitation).link
        begin(room.invitation, Browser(by_mail, room.lead.user))
        assert known(room.invitation) == ("mailed", [SAM])

    def test_nobody_signed_in(self, room):
        begin(room.invitation, Browser(made_link(room.invitation), AnonymousUser()))
        assert known(room.invitation) == ("made", [])


class TestTheBrowser:
    """A browser that has proved itself in one round proves the person again in another."""

    def begin_both(self, room, first, user=None, code="KTM482QX"):
        response = begin(room.invitation, first)
        later = another_round(room)
        browser = Browser(made_link(later), user, {room.invitation.pk: code})
        return response, begin(later, browser, code="AAAAAAAA")

    def test_holding_the_return_code_of_another_round(self, room):
        earlier, later = self.begin_both(room, mailed_to(room.invitation))
        assert later.came_by == "made"
        assert later.proofs == sorted([f"code:{earlier.pk}", f"code:{later.pk}"])

    def test_a_wrong_code_proves_nothing(self, room):
        _earlier, later = self.begin_both(room, mailed_to(room.invitation), code="BBBBBBBB")
        assert later.proofs == []

    def test_the_browser_of_somebody_else_who_is_signed_in_proves_nothing(self, room):
        _earlier, later = self.begin_both(room, mailed_to(room.invitation), user=room.lead.user)
        assert later.proofs == []

    def test_a_tablet_that_began_by_a_link_the_lead_had_made_proves_nothing(self, room):
        earlier, later = self.begin_both(room, Browser(made_link(room.invitation)))
        assert (earlier.proofs, later.proofs) == ([], [])

    def test_not_even_after_the_person_has_gone_on_from_their_own_mail(self, room):
        response = begin(room.invitation, Browser(made_link(room.invitation)))
        answers.recognise(response=response, browser=mailed_to(room.invitation))
        _earlier, later = self.begin_both(room, Browser(made_link(room.invitation)))
        assert later.proofs == []

    def test_the_code_of_another_persons_answers_proves_nothing(self, room):
        others = Invitation.objects.get(round=room.round, participant__membership=room.lead)
        begin(others, mailed_to(others))
        later = another_round(room)
        begin(later, Browser(made_link(later), None, {others.pk: "KTM482QX"}), code="AAAAAAAA")
        assert known(later) == ("made", [])


class TestWhoeverBeginsAfresh:
    """As long as nothing is saved another browser may begin: nothing of the one before is left to it."""

    def test_by_a_link_the_lead_had_made(self, room):
        begin(room.invitation, mailed_to(room.invitation))
        begin(room.invitation, Browser(made_link(room.invitation)), code="AAAAAAAA")
        assert known(room.invitation) == ("made", [])

    def test_by_saving_the_first_answer_with_a_code_that_had_been_replaced(self, room):
        lead = Browser(made_link(room.invitation))
        begin(room.invitation, lead, code="AAAAAAAA")
        begin(room.invitation, mailed_to(room.invitation))
        say(room, "AAAAAAAA", lead)
        assert known(room.invitation) == ("made", [])

    def test_the_person_by_their_own_mail(self, room):
        begin(room.invitation, Browser(made_link(room.invitation)), code="AAAAAAAA")
        response = begin(room.invitation, mailed_to(room.invitation))
        assert known(room.invitation) == ("mailed", [f"code:{response.pk}", SAM])


def test_an_address_of_the_leads_own_in_a_members_place_has_no_proof_in_common(room):
    """The lead puts in an address of theirs, opens a round, answers it from there, and puts the old back."""
    begin(room.invitation, mailed_to(room.invitation))
    change_member(by=room.lead.user, membership=room.member, email="mine@northmoor.example")
    trap = another_round(room)
    outgoing.outbox.clear()
    deliver(by=room.lead.user, round=trap.round)
    [message] = [each for each in outgoing.outbox if each.to == ["mine@northmoor.example"]]
    token = message.body.split("/r/")[1].split("/")[0]
    link = InvitationLink.objects.get(token_hash=keys.hash_token(token))
    room.member.refresh_from_db()
    begin(trap, Browser(link, room.member.user), code="AAAAAAAA")
    change_member(by=room.lead.user, membership=room.member, email="sam@northmoor.example")
    invitations.issue_link(by=room.lead.user, invitation=trap)

    came_by, proofs = known(trap)
    assert came_by == "mailed"
    assert {proof.split(":")[0] for proof in proofs} == {"code", "mail", "user"}
    assert not set(proofs) & set(known(room.invitation)[1])
