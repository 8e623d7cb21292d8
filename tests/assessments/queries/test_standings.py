"""Standings are kept by a process whose threads read and forget at the same moment."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.db import connection

from assessments.queries import portfolio, standings
from tests.assessments.round_room import make_place
from tests.factories import make_round


@dataclass(frozen=True)
class RoundRow:
    pk: int
    revealed_at: str = "2026-03-01"
    is_read_beside: bool = False


@pytest.fixture
def _threads_that_change_often(monkeypatch):
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    monkeypatch.setattr(standings, "MOST", 3)
    monkeypatch.setattr(standings, "_read", lambda rounds: {pk: f"standing of {pk}" for pk in rounds})
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_threads_that_change_often")
def test_a_thread_that_forgets_takes_nothing_from_another():
    def read(first):
        rounds = [RoundRow(first + number) for number in range(4)]
        return all(
            standings.of(rounds) == {each.pk: f"standing of {each.pk}" for each in rounds}
            for _time in range(3_000)
        )

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(read, (0, 2, 4, 6))] == [True] * 4


@pytest.mark.usefixtures("edition")
@pytest.mark.django_db
def test_what_was_there_when_one_began_is_given_though_another_forgets_it_meanwhile(monkeypatch):
    """Another request comes in between, always at the same place: while the rest is being read."""
    place = make_place()
    for title in ("Spring", "Summer", "Autumn", "Winter"):
        make_round(place.partnership, by=place.by, state="shared", title=title)
    [[one, two, *others]] = portfolio.rounds_of(partnership=place.partnership.pk).values()
    monkeypatch.setattr(standings, "MOST", 1)
    monkeypatch.setattr(standings, "_kept", {})

    def others_ask(execute, sql, *rest):
        asking, others[:] = [*others], []
        for each in asking:
            standings.of([each])
        return execute(sql, *rest)

    before = standings.of([one])
    with connection.execute_wrapper(others_ask):
        found = standings.of([one, two])
    assert found.keys() == {one.pk, two.pk}
    assert found[one.pk] == before[one.pk]
    assert others == []
