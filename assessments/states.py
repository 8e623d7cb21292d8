"""The states of a round, of a workshop and of one action in it, and the tables of moves.

Whether a person may make a move is for ``partnerships.permissions``; what else has to hold first is for
``policies``; ``operations`` carry it out.
"""

from collections.abc import Iterable
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


class WorkshopMode(StrEnum):
    """Whether the room rates, or walks through what was rated by link beforehand."""

    ROOM = "room"
    WALK = "walk"


class WorkshopState(StrEnum):
    LOBBY = "lobby"
    RUNNING = "running"
    ENDING = "ending"
    FINISHED = "finished"
    CALLED_OFF = "called_off"


OVER = frozenset({WorkshopState.FINISHED, WorkshopState.CALLED_OFF})
"""In these states the code opens nothing, and nobody rates or votes any more."""


class Stage(StrEnum):
    """How far one action has come in a workshop. It stays that far while others are on the screens."""

    READING = "reading"
    RATING = "rating"
    REVEALED = "revealed"
    RATING_AGAIN = "rating_again"
    REVEALED_AGAIN = "revealed_again"


REVEALED = frozenset({Stage.REVEALED, Stage.RATING_AGAIN, Stage.REVEALED_AGAIN})
"""At these stages the first ratings of the action have been shown and no longer change."""

RATED = frozenset({Stage.RATING, Stage.RATING_AGAIN})
"""At these stages people rate; nothing of what they say is shown."""


@dataclass(frozen=True, slots=True)
class Move:
    """One named step from a state to another; ``mode`` where it is made in workshops of one kind only."""

    name: str
    source: StrEnum
    target: StrEnum
    mode: WorkshopMode | None = None

    def fits(self, mode: str) -> bool:
        return self.mode is None or self.mode == mode


def _table(*moves: Move) -> dict[str, Move]:
    return {move.name: move for move in moves}


MOVES = _table(
    Move("open", RoundState.DRAFT, RoundState.OPEN),
    Move("take_back", RoundState.OPEN, RoundState.DRAFT),
    Move("close", RoundState.OPEN, RoundState.CLOSED),
    Move("reopen", RoundState.CLOSED, RoundState.OPEN),
    Move("reveal", RoundState.CLOSED, RoundState.REVEALED),
    Move("share", RoundState.REVEALED, RoundState.SHARED),
)

WORKSHOP_MOVES = _table(
    Move("begin", WorkshopState.LOBBY, WorkshopState.RUNNING),
    Move("call_off", WorkshopState.LOBBY, WorkshopState.CALLED_OFF),
    Move("break_off", WorkshopState.RUNNING, WorkshopState.CALLED_OFF),
    Move("end", WorkshopState.RUNNING, WorkshopState.ENDING),
    Move("resume", WorkshopState.ENDING, WorkshopState.RUNNING),
    Move("finish", WorkshopState.ENDING, WorkshopState.FINISHED),
)

STAGE_MOVES = _table(
    Move("start", Stage.READING, Stage.RATING, WorkshopMode.ROOM),
    Move("reveal", Stage.RATING, Stage.REVEALED, WorkshopMode.ROOM),
    Move("show", Stage.READING, Stage.REVEALED, WorkshopMode.WALK),
    Move("again", Stage.REVEALED, Stage.RATING_AGAIN),
    Move("reveal_again", Stage.RATING_AGAIN, Stage.REVEALED_AGAIN),
    Move("stop_again", Stage.RATING_AGAIN, Stage.REVEALED),
)


class WrongMove(ValueError):
    """The move does not start from this state."""


def moves_from(state: str) -> tuple[str, ...]:
    """The names of the moves of a round that start from ``state``, in the order of the table."""
    return tuple(move.name for move in MOVES.values() if move.source == state)


def workshop_moves(state: str) -> tuple[str, ...]:
    """The names of the moves of a workshop that start from ``state``, in the order of the table."""
    return tuple(move.name for move in WORKSHOP_MOVES.values() if move.source == state)


def stage_moves(stage: str, mode: str) -> tuple[str, ...]:
    """The names of the moves of an action that start from ``stage`` in a workshop of this kind."""
    return tuple(move.name for move in STAGE_MOVES.values() if move.source == stage and move.fits(mode))


def after(state: str, name: str) -> StrEnum:
    """The state a move of a round leads to; WrongMove where the move does not start from ``state``."""
    move = MOVES[name]
    if move.source != state:
        raise WrongMove(f"{name} starts from {move.source}, not from {state}")
    return move.target


def diagram() -> str:
    """The moves of a round as a Mermaid state diagram, for docs/round-states.md."""
    return _diagram(RoundState.DRAFT, MOVES.values())


def workshop_diagram() -> str:
    """The moves of a workshop, for docs/workshop-states.md."""
    return _diagram(WorkshopState.LOBBY, WORKSHOP_MOVES.values())


def stage_diagram() -> str:
    """The moves of an action in a workshop, for docs/workshop-states.md."""
    return _diagram(Stage.READING, STAGE_MOVES.values())


def _diagram(first: StrEnum, moves: Iterable[Move]) -> str:
    rows = [f"    {move.source} --> {move.target}: {_label(move)}" for move in moves]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {first}", *rows]) + "\n"


def _label(move: Move) -> str:
    return f"{move.name} ({move.mode})" if move.mode else move.name
