"""Funnel limits: exact, and outside them only what chance seldom does."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from queries.statistics import funnel_limits


def test_ten_cases_around_a_half_by_hand():
    # At most 1 of 10: 11/1024; at most 2: 56/1024 = 0.0546875, the first not below 0.025.
    # Interpolated: (2 - (0.0546875 - 0.025) / (45/1024)) / 10 = 0.132444; above by symmetry.
    row = funnel_limits([10], 0.5).row(0)
    assert row == pytest.approx((10, 0.132444, 0.867556), abs=1e-6)


def test_three_cases_around_nine_tenths_by_hand():
    # At most 0: 0.001; at most 1: 0.028. 99.8%: 0.001 is not below 0.001, so the count is 0,
    # and (0 - (0.001 - 0.001) / 0.001) / 3 = 0. 95%: (1 - (0.028 - 0.025) / 0.027) / 3 = 0.2963.
    assert funnel_limits([3], 0.9, confidence=0.95)["lower"].item() == pytest.approx(8 / 27)
    assert funnel_limits([3], 0.9, confidence=0.998)["lower"].item() == pytest.approx(0, abs=1e-9)
    assert funnel_limits([3], 0.9)["upper"].item() == 1


@pytest.mark.parametrize("confidence", [0.95, 0.998])
@pytest.mark.parametrize("centre", [0.03, 0.3, 0.5, 0.82])
def test_outside_is_exactly_what_has_less_than_its_share_of_chance(centre, confidence):
    side = (1 - confidence) / 2
    for n, lower, upper in funnel_limits(range(1, 61), centre, confidence).iter_rows():
        count = np.arange(n + 1)
        below = binom.cdf(count, n, centre) < side - 1e-12
        above = binom.sf(count - 1, n, centre) < side - 1e-12
        assert np.array_equal(count / n < lower - 1e-12, below), n
        assert np.array_equal(count / n > upper + 1e-12, above), n


@given(st.integers(1, 100_000), st.floats(0, 1), st.sampled_from([0.95, 0.998]))
def test_limits_hold_the_centre_and_stay_between_nothing_and_all(n, centre, confidence):
    _, lower, upper = funnel_limits([n], centre, confidence).row(0)
    assert 0 <= lower <= centre + 1e-9
    assert centre - 1e-9 <= upper <= 1


def test_limits_narrow_towards_the_normal_ones():
    # 0.82 +/- 1.96 sqrt(0.82 x 0.18 / 100000)
    _, lower, upper = funnel_limits([100_000], 0.82).row(0)
    assert (lower, upper) == pytest.approx((0.817619, 0.822381), abs=1e-5)


def test_an_area_without_cases_and_a_whole_without_a_rate_have_no_limits():
    frame = funnel_limits(pl.Series([0, None, 5]), 0.5)
    assert frame["lower"].is_null().to_list() == [True, True, False]
    assert frame["denominator"].to_list() == [0, None, 5]
    assert funnel_limits([5], None).row(0) == (5, None, None)
    assert funnel_limits([], 0.5).shape == (0, 3)


@pytest.mark.parametrize("centre", [0, 1])
def test_where_the_whole_has_none_or_all_every_other_share_lies_outside(centre):
    assert funnel_limits([5, 0], centre)["lower"].to_list() == [centre, None]
    assert funnel_limits([5, 0], centre)["upper"].to_list() == [centre, None]


def test_a_centre_that_is_no_proportion_is_refused():
    with pytest.raises(ValueError, match="0 to 1, not 82"):
        funnel_limits([10], 82)
