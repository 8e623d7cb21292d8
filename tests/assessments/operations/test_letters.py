"""Letters: who is told that somebody has come in as them, and what their answer does."""

import pytest
from django.core import mail as outgoing
from django.core.cache import caches
from django.core.management import call_command
from django.utils import translation

from assessments import keys
from assessments.models import Invitation, InvitationLink, Letter, Rating, Response, Seat
from assessments.operations import (
    answers,
    erasure,
    invitations,
    mail,
    rehearsals,
    room,
    rounds,
    was_this_you,
    workshops,
)
from assessments.operations.letters import send_ways_in
from assessments.operations.mail import deliver, deliver_letters, retry_failed
from assessments.operations.proving import Browser, mailed_to
from assessments.policies.base import NotNow
from partnerships.models.audit import AuditEvent
from partnerships.operations import change_member, end_membership
from tests.assessments.operations.test_mail import PICKY, SilentServer
from tests.assessments.rating_room import ask_a_member
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import make_hall, say
from tests.factories import everybody, make_round
from tests.made_once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def _nobody_is_sending(db):
    caches["default"].clear()


@made_once
def asked():
    """Sam, whose invitation went out before anything of this."""
    asked = ask_a_member()
    Invitation.objects.update(mail_due="")
    return asked


def begin(asked, browser=None, code="KTM482QX"):
    browser = browser or Browser(InvitationLink(invitation=asked.invitation))
    return answers.start_response(
        invitation=asked.invitation, code=code, organisation=None, standpoint="", browser=browser
    )


def sent(round):
    """What goes out now: (to whom, the subject up to its colon or question mark)."""
    outgoing.outbox.clear()
    deliver_letters(round=round)
    return [(*message.to, message.subject.split(":")[0].split("?")[0]) for message in outgoing.outbox]


BEGUN = [("sam@northmoor.example", "Answers were begun in your name")]


def letter(**which):
    return Letter.objects.select_related("round__partnership", "participant__membership").get(**which)


def asked_hall(people=6, **settings):
    """Members who have typed their addresses, and the letters sent."""
    hall = make_hall(people=people, **settings)
    deliver_letters(round=hall.round)
    return hall


def letter_of(hall, n, kind="was_this_you"):
    return letter(participant__membership=hall.place.members[n], kind=kind, round=hall.workshop.round_id)


def address(member):
    return [f"mail:{keys.hash_address(member.email)}"]


class TestAnswersBegunInSomebodysName:
    def test_by_a_link_the_lead_had_made_they_are_told_once(self, asked):
        for code in ("AAAAAAAA", "AAAAAAAA", "BBBBBBBB"):
            begin(asked, code=code)
        assert sent(asked.round) == BEGUN
        begin(asked, code="CCCCCCCC")
        assert sent(asked.round) == []

    def test_by_their_own_mail_or_account_they_are_not(self, asked):
        begin(asked, mailed_to(asked.invitation))
        begin(asked, Browser(InvitationLink(invitation=asked.invitation), asked.member.user), code="AAAAAAAA")
        assert not Letter.objects.exists()

    def test_whoever_takes_over_what_the_person_began_is_told_of_too(self, asked):
        begin(asked, mailed_to(asked.invitation))
        begin(asked, code="AAAAAAAA")
        assert sent(asked.round) == BEGUN

    def test_it_names_nobody_back_and_no_rating(self, asked):
        response = begin(asked)
        answers.save_answer(
            response=response, action_id=asked.round.edition.actions.first().pk, level=2, comment="LEAKED"
        )
        sent(asked.round)
        [message] = outgoing.outbox
        assert message.reply_to == []
        assert "Reply to this e-mail" not in message.body
        assert "LEAKED" not in message.body
        assert "/you/" in message.body
        assert "through a link that the lead had made" in " ".join(message.body.split())

    def test_nobody_without_an_address_or_who_has_left(self, asked):
        change_member(by=asked.lead.user, membership=asked.member, email="")
        asked.invitation = Invitation.objects.get(pk=asked.invitation.pk)
        begin(asked)
        assert not Letter.objects.exists()

    def test_who_left_before_it_went_out_gets_none(self, asked):
        begin(asked)
        end_membership(by=asked.lead.user, membership=asked.member)
        assert sent(asked.round) == []
        assert not letter().is_due

    def test_the_lead_cannot_keep_it_from_going_out(self, asked):
        begin(asked)
        invitations.remind(by=asked.lead.user, round=asked.round)
        invitations.withdraw_links(by=asked.lead.user, invitation=asked.invitation)
        assert sent(asked.round) == BEGUN

    def test_after_starting_again_another_may_be_written(self, asked):
        begin(asked)
        sent(asked.round)
        invitations.restart_answers(by=asked.lead.user, invitation=asked.invitation)
        begin(asked)
        assert sent(asked.round) == BEGUN


