"""What shows in a room that a phone is a person's own, and that typing an address never does."""

import pytest

from assessments.models import Rating, Response, Seat
from assessments.operations import rehearsals, room, workshops
from assessments.operations.room_at_once import rate_at_once
from assessments.workshops.phone import find_phone
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import make_hall, say
from tests.factories import everybody, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def type_in(hall, member, device="phone", user=None):
    return room.join(workshop=hall.workshop, email=member.email, device=device, user=user)


def sign_in(hall, member, device="phone"):
    return room.join_signed_in(workshop=hall.workshop, user=member.user, device=device)


def account(member):
    return [f"user:{member.user_id}"]


def known(hall, member):
    """How the member's answers came in, and what proves them, once the round is over."""
    response = Response.objects.get(round=hall.workshop.round_id, participant__membership=member)
    return response.came_by, response.proofs


class TestComingIn:
    def test_typing_an_address_proves_nothing(self):
        hall = make_hall(people=1)
        [seat] = hall.seats
        assert (seat.came_by, seat.proofs) == ("typed", [])

    def test_signed_in(self):
        hall = make_hall(people=0)
        member = hall.place.members[0]
        seat = sign_in(hall, member)
        assert (seat.participant.membership, seat.state) == (member, "in")
        assert (seat.came_by, seat.proofs) == ("signed_in", account(member))

    def test_typing_the_own_address_while_signed_in(self):
        hall = make_hall(people=0)
        member = hall.place.members[0]
        assert type_in(hall, member, user=member.user).proofs == account(member)

    def test_a_signed_in_lead_who_types_the_address_of_a_member_proves_nothing(self):
        hall = make_hall(people=0)
        seat = type_in(hall, hall.place.members[0], user=hall.by)
        assert (seat.came_by, seat.proofs) == ("typed", [])

    def test_an_account_that_is_no_member_here(self):
        hall = make_hall(people=0)
        with pytest.raises(room.UnknownAddress):
            room.join_signed_in(workshop=hall.workshop, user=hall.place.officer, device="phone")

    def test_signing_in_later_on_the_same_phone(self):
        hall = make_hall(people=1)
        member = hall.place.members[0]
        seat = sign_in(hall, member, device=f"phone-{member.pk}")
        assert (seat.pk, seat.came_by, seat.proofs) == (hall.seats[0].pk, "signed_in", account(member))
        again = type_in(hall, member, device=f"phone-{member.pk}")
        assert (again.came_by, again.proofs) == ("signed_in", account(member))

    def test_a_guest(self):
        hall = make_hall(people=0, guests=1)
        assert (hall.guests[0].came_by, hall.guests[0].proofs) == ("guest", [])


class TestTheSeatOfATypedAddress:
    def test_is_taken_by_whoever_proves_who_they_are_without_asking(self):
        hall = make_hall(people=1)
        [typed] = hall.seats
        seat = sign_in(hall, hall.place.members[0])
        typed.refresh_from_db()
        assert (seat.state, typed.state) == ("in", "gone")

    def test_a_phone_that_asks_comes_in_when_it_proves_who_it_is(self):
        hall = make_hall(people=1)
        asking = type_in(hall, hall.place.members[0])
        assert asking.state == "asking"
        seat = sign_in(hall, hall.place.members[0])
        assert (seat.pk, seat.state) == (asking.pk, "in")

    def test_one_that_has_proved_it_is_asked_for(self):
        hall = make_hall(people=0)
        member = hall.place.members[0]
        sign_in(hall, member)
        assert type_in(hall, member, device="tablet").state == "asking"
        assert sign_in(hall, member, device="laptop").state == "asking"


