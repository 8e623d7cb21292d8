"""Made-up rounds for the tests of disclosure control and of results."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.analysis import (
    ActionCounts,
    Distribution,
    GroupCounts,
    Results,
    RoundCounts,
    Rules,
    Turnout,
    analyse,
    pool,
)

NOBODY = Distribution.empty()


def everybody_gives(level: int, people: int) -> Distribution:
    """This many people who all give the same level."""
    counts = [0, 0, 0, 0, 0]
    counts[level - 1] = people
    return Distribution(tuple(counts))


def action(
    groups: Mapping[str, Distribution],
    ungrouped: Distribution = NOBODY,
    *,
    number: int = 1,
    area: str = "places",
    rules: Rules | None = None,
) -> ActionCounts:
    """One action as it is stored at the freeze; a group's key is its name in small letters."""
    rules = rules or Rules()
    return pool(
        code=f"action-{number}",
        number=number,
        area=area,
        groups=[GroupCounts(name.lower(), name, each) for name, each in groups.items()],
        ungrouped=ungrouped,
        least=rules.least,
        confidential=rules.confidential,
    )


def whole(
    counts: tuple[int, int, int, int, int], dont_know: int = 0, *, number: int = 1, area: str = "places"
):
    """One action rated by people of no group."""
    return action({}, Distribution(counts, dont_know), number=number, area=area)


def read(*actions: ActionCounts, rules: Rules | None = None, answered: int = 30) -> Results:
    """What may be read of these actions."""
    return analyse(RoundCounts(actions, Turnout(40, answered)), rules or Rules())
