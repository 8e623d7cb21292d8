"""The screens of a workshop as a browser asks for them, and what their buttons do."""

import re

import pytest
from django.urls import reverse

from assessments.models import AgreedRating, NextStep, Seat, Workshop
from assessments.operations import room
from tests.assessments.round_room import make_place
from tests.assessments.views.workshop_pages import SCREENS, press, text, url
from tests.assessments.workshop_room import make_hall
from tests.factories import make_round, make_step
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@made_once
def hall():
    return make_hall(people=6, guests=1)


@pytest.fixture
def lead(client, hall):
    client.force_login(hall.by)
    return client


# --- Starting ---


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "No e-mail goes out"),
        ("open", "The round closes first"),
        ("closed", "the results are opened: from then on no rating changes"),
        ("revealed", "They do not change."),
        ("shared", "They do not change."),
    ],
)
def test_the_start_page_says_what_will_happen_and_starts_once(client, edition, mailoutbox, state, said):
    place = make_place(people=6)
    round = make_round(place.partnership, by=place.by, state=state)
    client.force_login(place.by)
    start = reverse("assessments:workshop_start", args=[round.pk])
    assert start in client.get(round.get_absolute_url()).content.decode()
    assert said in text(client.get(start))
    assert not Workshop.objects.exists()
    first, second = client.post(start), client.post(start)
    workshop = Workshop.objects.get()
    assert first.url == second.url == reverse("assessments:workshop", args=[workshop.pk])
    assert client.get(start).url == first.url
    assert first.url in client.get(round.get_absolute_url()).content.decode()
    assert mailoutbox == []


def test_a_member_is_not_offered_a_workshop(client, hall):
    client.force_login(hall.place.members[1].user)
    assert "workshop" not in text(client.get(hall.round.get_absolute_url())).lower()


# --- What the screens show ---


@pytest.mark.parametrize("name", SCREENS)
def test_before_the_reveal_no_screen_shows_a_rating(lead, hall, name):
    hall.move("start")
    hall.rate(1, 1, 1, 1, 5, 5, 5, "dk")
    page = text(lead.get(url(name, hall)))
    assert "7 of 7 have rated" in page
    assert "columns-drawing" not in page
    assert "Median" not in page


@pytest.mark.parametrize("name", ["workshop_projector", "workshop_one_screen"])
def test_the_big_screen_holds_nothing_private(lead, hall, name):
    """There is a name to leak, of somebody asking, and an address of everybody."""
    room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="second")
    hall.reveal(1, 1, 1, 2, 5, 5, 4, "dk")
    page = text(lead.get(url(name, hall)))
    assert "columns-drawing" in page
    for member in hall.place.members:
        assert member.name not in page
        assert member.email not in page


def test_the_projector_has_nothing_to_press(lead, hall):
    hall.reveal(1, 1, 1, 2, 5, 5, 4, "dk")
    page = text(lead.get(url("workshop_projector", hall)))
    stage = page[page.index('id="stage"') :]
    assert "<form" not in stage
    assert "<button" not in stage
    assert "<a " not in stage


def test_what_was_revealed_is_on_every_screen_and_covered_on_every_screen(lead, hall):
    hall.reveal(1, 1, 1, 2, 5, 5, 4, "dk")
    for name in SCREENS:
        page = text(lead.get(url(name, hall)))
        assert "Median 3" in page
        assert "Split" in page
        assert "1 said “don&#x27;t know”" in page or "1 said “don't know”" in page
    hall.move("hide")
    for name in SCREENS:
        page = text(lead.get(url(name, hall)))
        assert "Median" not in page
        assert "hidden" in page


def test_too_few_are_told_how_many_more_and_not_offered_the_reveal(edition, client):
    hall = make_hall(people=3)
    client.force_login(hall.by)
    hall.move("start")
    hall.rate(1, 1, 5, 5)
    page = text(client.get(url("workshop", hall)))
    assert "2 more people have to rate" in page
    assert 'value="reveal"' not in page
    assert press(client, hall, "workshop_move", move="reveal").status_code == 409
    assert hall.stage(1) == "rating"


