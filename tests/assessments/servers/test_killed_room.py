"""The real server, killed in the middle of a room's rating, and started again: nothing is lost or doubled."""

import http.client
import itertools
import re
import threading
import time

import pytest
from django.conf import settings
from django.urls import reverse

from assessments.models import Rating
from tests.assessments.views.workshop_pages import live
from tests.assessments.workshop_room import make_hall
from tests.real_server import PATIENCE, Browser, free_port, kill, start_server

RATING, LATE = 6, 2  # people who rate when the process dies, and who have not yet
ENOUGH = 3  # ratings each of them has saved before it does
BREATH = 0.02  # seconds between two, so that nobody waits long for a turn to write


@pytest.fixture
def hall(edition):
    return make_hall(people=0)


@pytest.fixture
def port():
    return free_port()


@pytest.mark.django_db(transaction=True)
def test_a_room_loses_nothing_when_the_server_dies_in_the_middle_of_its_rating(client, hall, port):
    server = start_server(port)
    try:
        phones = [Phone(port, hall, member) for member in hall.place.members]
        hall.move("start")
        projector = Projector(client, port, hall)
        before = hall.fresh()
        rate_until_it_dies(phones[:RATING], server)
        server = start_server(port)

        # Where the room is, and every rating that a phone was told is saved
        after = hall.fresh()
        assert (after.state, after.revision, hall.stage(1)) == ("running", before.revision, "rating")
        assert stored() == {phone.key: phone.chosen() for phone in phones[:RATING]}
        for phone in phones[:RATING]:
            assert phone.chosen() in (phone.saved, phone.in_flight)

        # The screens catch up; phones send again what nobody answered, and the late ones rate
        assert f"{RATING} of {RATING + LATE} have rated" in projector.newer()
        for level, phone in enumerate(phones, 1):
            phone.send(phone.in_flight or level % 5 + 1)
        assert stored() == {phone.key: phone.saved for phone in phones}
        assert f"{RATING + LATE} of {RATING + LATE} have rated" in projector.newer()

        hall.move("reveal")
        shown = sorted(phone.saved for phone in phones)
        for screen in (projector, *phones):
            assert levels_of_table(screen.newer()) == shown
    finally:
        kill(server)


def rate_until_it_dies(phones, server):
    raters = [threading.Thread(target=phone.rate) for phone in phones]
    for rater in raters:
        rater.start()
    for phone in phones:
        assert phone.flowing.wait(PATIENCE)
    kill(server)
    for rater in raters:
        rater.join(PATIENCE)


def stored():
    """Participant -> level of every rating there is; a doubled one would fail here."""
    found = Rating.objects.values_list("response__participant", "level")
    assert len(found) == len(dict(found))
    return dict(found)


def levels_of_table(page):
    """Every level given, as the table beside the columns tells it."""
    rows = re.findall(r'<th scope="row">(\d) [^<]*</th>\s*<td>(\d+)</td>', page)
    return [int(level) for level, people in rows for _ in range(int(people))]


class Phone(Browser):
    """A member's phone that has joined with code and address. ``saved`` is what it was told is saved."""

    def __init__(self, port, hall, member):
        super().__init__(port)
        self.saved = self.in_flight = None
        self.flowing = threading.Event()
        self.here = reverse("assessments:room", args=[hall.workshop.pk])
        door = reverse("assessments:room_join", args=[hall.workshop.code])
        assert self.get(door)[0] == 200
        assert self.post(door, email=member.email)[0] == 302
        self.key = hall.workshop.seats.get(participant__membership=member).participant_id
        self.live = live(self.get(self.here)[1])

    def send(self, level):
        self.in_flight = level
        status, _page = self.post(f"{self.here}rate/", number=1, stage="rating", level=level)
        assert status == 302
        self.saved, self.in_flight = level, None

    def rate(self):
        """Changes their mind over and over, until nobody answers."""
        try:
            for turn in itertools.count(1):
                self.send(turn % 5 + 1)
                if turn == ENOUGH:
                    self.flowing.set()
                time.sleep(BREATH)
        except (OSError, http.client.HTTPException):
            pass  # the server is gone

    def chosen(self):
        """What the phone shows as saved, read afresh."""
        found = re.search(r'value="(\d)" id="level-\d"\s+checked', self.get(self.here)[1])
        return found and int(found.group(1))

    def newer(self):
        status, page = self.get(self.live)
        assert status == 200
        return page


class Projector(Browser):
    """The big screen, in a browser in which the lead is signed in."""

    def __init__(self, client, port, hall):
        super().__init__(port)
        client.force_login(hall.by)
        self.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = self.get(reverse("assessments:workshop_projector", args=[hall.workshop.pk]))[1]
        self.live = live(page)

    def newer(self):
        """What the screen is given when it asks with what it had in the beginning."""
        status, page = self.get(self.live)
        assert status == 200
        return page
