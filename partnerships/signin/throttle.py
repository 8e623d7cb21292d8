"""Counting wrong tries, so that links and codes cannot be guessed, while whoever is right passes.

Only wrong tries are counted: forty people in one room share one address. Each takes one of ``limit``
slots in the cache that all processes share, and gives it back after ``minutes``. The database decides
who gets a slot (a key is added once), so two processes never count two tries as one.
"""

import hashlib
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Throttle:
    """At most ``limit`` wrong tries in ``minutes`` for one key."""

    name: str
    limit: int
    minutes: int

    def is_locked(self, key):
        return len(self._taken(self._slots(key))) >= self.limit

    def count_wrong(self, key):
        slots = self._slots(key)
        taken = self._taken(slots)
        free = (slot for slot in slots if slot not in taken)
        any(self._cache.add(slot, 1, timeout=60 * self.minutes) for slot in free)

    @property
    def _cache(self):
        return caches["default"]

    def _taken(self, slots):
        return self._cache.get_many(slots)

    def _slots(self, key):
        # An address is personal data: the cache keeps only a hash of it.
        digest = hashlib.sha256(f"{self.name}:{key}".encode()).hexdigest()[:32]
        return [f"wrong:{digest}:{slot}" for slot in range(self.limit)]


WRONG_LINKS = Throttle("link", limit=30, minutes=10)
WRONG_PASSWORDS = Throttle("password", limit=100, minutes=10)  # for one account, from everywhere
WRONG_CODES = Throttle("return-code", limit=8, minutes=15)  # for one invitation, from one visitor
WRONG_CODES_IN_ALL = Throttle("return-code-in-all", limit=60, minutes=15)  # from everywhere
WRONG_ROOMS = Throttle("room-code", limit=100, minutes=10)
"""Codes of workshops, by visitor. A room shares one address, and some of forty people mistype."""
WRONG_ADDRESSES = Throttle("room-address", limit=60, minutes=10)
"""E-mail addresses at the door of one workshop: nobody finds out by trying who is a member."""


def client_address(request):
    """Who counts as one visitor: the address, or for IPv6 the network, of which one person has all."""
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # behind a socket, with no proxy that says who asks
        return "unknown"
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))
