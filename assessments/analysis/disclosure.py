"""Disclosure control: what may be shown so that nobody learns a mean of too few people.

The promise of a confidential round: from everything the product shows, nobody outside a
partnership learns a mean of fewer than L people, and no member one of fewer than L - 1 others,
L being the round's least number to show; and nobody, who was in the room or not, can name a level
that one of the others must have given. :mod:`.hiding` says which groups are hidden for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from .counts import ActionCounts, GroupCounts
from .distribution import Distribution
from .hiding import Part, hidden_for_action

NO_GROUP = ""
"""The key of the people who are in no group."""

Name = TypeVar("Name", str, tuple[str, str])


def protected(sizes: Mapping[Name, int], least: int, ungrouped: int = 0) -> frozenset[Name]:
    """Names of the groups to hide, given how many people of each gave the action a level.

    Hidden are the groups of 1 to ``least`` - 1 people; if there are any, the smallest remaining
    group is added again and again (ties by name) until what is hidden has at least two groups
    and at least ``least`` people. If that takes every group, every name is returned. A group
    of nought is nobody: it is not returned and counts for nothing.

    ``ungrouped`` people are in no group (guests, people without an organisation) but count in
    the whole room, so the whole less the shown groups would give their ratings away. While they
    are 1 to ``least`` - 1, they are taken as a group that is already hidden: the hidden
    set with them then has at least two groups and at least ``least`` people. When they
    are ``least`` or more, they hide themselves and the rule looks at the named groups alone.

    Sizes are in people. Raises ``ValueError`` for a size below nought.
    """
    if min([ungrouped, *sizes.values()]) < 0:
        raise ValueError("a group cannot have fewer than no people")
    people = {name: size for name, size in sizes.items() if size}
    hidden = {name for name, size in people.items() if size < least}
    loose = [ungrouped] if 0 < ungrouped < least else []
    if not hidden and not loose:
        return frozenset()
    for name in sorted(people.keys() - hidden, key=lambda name: (people[name], name)):
        if _enough([people[each] for each in hidden] + loose, least):
            break
        hidden.add(name)
    return frozenset(hidden)


def pool(
    *,
    code: str,
    number: int,
    area: str,
    groups: Sequence[GroupCounts],
    ungrouped: Distribution,
    least: int,
    confidential: bool,
    answered: Mapping[str, int] | None = None,
) -> ActionCounts:
    """One action's ratings, made safe to store: done once, when the round freezes.

    ``groups`` holds every group of which somebody answered the round, also one that gave this action no
    level (with its empty distribution). ``ungrouped`` are the ratings of the people in no group.
    ``answered`` is how many of each group (by key) answered the round, with those of no group under
    ``NO_GROUP``: the same for every action of a round, so that the same groups are hidden.

    In a named round nothing is hidden and only the ungrouped are pooled. In a confidential one
    the groups that :func:`~.hiding.hidden_for_action` names are added to the ungrouped and kept as one, so
    that ``pooled`` never holds 1 to ``least`` - 1 people. When the whole action has fewer than ``least``
    levels nothing of it is kept but the names of its groups.

    Raises ``ValueError`` where more people of a group said something of the action than answered the round.
    """
    whole = sum((group.distribution for group in groups), ungrouped)
    action = ActionCounts(code, number, area, whole)
    if not confidential:
        return replace(action, groups=tuple(groups), pooled=_unless_nobody(ungrouped))
    hidden = _hidden(groups, ungrouped, least, answered)
    names = tuple((group.key, group.name) for group in groups if _id(group) in hidden)
    if whole.n < least:
        return replace(action, whole=None, hidden_groups=names)
    rest = sum((group.distribution for group in groups if _id(group) in hidden), ungrouped)
    shown = tuple(
        replace(group, distribution=group.distribution.levels_only())
        for group in groups
        if _id(group) not in hidden
    )
    pooled = _unless_nobody(rest.levels_only())
    return replace(action, groups=shown, pooled=pooled, hidden_groups=names)


def with_late_groups(action: ActionCounts, names: Mapping[str, str], *, confidential: bool) -> ActionCounts:
    """Counts taken earlier, with the groups (key -> name) of which somebody answered later on.

    Nobody of them gave this action a level, so in a confidential round their cells are hidden as those of
    other silent groups are, and in a named one they say nought. No number changes.
    """
    known = {group.key for group in action.groups} | {key for key, _name in action.hidden_groups}
    late = tuple((key, name) for key, name in names.items() if key not in known)
    if confidential:
        return replace(action, hidden_groups=action.hidden_groups + late)
    empty = tuple(GroupCounts(key, name, Distribution.empty()) for key, name in late)
    return replace(action, groups=action.groups + empty)


def as_if_confidential(
    action: ActionCounts, least: int, answered: Mapping[str, int] | None = None
) -> ActionCounts:
    """The counts of a named round's action as a confidential round would keep them.

    For readers who may not see who gave which rating: a group of one person would tell them. ``answered``
    as for :func:`pool`, from the counts of the round.
    """
    return pool(
        code=action.code,
        number=action.number,
        area=action.area,
        groups=action.groups,
        ungrouped=action.pooled or Distribution.empty(),
        least=least,
        confidential=True,
        answered=answered,
    )


def at_least_answered(actions: Sequence[ActionCounts]) -> dict[str, int]:
    """How many of each group answered a named round, as far as its stored counts tell: as many as said
    something of the action of which the most did. For rounds stored before the number itself was kept.
    """
    found: dict[str, int] = {}
    for action in actions:
        loose = GroupCounts(NO_GROUP, "", action.pooled or Distribution.empty())
        for group in (*action.groups, loose):
            said = group.distribution.n + group.distribution.dont_know
            found[group.key] = max(found.get(group.key, 0), said)
    return found


def check_safe(action: ActionCounts, least: int) -> None:
    """Raise ``ValueError`` if the stored parts of a confidential action could be subtracted
    to fewer than ``least`` people: a second lock, behind :func:`pool`.
    """
    parts = [group.distribution.n for group in action.groups]
    parts += [] if action.pooled is None else [action.pooled.n]
    whole = 0 if action.whole is None else action.whole.n
    if any(part < least for part in parts) or sum(parts) != whole:
        raise ValueError(f"the stored counts of action {action.number} are not safe to show")


def _enough(hidden: Sequence[int], least: int) -> bool:
    return len(hidden) >= 2 and sum(hidden) >= least


def _id(group: GroupCounts) -> tuple[str, str]:
    """Name first, so that ties are by name; the key tells two groups of one name apart."""
    return group.name, group.key


def _hidden(
    groups: Sequence[GroupCounts], ungrouped: Distribution, least: int, answered: Mapping[str, int] | None
) -> frozenset[tuple[str, str]]:
    if answered is None:
        return _hidden_by_levels(groups, ungrouped.n, least)
    parts = {_id(group): Part(answered[group.key], group.distribution) for group in groups}
    return hidden_for_action(parts, Part(answered.get(NO_GROUP, 0), ungrouped), least)


def _hidden_by_levels(
    groups: Sequence[GroupCounts], ungrouped: int, least: int
) -> frozenset[tuple[str, str]]:
    """As it was before hiding went by who answered; goes with the last caller that does not say that."""
    sizes = {_id(group): group.distribution.n for group in groups}
    whole = sum(sizes.values()) + ungrouped
    if whole < least:
        return frozenset(sizes)
    silent = {each for each, size in sizes.items() if not size}
    return protected(sizes, least, ungrouped) | silent


def _unless_nobody(distribution: Distribution) -> Distribution | None:
    nobody = not distribution.n and not distribution.dont_know
    return None if nobody else distribution