class TestAnswersThatAreNotMine:
    def test_are_taken_away_and_the_leads_links_with_them(self, asked):
        deliver(by=asked.lead.user, round=asked.round)
        invitations.make_mail_due(by=asked.lead.user, invitation=asked.invitation)
        deliver(by=asked.lead.user, round=asked.round)
        response = begin(asked)
        answers.save_answer(response=response, action_id=asked.round.edition.actions.first().pk, level=2)
        sent(asked.round)
        was_this_you.answers_are_not_mine(letter=letter())
        assert not Response.objects.exists()
        links = asked.invitation.links.order_by("pk")
        assert [(bool(link.mailed_to), link.is_valid) for link in links] == [(False, False), (True, True)]
        event = AuditEvent.objects.get(event="answers taken away as another's")
        assert event.actor == f"participant:{asked.invitation.participant_id}"

    def test_begun_once_more_it_is_told_once_more(self, asked):
        begin(asked)
        sent(asked.round)
        was_this_you.answers_are_not_mine(letter=letter())
        begin(asked, code="BBBBBBBB")
        assert sent(asked.round) == BEGUN

    def test_what_the_person_began_stays(self, asked):
        begin(asked)
        sent(asked.round)
        begin(asked, mailed_to(asked.invitation), code="BBBBBBBB")
        with pytest.raises(NotNow, match="begun from your own e-mail"):
            was_this_you.answers_are_not_mine(letter=letter())
        assert Response.objects.exists()

    def test_not_once_the_round_is_closed(self, asked):
        begin(asked)
        sent(asked.round)
        rounds.close_round(by=asked.lead.user, round=asked.round)
        with pytest.raises(NotNow, match="closed"):
            was_this_you.answers_are_not_mine(letter=letter())
        assert Response.objects.exists()


