"""What the facilitator can press at a moment, and which of it is the natural next move.

The table of moves in ``states`` says what is allowed; here stands what is sensible, in the words of the
buttons.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..states import OVER, RATED, REVEALED, STAGE_MOVES, WORKSHOP_MOVES, Stage, WorkshopState


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to press. ``move`` names a row of the table of moves; ``number`` an action to go to.

    With neither it leads to the page that asks before the workshop is finished.
    """

    label: str
    move: str = ""
    number: int | None = None

    @property
    def finishes(self):
        return not self.move and self.number is None


SHOWN = frozenset({Stage.REVEALED, Stage.REVEALED_AGAIN})

BEGINNING = {
    Stage.READING: {
        "room": ("start", lazy("Let people rate")),
        "walk": ("show", lazy("Show the ratings")),
    },
    Stage.RATING: {"room": ("reveal", lazy("Show the ratings"))},
    Stage.RATING_AGAIN: {
        "room": ("reveal_again", lazy("Show the second ratings")),
        "walk": ("reveal_again", lazy("Show the second ratings")),
    },
}


def next_move(screen):
    """The natural next move, or None where the room has to do something first."""
    if screen.state == WorkshopState.LOBBY:
        return Button(_("Begin with the first action"), "begin")
    if screen.state == WorkshopState.ENDING:
        return Button(_("Finish the workshop"))
    if screen.state in OVER:
        return None
    if screen.current is None:
        return _go_to(screen.steps[0], _("Go to action %(number)d"))
    return _next_of_action(screen)


def _next_of_action(screen):
    current = screen.current
    if found := unhide(screen):
        return found
    found = BEGINNING.get(current.stage, {}).get(screen.mode)
    if found is None:
        return following(screen) or Button(_("Go to the end"), "end")
    name, label = found
    if current.needed:
        return None
    return Button(str(label), name)


def other_moves(screen):
    """Everything else that makes sense now, in the order of the flow, without moving to another action."""
    if screen.state == WorkshopState.ENDING:
        return (Button(_("Back to the actions"), "resume"),)
    if screen.state != WorkshopState.RUNNING:
        return ()
    return (*_of_action(screen), *_end(screen))


def _of_action(screen):
    current = screen.current
    if current is None:
        return
    if current.stage == Stage.RATING_AGAIN:
        yield Button(_("Stop rating again"), "stop_again")
    if current.stage == Stage.REVEALED:
        yield Button(_("Rate again"), "again")
    if current.stage in SHOWN and not screen.is_covered:
        yield Button(_("Hide the ratings"), "hide")


def _end(screen):
    last = following(screen) is None and screen.current is not None
    if not (last and (found := next_move(screen)) and found.move == "end"):
        yield Button(_("Go to the end"), "end")


def following(screen):
    """The button to the next action; None on the last."""
    return _beside(screen, 1, _("Next action: %(number)d"))


def preceding(screen):
    return _beside(screen, -1, _("Back to action %(number)d"))


def _beside(screen, step, label):
    here = next((place for place, each in enumerate(screen.steps) if each.is_current), None)
    if here is None or not 0 <= here + step < len(screen.steps) or screen.state != WorkshopState.RUNNING:
        return None
    return _go_to(screen.steps[here + step], label)


def _go_to(step, label):
    return Button(label % {"number": step.number}, number=step.number)


def unhide(screen):
    """The button that shows hidden ratings again; None where nothing is hidden."""
    if screen.is_covered and screen.current is not None:
        return Button(_("Show the ratings again"), "unhide")
    return None


@dataclass(frozen=True, slots=True)
class ToAgree:
    """What the form for the agreed level holds before somebody changes it."""

    number: int
    levels: tuple
    level: int | None
    why: str
    revision: int
    is_kept: bool
    is_suggested: bool


def to_agree(screen):
    """The agreed level of the action on the screens, else the median where it was shown.

    None where no action is on them.
    """
    current = screen.current
    if current is None:
        return None
    kept = current.agreed
    return ToAgree(
        number=current.words.number,
        levels=current.words.levels,
        level=kept.level if kept else current.suggested,
        why=kept.why if kept else "",
        revision=kept.revision if kept else 0,
        is_kept=bool(kept),
        is_suggested=not kept and current.suggested is not None,
    )


def has_happened(screen, move, number):
    """Whether what a move asks for is so already: it was pressed twice, or by two leads at once.

    ``number`` is the action that was on the screens when it was pressed, None where none was.
    """
    if move in WORKSHOP_MOVES:
        return screen.state == WORKSHOP_MOVES[move].target
    if move in STAGE_MOVES:
        return STAGE_MOVES[move].target in {step.stage for step in screen.steps if step.number == number}
    is_there = screen.current is not None and screen.current.words.number == number
    return is_there and screen.is_covered is (move == "hide")


def may_finish(screen):
    return screen.state == WorkshopState.ENDING


def may_invent(screen):
    """Whether the invented people of a rehearsal have something to do: rate, or vote at the end."""
    is_rating = bool(screen.current and screen.current.stage in RATED)
    return screen.is_rehearsal and (is_rating or screen.state == WorkshopState.ENDING)


def calling_off(screen):
    """The move that calls the workshop off; None once the room has seen or agreed something."""
    if any(step.stage in REVEALED or step.agreed for step in screen.steps):
        return None
    return {WorkshopState.LOBBY: "call_off", WorkshopState.RUNNING: "break_off"}.get(screen.state)


MOVE_WORDS = {
    "begin": lazy("Begin with the first action"),
    "start": lazy("Let people rate"),
    "reveal": lazy("Show the ratings"),
    "show": lazy("Show the ratings"),
    "again": lazy("Rate again"),
    "reveal_again": lazy("Show the second ratings"),
    "stop_again": lazy("Stop rating again"),
    "hide": lazy("Hide the ratings"),
    "unhide": lazy("Show the ratings again"),
    "end": lazy("Go to the end"),
    "resume": lazy("Back to the actions"),
}
