"""Standings are kept by a process whose threads read and forget at the same moment."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from assessments.queries import standings


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
