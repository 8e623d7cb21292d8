"""A simulated workshop: a room of phones and projectors on the real server, action by action.

    python -m benchmarks.workshop [PARTICIPANTS]

On the database DATABASE_URL names, which should be fresh. Every phone and projector is a real HTTP client
with a connection of its own that asks what is newer as static/src/live.js does. Prints how long after a
reveal each screen has it, how long a rating takes to be saved, what was lost or doubled, and the CPU of the
server.
"""

import asyncio
import os
import random
import re
import resource
import statistics
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.serving import collect_static, say, server, session_cookie

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PARTICIPANTS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
PROJECTORS = 3
ACTIONS = int(os.environ.get("BENCH_ACTIONS", "11"))
TIME_TO_RATE = float(os.environ.get("BENCH_RATE_SECONDS", "20"))
SETTLE = 4  # seconds: the slowest screen asks every 1.3
PACE = 1.0  # as live.js: seconds between two questions, and up to a third more
TOKEN = "b" * 32

WANTED = {"reveal to screen, p99": 2.5, "a save, p99": 0.3, "server CPU": 1.0}


def prepare():
    """The lead, a workshop everybody has joined, and the cookie of each phone."""
    import django

    django.setup()
    from benchmarks import seed

    lead = seed.prepare()
    say(f"Letting {PARTICIPANTS} people join")
    return lead, *seed.room(lead, seed.new_partnership(lead, "Northmoor Room"), PARTICIPANTS)


class Wire:
    """One keep-alive connection."""

    def __init__(self, port, cookies):
        self.port, self.cookies, self.streams = port, cookies, None

    async def ask(self, method, path, **fields):
        """(status, body). A connection the server closed while idle is opened again, as browsers do."""
        try:
            return await self._ask(method, path, fields)
        except (asyncio.IncompleteReadError, ConnectionError) as closed:
            if getattr(closed, "partial", b""):
                raise
            self.streams = None
            return await self._ask(method, path, fields)

    async def _ask(self, method, path, fields):
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        body = urlencode(fields | {"csrfmiddlewaretoken": TOKEN}) if method == "POST" else ""
        head = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: {self.cookies}; csrftoken={TOKEN}",
            "X-Live: 1",
        ]
        if body:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        return await self._answer(reader)

    @staticmethod
    async def _answer(reader):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, lower = int(head.split(" ", 2)[1]), head.lower()
        if "transfer-encoding: chunked" in lower:
            return status, await _chunks(reader)
        length = re.search(r"content-length: (\d+)", lower)
        return status, await reader.readexactly(int(length.group(1))) if length else b""


async def _chunks(reader):
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


@dataclass
class Room:
    """What the facilitator has done, and what the screens have seen of it."""

    revealed: dict = field(default_factory=dict)  # revision -> when
    seen: list = field(default_factory=list)  # seconds from a reveal to a screen
    saves: list = field(default_factory=list)  # seconds
    said: dict = field(default_factory=dict)  # (phone, action) -> level saved
    refused: list = field(default_factory=list)
    polls: int = 0
    answered: int = 0  # polls that brought something
    number: int = 0
    is_rating: bool = False
    over: bool = False


async def screen(room, wire, path, revision, counts=None):
    """Asks what is newer until the workshop is over."""
    await asyncio.sleep(random.random() * PACE)
    while not room.over:
        status, body = await wire.ask(
            "GET", path + f"since={revision}" + (f"&counts={counts}" if counts else "")
        )
        room.polls += 1
        if status == 200:
            room.answered += 1
            now, before = time.perf_counter(), int(revision)
            revision = re.search(rb'data-revision="(\d+)"', body).group(1).decode()
            if counts:
                counts = re.search(rb'data-counts="(\d+)"', body).group(1).decode()
            room.seen += [now - at for mark, at in room.revealed.items() if before < mark <= int(revision)]
        elif status != 204:
            raise SystemExit(f"{path} answered {status}")
        await asyncio.sleep(PACE * (1 + random.random() / 3))


async def rater(room, wire, workshop, phone):
    """Rates each action once, some time after it can be rated."""
    done = 0
    while not room.over:
        if room.is_rating and room.number > done:
            done = number = room.number
            await asyncio.sleep(random.random() * TIME_TO_RATE)
            level = random.randint(1, 5)
            began = time.perf_counter()
            status, _body = await wire.ask(
                "POST", f"/w/room/{workshop}/rate/", number=number, stage="rating", level=level
            )
            room.saves.append(time.perf_counter() - began)
            if status == 200:
                room.said[phone, number] = level
            else:
                room.refused.append((phone, number, status))
        await asyncio.sleep(0.2)