class TestAnAddressTypedInARoom:
    def test_is_asked_once_whether_it_was_them(self):
        hall = make_hall(people=1, guests=1)
        member = hall.place.members[0]
        room.join(workshop=hall.workshop, email=member.email, device="laptop")
        assert sent(hall.round) == [(member.email, "Was this you")]
        assert sent(hall.round) == []
        assert Letter.objects.count() == 1

    def test_signed_in_nobody_is_asked(self):
        hall = make_hall(people=0)
        room.join_signed_in(workshop=hall.workshop, user=hall.place.members[0].user, device="phone")
        assert not Letter.objects.exists()

    def test_in_a_rehearsal_nobody_is_written_to(self):
        place = make_place()
        rehearsals.begin_rehearsal(by=place.by, round=make_round(place.partnership, by=place.by))
        assert not Letter.objects.exists()

    def test_yes_proves_the_address_the_letter_went_to(self):
        hall = asked_hall()
        [seat] = hall.seats[:1]
        was_this_you.it_was_me(letter=letter_of(hall, 0), seats={seat.pk})
        hall.reveal(1, *[4] * 6)
        hall.finish()
        found = Response.objects.get(round=hall.round, participant=seat.participant_id)
        assert (found.came_by, found.proofs) == ("typed", address(hall.place.members[0]))
        assert Response.objects.exclude(proofs=[]).count() == 1

    def test_yes_counts_for_the_devices_the_person_was_shown_alone(self):
        """The lead types the address once more, after the page was opened."""
        hall = asked_hall()
        mine = hall.seats[0]
        theirs = room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="tablet")
        Seat.objects.filter(pk=mine.pk).update(state="gone")
        Seat.objects.filter(pk=theirs.pk).update(state="in")
        was_this_you.it_was_me(letter=letter_of(hall, 0), seats={mine.pk})
        theirs.refresh_from_db()
        assert theirs.proofs == []

    def test_yes_does_not_count_for_a_device_that_asks_to_come_in(self):
        hall = asked_hall()
        theirs = room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="tablet")
        was_this_you.it_was_me(letter=letter_of(hall, 0), seats={hall.seats[0].pk, theirs.pk})
        theirs.refresh_from_db()
        assert theirs.proofs == []

    def test_yes_counts_for_no_seat_of_anybody_else(self):
        hall = asked_hall()
        was_this_you.it_was_me(letter=letter_of(hall, 0), seats={seat.pk for seat in hall.seats})
        assert Seat.objects.exclude(proofs=[]).get() == hall.seats[0]

    def test_yes_comes_too_late_once_the_workshop_is_over(self):
        hall = asked_hall()
        hall.reveal(1, *[4] * 6)
        hall.finish()
        with pytest.raises(NotNow, match="finished"):
            was_this_you.it_was_me(letter=letter_of(hall, 0), seats={hall.seats[0].pk})
        assert Response.objects.exclude(proofs=[]).count() == 0

    def test_an_address_of_the_leads_own_proves_itself_and_not_the_members(self):
        """The lead puts it in the member's place, types it, says yes from there, and puts back the old."""
        hall = make_hall(people=0)
        member = hall.place.members[0]
        theirs = address(member)
        change_member(by=hall.by, membership=member, email="mine@northmoor.example")
        seat = room.join(workshop=hall.workshop, email="mine@northmoor.example", device="tablet")
        assert sent(hall.round) == [("mine@northmoor.example", "Was this you")]
        was_this_you.it_was_me(letter=letter_of(hall, 0), seats={seat.pk})
        change_member(by=hall.by, membership=member, email="sam0@northmoor.example")
        seat.refresh_from_db()
        assert seat.proofs == [f"mail:{keys.hash_address('mine@northmoor.example')}"] != theirs


