"""Run all benchmarks on the PostgreSQL that DATABASE_URL names: `make bench`.

A fresh database is wanted; BENCH_RATINGS (default 10000000) says how large the table grows.
"""

import itertools
import os
import secrets
import socket
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in this thread

SMALL = 10_000
LARGE = int(os.environ.get("BENCH_RATINGS", "10000000"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
RATERS = 300
MOST_GROWTH = 1.2
LEAST_SHARE = 0.5
MOST_QUERIES = 12
HEAVIEST = {"rating page": 60, "results page": 450}  # kB, compressed


def say(text):
    print(text, flush=True)


def main():
    import django

    collect_static()
    django.setup()
    from benchmarks import portfolio, seed

    say("Preparing the database")
    lead = seed.prepare()
    rooms = Rooms(lead)
    verdicts = [*count_queries(lead, rooms.frozen)]
    small = {}
    with server() as port:
        seed.fill(rooms.crowd, SMALL, progress)
        small = measure(port, rooms, SMALL)
        verdicts += compare_with_bare(small)
        verdicts += weigh(port, rooms)
        place = portfolio.Place(rooms.partnership.council)
        queries = portfolio.count_queries(place, say)
        say("\nWith one council in the database")
        alone = portfolio.measure(port, place, SECONDS, say)
        say(f"Filling {portfolio.COUNCILS} councils, up to {LARGE:,} ratings")
        portfolio.fill_all(LARGE, say, progress)
        large = measure(port, rooms, LARGE)
        verdicts += compare_with_bare(large)
        verdicts += compare_sizes(small, large)
        among = portfolio.measure(port, place, SECONDS, say)
        verdicts += portfolio.verdicts(alone, among, queries)
    verdicts += simulate_workshops()
    return report(verdicts)


def collect_static():
    """First of all: a process reads the names of the files once."""
    say("Collecting and compressing static files")
    collect = [sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, check=True, cwd=ROOT)


class Rooms:
    """What is measured: frozen rounds of several sizes, an open round, and a crowd around them."""

    def __init__(self, lead):
        from benchmarks import seed

        self.lead = lead
        self.partnership = seed.new_partnership(lead, "Northmoor Ageing Well")
        self.crowd = seed.new_partnership(lead, "Northmoor Crowd")
        # Each in a partnership of its own: none has a round before it.
        self.frozen = {
            n: seed.frozen_round(lead, seed.new_partnership(lead, f"Northmoor {n}"), n) for n in (10, 24, 300)
        }
        say(f"Letting {RATERS} people begin to rate")
        self.open, self.raters = seed.open_round(lead, self.partnership, RATERS)
        self.workshop, self.phones = seed.room(lead, seed.new_partnership(lead, "Northmoor Room"), 16)
        self.actions = _action_ids(self.open)
        self.levels = defaultdict(int)  # (person, action) -> what they said last


def _action_ids(round):
    from framework.queries.wording import wording

    return [action.id for action in wording(round.edition_id, "en").actions]


@contextmanager
def server():
    """granian as a site runs it: two processes, eight threads each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "8", "--backlog", "4096"]
    command += ["--log-level", "warning"]
    process = subprocess.Popen([*command, "config.wsgi:application"], cwd=ROOT)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port, process):
    for _try in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def session_cookie(user):
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def count_queries(lead, frozen):
    """The results page's queries with 10 and with 300 answers, cold and warm."""
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from framework.queries.wording import forget

    client, counts = Client(headers={"host": "localhost"}), {}
    client.force_login(lead)
    client.get(f"/rounds/{frozen[24].pk}/results/")  # what is planned once for a connection is planned now
    for people in (10, 300):
        caches["pages"].clear()
        forget()
        for state in ("cold", "warm"):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                answer = client.get(f"/rounds/{frozen[people].pk}/results/")
            assert answer.status_code == 200, answer.status_code
            counts[people, state] = len(captured)
    say(f"Queries of the results page: {counts}")
    yield "results page: at most 12 queries", max(counts.values()) <= MOST_QUERIES, str(max(counts.values()))
    same = all(counts[10, state] == counts[300, state] for state in ("cold", "warm"))
    yield "results page: as many queries with 10 as with 300 answers", same, str(counts)


def measure(port, rooms, size):
    """Ours and bare, turn about and four times, the best of each kept: machines are noisy, and how the two
    processes of the server share the connections between them is a throw of the dice each time."""
    jobs = {
        "results, bare": bare_results(rooms),
        "results": our_results(rooms),
        "save, bare": bare_saves(rooms),
        "save": our_saves(rooms),
        "nothing at all": empty,
        "poll, bare": bare_polls(rooms),
        "poll": our_polls(rooms),
    }
    from benchmarks.load import run

    say(f"\nWith {size:,} ratings in the table")
    best = {}
    for name, requests in list(jobs.items()) * 4:
        measured = run(port, requests, seconds=SECONDS)
        say(f"  {name:14} {measured}")
        if measured.wrong:
            raise SystemExit(f"{name}: {measured.wrong} wrong answers; the figures mean nothing.")
        if name not in best or measured.rate > best[name].rate:
            best[name] = measured
    return best


def our_results(rooms):
    from benchmarks.load import Request

    cookie = (("Cookie", f"sessionid={session_cookie(rooms.lead)}"), ("Accept-Encoding", "gzip"))
    request = Request(f"/rounds/{rooms.frozen[24].pk}/results/", headers=cookie)
    return lambda number: itertools.repeat(request)


def bare_results(rooms):
    from benchmarks.load import Request

    cookie = (("Cookie", f"sessionid={session_cookie(rooms.lead)}"), ("Accept-Encoding", "gzip"))
    request = Request(f"/bare/results/{rooms.frozen[24].pk}/", headers=cookie)
    return lambda number: itertools.repeat(request)


FORM = ("Content-Type", "application/x-www-form-urlencoded")


def our_saves(rooms):
    """Every connection rates for its own people, action by action, each time another level than before."""
    from assessments import keys
    from benchmarks.load import Request

    token = secrets.token_hex(16)
    headers = {
        person: (FORM, ("Cookie", f"answers-{invitation}={keys.sealed(code, invitation)}; csrftoken={token}"))
        for person, code, _response, invitation in rooms.raters
    }

    def requests(number):
        for person, *_rest in itertools.cycle(rooms.raters[number::16]):
            for action in range(1, 12):
                level = rooms.levels[person, action] = rooms.levels[person, action] % 5 + 1
                body = f"csrfmiddlewaretoken={token}&level={level}&comment=&seen=0&page=bench"
                yield Request(f"/r/{person}/{action}/", "POST", body, headers[person], wanted=302)

    return requests


def bare_saves(rooms):
    from benchmarks.load import Request

    def requests(number):
        for turn in itertools.count():
            for _person, _code, response, _invitation in rooms.raters[number::16]:
                for action in rooms.actions:
                    body = f"response={response}&action={action}&level={turn % 5 + 1}"
                    yield Request("/bare/save/", "POST", body, (FORM,), wanted=204)

    return requests


def our_polls(rooms):
    """Phones in a workshop that ask what is newer than they have, when nothing is."""
    from benchmarks.load import Request

    path = f"/w/room/{rooms.workshop.pk}/live/?seat=in&since={rooms.workshop.revision}"
    requests = [Request(path, headers=(("Cookie", cookie),), wanted=204) for cookie in rooms.phones]
    return lambda number: itertools.repeat(requests[number % len(requests)])


def bare_polls(rooms):
    from benchmarks.load import Request

    request = Request(f"/bare/nothing-new/{rooms.workshop.pk}/", wanted=204)
    return lambda number: itertools.repeat(request)


def empty(number):
    """A view that does nothing, to see what the server itself takes."""
    from benchmarks.load import Request

    return itertools.repeat(Request("/bare/empty/", wanted=204))


def simulate_workshops():
    """Rooms of their own, in databases of their own: 500 people on PostgreSQL, 50 on SQLite."""
    import tempfile

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE workshop")
    with tempfile.TemporaryDirectory() as folder:
        large = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/workshop"
        for people, url in ((500, large), (50, f"sqlite:///{folder}/workshop.sqlite3")):
            name = f"a workshop of {people} on {url.partition(':')[0]}"
            say(f"\nSimulating {name} (about five minutes)")
            command = [sys.executable, ROOT / "benchmarks" / "workshop.py", str(people)]
            ended = subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=False)
            yield f"{name}: all its figures", ended.returncode == 0, "see above"


def compare_with_bare(best):
    for name in ("results", "save", "poll"):
        share = best[name].rate / best[f"{name}, bare"].rate
        yield f"{name}: at least half the requests of the bare view", share >= LEAST_SHARE, f"{share:.2f}"


def compare_sizes(small, large):
    """Each beside itself with the small table, in the same run on the same server."""
    for name in ("results", "save"):
        growth = small[name].rate / large[name].rate
        yield (
            f"{name}: within 1.2 times of itself from {SMALL:,} to {LARGE:,} ratings",
            growth <= MOST_GROWTH,
            f"{growth:.2f}",
        )


def weigh(port, rooms):
    from assessments import keys
    from benchmarks.weight import browser, first_visit

    site = f"http://127.0.0.1:{port}"
    token, code, _response, invitation = rooms.raters[0]
    held = keys.sealed(code, invitation)
    answers = {"name": f"answers-{invitation}", "value": held, "domain": "127.0.0.1", "path": "/r/"}
    session = {"name": "sessionid", "value": session_cookie(rooms.lead), "domain": "127.0.0.1", "path": "/"}
    pages = {
        "rating page": (f"{site}/r/{token}/1/", [answers]),
        "results page": (f"{site}/rounds/{rooms.frozen[24].pk}/results/", [session]),
    }
    with browser() as chromium:
        for name, (address, cookies) in pages.items():
            weight, foreign = first_visit(chromium, address, cookies)
            say(f"First visit to a {name}: {weight:.1f} kB")
            yield f"{name}: at most {HEAVIEST[name]} kB", weight <= HEAVIEST[name], f"{weight:.1f} kB"
            yield f"{name}: no request leaves the site", not foreign, ", ".join(foreign) or "none"


def progress(done, wanted):
    say(f"  {done:,} of {wanted:,} ratings")


def report(verdicts):
    say("\nWanted and found")
    for wanted, met, found in verdicts:
        say(f"  {'met   ' if met else 'MISSED'}  {wanted}: {found}")
    return 0 if all(met for _wanted, met, _found in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
