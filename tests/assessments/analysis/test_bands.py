import pytest

from assessments.analysis import Band, Distribution, band


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0, 5, 0), Band.STRENGTH),
        ((0, 0, 1, 18, 0), Band.KEEP_WORKING),  # 3.947
        ((0, 0, 5, 0, 0), Band.KEEP_WORKING),
        ((0, 1, 19, 0, 0), Band.NEEDS_ATTENTION),  # 2.95
        ((5, 0, 0, 0, 0), Band.NEEDS_ATTENTION),
        ((0, 0, 0, 0, 5), Band.STRENGTH),
    ],
)
def test_bands_at_their_cut_offs(counts, expected):
    assert band(Distribution(counts)) is expected


def test_a_mean_that_floating_point_takes_for_three_is_still_below_three():
    nearly = Distribution((0, 1, 10**17, 0, 0))
    assert nearly.mean == 3.0
    assert band(nearly) is Band.NEEDS_ATTENTION


def test_nobody_is_in_no_band():
    assert band(Distribution((0, 0, 0, 0, 0), 9)) is None
