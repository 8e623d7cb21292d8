"""Run all benchmarks on the PostgreSQL that DATABASE_URL names: `make bench`.

A fresh database is wanted; BENCH_RATINGS (default 10000000) says how large the table grows.
"""

import os
import subprocess
import sys
from collections import defaultdict

from benchmarks.serving import (
    LARGE,
    ROOT,
    SECONDS,
    collect_static,
    progress,
    report,
    say,
    server,
    session_cookie,
)

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in this thread

SMALL = 10_000
MOST_GROWTH = 1.2
LEAST_SHARE = 0.5
MOST_QUERIES = 12
HEAVIEST = {"rating page": 60, "results page": 450}  # kB, compressed


def main():
    import django

    collect_static()
    django.setup()
    from benchmarks import asked, portfolio, seed

    say("Preparing the database")
    lead = seed.prepare()
    rooms = asked.Rooms(lead)
    verdicts = [*count_queries(lead, rooms.frozen)]
    small = {}
    with server() as site:
        seed.fill(rooms.crowd, SMALL, progress)
        small = measure(site, rooms, SMALL)
        verdicts += compare_with_bare(small)
        verdicts += weigh(site, rooms)
        place = portfolio.Place(rooms.partnership.council)
        queries = portfolio.count_queries(place)
        say("\nWith one council in the database")
        alone = portfolio.measure(site, place)
        say(f"Filling {portfolio.COUNCILS} councils, up to {LARGE:,} ratings")
        portfolio.fill_all(LARGE)
        large = measure(site, rooms, LARGE)
        verdicts += compare_with_bare(large)
        verdicts += compare_sizes(small, large)
        among = portfolio.measure(site, place)
        verdicts += portfolio.verdicts(alone, among, queries)
    verdicts += simulate_workshops()
    return report(verdicts)


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


def measure(site, rooms, size):
    """Ours and bare, turn about and four times, the best of each kept: machines are noisy, and how the two
    processes of the server share the connections between them is a throw of the dice each time."""
    from benchmarks import asked
    from benchmarks.load import best_of, run

    jobs = {
        "results, bare": asked.bare_results(rooms),
        "results": asked.our_results(rooms),
        "save, bare": asked.bare_saves(rooms),
        "save": asked.our_saves(rooms),
        "nothing at all": asked.empty,
        "poll, bare": asked.bare_polls(rooms),
        "poll": asked.our_polls(rooms),
    }
    say(f"\nWith {size:,} ratings in the table")
    runs = defaultdict(list)
    for name, requests in list(jobs.items()) * 4:
        measured = run(site, requests, seconds=SECONDS)
        say(f"  {name:14} {measured}")
        if measured.wrong:
            raise SystemExit(f"{name}: {measured.wrong} wrong answers; the figures mean nothing.")
        runs[name].append(measured)
    return {name: best_of(each) for name, each in runs.items()}


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
            command = [sys.executable, "-m", "benchmarks.workshop", str(people)]
            ended = subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=False)
            yield f"{name}: all its figures", ended.returncode == 0, "see above"


def compare_with_bare(best):
    """By how many requests are answered, and by what one costs all the server's processes together: how they
    share the connections between them weighs on the first and not on the second."""
    for name in ("results", "save", "poll"):
        ours, bare = best[name], best[f"{name}, bare"]
        share = ours.rate / bare.rate
        yield f"{name}: at least half the requests of the bare view", share >= LEAST_SHARE, f"{share:.2f}"
        if ours.cost is None:
            say(f"{name}: what a request costs is not known on this machine: only Linux says.")
            continue
        share = bare.cost / ours.cost
        found = f"{share:.2f} ({ours.cost:.2f} and {bare.cost:.2f} ms)"
        yield f"{name}: at most twice the processor time of the bare view", share >= LEAST_SHARE, found


def compare_sizes(small, large):
    """Each beside itself with the small table, in the same run on the same server."""
    for name in ("results", "save"):
        growth = small[name].rate / large[name].rate
        yield (
            f"{name}: within 1.2 times of itself from {SMALL:,} to {LARGE:,} ratings",
            growth <= MOST_GROWTH,
            f"{growth:.2f}",
        )


def weigh(site, rooms):
    from assessments import keys
    from benchmarks.weight import browser, first_visit

    home = f"http://127.0.0.1:{site.port}"
    token, code, _response, invitation = rooms.raters[0]
    held = keys.sealed(code, invitation)
    answers = {"name": f"answers-{invitation}", "value": held, "domain": "127.0.0.1", "path": "/r/"}
    session = {"name": "sessionid", "value": session_cookie(rooms.lead), "domain": "127.0.0.1", "path": "/"}
    pages = {
        "rating page": (f"{home}/r/{token}/1/", [answers]),
        "results page": (f"{home}/rounds/{rooms.frozen[24].pk}/results/", [session]),
    }
    with browser() as chromium:
        for name, (address, cookies) in pages.items():
            weight, foreign = first_visit(chromium, address, cookies)
            say(f"First visit to a {name}: {weight:.1f} kB")
            yield f"{name}: at most {HEAVIEST[name]} kB", weight <= HEAVIEST[name], f"{weight:.1f} kB"
            yield f"{name}: no request leaves the site", not foreign, ", ".join(foreign) or "none"


if __name__ == "__main__":
    sys.exit(main())
