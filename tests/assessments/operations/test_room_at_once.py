"""Rating in the room, the quick way: what it does equals the careful way; what it may not do, it leaves."""

import random

import pytest

from assessments.models import Rating, Response, RevealedCounts, Seat
from assessments.operations import erasure, room, workshops
from assessments.operations.room_at_once import rate_at_once
from assessments.policies.base import NotNow
from assessments.states import Stage
from assessments.workshops.phone import find_phone
from partnerships.models.audit import AuditEvent
from partnerships.operations import end_membership
from tests.assessments.workshop_room import levels, make_hall, say
from tests.factories import everybody
from tests.made_once import made_once

from .test_answers import together

pytestmark = pytest.mark.usefixtures("edition")

FIELDS = ("level", "dont_know", "comment", "revision", "saved_from", "layer")


@made_once
def hall():
    """Six have rated action 1, and are rating action 2."""
    hall = make_hall(people=6)
    hall.reveal(1, 1, 2, 3, 4, 5, 5)
    hall.go_to(2)
    hall.move("start")
    return hall


def phone(seat):
    return find_phone(seat.workshop_id, seat.device_hash)


def at_once(seat, number=2, stage=Stage.RATING, **said):
    return rate_at_once(phone=phone(seat), number=number, stage=stage, **(said or {"level": 4}))


def everything():
    return list(Rating.objects.order_by("pk").values())


def is_left_undone(hall, seat, **said):
    before = everything(), hall.fresh().count_revision
    return not at_once(seat, **said) and (everything(), hall.fresh().count_revision) == before


def stored(number):
    return [tuple(row.values()) for row in Rating.objects.filter(action__number=number).values(*FIELDS)]


@pytest.mark.parametrize("said", [{"level": 5}, {"dont_know": True}])
def test_it_saves_what_the_careful_way_saves(hall, said):
    quick, careful = hall.seats[:2]
    assert at_once(quick, **said)
    room.rate(seat=careful, number=2, **said)
    (mine, theirs) = stored(2)
    assert mine == (*theirs[:4], quick.device_hash[:32], "first")
    assert theirs[:4] == (said.get("level"), "dont_know" in said, "", 1)


def test_changing_ones_mind_is_one_rating_and_the_screens_look_again(hall):
    before = hall.fresh().count_revision
    assert at_once(hall.seats[0], level=2)
    assert at_once(hall.seats[0], dont_know=True)
    assert stored(2) == [(None, True, "", 2, hall.seats[0].device_hash[:32], "first")]
    assert hall.fresh().count_revision == before + 2


def test_the_same_again_is_left_to_the_careful_way_which_says_the_same(hall):
    assert at_once(hall.seats[0], level=2)
    assert is_left_undone(hall, hall.seats[0], level=2)
    assert say(hall.seats[0], 2, 2).revision == 1


def test_a_comment_given_by_link_stays():
    """Walking through: the second layer has no comments, and the first is not touched."""
    place_hall = walk()
    assert at_once(place_hall.seats[0], number=1, stage=Stage.RATING_AGAIN, level=3)
    assert levels(1)[0] == 1
    assert levels(1, Rating.Layer.SECOND) == [3]


def walk():
    from tests.assessments.round_room import make_place

    place = make_place(people=8)
    said = everybody(place.members[:6], 1, 1, 2, 4, 5, 5)
    hall = make_hall(people=6, place=place, state="revealed", answers=said)
    hall.move("show", "again")
    return hall


def test_guests_rate_too(hall):
    hall.come(6, guests=1)
    assert is_left_undone(hall, hall.guests[0])  # the first answer of somebody is the careful way's
    say(hall.guests[0], 2, 1)
    assert at_once(hall.guests[0], level=2)
    assert levels(2) == [2]


@pytest.mark.parametrize("state", [Seat.State.ASKING, Seat.State.GONE])
def test_a_phone_that_is_not_in_saves_nothing(hall, state):
    Seat.objects.filter(pk=hall.seats[0].pk).update(state=state)
    assert is_left_undone(hall, hall.seats[0])


def test_a_member_that_has_been_taken_off_the_list_saves_nothing(hall):
    end_membership(by=hall.by, membership=hall.place.members[0])
    assert is_left_undone(hall, hall.seats[0])
    with pytest.raises(NotNow, match="no longer a member"):
        say(hall.seats[0], 2, 4)


