import pytest
from hypothesis import assume, given

from assessments.analysis import Distribution, band, shown_mean, shown_median, shown_percent

from .strategies import distributions


@pytest.mark.parametrize(
    ("mean", "shown"),
    [
        (2.94, "2.9"),
        (2.95, "2.95"),
        (2.96, "2.96"),
        (2.996, "2.996"),
        (2.9996, "2.9996"),
        (3.0, "3.0"),
        (3.04, "3.0"),
        (3.05, "3.1"),
        (3.949, "3.9"),
        (3.95, "3.95"),
        (3.9999, "3.9999"),
        (4.0, "4.0"),
        (4.125, "4.1"),
        (2.25, "2.3"),
        (1.0, "1.0"),
        (5.0, "5.0"),
        (4.96, "5.0"),
        (95 / 32, "2.97"),
    ],
)
def test_a_mean_is_never_rounded_over_a_cut_off(mean, shown):
    assert shown_mean(mean) == shown


@pytest.mark.parametrize(("median", "shown"), [(3.0, "3"), (2.5, "2.5"), (1.0, "1"), (4.5, "4.5")])
def test_a_median_is_said_as_it_is(median, shown):
    assert shown_median(median) == shown


@given(distributions(300))
def test_the_shown_mean_reads_as_the_band_it_is_in(d):
    assume(d.n)
    shown = float(shown_mean(d.mean))
    assert abs(shown - d.mean) <= 0.05 + 1e-9
    lower_edge = {"needs_attention": 0, "keep_working": 3, "strength": 4}[band(d)]
    upper_edge = {"needs_attention": 3, "keep_working": 4, "strength": 6}[band(d)]
    assert lower_edge <= shown < upper_edge


def test_no_decimal_is_given_that_is_not_needed():
    assert shown_mean(Distribution((0, 0, 1, 1, 1)).mean) == "4.0"


@pytest.mark.parametrize(
    ("share", "percent"),
    [(0.235, 24), (0.2349, 23), (11 / 47, 23), (0.0, 0), (1.0, 100), (0.005, 1), (0.125, 13)],
)
def test_a_share_is_said_in_whole_per_cent_halves_up(share, percent):
    assert shown_percent(share) == percent
