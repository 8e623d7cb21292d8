"""A phone in the room: joining, following, rating, voting, and what it never shows."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Rating, Seat
from assessments.operations import workshops
from partnerships.signin.throttle import WRONG_ROOMS
from tests.assessments.round_room import make_place
from tests.assessments.views.workshop_pages import live, text
from tests.assessments.workshop_room import levels, make_hall
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wrong_tries_yet():
    caches["default"].clear()


@made_once
def hall():
    return make_hall(people=5, guests=0)


def join(hall, member=None, client=None):
    """A phone that has joined, as a member or as a guest."""
    phone = client or Client()
    said = {"email": member.email} if member else {"as": "guest"}
    answer = phone.post(reverse("assessments:room_join", args=[hall.fresh().code]), said)
    assert answer.url == here(hall), text(answer)
    return phone


def here(hall, name="room"):
    return reverse(f"assessments:{name}", args=[hall.workshop.pk])


def page(phone, hall):
    return text(phone.get(here(hall)))


def send(phone, hall, level, *, number=1, stage="rating", **headers):
    data = {"number": number, "stage": stage, "level": level}
    return phone.post(here(hall, "room_rate"), data, headers=headers)


# --- Coming in ---


def test_a_member_who_is_signed_in_joins_as_that_with_one_press(client, hall):
    """And only as that: the button says the name, and nothing that is sent names anybody."""
    member = hall.place.members[0]
    address = reverse("assessments:room_join", args=[hall.fresh().code])
    assert f"Join as {member.name}" not in text(client.get(address))
    client.force_login(member.user)
    assert f"Join as {member.name}" in text(client.get(address))
    assert client.post(address, {"as": "member"}).url == here(hall)
    seat = Seat.objects.get(participant__membership=member, came_by="signed_in")
    assert (seat.state, seat.proofs) == ("in", [f"user:{member.user_id}"])


@pytest.mark.parametrize("who", ["nobody", "somebody of another partnership"])
def test_whoever_is_no_member_here_is_not_offered_that(client, hall, who):
    address = reverse("assessments:room_join", args=[hall.fresh().code])
    if who != "nobody":
        client.force_login(make_place(people=1, town="Westholt").members[0].user)
    assert "Join as" not in text(client.get(address)).replace("Join as a guest", "")
    answer = client.post(address, {"as": "member"})
    assert "Type your e-mail address, or join as a guest below." in text(answer)


def test_a_lead_who_is_signed_in_and_types_the_address_of_a_member_proves_nothing(client, hall):
    client.force_login(hall.by)
    Seat.objects.all().delete()
    member = hall.place.members[0]
    join(hall, member, client)
    seat = Seat.objects.get()
    assert (seat.participant.membership, seat.came_by, seat.proofs) == (member, "typed", [])


@pytest.mark.parametrize("how", ["{}", "{} ", " {}", "lower"])
def test_the_code_as_somebody_types_it(client, hall, how):
    code = hall.fresh().code
    typed = f"{code[:3]}-{code[3:]}".lower() if how == "lower" else how.format(code)
    answer = client.post(reverse("assessments:room_code"), {"code": typed})
    assert answer.url == reverse("assessments:room_join", args=[code])


def test_a_wrong_code_says_so_and_many_are_stopped(client, hall):
    answer = client.post(reverse("assessments:room_code"), {"code": "AAA 222"})
    assert "No workshop has this code now" in text(answer)
    assert client.get(reverse("assessments:room_join", args=["AAA222"])).status_code == 404
    for _try in range(WRONG_ROOMS.limit):  # more than forty people mistype in one room
        client.post(reverse("assessments:room_code"), {"code": "AAA 222"})
    right = hall.fresh().code
    stopped = client.post(reverse("assessments:room_code"), {"code": right})
    assert stopped.status_code == 429  # a right guess is stopped, too, or guessing would go on


def test_whoever_is_in_is_not_stopped_by_wrong_codes_of_others(client, hall):
    phone = join(hall)
    for _try in range(WRONG_ROOMS.limit + 1):
        client.post(reverse("assessments:room_code"), {"code": "AAA 222"})
    assert phone.get(here(hall)).status_code == 200


def test_joining_as_a_member_and_as_a_guest(hall):
    member = hall.place.members[6]
    join(hall, member)
    guest = join(hall)
    seat = Seat.objects.get(participant__membership=member)
    assert (seat.state, seat.is_guest) == ("in", False)
    assert Seat.objects.filter(is_guest=True).count() == 1
    assert "Read it. You can rate in a moment" in page(guest, hall)


def test_an_unknown_address_stays_to_be_mended(client, hall):
    answer = client.post(
        reverse("assessments:room_join", args=[hall.fresh().code]), {"email": "nobody@northmoor.example"}
    )
    assert "We do not know this address here" in text(answer)
    assert 'value="nobody@northmoor.example"' in text(answer)


def test_a_locked_door(client, hall):
    workshops.lock_door(by=hall.by, workshop=hall.workshop, locked=True)
    address = reverse("assessments:room_join", args=[hall.fresh().code])
    assert "locked the door for guests" in text(client.get(address))
    assert client.post(address, {"as": "guest"}).status_code == 409
    join(hall, hall.place.members[6])


def test_what_is_stored_is_said_as_it_is_in_a_named_round(client, edition):
    hall = make_hall(people=1, confidentiality="named")
    said = text(client.get(reverse("assessments:room_join", args=[hall.fresh().code])))
    assert "This round is named" in said
    assert "nobody in the partnership sees who gave which" not in said


def test_a_second_phone_asks_and_waits(hall):
    member = hall.place.members[6]
    first, second = join(hall, member), join(hall, member)
    assert "Ask the facilitator" in page(second, hall)
    asked = live(page(second, hall))
    assert second.get(asked).status_code == 204
    seat = Seat.objects.get(state="asking")
    workshops.admit(by=hall.by, seat=seat)
    assert "Read it" in text(second.get(asked))
    assert "no longer in the room" in page(first, hall)


def test_a_phone_with_no_seat_or_a_made_up_one_is_told_what_to_do(client, hall):
    assert client.get(here(hall)).status_code == 404
    client.cookies[f"seat-{hall.workshop.pk}"] = "made-up:signature"
    answer = client.get(here(hall))
    assert answer.status_code == 404
    assert "Type the code" in text(answer)


def test_a_removed_guest_is_told_and_may_come_again(hall):
    phone = join(hall)
    asked = live(page(phone, hall))
    workshops.remove_guest(by=hall.by, seat=Seat.objects.get(is_guest=True))
    assert "no longer in the room" in text(phone.get(asked))
    join(hall, client=phone)
    assert "no longer in the room" not in page(phone, hall)


# --- Following and rating ---


@pytest.mark.both_databases
def test_rating_with_and_without_the_script(hall):
    phone = join(hall)
    hall.move("start")
    assert send(phone, hall, 4).url == here(hall)
    assert re.search(r'value="4" id="level-4" checked', page(phone, hall))
    assert levels(1) == [4]
    answer = send(phone, hall, "dk", **{"X-Live": "1"})
    assert text(answer).lstrip().startswith('<div id="stage"')
    assert "Saved. You can change it" in text(answer)
    assert levels(1) == ["dk"]


@pytest.mark.parametrize("level", ["", "0", "6", "four"])
def test_nonsense_is_not_saved(hall, level):
    phone = join(hall)
    hall.move("start")
    assert send(phone, hall, level).status_code == 409
    assert not Rating.objects.exists()


def test_a_rating_that_was_under_way_while_the_room_moved_on_counts_for_nothing_else(hall):
    phone = join(hall)
    hall.move("start")
    hall.rate(1, 1, 2, 3, 4, 5)
    hall.move("reveal", "again")
    answer = send(phone, hall, 5, stage="rating")
    assert answer.status_code == 409
    assert "was not saved" in text(answer)
    assert levels(1) == [1, 2, 3, 4, 5]
    assert levels(1, Rating.Layer.SECOND) == []


def test_a_rating_that_was_saved_is_not_said_to_be_lost_when_only_the_answer_was(hall):
    phone = join(hall)
    hall.move("start")
    send(phone, hall, 2)
    hall.rate(1, 1, 2, 3, 4, 5)
    hall.move("reveal")
    again = send(phone, hall, 2, **{"X-Live": "1"})
    assert again.status_code == 200
    assert "was not saved" not in text(again)
    assert "columns-drawing" in text(again)
    assert sorted(levels(1)) == [1, 2, 2, 3, 4, 5]


def test_a_phone_shows_no_rating_of_others_before_the_reveal_and_nobody_ever(hall):
    phone = join(hall)
    hall.move("start")
    hall.rate(1, 5, 5, 5, 5, 5)
    before = page(phone, hall)
    assert "checked" not in before
    assert "columns-drawing" not in before
    hall.move("reveal")
    after = page(phone, hall)
    assert "columns-drawing" in after
    for member in hall.place.members:
        assert member.name not in before + after
        assert member.email not in before + after


def test_joining_shows_nothing_rated_earlier_by_link(edition):
    place = make_place(people=7)
    answers = [(member, dict.fromkeys(range(1, 12), 2)) for member in place.members[:6]]
    hall = make_hall(people=0, place=place, state="open", answers=answers)
    phone = join(hall, place.members[0])
    hall.move("show", "again")
    assert 'id="level-4"' in page(phone, hall)
    assert "checked" not in page(phone, hall)


class TestASecondDevice:
    """Of the same person, let in by a lead who may have joined on it in that person's name."""

    @pytest.fixture
    def first(self, hall):
        return join(hall, hall.place.members[5])

    def let_in(self, hall):
        second = join(hall, hall.place.members[5])
        workshops.admit(by=hall.by, seat=Seat.objects.get(state="asking"))
        return second

    @pytest.mark.both_databases
    @pytest.mark.parametrize("said", ["1", "4", "dk"])
    def test_is_not_told_a_rating_neither_by_the_page_nor_by_saying_the_same(self, hall, first, said):
        """It used to show nothing where the same was pressed, and the level where another was."""
        hall.move("start")
        send(first, hall, said)
        second = self.let_in(hall)
        assert "checked" not in page(second, hall)
        send(second, hall, "4")
        assert re.search(r'value="4" id="level-4" checked', page(second, hall))
        send(second, hall, "4")
        assert levels(1) == [4]

    def test_is_not_told_a_second_rating(self, hall, first):
        hall.reveal(1, 3, 3, 3, 3, 3)
        hall.move("again")
        send(first, hall, "4", stage="rating_again")
        second = self.let_in(hall)
        assert "checked" not in page(second, hall)
        send(second, hall, "4", stage="rating_again")
        assert re.search(r'value="4" id="level-4" checked', page(second, hall))

    @pytest.mark.parametrize("said", [1, 4])
    def test_is_not_told_a_vote_and_may_cast_it_anew(self, hall, first, said):
        hall.move("end")
        first.post(here(hall, "room_vote"), {"worth": said})
        second = self.let_in(hall)
        assert "checked" not in page(second, hall)
        assert [seat.worth for seat in Seat.objects.exclude(worth=None)] == [said]
        second.post(here(hall, "room_vote"), {"worth": 4})
        assert re.search(r'value="4" id="worth-4" checked', page(second, hall))
        assert [seat.worth for seat in Seat.objects.exclude(worth=None)] == [4]

    def test_the_first_is_told_nothing_of_the_second(self, hall, first):
        hall.move("start")
        send(first, hall, "2")
        second = self.let_in(hall)
        send(second, hall, "2")
        hall.move("end")
        first.post(here(hall, "room_vote"), {"worth": 2})
        second.post(here(hall, "room_vote"), {"worth": 5})
        again = join(hall, hall.place.members[5], client=first)
        workshops.admit(by=hall.by, seat=Seat.objects.get(state="asking"))
        assert "checked" not in page(again, hall)


