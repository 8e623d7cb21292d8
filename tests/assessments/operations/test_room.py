"""What people in the room do: come in, rate, vote, leave; and links, which save nothing meanwhile."""

import pytest

from assessments import queries
from assessments.models import Rating, Response, Seat
from assessments.operations import room, workshops
from assessments.policies.base import NotNow
from partnerships.models import Participant
from tests.assessments.workshop_room import levels, make_hall, say
from tests.factories import MembershipFactory

pytestmark = pytest.mark.usefixtures("edition")


def sit(hall, member, device="phone", **more):
    return room.join(workshop=hall.workshop, email=member.email, device=device, **more)


@pytest.mark.django_db
class TestComingIn:
    def test_by_the_address_in_any_spelling(self):
        hall = make_hall(people=0)
        member = hall.place.members[0]
        seat = room.join(workshop=hall.workshop, email=f" {member.email.upper()} ", device="phone")
        assert (seat.state, seat.is_guest, seat.participant.membership) == ("in", False, member)
        assert hall.round.invitations.get(participant=seat.participant)

    def test_an_unknown_address(self):
        hall = make_hall(people=0)
        MembershipFactory(email="elsewhere@northmoor.example")
        for address in ("nobody@northmoor.example", "elsewhere@northmoor.example", "", "  "):
            with pytest.raises(room.UnknownAddress):
                room.join(workshop=hall.workshop, email=address, device="phone")
        assert not Seat.objects.exists()

    def test_the_same_phone_again_finds_its_seat(self):
        hall = make_hall(people=0)
        assert sit(hall, hall.place.members[0]) == sit(hall, hall.place.members[0])
        assert Seat.objects.count() == 1

    def test_a_second_device_asks_and_takes_the_place_and_the_vote_stays_with_the_first(self):
        hall = make_hall(people=0)
        first = sit(hall, hall.place.members[0])
        second = sit(hall, hall.place.members[0], device="laptop")
        assert second.state == "asking"
        hall.move("start")
        with pytest.raises(NotNow, match="let this device in"):
            say(second, 1, 3)
        hall.move("end")
        room.vote(seat=first, worth=4)
        workshops.admit(by=hall.by, seat=second)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, first.worth, second.state, second.worth) == ("gone", 4, "in", None)
        room.vote(seat=second, worth=4)
        first.refresh_from_db()
        assert (first.worth, Seat.objects.exclude(worth=None).get()) == (None, second)
        with pytest.raises(NotNow, match="not waiting"):
            workshops.admit(by=hall.by, seat=first)

    def test_a_second_device_can_be_refused(self):
        hall = make_hall(people=0)
        sit(hall, hall.place.members[0])
        second = sit(hall, hall.place.members[0], device="laptop")
        workshops.refuse(by=hall.by, seat=second)
        hall.move("start")
        with pytest.raises(NotNow, match="no longer in the workshop"):
            say(second, 1, 3)
        assert not Rating.objects.exists()

    def test_guests_are_numbered_and_nobody(self):
        hall = make_hall(people=0, guests=2)
        assert [seat.guest_number for seat in hall.guests] == [1, 2]
        assert {(p.membership, p.imported_as) for p in Participant.objects.filter(seats__is_guest=True)} == {
            (None, "")
        }
        assert room.join_as_guest(workshop=hall.workshop, device="guest-0-0") == hall.guests[0]

    def test_a_locked_door_keeps_guests_out_and_lets_members_in(self):
        hall = make_hall(people=0, guests=1)
        workshops.lock_door(by=hall.by, workshop=hall.workshop, locked=True)
        with pytest.raises(NotNow, match="closed to guests"):
            room.join_as_guest(workshop=hall.workshop, device="late")
        assert sit(hall, hall.place.members[0]).state == "in"
        assert room.join_as_guest(workshop=hall.workshop, device="guest-0-0") == hall.guests[0]

    def test_somebody_added_to_the_partnership_meanwhile_is_invited_with_it(self):
        hall = make_hall(people=0)
        newcomer = MembershipFactory(partnership=hall.place.partnership)
        seat = sit(hall, newcomer)
        assert hall.round.invitations.get(participant=seat.participant).mail_due == ""

    def test_a_guest_who_joins_as_a_member_is_not_counted_twice(self):
        hall = make_hall(people=0, guests=1)
        hall.move("start")
        say(hall.guests[0], 1, 5)
        seat = room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="guest-0-0")
        assert not Rating.objects.exists()
        say(seat, 1, 2)
        assert levels(1) == [2]

    def test_after_the_end_the_door_is_shut(self):
        hall = make_hall(people=1)
        hall.finish()
        for enter in (
            lambda: sit(hall, hall.place.members[1], device="late"),
            lambda: room.join_as_guest(workshop=hall.workshop, device="late"),
            lambda: room.vote(seat=hall.seats[0], worth=3),
            lambda: say(hall.seats[0], 1, 3),
        ):
            with pytest.raises(NotNow, match="finished"):
                enter()

    def test_no_seat_holds_a_name(self):
        make_hall(people=6, guests=1)
        held = str(list(Seat.objects.values()))
        assert "Sam" not in held
        assert "@" not in held
        assert "phone-" not in held