def test_too_few_may_agree_by_talking_and_go_on_from_each_screen_with_buttons(lead, hall):
    ways = ("Next action", "Go to the end")
    for number, found in ((1, ways), (11, ways[1:])):
        hall.go_to(number)
        hall.move("start")
        for name in ("workshop", "workshop_one_screen"):
            page = text(lead.get(url(name, hall))).partition("<div hidden>")[0]
            assert tuple(way for way in ways if way in page) == found


def test_the_end_shows_the_agreed_profile(lead, hall):
    hall.reveal(1, 1, 2, 2, 2, 2, 4)
    hall.agree(1, 3)
    hall.move("end")
    for name in SCREENS:
        page = text(lead.get(url(name, hall)))
        assert "radar-agreed" in page
        assert re.search(r'<td class="num">2</td>\s*<td class="num profile-agreed">3</td>', page)


def test_the_square_is_an_image_of_our_own(lead, hall):
    answer = lead.get(url("workshop_qr", hall))
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"style=" not in answer.content
    assert b"<svg" in answer.content


def test_the_end_says_where_second_ratings_moved(lead, hall):
    hall.come(10)
    hall.reveal(1, *[1, 2] * 5)
    hall.again(1, *[3] * 10)
    hall.reveal(2, *[3] * 10)
    hall.again(2, *[3] * 10)
    hall.move("end")
    for name in SCREENS:
        page = text(lead.get(url(name, hall)))
        assert "Rated higher after talking: action 1" in page
        assert "Rated again, no clear change: action 2" in page


def test_results_of_a_workshop_that_agreed_nothing_say_so(lead, hall):
    address = reverse("assessments:results", args=[hall.round.pk])
    hall.reveal(1, 1, 2, 3, 4, 5, 5)
    hall.finish()
    assert "The workshop agreed no level, and showed no second rating." in text(lead.get(address))


def test_results_list_only_actions_the_workshop_said_something_of(lead, hall):
    hall.reveal(1, 1, 2, 3, 4, 5, 5)
    hall.agree(1, 3)
    hall.finish()
    page = text(lead.get(reverse("assessments:results", args=[hall.round.pk])))
    assert "10 actions are not listed: no level was agreed for them" in page


# --- Buttons ---


def test_the_buttons_move_the_room(lead, hall):
    assert press(lead, hall, "workshop_move", move="start").url == url("workshop", hall)
    assert hall.stage(1) == "rating"
    press(lead, hall, "workshop_go_to", number=4)
    assert hall.fresh().action.number == 4
    press(lead, hall, "workshop_timer", minutes=5)
    assert hall.fresh().timer_ends_at
    press(lead, hall, "workshop_timer", minutes=5, stop=1)
    assert hall.fresh().timer_ends_at is None
    press(lead, hall, "workshop_agree", number=4, level=3, why="A shared plan.")
    assert AgreedRating.objects.get().why == "A shared plan."
    assert "Level 3 is recorded." in text(lead.get(url("workshop", hall)))
    press(lead, hall, "workshop_agree", number=4, level="", why="")
    assert not AgreedRating.objects.exists()


def test_a_next_step_decided_in_the_room_stands_on_every_screen_and_on_its_page(lead, hall):
    step = {"number": 1, "text": "Meet <b>monthly</b>", "owner": "Moorside Carers", "due_on": "2099-03-01"}
    assert press(lead, hall, "workshop_next_step", **step).url == url("workshop", hall)
    press(lead, hall, "workshop_next_step", **step)  # pressed twice
    decided = NextStep.objects.get()
    assert (decided.text, decided.owner, str(decided.due_on)) == (step["text"], step["owner"], step["due_on"])
    assert (decided.round, decided.action.number) == (hall.round, 1)
    for name in SCREENS:
        page = text(lead.get(url(name, hall)))
        assert "Meet &lt;b&gt;monthly&lt;/b&gt;" in page
        assert "by 1 March 2099" in page
    hall.go_to(2)
    assert "monthly" not in text(lead.get(url("workshop_projector", hall)))
    hall.move("end")
    assert "Meet &lt;b&gt;monthly&lt;/b&gt;" in text(lead.get(url("workshop_projector", hall)))
    page = text(lead.get(reverse("assessments:next_steps", args=[hall.round.partnership.slug])))
    assert "Meet &lt;b&gt;monthly&lt;/b&gt;" in page


