"""The product's own server as a process on the database of the test, and the least of a browser."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds


class Browser:
    """As little of one as it takes: cookies, a form token, no redirects followed."""

    def __init__(self, port):
        self.port, self.cookies = port, SimpleCookie()

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, **fields):
        fields["csrfmiddlewaretoken"] = self.cookies["csrftoken"].value
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method, path, body=None):
        """(status, page)."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        wire.request(method, path, body, headers)
        answer = wire.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer.status, answer.read().decode()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start_server(port):
    """granian, as in production, on the database of this test; returns when it answers."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": address_of_the_test_database(),
    }
    granian = Path(sys.executable).with_name("granian")
    where = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [granian, *where, "config.wsgi:application"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,  # so that its worker dies with it
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(port)
    return process


def kill(process):
    """Without any warning, worker and all."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
