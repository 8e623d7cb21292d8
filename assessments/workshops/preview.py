"""What an editor sees of an edition nobody has rated yet, drawn from invented answers.

Nothing here comes from a round. The same answers are invented each time.
"""

from dataclasses import replace
from itertools import cycle, islice

from framework.wording.values import LevelLooksLike, LevelWording

from .. import analysis
from ..analysis import Distribution, RoundCounts, Rules, Turnout
from ..states import Stage, WorkshopMode, WorkshopState
from .screens import Current, People, Screen, Shown, Step

COUNTS = ((2, 3, 4, 2, 1), (0, 1, 3, 6, 2), (2, 5, 4, 1, 0), (3, 2, 1, 2, 4), (0, 2, 6, 3, 1))
"""How many of the invented people gave level 1, 2, ... 5: one action after the other, and from the start."""
PEOPLE = sum(COUNTS[0])


def results(words):
    """Results of a round that never was, in which every action of the edition was rated."""
    counts = islice(cycle(COUNTS), len(words.actions))
    actions = tuple(map(_rated, words.actions, counts))
    return analysis.analyse(RoundCounts(actions, Turnout(PEOPLE, PEOPLE)), Rules())


def _rated(action, counts):
    """By people who are in no group."""
    return analysis.pool(
        code=action.code,
        number=action.number,
        area=action.area_code,
        groups=(),
        ungrouped=Distribution(counts),
        least=Rules().least,
        confidential=True,
        answered={analysis.NO_GROUP: PEOPLE},
    )


def whole(action, words):
    """The action with all five levels: those nobody has written yet are empty, and seen to be."""
    labels = {level.value: level.label for level in words.levels}
    written = {level.value: level for level in action.levels}
    levels = (written.get(n) or LevelLooksLike(n, labels.get(n, ""), "") for n in analysis.LEVELS)
    return replace(action, levels=tuple(levels))


def with_all_levels(words):
    """The words with all five levels, of the scale and of each action: those nobody has written are empty."""
    labels = {level.value: level.label for level in words.levels}
    return replace(
        words,
        levels=tuple(LevelWording(n, labels.get(n, "")) for n in analysis.LEVELS),
        actions=tuple(whole(action, words) for action in words.actions),
    )


def stage_of(asked):
    """Which moment of the workshop is shown: reading the action, or talking about its ratings."""
    return Stage.REVEALED if asked == Stage.REVEALED else Stage.READING


def screen(words, action, stage, *, title, partnership):
    """The screen a room would look at, at this stage of this action."""
    return Screen(
        workshop_id=0,
        round_id=0,
        title=title,
        partnership=partnership,
        is_rehearsal=False,
        state=WorkshopState.RUNNING,
        mode=WorkshopMode.ROOM,
        is_confidential=True,
        least_number=Rules().least,
        code="",
        is_locked=False,
        revision=0,
        count_revision=0,
        timer_ends_at=None,
        is_covered=False,
        steps=tuple(_step(each, action, stage) for each in words.actions),
        current=_current(words, action, stage),
        people=People(here=PEOPLE, guests=0),
        worth=None,
    )


def _step(each, action, stage):
    is_current = each.code == action.code
    return Step(
        number=each.number,
        code=each.code,
        colour=each.colour,
        short_title=each.short_title,
        stage=stage if is_current else Stage.READING,
        agreed=None,
        is_current=is_current,
    )


def _current(words, action, stage):
    shown = _shown(words, action) if stage == Stage.REVEALED else None
    return Current(
        words=action,
        stage=stage,
        rated=0,
        present=PEOPLE,
        needed=0,
        is_hidden=False,
        is_hidden_again=False,
        first=shown,
        second=None,
        movement=None,
        last_median=None,
        last_title="",
        agreed=None,
        suggested=None,
        prompts=action.prompts,
    )


def _shown(words, action):
    found = next(each for each in results(words).actions if each.code == action.code)
    return Shown(found.distribution, found.mean, found.median, found.verdict, found.band)
