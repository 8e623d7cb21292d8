"""A small load generator: a fixed number of keep-alive connections to a server on this machine.

Client and server share the machine's cores. That weighs on the bare pages more than on ours, so every
ratio is a little kinder than it would be with the client elsewhere; compare runs, not machines.
"""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """What a run came to: requests a second, and the middle and 95th percentile of a request in ms."""

    rate: float
    median: float
    p95: float
    wrong: int

    def __str__(self):
        wrong = f", {self.wrong} WRONG ANSWERS" if self.wrong else ""
        return f"{self.rate:7.0f} a second, median {self.median:5.1f} ms, p95 {self.p95:5.1f} ms{wrong}"


@dataclass(frozen=True)
class Request:
    path: str
    method: str = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    wanted: int = 200


def run(port, requests, *, seconds, connections=16):
    """Send ``requests`` (one endless iterator per connection, from ``requests(n)``) for ``seconds``."""
    until = time.perf_counter() + seconds
    results = [None] * connections

    def work(number):
        results[number] = _connection(port, requests(number), until)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    times = sorted(taken for times, _wrong in results for taken in times)
    return Measured(
        rate=len(times) / spent,
        median=statistics.median(times) * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        wrong=sum(wrong for _times, wrong in results),
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