class TestItWasNotMe:
    def test_the_place_is_given_back_with_what_nobody_has_seen(self):
        hall = asked_hall()
        hall.reveal(1, *[4] * 6)
        hall.go_to(2)
        hall.move("start")
        hall.rate(2, *[3] * 6)
        was_this_you.it_was_not_me(letter=letter_of(hall, 0))
        seat = hall.seats[0]
        seat.refresh_from_db()
        assert (seat.state, seat.worth) == ("gone", None)
        said = Rating.objects.filter(response__participant=seat.participant_id)
        assert list(said.values_list("action__number", flat=True)) == [1]
        assert Rating.objects.filter(action__number=2).count() == 5
        assert AuditEvent.objects.get(event="seat given back").actor == f"participant:{seat.participant_id}"

    def test_the_address_opens_no_seat_any_more_and_a_way_of_their_own_does(self):
        hall = asked_hall()
        member = hall.place.members[0]
        was_this_you.it_was_not_me(letter=letter_of(hall, 0))
        with pytest.raises(NotNow, match="somebody else joined with it"):
            room.join(workshop=hall.workshop, email=member.email, device="tablet")
        assert sent(hall.round) == [(member.email, "Your own way into the workshop")]
        seat = room.join_by_letter(letter=letter_of(hall, 0, "way_in"), device="mine")
        assert (seat.state, seat.came_by, seat.proofs) == ("in", "mailed", address(member))

    def test_signed_in_they_come_in_too(self):
        hall = asked_hall()
        was_this_you.it_was_not_me(letter=letter_of(hall, 0))
        seat = room.join_signed_in(workshop=hall.workshop, user=hall.place.members[0].user, device="mine")
        assert seat.state == "in"

    def test_what_they_rated_on_a_device_of_their_own_stays(self):
        hall = asked_hall()
        hall.go_to(1)
        hall.move("start")
        hall.rate(1, 2)
        mine = room.join_signed_in(workshop=hall.workshop, user=hall.place.members[0].user, device="mine")
        say(mine, 1, 5)
        was_this_you.it_was_not_me(letter=letter_of(hall, 0))
        mine.refresh_from_db()
        assert mine.state == "in"
        assert Rating.objects.get(response__participant=mine.participant_id).level == 5

    def test_walking_through_what_was_rated_by_link_stays(self):
        place = make_place(people=8)
        hall = asked_hall(place=place, state="open", answers=everybody(place.members[:6], *[4] * 6))
        hall.move("show", "again")
        hall.rate(1, *[1] * 6)
        was_this_you.it_was_not_me(letter=letter_of(hall, 0))
        said = Rating.objects.filter(response__participant=hall.seats[0].participant_id)
        assert set(said.values_list("layer", flat=True)) == {"first"}
        assert Rating.objects.filter(layer="second").count() == 5


class TestTheirOwnWayIn:
    def test_is_sent_once_to_every_member_with_an_address(self):
        hall = make_hall(people=0, begin=False)
        change_member(by=hall.by, membership=hall.place.members[0], email="")
        end_membership(by=hall.by, membership=hall.place.members[1])
        assert send_ways_in(by=hall.by, workshop=hall.workshop) == 7
        assert send_ways_in(by=hall.by, workshop=hall.workshop) == 0
        to = {address for address, subject in sent(hall.round) if subject == "Your own way into the workshop"}
        expected = {hall.place.lead.email, *(member.email for member in hall.place.members[2:])}
        assert to == expected
        events = AuditEvent.objects.filter(event="ways in sent").order_by("pk")
        assert [event.after for event in events] == [{"people": 7}, {"people": 0}]

    def test_seats_the_person_and_proves_their_address(self):
        hall = make_hall(people=0)
        member = hall.place.members[3]
        send_ways_in(by=hall.by, workshop=hall.workshop)
        deliver_letters(round=hall.round)
        seat = room.join_by_letter(letter=letter_of(hall, 3, "way_in"), device="phone")
        assert seat.participant.membership == member
        assert (seat.state, seat.came_by, seat.proofs) == ("in", "mailed", address(member))
        assert hall.round.invitations.filter(participant=seat.participant).exists()

    def test_takes_the_place_of_a_device_that_typed_the_address(self):
        hall = make_hall(people=1)
        send_ways_in(by=hall.by, workshop=hall.workshop)
        deliver_letters(round=hall.round)
        seat = room.join_by_letter(letter=letter_of(hall, 0, "way_in"), device="mine")
        hall.seats[0].refresh_from_db()
        assert (seat.state, hall.seats[0].state) == ("in", "gone")

    def test_a_rehearsal_writes_to_nobody(self):
        place = make_place()
        rehearsal = rehearsals.begin_rehearsal(by=place.by, round=make_round(place.partnership, by=place.by))
        with pytest.raises(NotNow, match="rehearsal"):
            send_ways_in(by=place.by, workshop=rehearsal)
        assert not Letter.objects.exists()

    def test_not_once_the_workshop_is_over(self):
        hall = make_hall(people=6)
        send_ways_in(by=hall.by, workshop=hall.workshop)
        deliver_letters(round=hall.round)
        hall.reveal(1, *[4] * 6)
        hall.finish()
        for late in (
            lambda: send_ways_in(by=hall.by, workshop=hall.workshop),
            lambda: room.join_by_letter(letter=letter_of(hall, 0, "way_in"), device="mine"),
        ):
            with pytest.raises(NotNow, match="finished"):
                late()

    def test_a_workshop_that_was_called_off_leaves_none_behind(self):
        hall = make_hall(people=2, begin=False)
        send_ways_in(by=hall.by, workshop=hall.workshop)
        hall.move("call_off")
        workshops.start_workshop(by=hall.by, round=hall.round)
        assert not Letter.objects.exists()