def test_somebody_erased_a_moment_ago_saves_nothing(hall):
    one = phone(hall.seats[0])
    erasure.erase_person(by=hall.by, membership=hall.place.members[0])
    assert phone(hall.seats[0]) is None
    assert not rate_at_once(phone=one, number=2, stage=Stage.RATING, level=4)
    assert levels(2) == []


def test_only_the_action_on_the_screens_and_only_at_the_stage_the_phone_showed(hall):
    seat = hall.seats[0]
    assert is_left_undone(hall, seat, number=1)
    assert is_left_undone(hall, seat, stage=Stage.RATING_AGAIN)
    hall.go_to(3)
    assert is_left_undone(hall, seat)
    hall.go_to(2)
    assert at_once(seat)
    hall.rate(2, None, 1, 2, 3, 4, 5)
    hall.move("reveal")
    assert is_left_undone(hall, seat, level=1)
    hall.move("again")
    assert is_left_undone(hall, seat, level=1)
    assert at_once(seat, stage=Stage.RATING_AGAIN, level=1)
    assert (levels(2)[0], levels(2, Rating.Layer.SECOND)) == (4, [1])


def test_not_at_the_end(hall):
    hall.move("end")
    assert is_left_undone(hall, hall.seats[0])


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_while_the_lead_revealed_is_counted_or_was_refused():
    """On a file as on a server: a rating is in the counts the room saw, or it was not taken."""
    hall, dice = make_hall(people=8), random.Random(4)
    hall.reveal(1, *[3] * 8)
    hall.go_to(2)
    hall.move("start")
    hall.rate(2, *[3] * 6)
    phones = [phone(seat) for seat in hall.seats]
    taken = {}

    def rates(one):
        def job():
            for _again in range(6):
                level = dice.randint(1, 5)
                if rate_at_once(phone=one, number=2, stage=Stage.RATING, level=level):
                    taken[one.seat_id] = level

        return job

    raised = together(*[rates(one) for one in phones], lambda: hall.move("reveal"))
    assert raised == []
    seen = RevealedCounts.objects.get(workshop_action__action__number=2, layer="first").data
    now = [levels(2).count(level) for level in range(1, 6)]
    assert seen["whole"]["counts"] == now
    assert sum(now) >= 6
    rows = {seat.participant_id: seat.pk for seat in hall.seats}
    for participant, level in Rating.objects.filter(action__number=2).values_list(
        "response__participant", "level"
    ):
        assert taken.get(rows[participant], 3) == level


@pytest.mark.django_db(transaction=True)
def test_first_ratings_of_all_at_once_each_clicked_twice_are_one_each():
    hall = make_hall(people=6, guests=2)
    hall.move("start")
    seats = [*hall.seats, *hall.guests]
    clicks = [lambda seat=seat: say(seat, 1, 3) for seat in seats for _click in range(2)]
    assert together(*clicks) == []
    assert levels(1) == [3] * 8
    assert Response.objects.filter(answered_at=None).count() == 0
    answered = AuditEvent.objects.filter(event="answered").values_list("actor", flat=True)
    assert (len(answered), len(set(answered))) == (8, 8)
    hall.move("reveal")


@pytest.mark.django_db(transaction=True)
def test_phones_and_a_guest_being_taken_out_do_not_wait_in_a_ring():
    hall = make_hall(people=6, guests=1)
    hall.reveal(1, 3, 3, 3, 3, 3, 3, 3)
    hall.go_to(2)
    hall.move("start")
    phones = [phone(seat) for seat in (*hall.seats, *hall.guests)]

    def rates(one):
        return lambda: [
            rate_at_once(phone=one, number=2, stage=Stage.RATING, level=level) for level in (1, 2, 3, 4, 5)
        ]

    put_out = lambda: workshops.remove_guest(by=hall.by, seat=hall.guests[0])  # noqa: E731
    assert together(*[rates(one) for one in phones], put_out) == []
    guest = hall.guests[0].participant_id
    assert not Rating.objects.filter(action__number=2, response__participant=guest).exists()
    assert sorted(levels(2)) == [5] * 6
