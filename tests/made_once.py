"""Fixtures whose rows are made once for all the tests after one another that ask for them.

    @made_once
    def place():
        return make_place(people=9)

    @made_once
    def spring(place):
        return make_round(place.partnership, state="shared")

Such a fixture needs nothing but others like it, or parameters; else each test makes it, as it would any
fixture. What is made once lies in a transaction of its own round those of the tests, each of which is rolled
back as always and works on a copy of the objects. A test that does not ask for the rows finds a database
without them, in whatever order tests run. The first test of a run makes its own: there is no database before.

With --make-every-time nothing is kept and each test makes its own, to see whether that changes anything.
What is not public and all this leans on, test_made_once.py pins: ``Atomic._from_testcase`` of Django,
``_fixtureinfo.name2fixturedefs`` of pytest, and that pytest-django runs a test in a transaction of its own.
"""

import inspect
from copy import deepcopy
from functools import wraps

import pytest
from django.db import transaction

from tests.second_database import saves_for_good

KEEPER = pytest.StashKey["Keeper"]()


def made_once(make):
    """A fixture, see above."""

    @wraps(make)
    def fixture(request, db, **needs):
        keeper = request.config.stash[KEEPER]
        return keeper.copy(make, request.node) if keeper.holds(make) else make(**needs)

    given = inspect.signature(fixture, follow_wrapped=False).parameters
    asked = [each.replace(kind=each.KEYWORD_ONLY) for each in inspect.signature(make).parameters.values()]
    fixture.__signature__ = inspect.Signature([given["request"], given["db"], *asked])
    fixture.made_once = make
    return pytest.fixture(fixture)


class Keeper:
    """Holds what the next test asks for: each thing after those it needs, like plates on a pile."""

    def __init__(self, blocker, *, keeps=True):
        self._blocker, self._keeps = blocker, keeps
        self._pile = []

    def holds(self, make):
        return any(plate.make is make for plate in self._pile)

    def copy(self, make, test):
        """Copies for one test belong together: what two fixtures share, their copies share, too."""
        copied = test.stash.setdefault(COPIED, {})
        return next(deepcopy(plate.made, copied) for plate in self._pile if plate.make is make)

    def prepare(self, test):
        """Put away what the next test does not ask for, and make what is missing."""
        asked = list(_asked_by(test)) if test and self._keeps else []
        same = 0
        while same < min(len(asked), len(self._pile)) and self._pile[same].key == asked[same].key:
            same += 1
        with self._blocker.unblock():
            while len(self._pile) > same:
                self._pile.pop().put_away()
            for plate in asked[same:]:
                if not plate.fill({each.name: each.made for each in self._pile}):
                    return  # the test makes it itself, and shows what is wrong
                self._pile.append(plate)


COPIED = pytest.StashKey[dict]()


class Plate:
    def __init__(self, name, make, parameters):
        self.name, self.make = name, make
        self._needs = inspect.signature(make).parameters
        self._parameters = {key: value for key, value in parameters.items() if key in self._needs}
        self.key = name, make, tuple(self._parameters.items())

    def fill(self, made):
        """Whether it could be made; not where it needs something else than what is made once."""
        found = made | self._parameters
        if not found.keys() >= self._needs.keys():
            return False
        needs = {need: found[need] for need in self._needs}
        self._round_it = transaction.atomic()
        self._round_it._from_testcase = True  # what insists on being the outermost may be so inside it
        self._round_it.__enter__()
        try:
            self.made = self.make(**needs)
        except Exception:
            self.put_away()
            return False
        return True

    def put_away(self):
        transaction.set_rollback(True)
        self._round_it.__exit__(None, None, None)


def _asked_by(test):
    """What a test asks for, each after what it needs; nothing where what the test does is saved for good."""
    if saves_for_good(test):
        return
    definitions = test._fixtureinfo.name2fixturedefs
    parameters = test.callspec.params if hasattr(test, "callspec") else {}
    seen = set()

    def asked(name):
        make = getattr(definitions[name][-1].func, "made_once", None) if name in definitions else None
        if make and name not in seen:
            seen.add(name)
            for need in inspect.signature(make).parameters:
                yield from asked(need)
            yield Plate(name, make, parameters)

    for name in test.fixturenames:
        yield from asked(name)
