"""Screens follow the room: focus stays, two facilitators do not collide, and quiet screens cost little."""

import re

import pytest

from assessments.models import AgreedRating
from assessments.operations import room, workshops
from tests.assessments.views.workshop_pages import SCREENS, focusable, live, press, text, url
from tests.assessments.workshop_room import make_hall, say
from tests.factories import MembershipFactory, make_step
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@made_once
def hall():
    return make_hall(people=6, guests=1)


@pytest.fixture
def lead(client, hall):
    client.force_login(hall.by)
    return client


# --- Keeping the focus ---


@pytest.mark.parametrize("name", ["workshop", "workshop_one_screen"])
def test_whatever_can_have_the_focus_is_found_again_in_the_new_screen(client, edition, name):
    hall = make_hall(people=6, guests=1, begin=False)
    room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="second")
    make_step(hall.round.partnership, 3, "Ring the ferry people")
    client.force_login(hall.by)
    for move in ("", "begin", "start", "reveal", "hide", "unhide", "again", "end", "finish"):
        if move == "reveal":
            hall.rate(1, 1, 2, 3, 4, 5)
            hall.agree(1, 3)
        if move:
            hall.move(move)
        tags = focusable(text(client.get(url(name, hall))))
        ids = [re.search(r'\bid="([^"]+)"', tag) for tag in tags]
        assert [tag for tag, found in zip(tags, ids, strict=True) if not found] == []
        assert len({found[1] for found in ids}) == len(tags)


# --- Two facilitators ---


def test_a_button_of_a_screen_that_is_old_changes_nothing_and_says_where_the_room_is(lead, hall):
    old = hall.seen
    hall.move("start")
    answer = press(lead, hall, "workshop_go_to", seen=old, number=5, at="Action 1: Reading")
    assert answer.status_code == 409
    page = text(answer)
    assert "The room has moved on" in page
    assert "Action 1: Reading" in page
    assert "Rating, each alone" in page
    assert hall.fresh().action.number == 1
    again = dict(re.findall(r'name="(seen|number)" value="(\d+)"', page))
    assert again == {"seen": str(hall.seen), "number": "5"}
    lead.post(url("workshop_go_to", hall), again)
    assert hall.fresh().action.number == 5


def test_what_was_typed_on_an_old_screen_is_not_lost(lead, hall):
    old = hall.seen
    hall.agree(1, 2, "Theirs")
    answer = press(lead, hall, "workshop_agree", seen=old, number=1, level=4, why="Mine, long thought about")
    assert answer.status_code == 409
    assert text(answer).count("Mine, long thought about") == 2  # to read, and to send again
    assert AgreedRating.objects.get().why == "Theirs"


def test_a_move_that_is_not_possible_any_more_is_not_offered_again(lead, hall):
    old = hall.seen
    hall.reveal(1, 1, 1, 2, 5, 5, 4)
    answer = press(lead, hall, "workshop_move", seen=old, move="start", of=1)
    assert answer.status_code == 409
    assert "Do it all the same" not in text(answer)


@pytest.mark.parametrize(
    ("name", "pressed"),
    [
        ("workshop_move", {"move": "start", "of": 1}),
        ("workshop_go_to", {"number": 4}),
        ("workshop_agree", {"number": 1, "level": 3, "why": "A shared plan."}),
    ],
)
def test_what_is_so_already_is_simply_shown(lead, hall, name, pressed):
    """The answer to the first press got lost, or another lead pressed the same: nothing to ask about."""
    old = hall.seen
    press(lead, hall, name, seen=old, **pressed)
    assert press(lead, hall, name, seen=old, **pressed).status_code == 302
    assert hall.seen == old + 1


# --- Live ---


@pytest.mark.parametrize("name", SCREENS)
def test_an_unchanged_screen_costs_one_query(lead, hall, name, django_assert_num_queries):
    asked = live(text(lead.get(url(name, hall))))
    with django_assert_num_queries(1):
        answer = lead.get(asked)
    assert answer.status_code == 204
    assert answer.content == b""


@pytest.mark.parametrize("name", SCREENS)
def test_a_rating_wakes_the_big_screens(lead, hall, name):
    hall.move("start")
    asked = live(text(lead.get(url(name, hall))))
    say(hall.seats[0], 1, 4)
    page = text(lead.get(asked))
    assert page.lstrip().startswith('<div id="stage"')
    assert "1 of 7 have rated" in page


def test_the_key_of_a_screen_shows_nothing_to_a_stranger(lead, hall, client):
    asked = live(text(lead.get(url("workshop", hall))))
    lead.logout()
    assert lead.get(asked).status_code == 204  # that nothing is new says nothing
    hall.move("start")
    assert lead.get(asked).status_code == 302
    outsider = MembershipFactory().user
    lead.force_login(outsider)
    assert lead.get(asked).status_code == 404


def test_without_a_key_an_up_to_date_screen_is_shown_all_the_same_to_a_lead_alone(client, hall):
    asked = f"{url('workshop_live', hall)}?since={hall.seen}&counts={hall.fresh().count_revision}"
    assert client.get(asked).status_code == 302
    client.force_login(hall.by)
    assert client.get(asked).status_code == 200


def test_a_button_pressed_by_the_script_answers_with_the_part_that_changes(lead, hall):
    answer = lead.post(
        url("workshop_move", hall),
        {"move": "start", "seen": hall.seen},
        headers={"X-Live": "1", "Referer": f"http://testserver{url('workshop_one_screen', hall)}"},
    )
    page = text(answer)
    assert page.lstrip().startswith('<div id="stage" class="stage stage-with-controls"')
    assert hall.stage(1) == "rating"


def test_finished_screens_ask_no_more(lead, hall):
    hall.move("end")
    workshops.finish(by=hall.by, workshop=hall.workshop, seen=hall.seen)
    for name in SCREENS:
        page = text(lead.get(url(name, hall)))
        assert "data-over" in page
        assert 'class="join-code"' not in page


def test_the_vote_is_told_in_words_once_all_is_over(lead, hall):
    hall.move("end")
    for seat, worth in zip(hall.seats, (1, 4, 4, 5, 5, 5), strict=True):
        room.vote(seat=seat, worth=worth)
    told = "<strong>3</strong> <span>Very much</span>"
    assert told not in text(lead.get(url("workshop_projector", hall)))
    hall.move("finish")
    page = text(lead.get(url("workshop_projector", hall)))
    assert re.findall(r"<strong>(\d)</strong> <span>([^<]*)</span>", page)[-5:] == [
        ("1", "Not at all"),
        ("0", "Not much"),
        ("0", "Partly"),
        ("2", "Mostly"),
        ("3", "Very much"),
    ]
