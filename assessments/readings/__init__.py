"""What people read: sentences, shades and charts of results, in the language that is active."""

from . import (
    attention,
    change,
    charts,
    groups,
    others,
    portfolio,
    results,
    talk,
    words,
)

__all__ = [
    "attention",
    "change",
    "charts",
    "groups",
    "others",
    "portfolio",
    "results",
    "talk",
    "words",
]