@pytest.mark.django_db
class TestGuestsRemoved:
    def test_what_is_hidden_goes_and_what_was_shown_stands(self):
        hall = make_hall(people=6, guests=1)
        hall.reveal(1, 1, 2, 3, 4, 5, 1, 5)
        hall.go_to(2)
        hall.move("start")
        hall.rate(2, 1, 1, 1, 1, 1, 1, 5)
        workshops.remove_guest(by=hall.by, seat=hall.guests[0])
        assert levels(1)[-1] == 5
        assert levels(2) == [1] * 6
        hall.move("reveal")
        round = hall.finish()
        assert queries.room.taken(hall.fresh())[1].whole.n == 7
        assert round.counts.data["turnout"]["guests"] == 1

    def test_one_of_whom_nothing_was_shown_leaves_nothing(self):
        hall = make_hall(people=6, guests=1)
        hall.move("start")
        hall.rate(1, 1, 1, 1, 1, 1, 1, 5)
        workshops.remove_guest(by=hall.by, seat=hall.guests[0])
        assert Response.objects.count() == 6
        with pytest.raises(NotNow, match="no longer"):
            say(hall.guests[0], 1, 5)
        assert hall.finish().counts.data["turnout"]["guests"] == 0

    def test_a_second_rating_that_was_called_off_goes_too(self):
        hall = make_hall(people=6, guests=1)
        hall.reveal(1, 1, 2, 3, 4, 5, 1, 5)
        hall.move("again")
        hall.rate(1, 3, seats=hall.guests)
        hall.move("stop_again")
        workshops.remove_guest(by=hall.by, seat=hall.guests[0])
        assert levels(1, "second") == []

    def test_members_are_not_removed(self):
        hall = make_hall(people=1)
        with pytest.raises(NotNow, match="Only a guest"):
            workshops.remove_guest(by=hall.by, seat=hall.seats[0])


@pytest.mark.django_db
class TestTheVote:
    def test_once_a_person_and_only_at_the_end(self):
        hall = make_hall(people=6)
        with pytest.raises(NotNow, match="at the end"):
            room.vote(seat=hall.seats[0], worth=5)
        hall.move("end")
        for seat in hall.seats:
            room.vote(seat=seat, worth=1)
            room.vote(seat=seat, worth=4)
        hall.move("finish")
        assert hall.fresh().worth == {"n": 6, "counts": [0, 0, 0, 6, 0]}

    def test_few_votes_are_a_number_only(self):
        hall = make_hall(people=4)
        hall.move("end")
        for seat in hall.seats:
            room.vote(seat=seat, worth=1)
        hall.move("finish")
        assert hall.fresh().worth == {"n": 4, "counts": None}

    def test_coming_back_on_another_phone_is_not_a_second_vote(self):
        hall = make_hall(people=5)
        hall.move("end")
        for seat in hall.seats:
            room.vote(seat=seat, worth=1)
        room.leave(seat=hall.seats[0])
        back = sit(hall, hall.place.members[0], device="laptop")
        assert (back.state, back.worth) == ("in", None)
        assert queries.room.worth(hall.fresh()) == {"n": 5, "counts": [5, 0, 0, 0, 0]}
        room.vote(seat=back, worth=5)
        hall.move("finish")
        assert hall.fresh().worth == {"n": 5, "counts": [4, 0, 0, 0, 1]}

    def test_leaving_keeps_the_vote(self):
        hall = make_hall(people=5)
        hall.move("end")
        for seat in hall.seats:
            room.vote(seat=seat, worth=5)
        room.leave(seat=hall.seats[0])
        hall.move("finish")
        assert hall.fresh().worth["n"] == 5
