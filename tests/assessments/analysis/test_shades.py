"""The shade a mean has: the same in every table of means."""

import pytest

from assessments import analysis


@pytest.mark.parametrize(
    ("mean", "step"),
    [(None, None), (1.0, 1), (2.4999, 1), (2.5, 2), (2.9999, 2), (3.0, 3), (3.5, 4), (4.0, 5), (5.0, 5)],
)
def test_the_shade_of_a_mean(mean, step):
    assert analysis.shades.step(mean) == step
