"""The change between two rounds as plain data, as `docs/results-data.md` describes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assessments.analysis import Between, Change


def as_data(between: Between | None, changes: Iterable[Change]) -> dict[str, Any]:
    """The change as a dict that JSON can write. ``between`` is None where nothing of it was kept.

    Counts are in people, numbers are unrounded. What disclosure control hides is ``None`` and marked by
    ``hidden``; the reading stands.
    """
    return {
        "matched": between and between.matched,
        "new": between and between.new,
        "gone": between and between.gone,
        "actions": [_action(change) for change in changes],
    }


def _action(change: Change) -> dict[str, Any]:
    return {
        "number": change.number,
        "code": change.code,
        "comparable": change.comparable,
        "why": change.why or None,
        "lower": change.lower,
        "same": change.same,
        "higher": change.higher,
        "p": change.p,
        "p_holm": change.p_holm,
        "reading": change.reading.value,
        "hidden": change.hidden,
    }
