"""What a screen reader is told: where the room is, what came out, what was settled; no names."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Workshop
from assessments.operations import room, workshops
from assessments.workshops import control, words
from assessments.workshops.screens import screen
from tests.assessments.workshop_room import make_hall
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@made_once
def hall():
    return make_hall(people=6)


def now(hall):
    return screen(hall.workshop, "en", for_lead=True)


def said(hall):
    return words.said(now(hall)).split("\n")


def to_lead(hall):
    return words.said_to_lead(now(hall)).split("\n")


def test_before_the_reveal_only_where_the_room_is(hall):
    hall.move("start")
    hall.rate(1, 1, 1, 1, 5, 5, 5)
    assert said(hall) == ["Action 1, Citizens and places: Rating, each alone."]


def test_the_result_is_told_in_words_and_not_while_it_is_hidden(hall):
    hall.reveal(1, 1, 1, 2, 4, 5, "dk")
    assert said(hall) == [
        "Action 1, Citizens and places: Ratings shown.",
        "Split. Median 2 · 1 said “don't know”.",
    ]
    hall.move("hide")
    assert said(hall) == ["Action 1, Citizens and places: Ratings hidden."]


def test_what_is_settled_is_a_line_of_its_own(hall):
    hall.agree(1, 3, "We start from places,\nnot yet when we plan.")
    step = workshops.decide_step(by=hall.by, workshop=hall.workshop, number=1, text="Meet in the village")
    assert words.said(now(hall), [step]).split("\n")[1:] == [
        "Level agreed: 3. We start from places, not yet when we plan.",
        "Next step: Meet in the village",
    ]


def test_a_timer_is_told_with_its_end(hall):
    Workshop.objects.update(timer_ends_at=timezone.now() + timedelta(minutes=5))
    end = timezone.localtime(hall.fresh().timer_ends_at)
    assert said(hall)[1:] == [f"A timer runs until {end:%H:%M}."]


def test_whoever_leads_is_told_when_it_can_go_on_and_who_waits_by_no_name(hall):
    hall.move("start")
    hall.rate(1, 1, 1, 1, 5)
    assert len(to_lead(hall)) == 1
    hall.rate(1, 1, 1, 1, 5, 5)
    assert to_lead(hall)[1:] == ["Enough have rated to reveal."]
    hall.rate(1, 1, 1, 1, 5, 5, 5)
    assert to_lead(hall)[1:] == ["Everybody here has rated."]
    room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="second")
    assert to_lead(hall)[1] == "Somebody asks to come in with a second phone."


@pytest.mark.parametrize("move", ["begin", "start", "reveal", "again", "hide", "end"])
def test_a_move_has_happened_after_it_and_not_before(edition, move):
    hall = make_hall(people=5, begin=False)
    for name in ("begin", "start", "reveal", "again", "stop_again", "hide", "unhide", "end"):
        number = hall.fresh().action.number if hall.fresh().action else None
        if name == move:
            assert not control.has_happened(now(hall), move, number)
        hall.move(name)
        if name == "start":
            hall.rate(1, 1, 2, 3, 4, 5)
        if name == move:
            assert control.has_happened(now(hall), move, number)
            return


def test_a_move_of_another_action_has_not_happened_to_this_one(hall):
    hall.move("start")
    assert not control.has_happened(now(hall), "start", 2)
    hall.go_to(2)
    assert control.has_happened(now(hall), "start", 1)
    assert not control.has_happened(now(hall), "unhide", 1)
