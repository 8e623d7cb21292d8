"""What is counted once when a round freezes, and kept.

Every reading comes from a :class:`RoundCounts`. It is made safe before it is stored: in a
confidential round it holds no group that may not be shown, so neither a later page nor
someone who reads the stored data can show one by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .change import Change, change_from_json, change_to_json
from .distribution import Distribution

VERSION = 2
READABLE = (1, VERSION)
"""Version 1 did not keep how many of each group answered."""
FIRST = "first"
LOOKING_BACK = "looking_back"


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """The ratings that the people of one group (an organisation, a sector or a standpoint)
    gave one action. ``key`` is what the database knows the group by, ``name`` what people read.
    """

    key: str
    name: str
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """The ratings one action was given, by everybody and by each group that may be shown.

    ``area`` is the code of the action's area. ``whole`` is everybody, guests included; ``None`` where
    so few gave a level that it may not be shown.
    ``groups`` holds the groups that may be shown. ``pooled`` is everybody else taken as one:
    the hidden groups and the people who are in no group; ``None`` when they are nobody.
    ``hidden_groups`` names, as (key, name), the groups of which somebody answered the round
    and which may not be shown for this action. In a confidential round neither ``groups`` nor
    ``pooled`` carries don't knows: they are kept for the whole alone. ``asked`` is False where nobody was
    asked for a rating, because a workshop ended before: then there is nothing, and nothing is hidden.
    """

    code: str
    number: int
    area: str
    whole: Distribution | None
    groups: tuple[GroupCounts, ...] = ()
    pooled: Distribution | None = None
    hidden_groups: tuple[tuple[str, str], ...] = ()
    asked: bool = True

    @classmethod
    def never_asked(cls, code: str, number: int, area: str) -> ActionCounts:
        """Of an action that was never put to the room."""
        return cls(code, number, area, None, asked=False)


@dataclass(frozen=True, slots=True)
class OrganisationTurnout:
    """How many people of one organisation were invited and how many of those answered.

    ``name`` is that of the day; ``key`` stays the same when the organisation is called something else, and
    is empty where it was not kept and the name tells of no organisation any more.
    """

    name: str
    invited: int
    answered: int
    key: str = ""

    def __post_init__(self) -> None:
        _check_answered(self.answered, self.invited)

    def is_same_as(self, other: OrganisationTurnout) -> bool:
        """By key, whatever each is called; by name where a key was not kept."""
        return self.key == other.key if self.key and other.key else self.name == other.name


class ResponseNote(StrEnum):
    """How to read a response rate: a note, not a wall."""

    NONE = "none"
    WITH_CARE = "with_care"
    NOT_A_PICTURE = "not_a_picture"


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who answered, in people. Participation is not secret; ratings are.

    ``invited`` leaves out those marked away, who are counted in ``away``; somebody marked away
    who answered all the same counts as invited, not as away. ``answered`` is how many of the
    invited saved at least one level or don't know. ``guests`` answered without an invitation
    and are in neither. People of no organisation are in ``invited`` and in no organisation.

    Raises ``ValueError`` when more answered than were invited.
    """

    invited: int
    answered: int
    away: int = 0
    guests: int = 0
    organisations: tuple[OrganisationTurnout, ...] = ()

    def __post_init__(self) -> None:
        _check_answered(self.answered, self.invited)
        if min(self.away, self.guests) < 0:
            raise ValueError("a count of people cannot be below nought")

    @property
    def people(self) -> int:
        """Everybody whose ratings are in the round: the invited who answered, and the guests."""
        return self.answered + self.guests

    @property
    def rate(self) -> float | None:
        """Share of the invited who answered, 0.0 to 1.0; ``None`` when nobody was invited."""
        return self.answered / self.invited if self.invited else None

    @property
    def unplaced(self) -> tuple[int, int]:
        """Invited and answered of the people of no organisation: what the organisations leave over."""
        return (
            self.invited - sum(each.invited for each in self.organisations),
            self.answered - sum(each.answered for each in self.organisations),
        )

    @property
    def organisations_invited(self) -> int:
        """Organisations of which somebody was invited (and not marked away)."""
        return sum(1 for each in self.organisations if each.invited)

    @property
    def organisations_answered(self) -> int:
        """Organisations of which somebody answered."""
        return sum(1 for each in self.organisations if each.answered)

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of the organisations that were invited and of which nobody answered."""
        return tuple(o.name for o in self.organisations if o.invited and not o.answered)

    @property
    def note(self) -> ResponseNote:
        """65 % and over: none. 50 to 64 %: read with care. Under 50 %: not a picture of the
        partnership. Compared in whole numbers. Nobody invited: none, as there is no rate.
        """
        if 100 * self.answered >= 65 * self.invited:
            return ResponseNote.NONE
        if 100 * self.answered >= 50 * self.invited:
            return ResponseNote.WITH_CARE
        return ResponseNote.NOT_A_PICTURE


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """Everything that is kept of a round's ratings to read it by.

    ``looking_back`` has for each action how people moved from what they say now it was in the round before
    to what they rate today; empty where the round did not ask. ``answered`` is how many of each group
    answered, by key, those of no group under an empty one; ``None`` where that was not kept.
    """

    actions: tuple[ActionCounts, ...]
    turnout: Turnout
    looking_back: tuple[Change, ...] = ()
    answered: Mapping[str, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """A plain dict for storing. Ratings lie in layers, first ratings in ``first``."""
        layers: dict[str, Any] = {FIRST: {"actions": [action_to_json(action) for action in self.actions]}}
        if self.looking_back:
            layers[LOOKING_BACK] = {"changes": [change_to_json(change) for change in self.looking_back]}
        answered = None if self.answered is None else dict(self.answered)
        turnout = _turnout_to_json(self.turnout)
        return {"version": VERSION, "turnout": turnout, "answered": answered, "layers": layers}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RoundCounts:
        """The counts that :meth:`to_json` gave. ``ValueError`` for a version we cannot read."""
        if data.get("version") not in READABLE:
            raise ValueError(f"stored counts of version {data.get('version')!r} cannot be read")
        actions = data["layers"][FIRST]["actions"]
        back = data["layers"].get(LOOKING_BACK, {"changes": ()})["changes"]
        return cls(
            tuple(action_from_json(action) for action in actions),
            _turnout_from_json(data["turnout"]),
            tuple(change_from_json(change) for change in back),
            data.get("answered"),
        )


def _check_answered(answered: int, invited: int) -> None:
    if not 0 <= answered <= invited:
        raise ValueError(f"{answered} cannot have answered of {invited} invited")


def _maybe_to_json(distribution: Distribution | None) -> dict[str, Any] | None:
    return None if distribution is None else distribution_to_json(distribution)


def _maybe_from_json(data: Mapping[str, Any] | None) -> Distribution | None:
    return None if data is None else distribution_from_json(data)


def distribution_to_json(distribution: Distribution) -> dict[str, Any]:
    """A distribution as a plain dict for storing."""
    return {"counts": list(distribution.counts), "dont_know": distribution.dont_know}


def distribution_from_json(data: Mapping[str, Any]) -> Distribution:
    one, two, three, four, five = data["counts"]
    return Distribution((one, two, three, four, five), data["dont_know"])


def action_to_json(action: ActionCounts) -> dict[str, Any]:
    """One action's counts as a plain dict for storing."""
    groups: Sequence[GroupCounts] = action.groups
    return {
        "code": action.code,
        "number": action.number,
        "area": action.area,
        "whole": _maybe_to_json(action.whole),
        "groups": [{"key": g.key, "name": g.name} | distribution_to_json(g.distribution) for g in groups],
        "pooled": _maybe_to_json(action.pooled),
        "hidden_groups": [{"key": key, "name": name} for key, name in action.hidden_groups],
        "asked": action.asked,
    }


def action_from_json(data: Mapping[str, Any]) -> ActionCounts:
    return ActionCounts(
        code=data["code"],
        number=data["number"],
        area=data["area"],
        whole=_maybe_from_json(data["whole"]),
        groups=tuple(GroupCounts(g["key"], g["name"], distribution_from_json(g)) for g in data["groups"]),
        pooled=_maybe_from_json(data["pooled"]),
        hidden_groups=tuple((g["key"], g["name"]) for g in data["hidden_groups"]),
        asked=data.get("asked", True),
    )


def _turnout_to_json(turnout: Turnout) -> dict[str, Any]:
    return {
        "invited": turnout.invited,
        "answered": turnout.answered,
        "away": turnout.away,
        "guests": turnout.guests,
        "organisations": [
            {"key": o.key, "name": o.name, "invited": o.invited, "answered": o.answered}
            for o in turnout.organisations
        ],
    }


def _turnout_from_json(data: Mapping[str, Any]) -> Turnout:
    return Turnout(
        invited=data["invited"],
        answered=data["answered"],
        away=data["away"],
        guests=data["guests"],
        organisations=tuple(
            OrganisationTurnout(o["name"], o["invited"], o["answered"], o.get("key", ""))
            for o in data["organisations"]
        ),
    )
