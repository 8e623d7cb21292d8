"""What is worked out once of what no longer changes, and kept by each process.

One rule for keys: what is kept, by a name, and every fact it depends on, as plain values. Things that differ
in any fact are two things, whatever signs their titles hold. Nothing kept is put right or taken away: what
has changed has other facts, and what nobody asks for any more goes by itself.

What is kept here comes out as a copy. Where a page needs hundreds of small things, and copying them would
cost as much as making them, ``queries.standings`` keeps them as they are, by the same rule.
"""

import hashlib

from django.core.cache import caches

DAY = 24 * 60 * 60  # seconds
FOR_EVER = None


def key_of(what, facts):
    return hashlib.sha256(repr((what, facts)).encode()).hexdigest()


def kept(what, facts, make, *, seconds=DAY):
    """What is kept of this, else what ``make()`` gives, which is kept from now on."""
    cache, key = caches["pages"], key_of(what, facts)
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, timeout=seconds)
    return found


def kept_of_each(what, facts, make, *, seconds=DAY):
    """The same for several at once: ``facts`` of each by its name, ``make`` takes the names of those missing
    and gives what it can of them. A dict by name, without those of which nothing could be made."""
    cache, keys = caches["pages"], {name: key_of(what, each) for name, each in facts.items()}
    there = cache.get_many(keys.values())
    found = {name: there[key] for name, key in keys.items() if key in there}
    made = make([name for name in keys if name not in found])
    cache.set_many({keys[name]: each for name, each in made.items()}, timeout=seconds)
    return found | made