class TestARoundRatedInTheRoom:
    def rated(self, guests=0):
        """Six rate; the first has signed in, the others have typed their address."""
        hall = make_hall(people=0, guests=guests)
        hall.seats.append(sign_in(hall, hall.place.members[0]))
        hall.come(6)
        hall.reveal(1, *[4] * (6 + guests))
        return hall

    def test_answers_have_what_their_seat_has_proved_when_results_open(self):
        hall = self.rated(guests=1)
        hall.finish()
        first, second = hall.place.members[:2]
        assert known(hall, first) == ("signed_in", account(first))
        assert known(hall, second) == ("typed", [])
        assert known(hall, None) == ("guest", [])

    def test_what_another_device_rated_in_the_persons_name_is_not_theirs(self):
        """The lead lets a second device of their own in, under an address they know."""
        hall = self.rated()
        first = hall.place.members[0]
        mine = type_in(hall, first, device="tablet")
        workshops.admit(by=hall.by, seat=mine)
        hall.go_to(2)
        hall.move("start")
        say(mine, 2, 1)
        hall.finish()
        assert known(hall, first) == ("signed_in", [])

    @pytest.mark.parametrize("at_once", [True, False])
    def test_saying_the_same_from_a_device_of_ones_own_makes_it_ones_own(self, at_once):
        """Somebody else had typed the address and rated; nobody has seen it yet."""
        hall = make_hall(people=6)
        first = hall.place.members[0]
        hall.go_to(1)
        hall.move("start")
        hall.rate(1, *[4] * 6)
        mine = sign_in(hall, first, device="mine")
        if at_once:
            phone = find_phone(hall.workshop.pk, mine.device_hash)
            assert rate_at_once(phone=phone, number=1, stage="rating", level=4)
        else:
            say(mine, 1, 4)
        assert find_phone(hall.workshop.pk, mine.device_hash).level == 4
        hall.move("reveal")
        hall.finish()
        assert known(hall, first)[1] == account(first)

    def test_a_device_that_rated_nothing_takes_nothing_away(self):
        hall = self.rated()
        first = hall.place.members[0]
        workshops.admit(by=hall.by, seat=type_in(hall, first, device="tablet"))
        hall.finish()
        assert known(hall, first)[1] == account(first)

    def test_two_devices_that_both_proved_it(self):
        hall = self.rated()
        first = hall.place.members[0]
        laptop = sign_in(hall, first, device="laptop")
        workshops.admit(by=hall.by, seat=laptop)
        hall.go_to(2)
        hall.move("start")
        say(laptop, 2, 5)
        hall.finish()
        assert known(hall, first)[1] == account(first)

    def test_a_lead_alone_who_types_the_addresses_of_members_proves_nothing(self):
        """Six rate by link with proof; then the lead sits down as all of them, signed in as the lead."""
        hall = make_hall(people=0)
        for member in hall.place.members[:6]:
            hall.seats.append(type_in(hall, member, device=f"tab-{member.pk}", user=hall.by))
        hall.reveal(1, 5, 5, 5, 5, 5, 3)
        hall.finish()
        responses = Response.objects.filter(round=hall.workshop.round_id)
        assert [(each.came_by, each.proofs) for each in responses] == [("typed", [])] * 6

    def test_finishing_asks_no_more_of_a_larger_room(self, django_assert_num_queries):
        from assessments.operations.proving import prove_in_room

        hall = self.rated()
        with django_assert_num_queries(6):
            prove_in_room(hall.workshop)
        assert Response.objects.exclude(proofs=[]).count() == 1


class TestWhichDeviceSaidIt:
    """Second ratings are matched with first by the device: both layers keep it, at either way of saving."""

    def test_in_both_layers(self):
        hall = make_hall(people=6)
        hall.reveal(1, *[4] * 6)
        hall.move("again")
        hall.rate(1, *[5] * 6)
        devices = {seat.participant_id: seat.device_hash[:32] for seat in hall.seats}
        for layer in (Rating.Layer.FIRST, Rating.Layer.SECOND):
            said = Rating.objects.filter(layer=layer).values_list("response__participant", "saved_from")
            assert dict(said) == devices

    def test_in_the_short_way_too(self):
        hall = make_hall(people=6)
        hall.reveal(1, *[4] * 6)
        hall.go_to(2)
        hall.move("start")
        seat = hall.seats[0]
        phone = find_phone(hall.workshop.pk, seat.device_hash)
        assert rate_at_once(phone=phone, number=2, stage="rating", level=3)
        assert Rating.objects.get(action__number=2).saved_from == seat.device_hash[:32]


def test_a_latecomer_to_a_round_rated_by_link_keeps_how_they_came():
    place = make_place(people=8)
    hall = make_hall(people=0, place=place, state="open", answers=everybody(place.members[:6], *[4] * 6))
    hall.seats.append(sign_in(hall, place.members[7]))
    hall.move("show", "again")
    say(hall.seats[0], 1, 5)
    assert known(hall, place.members[7]) == ("signed_in", [])


def test_the_invented_people_of_a_rehearsal_are_who_they_say_they_are():
    place = make_place(people=6)
    round = make_round(place.partnership, by=place.by, state="open")
    workshop = rehearsals.begin_rehearsal(by=place.by, round=round)
    seats = dict(Seat.objects.filter(workshop=workshop).values_list("participant", "proofs"))
    responses = dict(Response.objects.filter(round=workshop.round).values_list("participant", "proofs"))
    assert seats == responses == {pk: [f"invented:{pk}"] for pk in seats}
    assert len(seats) >= 5
