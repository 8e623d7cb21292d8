import re

import pytest
from django.utils import timezone

from assessments import keys
from assessments.models import InvitationLink, Rating, Response
from assessments.operations import invitations
from assessments.policies.base import NotNow
from partnerships.models.audit import AuditEvent
from partnerships.operations import change_member, end_membership
from tests.assessments.round_room import make_place
from tests.factories import MembershipFactory, make_round, rate
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place(people=3)


@made_once
def round(place):
    return make_round(place.partnership, by=place.by, state="open")


@pytest.fixture
def invitation(place, round):
    return place.invitation(round, place.members[0])


def opens(token):
    """Whether a link opens anything, as a page asks."""
    return InvitationLink.objects.filter(token_hash=keys.hash_token(token), withdrawn_at=None).exists()


def test_a_link_has_160_random_bits_and_only_its_hash_is_kept(place, invitation):
    token = invitations.issue_link(by=place.by, invitation=invitation)
    assert re.fullmatch(r"[\w-]{27}", token)
    link = InvitationLink.objects.get()
    assert token not in str(link.__dict__)
    assert not any(token in str(event.__dict__) for event in AuditEvent.objects.all())


def test_a_further_link_leaves_the_first_a_new_one_stops_it(place, invitation):
    first = invitations.issue_link(by=place.by, invitation=invitation)
    second = invitations.issue_link(by=place.by, invitation=invitation)
    assert opens(first)
    assert opens(second)
    third = invitations.renew_link(by=place.by, invitation=invitation)
    assert [opens(token) for token in (first, second, third)] == [False, False, True]


def test_withdrawing_stops_links_and_mail(place, invitation):
    token = invitations.issue_link(by=place.by, invitation=invitation)
    invitations.withdraw_links(by=place.by, invitation=invitation)
    invitation.refresh_from_db()
    assert not opens(token)
    assert invitation.mail_due == ""


def test_a_reminder_goes_to_those_alone_who_have_not_sent(place, round):
    sent, started, idle = place.members
    rate(round, sent, {1: 3})
    rate(round, started, {1: 3}, submit=False)
    mute = MembershipFactory(partnership=place.partnership, email="", user=None)
    invitations.invite(by=place.by, round=round)
    invitations.mark_away(by=place.by, invitation=place.invitation(round, place.lead))
    round.invitations.update(mail_due="")
    assert invitations.remind(by=place.by, round=round) == 2
    due = set(round.invitations.filter(mail_due="reminder").values_list("participant__membership", flat=True))
    assert due == {started.pk, idle.pk}
    assert mute.pk not in due


def test_a_reminder_brings_back_no_withdrawn_link(place, round, invitation):
    round.invitations.update(mail_due="")
    invitations.issue_link(by=place.by, invitation=invitation)
    invitations.withdraw_links(by=place.by, invitation=invitation)
    invitations.remind(by=place.by, round=round)
    invitation.refresh_from_db()
    assert invitation.mail_due == ""


def test_whoever_waits_for_the_invitation_gets_that_and_no_reminder(place, round):
    assert invitations.remind(by=place.by, round=round) == 0
    assert set(round.invitations.values_list("mail_due", flat=True)) == {"invitation"}


def test_two_leads_pressing_at_once_remind_once(place, round):
    round.invitations.update(mail_due="")
    seen_at = timezone.now()
    assert invitations.remind(by=place.by, round=round, seen_at=seen_at) == 4
    round.invitations.update(mail_due="", mailed_at=timezone.now())
    assert invitations.remind(by=place.by, round=round, seen_at=seen_at) == 0


def test_newcomers_are_asked_once(place, round):
    newcomer = MembershipFactory(partnership=place.partnership)
    made = invitations.invite(by=place.by, round=round)
    assert [invitation.participant.membership for invitation in made] == [newcomer]
    assert invitations.invite(by=place.by, round=round) == []


def test_somebody_who_answered_is_not_away(place, round, invitation):
    rate(round, place.members[0], {1: 3}, submit=False)
    with pytest.raises(NotNow, match="has answered"):
        invitations.mark_away(by=place.by, invitation=invitation)


def test_being_away_ends_waiting_mail(place, invitation):
    invitations.mark_away(by=place.by, invitation=invitation)
    invitation.refresh_from_db()
    assert (invitation.is_away, invitation.mail_due) == (True, "")


def test_starting_again_takes_away_one_persons_answers_and_tells_them(place, round, invitation):
    rate(round, place.members[0], {1: 3, 2: 4})
    rate(round, place.members[1], {1: 5})
    invitations.restart_answers(by=place.by, invitation=invitation)
    invitation.refresh_from_db()
    assert invitation.mail_due == "restart"
    assert list(Rating.objects.values_list("level", flat=True)) == [5]
    event = AuditEvent.objects.get(event="answers taken away to start again")
    assert (event.before, event.after) == (None, None)


def test_there_is_nothing_to_take_away_before_somebody_began(place, invitation):
    with pytest.raises(NotNow, match="has not begun"):
        invitations.restart_answers(by=place.by, invitation=invitation)


def test_after_closing_nobodys_answers_are_taken_away(place, round, invitation):
    rate(round, place.members[0], {1: 3})
    from assessments.operations.rounds import close_round

    close_round(by=place.by, round=round)
    invitation.refresh_from_db()
    invitation.round.refresh_from_db()
    with pytest.raises(NotNow, match="closed"):
        invitations.restart_answers(by=place.by, invitation=invitation)
    assert Response.objects.count() == 1


@pytest.mark.parametrize("address", ["lead-again@northmoor.example", ""])
def test_nobodys_answers_are_taken_away_behind_a_changed_address(place, round, invitation, address):
    rate(round, place.members[0], {1: 4})
    change_member(by=place.by, membership=place.members[0], email=address)
    with pytest.raises(NotNow, match="has been changed since they were asked"):
        invitations.restart_answers(by=place.by, invitation=invitation)
    assert Rating.objects.get(response__round=round).level == 4


def test_nor_behind_one_changed_before_they_began(place, round, invitation):
    """The link in the first e-mail went to the former address, and whoever had it may have answered."""
    change_member(by=place.by, membership=place.members[0], email="new@northmoor.example")
    rate(round, place.members[0], {1: 4})
    with pytest.raises(NotNow, match="has been changed since they were asked"):
        invitations.restart_answers(by=place.by, invitation=invitation)
    assert Rating.objects.get(response__round=round).level == 4


def test_nor_of_somebody_who_has_left_and_would_not_be_told(place, round, invitation):
    rate(round, place.members[0], {1: 4})
    end_membership(by=place.by, membership=place.members[0])
    with pytest.raises(NotNow, match="has left the partnership"):
        invitations.restart_answers(by=place.by, invitation=invitation)
    assert Rating.objects.get(response__round=round).level == 4


def test_another_name_is_no_obstacle(place, round, invitation):
    rate(round, place.members[0], {1: 4})
    change_member(by=place.by, membership=place.members[0], name="Another Name")
    invitations.restart_answers(by=place.by, invitation=invitation)
    assert not Rating.objects.filter(response__round=round).exists()
