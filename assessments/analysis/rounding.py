"""Writing a number for people to read. Nothing is rounded anywhere earlier."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .bands import KEEP_WORKING_FROM, STRENGTH_FROM


def shown_mean(mean: float) -> str:
    """A mean (1.0 to 5.0) to one decimal, halves up, never rounded over a cut-off of a band.

    Where one decimal would read as the next band, two are shown, or as many as it takes:
    2.95 is ``2.95`` and 2.996 is ``2.996``, not 3.0; 3.04 is ``3.0``.
    """
    exact = Decimal(repr(float(mean)))
    places = 1
    while _crosses(exact, shown := _round(exact, places)):
        places += 1
    return str(shown)


def shown_percent(share: float) -> int:
    """A share (0.0 to 1.0) in whole per cent, halves up."""
    return int(_round(Decimal(repr(float(share))) * 100, 0))


def shown_median(median: float) -> str:
    """A median as it is said: ``3``, or ``2.5`` when it lies between two levels."""
    return str(int(median)) if float(median).is_integer() else str(median)


def _round(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _crosses(exact: Decimal, shown: Decimal) -> bool:
    return any(exact < cut_off <= shown for cut_off in (KEEP_WORKING_FROM, STRENGTH_FROM))
