"""The real server, killed in the middle of a stream of saves: what was shown as saved is there."""

import http.client
import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests.assessments.rating_room import make_room

ROOT = Path(__file__).resolve().parents[2]
ENOUGH = 30  # saves before the process is killed
PATIENCE = 60  # seconds


@pytest.mark.django_db(transaction=True)
def test_every_rating_shown_as_saved_survives_the_process(edition):
    room = make_room()
    server, port = start_server()
    stream = Stream(Browser(port), room)
    try:
        wait_for(port)
        rating = threading.Thread(target=stream.run)
        rating.start()
        assert stream.flowing.wait(PATIENCE)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
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
        self.browser.get(self.room.url())
        assert self.browser.post(self.room.url(), ticket=self.browser.ticket) == 302
        try:
            for turn in itertools.count():
                self.save(turn % 11 + 1, turn // 11 % 5 + 1)
                if turn == ENOUGH:
                    self.flowing.set()
        except (OSError, http.client.HTTPException):
            pass  # the server is gone

    def save(self, number, level):
        self.in_flight = {number: level}
        status = self.browser.post(self.room.url(f"{number}/"), level=level, page="one page")
        assert status == 302
        self.shown_as_saved[number] = level


class Browser:
    """As little of one as it takes: cookies, a form token, no redirects followed."""

    def __init__(self, port):
        self.port, self.cookies, self.ticket = port, SimpleCookie(), ""

    def get(self, path):
        _status, page = self._ask("GET", path)
        self.ticket = re.search(r'name="ticket" value="([^"]*)"', page).group(1)

    def post(self, path, **fields):
        fields["csrfmiddlewaretoken"] = self.cookies["csrftoken"].value
        return self._ask("POST", path, urlencode(fields))[0]

    def _ask(self, method, path, body=None):
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        wire.request(method, path, body, headers)
        answer = wire.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer.status, answer.read().decode()


def start_server():
    """granian, as in production, on the database of this test and a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": address_of_the_test_database(),
    }
    granian = Path(sys.executable).with_name("granian")
    command = [
        granian,
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "config.wsgi:application",
    ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        start_new_session=True,  # so that its worker dies with it
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return process, port


def address_of_the_test_database():
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    database = settings.DATABASES["default"]
    who = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{who}@{quote(database['HOST'], safe='')}{port}/{connection.settings_dict['NAME']}"


def wait_for(port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start")
