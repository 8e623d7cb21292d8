"""The end of a workshop: for each action what was rated and what was agreed."""

from dataclasses import dataclass

from .. import readings, room_counts
from ..states import REVEALED, WorkshopState
from .screens import Step


@dataclass(frozen=True, slots=True)
class Row:
    """One action: medians in words, a dash where nothing was shown."""

    step: Step
    rated: str
    second: str


@dataclass(frozen=True, slots=True)
class Profile:
    rows: tuple[Row, ...]

    @property
    def has_second(self):
        return any(row.second != readings.NOTHING for row in self.rows)


def profile(workshop, screen):
    """Medians of what the room was shown, and of that alone; None before the end."""
    if screen.state not in (WorkshopState.ENDING, WorkshopState.FINISHED):
        return None
    first = {number: counts.whole for number, counts in room_counts.taken(workshop).items()}
    second = {number: counts.distribution for number, counts in room_counts.taken_again(workshop).items()}
    return Profile(
        tuple(Row(step, _median(screen, step, first), _median(screen, step, second)) for step in screen.steps)
    )


def _median(screen, step, found):
    spread = found.get(step.number)
    too_few = spread is not None and screen.is_confidential and spread.n < screen.least_number
    if spread is None or too_few or step.stage not in REVEALED:
        return readings.NOTHING
    return readings.median(spread.median)