async def facilitate(room, wire, workshop):
    async def move(path, **fields):
        status, body = await wire.ask("POST", f"/workshops/{workshop}/{path}/", seen=move.seen, **fields)
        if status != 200:
            raise SystemExit(f"{path} {fields} answered {status}")
        move.seen = int(re.search(rb'data-revision="(\d+)"', body).group(1))
        return move.seen

    _status, page = await wire.ask("GET", f"/workshops/{workshop}/")
    move.seen = int(re.search(rb'data-revision="(\d+)"', page).group(1))
    await move("move", move="begin")
    for number in range(1, ACTIONS + 1):
        await move("go-to", number=number)
        await move("move", move="start")
        room.number, room.is_rating = number, True
        await asyncio.sleep(TIME_TO_RATE + 1)
        room.is_rating = False
        # Written down before it is asked for: a screen may have it before the facilitator's answer is in.
        room.revealed[move.seen + 1] = time.perf_counter()
        if await move("move", move="reveal") not in room.revealed:
            raise SystemExit("A reveal is more than one revision: the figures mean nothing.")
        await asyncio.sleep(SETTLE)
        say(f"  action {number}: {len(room.said):,} ratings saved, {len(room.seen):,} screens have seen it")
    room.over = True


async def simulate(port, lead, workshop, cookies, live):
    room, pk = Room(), workshop.pk
    session = f"sessionid={session_cookie(lead)}"
    jobs = [facilitate(room, Wire(port, session), pk)]
    jobs += [screen(room, Wire(port, session), f"{live}&", 0, "0") for _ in range(PROJECTORS)]
    for phone, cookie in enumerate(cookies):
        jobs.append(screen(room, Wire(port, cookie), f"/w/room/{pk}/live/?seat=in&", 0))
        jobs.append(rater(room, Wire(port, cookie), pk, phone))
    await asyncio.gather(*jobs)
    return room


def stored(workshop):
    """(phone, action) -> level, of every first rating in the database."""
    from assessments.models import Rating

    rows = Rating.objects.filter(response__round=workshop.round_id).values_list(
        "response__participant__membership__email", "action__number", "level"
    )
    found = {}
    for email, number, level in rows:
        key = int(re.search(r"\d+", email).group()), number
        found.setdefault(key, []).append(level)
    return found


def p99(times):
    return sorted(times)[int(len(times) * 0.99)]


def main():
    collect_static()
    lead, workshop, cookies = prepare()
    from assessments.views.workshop_base import live_url

    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with server() as site:
        room = asyncio.run(simulate(site.port, lead, workshop, cookies, live_url(workshop, "projector")))
    spent, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / spent
    return report(room, cpu, spent, stored(workshop))


def report(room, cpu, spent, rows):
    from django.db import connection

    screens = PARTICIPANTS + PROJECTORS
    lost = [key for key, level in room.said.items() if rows.get(key) != [level]]
    unseen = screens * ACTIONS - len(room.seen)
    say(f"\n{PARTICIPANTS} participants and {PROJECTORS} projectors on {connection.vendor}, {spent:.0f} s")
    say(f"  {room.polls:,} polls, {room.answered:,} of them brought something")
    say(f"  reveal to screen: median {statistics.median(room.seen):.2f} s, p99 {p99(room.seen):.2f} s")
    say(
        f"  a save: median {statistics.median(room.saves) * 1000:.0f} ms, p99 {p99(room.saves) * 1000:.0f} ms"
    )
    say(f"  ratings saved {len(room.said):,}, refused {len(room.refused)}, lost or doubled {len(lost)}")
    say(f"  server CPU: {cpu:.2f} cores on average")
    verdicts = {
        f"reveal to screen, p99 at most {WANTED['reveal to screen, p99']} s": p99(room.seen) <= 2.5,
        f"every reveal on every screen ({unseen} missing)": unseen == 0,
        f"a save, p99 at most {WANTED['a save, p99'] * 1000:.0f} ms": p99(room.saves) <= 0.3,
        "nothing lost, doubled or refused": not lost and not room.refused,
        "every rating saved": len(room.said) == PARTICIPANTS * ACTIONS,
        "less than one core": cpu < WANTED["server CPU"],
    }
    for wanted, met in verdicts.items():
        say(f"  {'met   ' if met else 'MISSED'}  {wanted}")
    return 0 if all(verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
