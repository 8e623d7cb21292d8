"""What no screen of a workshop offers, and what is taken away while somebody presses: never an error page."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments.models import AgreedRating, NextStep, Rating, Round, Workshop
from assessments.operations import rehearsals, room, rounds, workshops
from tests.assessments.round_room import make_place, words
from tests.assessments.views.test_room import join, send
from tests.assessments.workshop_room import make_hall
from tests.factories import make_round
from tests.made_once import made_once

from ..operations.test_answers import together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

PRESSED = {
    "workshop_move": {"move": "begin"},
    "workshop_go_to": {"number": 2},
    "workshop_timer": {"minutes": 5},
    "workshop_agree": {"number": 1, "level": 3},
    "workshop_next_step": {"number": 1, "text": "Meet"},
    "workshop_door": {"do": "lock"},
    "workshop_finish": {},
    "workshop_call_off": {},
    "rehearsal_rate": {},
}


def url(name, *args):
    return reverse(f"assessments:{name}", args=args)


@made_once
def hall():
    return make_hall(people=6)


def press(hall, name, **data):
    return hall.place.web.post(url(name, hall.workshop.pk), {"seen": hall.seen, **data})


# --- Made up ---


@pytest.mark.parametrize("move", ["", "fly", "0", "reveal_all"])
def test_a_move_that_is_in_no_table_is_refused(hall, move):
    before = hall.seen
    answer = press(hall, "workshop_move", move=move)
    assert (answer.status_code, "Press one of the buttons." in words(answer)) == (409, True)
    assert hall.seen == before


@pytest.mark.parametrize("name", ["workshop_go_to", "workshop_agree", "workshop_next_step"])
def test_an_action_that_is_not_in_the_framework_is_not_found(hall, name):
    answer = press(hall, name, **PRESSED[name] | {"number": 12})
    assert answer.status_code == 404
    assert not AgreedRating.objects.exists()
    assert not NextStep.objects.exists()
    assert hall.fresh().action.number == 1


@pytest.mark.parametrize(
    "said", [{"number": 2}, {"stage": "rating_again"}, {"stage": "revealed"}, {"number": 12}]
)
def test_a_phone_rates_nothing_but_what_is_on_the_screens(hall, said):
    phone = join(hall)
    hall.move("start")
    assert send(phone, hall, 5, **said).status_code == 409
    assert phone.post(url("room_vote", hall.workshop.pk), {"worth": 5}).status_code == 409  # not the end
    assert not Rating.objects.exists()


# --- Taken away ---


class Meanwhile:
    """Does something as soon as an operation begins: what the page was asked for had been found by then."""

    def __init__(self, act):
        self.act = act

    def __call__(self, execute, sql, *arguments):
        if self.act and sql.startswith("SAVEPOINT"):
            act, self.act = self.act, None
            act()
        return execute(sql, *arguments)


@pytest.fixture
def place():
    place = make_place()
    place.web.get("/")  # signing in is an operation, too
    return place


@pytest.fixture
def draft(place):
    return make_round(place.partnership, by=place.by)


@pytest.mark.parametrize("name", [*PRESSED, "workshop_seat"])
def test_what_is_pressed_in_a_rehearsal_thrown_away_at_this_moment_is_not_found(place, draft, name):
    workshop = rehearsals.begin_rehearsal(by=place.by, round=draft)
    guest = room.join_as_guest(workshop=workshop, device="a phone")
    seats = [guest.pk] if name == "workshop_seat" else []
    data = {"seen": workshop.revision, "do": "remove"} | PRESSED.get(name, {})
    gone = Meanwhile(lambda: rounds.delete_draft(by=place.by, round=draft))
    with connection.execute_wrapper(gone):
        answer = place.web.post(url(name, workshop.pk, *seats), data)
    assert (answer.status_code, gone.act) == (404, None)
    assert not Workshop.objects.exists()
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("name", "moves"), [("room_rate", ["begin", "start"]), ("room_vote", ["begin", "end"])]
)
def test_a_phone_in_a_rehearsal_thrown_away_at_this_moment_is_told_kindly(place, draft, name, moves):
    workshop = rehearsals.begin_rehearsal(by=place.by, round=draft)
    phone = Client()
    phone.post(url("room_join", workshop.code), {"as": "guest"})
    for move in moves:
        workshop = workshops.move(by=place.by, workshop=workshop, name=move, seen=workshop.revision)
    gone = Meanwhile(lambda: rounds.delete_draft(by=place.by, round=draft))
    with connection.execute_wrapper(gone):
        answer = phone.post(url(name, workshop.pk), {"number": 1, "stage": "rating", "level": 3, "worth": 3})
    assert (answer.status_code, gone.act) == (404, None)
    assert "no place in that workshop" in words(answer)


@pytest.mark.parametrize("name", ["rehearse", "workshop_start", "round_open", "round_delete"])
def test_a_draft_deleted_at_this_moment_is_not_found(place, draft, name):
    gone = Meanwhile(lambda: rounds.delete_draft(by=place.by, round=draft))
    with connection.execute_wrapper(gone):
        answer = place.web.post(url(name, draft.pk))
    assert (answer.status_code, gone.act) == (302 if name == "round_delete" else 404, None)
    assert not Workshop.objects.exists()
    assert not Round.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_deleting_a_draft_and_rehearsing_it_at_the_same_moment_leaves_neither(place, draft):
    raised = together(
        lambda: rounds.delete_draft(by=place.by, round=draft),
        lambda: rehearsals.begin_rehearsal(by=place.by, round=draft),
    )
    assert [type(error) for error in raised] in ([], [Round.DoesNotExist])
    assert not Workshop.objects.exists()
    assert not Round.objects.exists()


# --- Called off ---


def test_a_round_called_off_and_then_rated_by_link_has_nothing_of_the_workshop(hall):
    phone = join(hall)
    hall.move("start")
    send(phone, hall, 5)
    hall.rate(1, 1, 2, 3, 4, 5)
    hall.move("break_off")
    opened = rounds.open_round(by=hall.by, round=hall.round)
    assert (opened.is_in_room, opened.responses.count()) == (False, 0)
    assert send(phone, hall, 5).status_code == 409
    assert "This workshop was called off" in words(phone.get(url("room", hall.workshop.pk)))
    assert press(hall, "workshop_move", move="begin").status_code == 409
    rounds.reveal_round(by=hall.by, round=rounds.close_round(by=hall.by, round=opened))
    assert "What the workshop agreed" not in words(hall.place.web.get(url("results", opened.pk)))


def test_it_is_not_offered_to_call_off_what_has_decided_a_next_step(hall):
    there = url("workshop_call_off", hall.workshop.pk)
    assert there in hall.place.web.get(url("workshop", hall.workshop.pk)).content.decode()
    press(hall, "workshop_next_step", number=1, text="Meet")
    hall.go_to(2)
    assert there not in hall.place.web.get(url("workshop", hall.workshop.pk)).content.decode()
    assert hall.place.web.get(there).status_code == 409
