"""What is asked of the server: the product's pages and saves, and beside each the same thing done bare.

Each of these gives what ``load.run`` wants: for the number of a connection, the requests it sends.
"""

import itertools
import secrets
from collections import defaultdict

from benchmarks.load import Request
from benchmarks.serving import say, session_cookie

RATERS = 300
FORM = ("Content-Type", "application/x-www-form-urlencoded")


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


def our_results(rooms):
    cookie = (("Cookie", f"sessionid={session_cookie(rooms.lead)}"), ("Accept-Encoding", "gzip"))
    request = Request(f"/rounds/{rooms.frozen[24].pk}/results/", headers=cookie)
    return lambda number: itertools.repeat(request)


def bare_results(rooms):
    cookie = (("Cookie", f"sessionid={session_cookie(rooms.lead)}"), ("Accept-Encoding", "gzip"))
    request = Request(f"/bare/results/{rooms.frozen[24].pk}/", headers=cookie)
    return lambda number: itertools.repeat(request)


def our_saves(rooms):
    """Every connection rates for its own people, action by action, each time another level than before."""
    from assessments import keys

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
    def requests(number):
        for turn in itertools.count():
            for _person, _code, response, _invitation in rooms.raters[number::16]:
                for action in rooms.actions:
                    body = f"response={response}&action={action}&level={turn % 5 + 1}"
                    yield Request("/bare/save/", "POST", body, (FORM,), wanted=204)

    return requests


def our_polls(rooms):
    """Phones in a workshop that ask what is newer than they have, when nothing is."""
    path = f"/w/room/{rooms.workshop.pk}/live/?seat=in&since={rooms.workshop.revision}"
    requests = [Request(path, headers=(("Cookie", cookie),), wanted=204) for cookie in rooms.phones]
    return lambda number: itertools.repeat(requests[number % len(requests)])


def bare_polls(rooms):
    request = Request(f"/bare/nothing-new/{rooms.workshop.pk}/", wanted=204)
    return lambda number: itertools.repeat(request)


def empty(number):
    """A view that does nothing, to see what the server itself takes."""
    return itertools.repeat(Request("/bare/empty/", wanted=204))
