"""A small load generator: a fixed number of keep-alive connections to a server on this machine.

Client and server share the machine's cores. That weighs on the bare pages more than on ours, so every
ratio is a little kinder than it would be with the client elsewhere; compare runs, not machines.
"""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass, replace

from benchmarks.processes import processor_time


@dataclass(frozen=True)
class Measured:
    """What a run came to: how many requests, how many a second, how long one took in ms: the middle and the
    95th percentile.

    ``cost`` is the processor time of a request in ms, of all the server's processes (the database's are not
    among them); None where the machine does not say.
    """

    number: int
    rate: float
    median: float
    p95: float
    wrong: int
    cost: float | None

    def __str__(self):
        cost = "" if self.cost is None else f", {self.cost:5.2f} ms of processor"
        wrong = f", {self.wrong} WRONG ANSWERS" if self.wrong else ""
        return f"{self.rate:7.0f} a second, median {self.median:5.1f} ms, p95 {self.p95:5.1f} ms{cost}{wrong}"


def best_of(runs):
    """The quickest of several runs of the same, with the least that a request cost in any of them."""
    costs = [each.cost for each in runs if each.cost is not None]
    return replace(max(runs, key=lambda each: each.rate), cost=min(costs, default=None))


@dataclass(frozen=True)
class Request:
    path: str
    method: str = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    wanted: int = 200


def run(server, requests, *, seconds, connections=16):
    """Send ``requests`` (one endless iterator per connection, from ``requests(n)``) for ``seconds``."""
    until = time.perf_counter() + seconds
    results = [None] * connections

    def work(number):
        results[number] = _connection(server.port, requests(number), until)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    began, taken = time.perf_counter(), processor_time(server.pid)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    cost = None if taken is None else processor_time(server.pid) - taken
    times = sorted(each for times, _wrong in results for each in times)
    return Measured(
        number=len(times),
        rate=len(times) / spent,
        median=statistics.median(times) * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        wrong=sum(wrong for _times, wrong in results),
        cost=cost and cost / len(times) * 1000,
    )


def _connection(port, requests, until):
    connection, times, wrong = http.client.HTTPConnection("127.0.0.1", port, timeout=30), [], 0
    for request in requests:
        began = time.perf_counter()
        if began >= until:
            break
        connection.request(request.method, request.path, request.body or None, dict(request.headers))
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        wrong += answer.status != request.wanted
    connection.close()
    return times, wrong
