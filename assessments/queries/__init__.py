"""What pages ask the database: reads, never writes."""

from . import (
    changing,
    comparison,
    editions,
    groups,
    latest,
    looking_back,
    named,
    nextsteps,
    others,
    own_data,
    partnership,
    people,
    portfolio,
    results,
    room,
    standings,
)

__all__ = [
    "changing",
    "comparison",
    "editions",
    "groups",
    "latest",
    "looking_back",
    "named",
    "nextsteps",
    "others",
    "own_data",
    "partnership",
    "people",
    "portfolio",
    "results",
    "room",
    "standings",
]
