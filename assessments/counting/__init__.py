"""What is counted once, when results are first opened: the counts of a round, movements between rounds."""

from . import (
    looking_back,
    movements,
    proofs,
    taking,
)

__all__ = [
    "looking_back",
    "movements",
    "proofs",
    "taking",
]
