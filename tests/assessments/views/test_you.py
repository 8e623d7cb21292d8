"""The pages behind the links of letters: was this you, answers begun in your name, your own way in."""

import re

import pytest
from django.core import mail as outgoing
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from assessments.models import Letter, Rating, Response, Seat
from assessments.operations import rehearsals, workshops
from assessments.operations.letters import send_ways_in
from assessments.operations.mail import deliver_letters
from partnerships.operations import end_membership
from tests.assessments.rating_room import ask_a_member, start
from tests.assessments.round_room import make_place
from tests.assessments.views.test_room import here, join, send
from tests.assessments.views.workshop_pages import text
from tests.assessments.workshop_room import make_hall
from tests.factories import make_round
from tests.made_once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def _no_wrong_tries_yet(db):
    caches["default"].clear()


@made_once
def hall():
    return make_hall(people=0)


@made_once
def asked():
    return ask_a_member()


def link(n=-1):
    """The address in the newest e-mail of a letter, or in another."""
    found = [re.search(r"https?://[^/]+(/(?:you|w/in)/[^/]+/)", message.body) for message in outgoing.outbox]
    return [each.group(1) for each in found if each][n]


def seats_on(page):
    return re.findall(r'name="seat" value="(\d+)"', page.content.decode())


def press(client, address, said):
    return client.post(address, {"said": said, "seat": seats_on(client.get(address))})


class TestWasThisYou:
    def test_joining_by_address_sends_the_question_at_once(self, hall):
        phone = join(hall, hall.place.members[0])
        assert [message.to for message in outgoing.outbox] == [["sam0@northmoor.example"]]
        assert "We have asked you by e-mail whether this is you." not in text(phone.get(here(hall)))

    def test_the_phone_says_so_in_the_lobby_until_it_is_answered(self, client):
        hall = make_hall(people=0, begin=False)
        phone = join(hall, hall.place.members[0])
        assert "We have asked you by e-mail whether this is you." in text(phone.get(here(hall)))
        press(client, link(), "yes")
        assert "We have asked you by e-mail" not in text(phone.get(here(hall)))

    def test_opening_the_link_changes_nothing(self, client, hall):
        join(hall, hall.place.members[0])
        for _time in range(2):
            assert "on a device at" in text(client.get(link()))
            client.head(link())
        assert (Letter.objects.get().said, Seat.objects.get().proofs) == ("", [])

    def test_yes(self, client, hall):
        join(hall, hall.place.members[0])
        answer = press(client, link(), "yes")
        assert answer.status_code == 302
        page = text(client.get(link()))
        assert "Your ratings count as yours from one review to the next." in page
        assert "<button" not in page.split("kind-page")[1].split("</main>")[0]
        assert len(Seat.objects.get().proofs) == 1

    def test_every_device_that_something_came_of_is_asked_about(self, client):
        hall = make_hall(people=0)
        member = hall.place.members[0]
        first, second = join(hall, member), join(hall, member)
        assert len(seats_on(client.get(link()))) == 1  # the second waits to be let in
        hall.move("start")
        send(first, hall, 4)
        workshops.admit(by=hall.by, seat=Seat.objects.last())
        send(second, hall, 5)
        assert len(seats_on(client.get(link()))) == 1  # it has said the same action otherwise
        hall.go_to(2)
        hall.move("start")
        Rating.objects.create(
            response=Response.objects.get(),
            action=hall.fresh().action,
            level=3,
            saved_from=Seat.objects.first().device_hash[:32],
        )
        page = client.get(link())
        assert len(seats_on(page)) == 2
        assert "Yes, all of these were me" in text(page)
        client.post(link(), {"said": "yes", "seat": seats_on(page)})
        assert not Seat.objects.filter(proofs=[]).exists()

    def test_no_gives_the_place_back_and_sends_them_their_own_way_in(self, client, hall):
        phone = join(hall, hall.place.members[0])
        question = link()
        press(client, question, "no")
        assert "The place is given back." in text(client.get(question))
        assert Seat.objects.get().state == "gone"
        own = Client()
        way_in = link()
        assert way_in.startswith("/w/in/")
        assert "Join as Sam Tarn 0" in text(own.get(way_in))
        assert own.post(way_in).url == here(hall)
        assert own.get(here(hall)).status_code == 200
        seat = Seat.objects.get(state="in")
        assert (seat.came_by, len(seat.proofs)) == ("mailed", 1)
        assert phone.get(here(hall)).status_code == 200

    def test_the_lead_sees_how_many_places_were_given_back_and_the_address_is_refused(self, client, hall):
        join(hall, hall.place.members[0])
        press(client, link(), "no")
        control = text(hall.place.web.get(here(hall, "workshop")))
        assert "1 person has said that somebody else had joined with their e-mail address." in control
        answer = client.post(
            reverse("assessments:room_join", args=[hall.fresh().code]), {"email": "sam0@northmoor.example"}
        )
        assert answer.status_code == 409
        assert "it opens no seat any more" in text(answer)

    def test_once_the_workshop_is_over_it_says_so(self, client):
        hall = make_hall(people=5)
        join(hall, hall.place.members[5])
        hall.reveal(1, *[4] * 5)
        hall.finish()
        assert "The workshop is over" in text(client.get(link()))
        answer = client.post(link(), {"said": "yes", "seat": [Seat.objects.last().pk]})
        assert answer.status_code == 409
        assert "This workshop is finished." in text(answer)
        assert Seat.objects.last().proofs == []

    @pytest.mark.parametrize("said", ["", "maybe"])
    def test_anything_else_is_no_answer(self, client, hall, said):
        join(hall, hall.place.members[0])
        assert press(client, link(), said).status_code == 409
        assert Letter.objects.get().said == ""

    def test_made_up_seats_are_no_seats(self, client, hall):
        join(hall, hall.place.members[0])
        client.post(link(), {"said": "yes", "seat": ["x", "99999999999999999999", "-1"]})
        assert Seat.objects.get().proofs == []


