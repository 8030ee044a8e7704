"""The mean and limits of an XmR chart, and what they rest on."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.statistics import Limits, control_limits, xmr

FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_the_limits_are_those_of_the_nist_handbook():
    # NIST/SEMATECH e-Handbook 6.3.2.2: mean 50.81, average moving range 1.8778, limits
    # 55.8041 and 45.8159 with 3 / 1.128 where the field has 2.66: 0.0008 apart.
    limits = control_limits(FLOW_RATES)
    assert limits.mean == pytest.approx(50.81)
    assert (limits.lower, limits.upper) == pytest.approx((45.8159, 55.8041), abs=0.001)
    assert (limits.points, limits.moving_ranges, limits.screened_out) == (10, 9, 0)


def test_near_limits_lie_at_two_thirds_of_the_way():
    # Mean 10, moving ranges all 2: limits 10 +/- 5.32, near-limits 10 +/- 3.546667.
    limits = control_limits([9, 11] * 6)
    assert (limits.lower, limits.upper) == pytest.approx((4.68, 15.32))
    assert (limits.near_lower, limits.near_upper) == pytest.approx((6.453333, 13.546667))


@pytest.mark.parametrize(("points", "trial"), [(11, True), (12, False)])
def test_limits_of_fewer_than_twelve_points_are_trial_limits(points, trial):
    values = ([1.0, 2.0] * points)[:points]
    assert control_limits(values).trial is trial
    assert control_limits([None, *values]).trial is trial


def test_freak_moving_ranges_are_left_out_once():
    # 9, 11, ..., 9, 11 with one 40: ranges 2 x 9, then 29 and 31; average (18 + 60) / 11 = 7.09;
    # 3.267 x 7.09 = 23.2 leaves both out, and the average of the rest is 2.
    values = [9, 11] * 3 + [40] + [9, 11] * 2 + [9]
    limits = control_limits(values)
    assert limits.screened_out == 2
    assert limits.moving_ranges == 11
    mean = (9 * 6 + 11 * 5 + 40) / 12
    assert limits.mean == pytest.approx(mean)
    assert limits.upper == pytest.approx(mean + 2.66 * 2)
    whole = control_limits(values, screen=False)
    assert whole.screened_out == 0
    assert whole.upper == pytest.approx(mean + 2.66 * 78 / 11)


def test_a_moving_range_at_the_screen_itself_is_left_out():
    # Nine ranges of 1 and one of a: a = 3.267 (9 + a) / 10 where a = 29.403 / 6.733.
    a = 29.403 / 6.733
    values = [0, 1] * 5 + [1 + a]
    assert control_limits(values).screened_out == 1
    values[-1] -= 0.001
    assert control_limits(values).screened_out == 0


def test_screening_never_draws_the_limits_on_the_mean():
    # All ranges but two are zero; without those two nothing would be left.
    values = [0.0] * 8 + [5.0] + [0.0] * 8
    limits = control_limits(values)
    assert limits.screened_out == 0
    assert limits.upper - limits.mean == pytest.approx(2.66 * 10 / 16)


def test_no_moving_range_is_taken_over_a_gap():
    # Ranges 2 and 4; the step from 12 to 20 has a month without a value between.
    limits = control_limits([10, 12, None, 20, 24], screen=False)
    assert limits.mean == 16.5
    assert limits.moving_ranges == 2
    assert limits.upper == pytest.approx(16.5 + 2.66 * 3)


def test_a_single_point_and_points_between_gaps_have_a_mean_but_no_limits():
    assert control_limits([7]) == Limits(1, 0, 0, True, 7.0)
    assert control_limits([7, None, 9]) == Limits(2, 0, 0, True, 8.0)
    assert xmr([7]).rows() == [(7, 7, None, None, None, None, None, "common")]


def test_without_any_value_there_is_nothing():
    assert control_limits([None, math.nan]) == Limits(0, 0, 0, True, None)
    assert xmr([None, None]).rows() == [(None,) * 8] * 2
    assert xmr([]).rows() == []
    assert xmr([]).schema == xmr([1.0]).schema


@pytest.mark.parametrize(
    "values",
    [[0] * 20, [3.7] * 20, [0.1 + 0.2, 0.3] * 10, [1 / 3, 1 - 2 / 3] * 10, [1e9 / 3] * 20],
    ids=["zeros", "constant", "sums that round", "thirds", "large"],
)
def test_a_constant_series_flags_nothing(values):
    frame = xmr(values)
    assert frame["variation"].unique().to_list() == ["common"]
    assert frame["upper"][0] == pytest.approx(values[0])


def test_values_may_come_as_list_array_or_column():
    as_list = xmr(FLOW_RATES)
    assert xmr(np.array(FLOW_RATES)).equals(as_list)
    assert xmr(pl.Series(FLOW_RATES)).equals(as_list)
    assert as_list.columns == [
        *("value", "mean", "lower", "upper", "near_lower", "near_upper", "rule", "variation")
    ]


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=40), st.booleans())
def test_limits_surround_the_mean_unless_the_series_is_constant(values, screen):
    limits = control_limits(values, screen)
    if len(set(values)) == 1:
        assert limits.lower == limits.upper == limits.mean
    else:
        assert limits.lower < limits.near_lower < limits.mean < limits.near_upper < limits.upper
