"""The states of a round and the one table of moves between them (pure).

Whether a person may make a move is for ``partnerships.permissions``; what else has to hold first is for
``policies``; ``operations`` carry it out.
"""

from dataclasses import dataclass
from enum import StrEnum


class RoundState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    SHARED = "shared"


FROZEN = frozenset({RoundState.REVEALED, RoundState.SHARED})
"""In these states nobody adds, changes or removes a first rating."""


@dataclass(frozen=True, slots=True)
class Move:
    """One named step from a state to another."""

    name: str
    source: RoundState
    target: RoundState


MOVES = {
    move.name: move
    for move in (
        Move("open", RoundState.DRAFT, RoundState.OPEN),
        Move("close", RoundState.OPEN, RoundState.CLOSED),
        Move("reopen", RoundState.CLOSED, RoundState.OPEN),
        Move("reveal", RoundState.CLOSED, RoundState.REVEALED),
        Move("share", RoundState.REVEALED, RoundState.SHARED),
    )
}


class WrongMove(ValueError):
    """The move does not start from this state."""


def moves_from(state: str) -> tuple[str, ...]:
    """The names of the moves that start from ``state``, in the order of the table."""
    return tuple(move.name for move in MOVES.values() if move.source == state)


def after(state: str, name: str) -> RoundState:
    """The state a move leads to; WrongMove where the move does not start from ``state``."""
    move = MOVES[name]
    if move.source != state:
        raise WrongMove(f"{name} starts from {move.source}, not from {state}")
    return move.target


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/round-states.md."""
    rows = [f"    {move.source} --> {move.target}: {move.name}" for move in MOVES.values()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {RoundState.DRAFT}", *rows]) + "\n"
