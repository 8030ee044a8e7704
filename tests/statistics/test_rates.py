"""Intervals of rates and their ratio against published tables."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from queries.statistics import poisson_bounds, poisson_rate, rate_ratio


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # Exact limits as tabled after Garwood 1936 (also Ulm 1990).
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (2, 0.2422, 7.225),
        (3, 0.6187, 8.767),
        (4, 1.0899, 10.242),
        (5, 1.6235, 11.668),
        (6, 2.2019, 13.060),
        (7, 2.8144, 14.423),
        (8, 3.4538, 15.763),
        (9, 4.1154, 17.085),
    ],
)
def test_below_ten_the_limits_are_exact(count, lower, upper):
    assert poisson_rate(count, 1) == pytest.approx((lower, upper), abs=6e-4)


def test_from_ten_on_the_limits_are_byars():
    # 10 (1 - 1/90 - 1.959964 / (3 sqrt 10))^3 and 11 (1 - 1/99 + 1.959964 / (3 sqrt 11))^3
    assert poisson_rate(10, 1) == pytest.approx((4.78745, 18.39146), abs=1e-5)
    # An SMR of 100 observed over 90 expected, printed as 0.9040 to 1.3514.
    assert poisson_rate(100, 90) == pytest.approx((0.9040, 1.3514), abs=5e-5)


@given(st.integers(10, 5_000))
def test_byars_is_within_a_fifth_of_a_per_cent_of_exact(count):
    # As the technical guide to confidence intervals of Public Health Data Science 2018 says.
    exact = chi2.ppf(0.025, 2 * count) / 2, chi2.ppf(0.975, 2 * count + 2) / 2
    assert poisson_rate(count, 1) == pytest.approx(exact, rel=0.002)


def test_a_rate_is_over_its_base_and_per_as_many_as_asked():
    # 5 events in 178,196 people, per 10,000: 1.6235 and 11.668 over 17.8196
    assert poisson_rate(5, 178_196, per=10_000) == pytest.approx((0.09111, 0.65481), abs=1e-4)


@pytest.mark.parametrize(("count", "base"), [(3, 0), (3, None), (None, 5), (0, 0)])
def test_without_a_base_or_a_count_there_is_no_interval(count, base):
    assert poisson_rate(count, base) == (None, None)


def test_columns_give_what_single_numbers_give_with_null_for_unknown():
    lower, upper = poisson_bounds(pl.Series([9, 10, None, 4]), pl.Series([2.0, 2.0, 2.0, 0.0]))
    assert list(zip(lower, upper, strict=True)) == [
        poisson_rate(9, 2),
        poisson_rate(10, 2),
        (None, None),
        (None, None),
    ]


def test_negative_events_are_refused():
    with pytest.raises(ValueError, match="below zero: -1"):
        poisson_rate(-1, 5)


def test_the_ratio_is_that_of_r():
    # The example of R's poisson.test: 11 in 800 against 21 in 3,011.
    assert rate_ratio(11, 800, 21, 3011) == pytest.approx((0.8584264, 4.2772659), abs=1e-7)


def test_a_ratio_to_nothing_has_no_upper_end_and_of_nothing_begins_at_zero():
    # 3 of 3: (0.025)^(1/3) = 0.29240; 0.29240 / 0.70760 = 0.41323
    assert rate_ratio(3, 1, 0, 1) == (pytest.approx(0.41323, abs=1e-5), None)
    assert rate_ratio(0, 1, 3, 1) == (0, pytest.approx(1 / 0.41323, abs=1e-4))


@pytest.mark.parametrize(
    "numbers", [(0, 1, 0, 1), (1, 0, 1, 1), (1, 1, 1, 0), (None, 1, 1, 1), (1, 1, 1, None)]
)
def test_a_ratio_needs_events_and_both_bases(numbers):
    assert rate_ratio(*numbers) == (None, None)


@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.1, 10), st.floats(0.1, 10))
def test_the_ratio_turned_round_is_its_reciprocal(count, other, base, other_base):
    lower, upper = rate_ratio(count, base, other, other_base)
    assert lower < count / base / (other / other_base) < upper
    turned = rate_ratio(other, other_base, count, base)
    assert turned == pytest.approx((1 / upper, 1 / lower), rel=1e-6)