class TestAnswersBegun:
    def test_pressing_start_behind_a_link_the_lead_made_tells_the_person(self, client, asked):
        start(client, asked)
        assert [message.to for message in outgoing.outbox] == [["sam@northmoor.example"]]
        start(client, asked)
        assert len(outgoing.outbox) == 1

    def test_it_was_not_me(self, client, asked):
        start(client, asked)
        mine = Client()
        assert "Answers were begun as Sam Tarn" in text(mine.get(link()))
        assert Response.objects.exists()
        mine.post(link(), {"said": "no"})
        assert "Those answers are taken away" in text(mine.get(link()))
        assert not Response.objects.exists()
        assert client.get(asked.url()).status_code == 410

    def test_there_is_no_yes_to_it(self, client, asked):
        """Whoever began holds the return code, so the answers could still be somebody else's."""
        start(client, asked)
        assert 'value="yes"' not in client.get(link()).content.decode()
        assert client.post(link(), {"said": "yes"}).status_code == 409
        assert Response.objects.get().proofs == []


class TestTheLinks:
    def test_a_wrong_one_is_not_found_and_many_are_stopped(self, client):
        for address in ("/you/nothing/", "/w/in/nothing/"):
            assert client.get(address).status_code == 404
        for n in range(60):
            client.get(f"/you/wrong-{n}/")
        assert client.get("/you/wrong/").status_code == 429

    def test_one_does_not_open_the_page_of_another_kind(self, client, hall):
        join(hall, hall.place.members[0])
        assert client.get(link().replace("/you/", "/w/in/")).status_code == 404
        assert client.get(link().replace("/you/", "/r/")).status_code == 404

    def test_of_somebody_who_has_left(self, client, hall):
        join(hall, hall.place.members[0])
        end_membership(by=hall.by, membership=hall.place.members[0])
        assert client.get(link()).status_code == 410
        assert client.post(link(), {"said": "yes"}).status_code == 410

    def test_no_browser_or_search_engine_keeps_the_page(self, client, hall):
        join(hall, hall.place.members[0])
        answer = client.get(link())
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"


class TestSendingPeopleTheirOwnWayIn:
    def test_the_lead_presses_once_in_the_lobby(self):
        hall = make_hall(people=0, begin=False)
        web = hall.place.web
        assert "Send people their own way in" in text(web.get(here(hall, "workshop")))
        page = here(hall, "workshop_ways_in")
        assert "Send it to 9 people" in text(web.get(page))
        assert web.post(page).url == page
        after = text(web.get(page))
        assert "9 e-mails sent." in after
        assert "9 people have been sent theirs." in after
        assert "Send it to" not in after
        assert len({link(n) for n in range(9)}) == 9
        for shown in (after, text(web.get(here(hall, "workshop")))):
            assert "/w/in/" not in shown

    def test_what_one_page_has_no_time_for_goes_out_from_the_next(self, settings):
        settings.MAIL_SECONDS = 0
        hall = make_hall(people=0, begin=False)
        answer = hall.place.web.post(here(hall, "workshop_ways_in"))
        assert answer.url == reverse("assessments:round_mail", args=[hall.workshop.round_id])
        assert "1 of 9 sent" in text(hall.place.web.get(answer.url))

    def test_the_way_in_of_a_workshop_that_is_over(self, client):
        hall = make_hall(people=5)
        send_ways_in(by=hall.by, workshop=hall.workshop)
        deliver_letters(round=hall.round)
        hall.reveal(1, *[4] * 5)
        hall.finish()
        assert client.get(link()).status_code == 410
        assert client.post(link()).status_code == 410

    def test_in_a_rehearsal_there_is_none(self):
        place = make_place()
        workshop = rehearsals.begin_rehearsal(by=place.by, round=make_round(place.partnership, by=place.by))
        control = reverse("assessments:workshop", args=[workshop.pk])
        assert "their own way in" not in text(place.web.get(control))
        assert place.web.get(f"{control}ways-in/").status_code == 409
