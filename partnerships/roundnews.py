"""What the pages of this app say about rounds, of which it knows nothing.

Rounds stand above this app, which may not import them. The app that has them gives its answers here when
it starts; without it there is nothing to say.
"""

from dataclasses import dataclass
from typing import Any


class Nothing:
    """The answers where no app has rounds."""

    @staticmethod
    def latest(partnerships, led):
        """Partnership id -> a line about its latest round. ``led`` are the ids of those the person leads.

        The same number of queries however many partnerships.
        """
        return {}

    @staticmethod
    def has_rounds(partnership):
        return False


@dataclass
class _News:
    source: Any = Nothing


_news = _News()


def tell(source):
    """From now on these answers are given: ``source`` has the functions of ``Nothing``."""
    _news.source = source


def latest(partnerships, led):
    return _news.source.latest(partnerships, led)


def has_rounds(partnership):
    return _news.source.has_rounds(partnership)
