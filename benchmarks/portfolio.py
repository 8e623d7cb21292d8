"""How fast a council's portfolio and eight rounds compared are among many councils. Part of `make bench`;
alone, on an empty database:

    python scripts/with_postgres.py python -m benchmarks.portfolio

BENCH_RATINGS says how large the table of ratings grows: 10,000,000 are about 60,000 rounds.
"""

import itertools
import os
import random
import sys
import time
from collections import defaultdict

from benchmarks.serving import LARGE, SECONDS, collect_static, progress, report, say, server, session_cookie

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

COUNCILS = 300
PARTNERSHIPS = 100
MOST_QUERIES = 15
SLOWEST = 150  # ms, of 95 in 100 requests
MOST_GROWTH = 1.2
TOGETHER = 2
TURNS = 4
SAMPLE = 30


class Place:
    """The council that is measured: an officer, a hundred partnerships, one of them with eight rounds."""

    def __init__(self, council):
        from benchmarks import councils
        from partnerships.models import User

        self.council = council
        self.officer = User.objects.create_user("officer@northmoor.example", name="Morgan Fairlie")
        council.officers.add(self.officer)
        [self.long] = councils.fill_council(council, 1, rounds=councils.MOST_ROUNDS)
        councils.fill_council(council, PARTNERSHIPS - council.partnerships.count())
        councils.vacuum()

    @property
    def pages(self):
        """What is measured, by name."""
        last = self.long.rounds.latest("closed_at")
        eight = "&".join(f"rounds={round.pk}" for round in self.long.rounds.order_by("closed_at"))
        return {
            "portfolio": f"/portfolio/{self.council.slug}/",
            "eight rounds compared": f"/partnerships/{self.long.slug}/compare/?{eight}",
            "results beside others": f"/rounds/{last.pk}/results/",
        }


def fill_all(wanted):
    """The other councils; checks a sample of what was stored without the product against the product."""
    from assessments.models import Round
    from benchmarks import councils
    from partnerships.models import Council

    began = time.perf_counter()
    others = councils.new_councils(COUNCILS - Council.objects.count())
    councils.fill(others, wanted, progress)
    say(f"  that took {time.perf_counter() - began:.0f} s")
    frozen = list(Round.objects.filter(state="shared", title__startswith="Round ").order_by("pk"))
    councils.check(random.Random(1).sample(frozen, SAMPLE))
    say(f"  {len(frozen):,} shared rounds; {SAMPLE} of them counted again: the same")


def count_queries(place):
    """Of each page: at first, when a process knows nothing yet, and once it does."""
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from framework.queries.wording import forget

    client, counts = Client(headers={"host": "localhost"}), {}
    client.force_login(place.officer)
    client.get(place.pages["results beside others"])  # what is planned once for a connection is planned now
    for name, address in place.pages.items():
        caches["pages"].clear()
        forget()
        for state in ("cold", "warm"):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            counts[name, state] = len(captured)
    say(f"Queries: {counts}")
    return counts


def measure(site, place):
    """Each page as an officer and a colleague ask for it together, and as one of them does alone: ``p95`` and
    ``rate`` by page, the best of several turns, for these machines are noisy.

    What a page costs is measured alone. Two connections may or may not share one of the server's processes,
    and that throw of the dice would weigh more than the growth in question.
    """
    from benchmarks.load import run

    cookie = (("Cookie", f"sessionid={session_cookie(place.officer)}"), ("Accept-Encoding", "gzip"))
    p95, rate = defaultdict(list), defaultdict(list)
    for name, address in [*place.pages.items()] * TURNS:
        for connections in (TOGETHER, 1):
            measured = run(site, _always(address, cookie), seconds=SECONDS, connections=connections)
            say(f"  {name:22} {'together' if connections > 1 else 'alone':8} {measured}")
            if measured.wrong:
                raise SystemExit(f"{name}: {measured.wrong} wrong answers; the figures mean nothing.")
            (p95 if connections > 1 else rate)[name].append(measured)
    return (
        {name: min(each.p95 for each in found) for name, found in p95.items()},
        {name: max(each.rate for each in found) for name, found in rate.items()},
    )


def _always(address, headers):
    from benchmarks.load import Request

    return lambda number: itertools.repeat(Request(address, headers=headers))


def verdicts(small, large, queries):
    (_p95_before, rate_before), (p95, rate) = small, large
    for name in p95:
        most = max(count for (page, _state), count in queries.items() if page == name)
        yield f"{name}: at most {MOST_QUERIES} queries", most <= MOST_QUERIES, str(most)
        yield f"{name}: p95 at most {SLOWEST} ms", p95[name] <= SLOWEST, f"{p95[name]:.0f} ms"
        growth = rate_before[name] / rate[name]
        words = f"{name}: within {MOST_GROWTH} times of one council in the database"
        yield words, growth <= MOST_GROWTH, f"{growth:.2f}"


def main():
    import django

    collect_static()
    django.setup()
    from benchmarks import seed
    from partnerships.models import Council

    say("Preparing the database")
    seed.prepare()
    place = Place(Council.objects.get())
    queries = count_queries(place)
    with server() as site:
        say("\nWith one council in the database")
        small = measure(site, place)
        say(f"Filling {COUNCILS} councils, up to {LARGE:,} ratings")
        fill_all(LARGE)
        say(f"\nWith {COUNCILS} councils")
        large = measure(site, place)
    return report([*verdicts(small, large, queries)])


if __name__ == "__main__":
    sys.exit(main())
