"""The real server, killed in the middle of a stream of saves: what was shown as saved is there."""

import http.client
import itertools
import re
import threading

import pytest

from tests.assessments.rating_room import ask_a_member
from tests.real_server import PATIENCE, Browser, free_port, kill, start_server

ENOUGH = 30  # saves before the process is killed


@pytest.mark.django_db(transaction=True)
def test_every_rating_shown_as_saved_survives_the_process(edition):
    room, port = ask_a_member(), free_port()
    server = start_server(port)
    stream = Stream(Browser(port), room)
    try:
        rating = threading.Thread(target=stream.run)
        rating.start()
        assert stream.flowing.wait(PATIENCE)
    finally:
        kill(server)
    rating.join(PATIENCE)
    assert len(stream.shown_as_saved) == 11
    for number, level in room.levels().items():
        # The one in flight when the process died may be in or not: nobody was told.
        assert level in (stream.shown_as_saved[number], stream.in_flight.get(number))
    assert room.levels().keys() == stream.shown_as_saved.keys()


class Stream:
    """Somebody who rates all eleven actions over and over."""

    def __init__(self, browser, room):
        self.browser, self.room = browser, room
        self.shown_as_saved, self.in_flight = {}, {}
        self.flowing = threading.Event()

    def run(self):
        _status, page = self.browser.get(self.room.url())
        ticket = re.search(r'name="ticket" value="([^"]*)"', page).group(1)
        assert self.browser.post(self.room.url(), ticket=ticket)[0] == 302
        try:
            for turn in itertools.count():
                self.save(turn % 11 + 1, turn // 11 % 5 + 1)
                if turn == ENOUGH:
                    self.flowing.set()
        except (OSError, http.client.HTTPException):
            pass  # the server is gone

    def save(self, number, level):
        self.in_flight = {number: level}
        status, _page = self.browser.post(self.room.url(f"{number}/"), level=level, page="one page")
        assert status == 302
        self.shown_as_saved[number] = level
