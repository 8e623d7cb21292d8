"""Which shade a mean has in a table of means: five steps from low to high.

The shades turn where the readings do, at 3 and at 4, and once between on either side. Figures always stand
on them, so that nothing is said by colour alone.
"""

STEPS_FROM = (2.5, 3.0, 3.5, 4.0)


def step(mean: float | None) -> int | None:
    """1 below 2.5, 2 below 3.0, 3 below 3.5, 4 below 4.0, else 5; ``None`` for no mean."""
    return None if mean is None else 1 + sum(mean >= edge for edge in STEPS_FROM)
