"""What is counted once, when results are first opened: the counts of a round, the moves between rounds."""

from . import (
    looking_back,
    moves,
    taking,
    ties,
)

__all__ = [
    "looking_back",
    "moves",
    "taking",
    "ties",
]