def test_a_next_step_does_not_wait_for_what_another_facilitator_does(lead, hall):
    before = hall.fresh().revision
    hall.move("start")
    answer = press(lead, hall, "workshop_next_step", seen=before, number=1, text="Meet monthly")
    assert answer.status_code == 302
    assert NextStep.objects.get().text == "Meet monthly"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": " "}, "Write what will be done."),
        ({"text": "x" * 501}, "at most 500 fit"),
        ({"due_on": "2020-01-01"}, "has passed"),
        ({"due_on": "soon"}, "Write the day like 14 November 2026"),
    ],
)
def test_a_next_step_that_says_nothing_or_comes_too_late_is_refused(lead, hall, wrong, said):
    answer = press(lead, hall, "workshop_next_step", **{"number": 1, "text": "Meet"} | wrong)
    assert answer.status_code == 409
    assert said in text(answer)
    assert not NextStep.objects.exists()


def test_the_workshop_begins_with_what_was_decided_last_time(client, edition):
    hall = make_hall(people=2, begin=False)
    make_step(hall.round.partnership, 3, "Ring the ferry people", owner="Kit")
    client.force_login(hall.by)
    assert "Ring the ferry people" in text(client.get(url("workshop", hall)))
    assert "Ring the ferry people" not in text(client.get(url("workshop_projector", hall)))


def test_agreeing_without_a_level_changes_nothing_and_says_so(lead, hall):
    hall.agree(1, 3, "Kept")
    answer = press(lead, hall, "workshop_agree", number=1, why="Typed")
    assert answer.status_code == 409
    assert "Choose the level you agreed" in text(answer)
    assert AgreedRating.objects.get().level == 3


@pytest.mark.parametrize("minutes", ["", "0", "61", "many"])
def test_a_timer_that_cannot_run_is_refused(lead, hall, minutes):
    assert press(lead, hall, "workshop_timer", minutes=minutes).status_code == 409
    assert hall.fresh().timer_ends_at is None


def test_the_door_and_the_seats(lead, hall):
    code = hall.fresh().code
    for _pressed_twice in range(2):
        lead.post(url("workshop_door", hall), {"do": "renew", "code": code})
    renewed = hall.fresh().code
    lead.post(url("workshop_door", hall), {"do": "lock"})
    assert hall.fresh().code == renewed != code
    assert hall.fresh().is_locked
    assert "Members join at <strong>testserver/w</strong>" in text(lead.get(url("workshop_projector", hall)))
    asking = room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="second")
    assert hall.place.members[0].name in text(lead.get(url("workshop", hall)))
    for seat, do in ((asking, "admit"), (hall.guests[0], "remove")):
        for _pressed_twice in range(2):
            assert lead.post(url("workshop_seat", hall, seat.pk), {"do": do}).status_code == 302
    states = dict(Seat.objects.values_list("pk", "state"))
    assert (states[asking.pk], states[hall.seats[0].pk]) == ("in", "gone")
    assert states[hall.guests[0].pk] == "gone"


def test_a_seat_of_another_workshop_is_not_found(lead, hall):
    other = make_hall(people=1, guests=1, place=make_place(town="Elsewhere"))
    answer = lead.post(url("workshop_seat", hall, other.guests[0].pk), {"do": "remove"})
    assert answer.status_code == 404


def test_finishing_asks_once_more(lead, hall):
    assert lead.get(url("workshop_finish", hall)).status_code == 409  # not at the end yet
    hall.move("end")
    assert "The round closes" in text(lead.get(url("workshop_finish", hall)))
    assert press(lead, hall, "workshop_finish").url == url("workshop", hall)
    assert hall.fresh().is_finished
    assert hall.round.state == "revealed"