@pytest.mark.both_databases
def test_a_vote_at_the_end(hall):
    phone = join(hall)
    assert phone.post(here(hall, "room_vote"), {"worth": 4}).status_code == 409
    hall.move("end")
    phone.post(here(hall, "room_vote"), {"worth": 4})
    assert Seat.objects.get(is_guest=True).worth == 4
    assert re.search(r'value="4" id="worth-4" checked', page(phone, hall))
    assert phone.post(here(hall, "room_vote"), {"worth": 6}).status_code == 409


def test_the_finished_page_and_the_code_that_opens_nothing(client, hall):
    phone, code = join(hall), hall.fresh().code
    hall.finish()
    assert "The workshop is finished" in page(phone, hall)
    assert "data-over" in page(phone, hall)
    assert client.get(reverse("assessments:room_join", args=[code])).status_code == 404


# --- Live ---


def test_an_unchanged_phone_costs_one_query(hall):
    phone = join(hall)
    asked = live(page(phone, hall))
    assert phone.get(asked).status_code == 204  # planned now
    with CaptureQueriesContext(connection) as queries:
        assert phone.get(asked).status_code == 204
    # Around it stand the savepoints of a test's transaction.
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 1


def test_ratings_of_others_do_not_wake_a_phone_and_a_reveal_does(hall):
    phone = join(hall)
    hall.move("start")
    asked = live(page(phone, hall))
    hall.rate(1, 1, 2, 3, 4, 5)
    assert phone.get(asked).status_code == 204
    hall.move("reveal")
    answer = phone.get(asked)
    assert text(answer).lstrip().startswith('<div id="stage"')
    assert "columns-drawing" in text(answer)


def test_works_without_a_script(hall):
    phone = join(hall)
    found = page(phone, hall)
    assert "See what is new" in found
    assert 'http-equiv="refresh"' in found
    hall.move("start")
    assert 'http-equiv="refresh"' not in page(phone, hall)  # it would lose what is chosen and not sent yet
