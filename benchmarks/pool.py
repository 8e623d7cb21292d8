"""The product behind PgBouncer in transaction mode: each transaction gets whichever connection is free.

    make pool

By hand, where PgBouncer is installed (Debian: `apt-get install pgbouncer`). Asks for the pages and saves that
run statements planned once for a connection; not one may fail.
"""

import getpass
import itertools
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving import SECONDS, collect_static, report, say, server, wait_for

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

LEAST_REQUESTS = 3000
CONNECTIONS = 6
"""To PostgreSQL; fewer than the server's threads, so that none keeps one for itself."""
CONFIG = """
[databases]
* = host={host} user={user}
[pgbouncer]
pool_mode = transaction
default_pool_size = {size}
server_round_robin = 1
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
"""


@contextmanager
def pool():
    """PgBouncer before the PostgreSQL that DATABASE_URL names; gives the address to ask instead."""
    from django.db import connection

    program = shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None:
        raise SystemExit("PgBouncer is not installed: there is nothing to try.")
    database = connection.settings_dict
    with socket.socket() as free, tempfile.TemporaryDirectory(prefix="pool-") as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        config = Path(folder) / "pgbouncer.ini"
        config.write_text(
            CONFIG.format(host=database["HOST"], user=database["USER"], size=CONNECTIONS, port=port)
        )
        process = subprocess.Popen([program, "-q", *_somebody(config), config])
        try:
            wait_for(port, process)
            yield f"postgres://{database['USER']}@127.0.0.1:{port}/{database['NAME']}"
        finally:
            process.terminate()
            process.wait(30)


def _somebody(config):
    """PgBouncer does not run as root: whom it shall become instead."""
    if getpass.getuser() != "root":
        return []
    nobody = pwd.getpwnam("nobody")
    for each in (config.parent, config):
        os.chown(each, nobody.pw_uid, nobody.pw_gid)
    return ["-u", nobody.pw_name]


def begin(rooms):
    """The first action on the screens, rated once by every phone: then each rates in the plain case."""
    from assessments.models import Seat
    from assessments.operations import room, workshops

    for move in ({"name": "begin"}, {"number": 1}, {"name": "start"}):
        change = workshops.go_to if "number" in move else workshops.move
        rooms.workshop.refresh_from_db()
        change(by=rooms.lead, workshop=rooms.workshop, seen=rooms.workshop.revision, **move)
    for seat in Seat.objects.filter(workshop=rooms.workshop):
        room.rate(seat=seat, number=1, level=5)
    rooms.workshop.refresh_from_db()


def phone_pages(rooms):
    from benchmarks.load import Request

    pages = [Request(f"/w/room/{rooms.workshop.pk}/", headers=(("Cookie", each),)) for each in rooms.phones]
    return lambda number: itertools.repeat(pages[number % len(pages)])


def phone_ratings(rooms):
    """Every phone changes its mind with every request."""
    from benchmarks.asked import FORM
    from benchmarks.load import Request

    token = secrets.token_hex(16)

    def requests(number):
        cookie = f"{rooms.phones[number % len(rooms.phones)]}; csrftoken={token}"
        for level in itertools.cycle((1, 2, 3, 4, 5)):
            body = f"csrfmiddlewaretoken={token}&number=1&stage=rating&level={level}"
            headers = (FORM, ("Cookie", cookie), ("X-Live", "1"))
            yield Request(f"/w/room/{rooms.workshop.pk}/rate/", "POST", body, headers)

    return requests


def hammer(site, rooms):
    from benchmarks import asked
    from benchmarks.load import run

    jobs = {
        "results": asked.our_results(rooms),
        "save": asked.our_saves(rooms),
        "poll": asked.our_polls(rooms),
        "page of a phone": phone_pages(rooms),
        "rating of a phone": phone_ratings(rooms),
    }
    number = 0
    for name, requests in jobs.items():
        measured = run(site, requests, seconds=SECONDS)
        say(f"  {name:18} {measured}")
        number += measured.number
        yield (
            f"{name}: every request answered as it should be",
            measured.wrong == 0,
            f"{measured.wrong} wrong",
        )
    yield f"at least {LEAST_REQUESTS:,} requests", number >= LEAST_REQUESTS, f"{number:,}"


def main():
    import django

    collect_static()
    django.setup()
    from benchmarks import asked, seed

    say("Preparing the database")
    rooms = asked.Rooms(seed.prepare())
    begin(rooms)
    with pool() as address, server(DATABASE_URL=address) as site:
        return report([*hammer(site, rooms)])


if __name__ == "__main__":
    sys.exit(main())
