"""The end of a workshop: for each action what was rated and what was agreed."""

from dataclasses import dataclass

from .. import queries, readings
from ..states import REVEALED, WorkshopState
from .screens import Step


@dataclass(frozen=True, slots=True)
class ActionMedians:
    """One action: its medians, None where nothing was shown."""

    step: Step
    first: float | None
    again: float | None

    @property
    def rated(self):
        return readings.results.median(self.first)

    @property
    def second(self):
        return readings.results.median(self.again)

    @property
    def value(self):
        """The median last shown."""
        return self.first if self.again is None else self.again


@dataclass(frozen=True, slots=True)
class Profile:
    """``moved`` says where second ratings moved, in lines."""

    rows: tuple[ActionMedians, ...]
    moved: list[str]

    @property
    def has_second(self):
        return any(row.again is not None for row in self.rows)


def profile(workshop, screen):
    """Medians of what the room was shown, and of that alone; None before the end."""
    if screen.state not in (WorkshopState.ENDING, WorkshopState.FINISHED):
        return None
    first = {number: counts.whole for number, counts in queries.room.taken(workshop).items()}
    again = queries.results.second(workshop)
    second = {number: counts.distribution for number, counts in again.items()}
    return Profile(
        tuple(
            ActionMedians(step, _median(screen, step, first), _median(screen, step, second))
            for step in screen.steps
        ),
        readings.talk.movements({number: counts.change for number, counts in again.items() if counts.change}),
    )


def _median(screen, step, found):
    distribution = found.get(step.number)
    if distribution is None or step.stage not in REVEALED:
        return None
    is_safe = not screen.is_confidential or distribution.n >= screen.least_number
    return distribution.median if is_safe else None