class TestHowTheyGoOut:
    def test_a_refused_address_leaves_no_link_and_is_tried_again_when_asked(self, settings):
        settings.EMAIL_BACKEND, usual = PICKY, settings.EMAIL_BACKEND
        hall = make_hall(people=3)
        assert sent(hall.round) == [("sam0@northmoor.example", "Was this you")]
        failed = Letter.objects.failed().order_by("pk")
        assert [each.error for each in failed] == [
            "The mail server refused this address.",
            "The connection to the mail server broke off.",
        ]
        assert {each.token_hash for each in failed} == {""}
        settings.EMAIL_BACKEND = usual
        assert retry_failed(by=hall.by, round=hall.round) == 2
        assert len(sent(hall.round)) == 2

    def test_what_is_left_goes_out_by_the_command_which_tries_again_when_told(self, settings):
        settings.EMAIL_BACKEND, usual = PICKY, settings.EMAIL_BACKEND
        hall = make_hall(people=3)
        deliver_letters(round=hall.round)
        settings.EMAIL_BACKEND = usual
        outgoing.outbox.clear()
        call_command("send_mail_due")
        assert outgoing.outbox == []
        call_command("send_mail_due", "--retry-failed")
        assert sorted(to for message in outgoing.outbox for to in message.to) == [
            "sam1@northmoor.example",
            "sam2@northmoor.example",
        ]

    def test_e_mail_is_in_one_language_whoever_comes_in(self):
        hall = make_hall(people=1)
        with translation.override("cy"):
            deliver_letters(round=hall.round)
        assert outgoing.outbox[0].subject.startswith("Was this you?")

    def test_a_silent_server_is_tried_once_a_minute_and_all_stay_due(self, settings, monkeypatch):
        settings.EMAIL_BACKEND, usual = (
            "tests.assessments.operations.test_mail.SilentServer",
            settings.EMAIL_BACKEND,
        )
        hall = make_hall(people=3)
        tried = []
        monkeypatch.setattr(SilentServer, "open", lambda self: tried.append(1) or _refuse())
        for _phone in range(3):
            deliver_letters(round=hall.round)
        assert len(tried) == 1
        assert Letter.objects.waiting().count() == 3
        settings.EMAIL_BACKEND = usual
        assert deliver(by=hall.by, round=hall.round).sent == 3

    def test_while_one_process_sends_the_others_leave_it_to_that(self):
        hall = make_hall(people=3)
        caches["default"].set(mail.SENDING, True)
        assert sent(hall.round) == []
        caches["default"].delete(mail.SENDING)
        assert len(sent(hall.round)) == 3
        assert caches["default"].get(mail.SENDING) is None

    def test_the_link_is_kept_as_a_hash_alone(self):
        hall = make_hall(people=1)
        deliver_letters(round=hall.round)
        [message] = outgoing.outbox
        token = message.body.split("/you/")[1].split("/")[0]
        assert letter().token_hash == keys.hash_token(token)
        assert token not in str(Letter.objects.values().get())


def _refuse():
    raise ConnectionRefusedError(111, "Connection refused")


def test_erasing_somebody_takes_their_letters(asked):
    begin(asked)
    erasure.erase_person(by=asked.lead.user, membership=asked.member)
    assert not Letter.objects.exists()
