"""The rules of a workshop that the database holds itself."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.models import AgreedRating, RevealedCounts, Seat, Workshop
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import make_hall
from tests.made_once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@made_once
def hall():
    hall = make_hall(people=6, guests=1)
    hall.reveal(1, 1, 2, 3, 4, 5, 5)
    hall.agree(1, 3)
    return hall


def another_of_this_code(hall):
    other = make_hall(people=0, place=make_place(town="Southmoor"))
    Workshop.objects.filter(pk=other.workshop.pk).update(code=hall.workshop.code)


def a_second_seat(hall):
    first = hall.seats[0]
    Seat.objects.create(workshop=hall.workshop, participant=first.participant, device_hash="other")


def a_second_person_on_this_device(hall):
    first, second = hall.seats[:2]
    Seat.objects.filter(pk=second.pk).update(device_hash=first.device_hash)


def seat(**changes):
    return lambda hall: Seat.objects.filter(pk=hall.seats[0].pk).update(**changes)


def workshop(**changes):
    return lambda hall: Workshop.objects.update(**changes)


def agreed_again(hall):
    one = AgreedRating.objects.get()
    AgreedRating.objects.create(round=one.round, action=one.action, level=2, agreed_by="user:1")


def stage(number, **changes):
    return lambda hall: hall.workshop.actions.filter(action__number=number).update(**changes)


def revealed_twice(hall):
    one = RevealedCounts.objects.get()
    RevealedCounts.objects.create(workshop_action=one.workshop_action, layer="first", data={})


def revealed_in_another_layer(hall):
    one = RevealedCounts.objects.get()
    RevealedCounts.objects.create(workshop_action=one.workshop_action, layer="third", data={})


@pytest.mark.parametrize(
    ("write", "constraint"),
    [
        (another_of_this_code, "workshop_code_opens_one_door"),
        (workshop(code=""), "workshop_code_until_over"),
        (
            workshop(state="finished", finished_at=timezone.now(), finished_by="user:1"),
            "workshop_code_until_over",
        ),
        (workshop(state="finished", code=""), "workshop_over_has_time"),
        (workshop(state="called_off", code=""), "workshop_over_has_time"),
        (workshop(finished_at=timezone.now()), "workshop_finished_at_and_by_together"),
        (workshop(state="paused"), "workshop_state_known"),
        (workshop(mode="online"), "workshop_mode_known"),
        (stage(2, stage="thinking"), "workshop_stage_known"),
        (stage(1, stage="reading"), "workshop_revealed_has_time"),
        (stage(2, stage="revealed"), "workshop_revealed_has_time"),
        (stage(2, revealed_at=timezone.now()), "workshop_revealed_has_time"),
        (a_second_seat, "seat_one_for_person"),
        (a_second_person_on_this_device, "seat_one_for_device"),
        (seat(guest_number=7), "seat_guests_have_numbers"),
        (seat(is_guest=True), "seat_guests_have_numbers"),
        (seat(is_guest=True, guest_number=1), "seat_guest_number_once"),
        (seat(worth=6), "seat_worth_1_to_5"),
        (seat(worth=0), "seat_worth_1_to_5"),
        (seat(state="asleep"), "seat_state_known"),
        (agreed_again, "agreed_rating_once"),
        (lambda hall: AgreedRating.objects.update(level=6), "agreed_rating_level_1_to_5"),
        (revealed_twice, "revealed_counts_once"),
        (revealed_in_another_layer, "revealed_counts_layer_known"),
    ],
)
def test_the_database_refuses(hall, write, constraint):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write(hall)
    # SQLite names checks, and of unique constraints only the columns.
    if connection.vendor == "postgresql" or "CHECK" in str(refused.value):
        assert constraint in str(refused.value)
