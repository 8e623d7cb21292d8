"""The way of a new partnership to its first round: organisations, members, the round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setup:
    """Which step comes next and which are done; ``here`` is the step whose page this is."""

    here: str
    now: str
    done: frozenset[str]


def setup(partnership, here, *, organisations, others):
    """The steps, or None once there is a round. ``others`` are the members besides the lead."""
    if partnership.rounds.exists():  # Django gives it its rounds, which stand above this app
        return None
    done = {"organisations"} if organisations else set()
    if others > 0:
        return Setup(here, "round", frozenset(done | {"members"}))
    return Setup(here, "members" if organisations else "organisations", frozenset(done))
