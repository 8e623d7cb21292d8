"""A round's results as plain data, as `docs/results-data.md` describes them."""

from __future__ import annotations

from typing import Any

from ..analysis import ActionResult, AreaResult, AttentionEntry, Results


def as_data(
    results: Results, *, round_id: int, partnership: str, with_groups: bool = False
) -> dict[str, Any]:
    """The results as a dict that JSON can write. ``partnership`` is its slug.

    ``with_groups`` adds the groups by which the results were read. Counts are in people, levels run from
    1 to 5, numbers are unrounded. What disclosure control hides is ``None`` and marked by ``hidden``.
    """
    groups = {"groups": _groups(results)} if with_groups else {}
    return {
        "round": round_id,
        "partnership": partnership,
        "invited": results.turnout.invited,
        "answered": results.turnout.answered,
        "actions": [_action(action) for action in results.actions],
        "areas": [_area(area) for area in results.areas],
        "attention": [_entry(entry) for entry in results.attention],
        "close_to_list": list(results.close_to_list),
        "too_few": list(results.too_few),
        "not_rated": list(results.not_rated),
    } | groups


def _action(action: ActionResult) -> dict[str, Any]:
    distribution = action.distribution
    return {
        "number": action.number,
        "code": action.code,
        "n": action.n,
        "counts": None if distribution is None else list(distribution.counts),
        "dont_know": action.dont_know,
        "mean": action.mean,
        "median": action.median,
        "average_deviation": action.average_deviation,
        "consensus": action.consensus,
        "verdict": None if action.verdict is None else action.verdict.value,
        "band": None if action.band is None else action.band.value,
        "hidden": action.hidden,
        "agreed": action.agreed,
        "second": None if action.second is None else list(action.second.distribution.counts),
    }


def _area(area: AreaResult) -> dict[str, Any]:
    return {"code": area.code, "n": area.n, "mean": area.mean}


def _entry(entry: AttentionEntry) -> dict[str, Any]:
    reasons = [reason.value for reason in entry.reasons]
    return {"number": entry.number, "reasons": reasons, "firm": entry.firm}


def _groups(results: Results) -> list[dict[str, Any]]:
    """A group of which somebody answered the round is in every action that was rated, at the same place."""
    rated = [action for action in results.actions if action.rated]
    columns = zip(*(action.groups for action in rated), strict=True)
    numbers = [action.number for action in rated]
    return [
        {
            "name": cells[0].name,
            "actions": [
                {"number": number, "n": cell.n, "mean": cell.mean, "hidden": cell.hidden}
                for number, cell in zip(numbers, cells, strict=True)
            ],
        }
        for cells in columns
    ]
