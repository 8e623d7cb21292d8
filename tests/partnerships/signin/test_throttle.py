"""Wrong tries are counted, by key, for a while, also when two processes count at once."""

import threading

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import RequestFactory

from partnerships.signin.throttle import Throttle, client_address

THREE = Throttle("test", limit=3, minutes=10)


@pytest.fixture(autouse=True)
def _empty_cache(db):
    caches["default"].clear()


def test_locks_at_the_limit_and_not_before():
    for _try in range(2):
        THREE.count_wrong("a")
    assert not THREE.is_locked("a")
    THREE.count_wrong("a")
    assert THREE.is_locked("a")


def test_one_more_wrong_try_does_no_harm():
    for _try in range(5):
        THREE.count_wrong("a")
    assert THREE.is_locked("a")


def test_keys_and_names_are_counted_apart():
    for _try in range(3):
        THREE.count_wrong("a")
    assert not THREE.is_locked("b")
    assert not Throttle("other", limit=3, minutes=10).is_locked("a")


def test_a_slot_is_given_back_when_its_time_is_over():
    for _try in range(3):
        THREE.count_wrong("a")
    slot = THREE._slots("a")[0]
    caches["default"].touch(slot, timeout=-1)
    assert not THREE.is_locked("a")


def test_no_address_is_kept():
    THREE.count_wrong("192.0.2.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        assert "192.0.2.7" not in str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted():
    twenty = Throttle("crowd", limit=20, minutes=10)
    ready = threading.Barrier(4)

    def guess():
        ready.wait()
        for _try in range(5):
            twenty.count_wrong("a")
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert twenty.is_locked("a")


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_who_counts_as_one_visitor(address, counted_as):
    assert client_address(RequestFactory(REMOTE_ADDR=address).get("/")) == counted_as
