"""Intervals of proportions against published tables, and what must always hold of them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.statistics import proportion_difference, wilson, wilson_bounds


@pytest.mark.parametrize(
    ("count", "n", "lower", "upper"),
    [
        # Newcombe 1998 (17: 857-872), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_that_of_newcombes_table(count, n, lower, upper):
    assert wilson(count, n) == pytest.approx((lower, upper), abs=5e-5)


def test_wilson_at_another_confidence_by_hand():
    # p = 0.5, n = 4, z = 3.0902: (0.5 + 1.1937 -/+ 3.0902 sqrt(0.0625 + 0.1492)) / (1 + 2.3873)
    assert wilson(2, 4, confidence=0.998) == pytest.approx((0.0802, 0.9198), abs=5e-4)


@pytest.mark.parametrize(("count", "n"), [(0, 0), (None, 5), (3, None), (None, None)])
def test_without_a_denominator_or_a_count_there_is_no_interval(count, n):
    assert wilson(count, n) == (None, None)


def test_the_ends_are_exact_where_nothing_or_all_is_counted():
    assert wilson(0, 7)[0] == 0
    assert wilson(7, 7)[1] == 1


def test_columns_give_what_single_numbers_give_with_null_for_unknown():
    count = pl.Series([81, 0, None, 3])
    n = pl.Series([263, 0, 9, 3])
    lower, upper = wilson_bounds(count, n)
    assert list(zip(lower, upper, strict=True)) == [
        wilson(81, 263),
        (None, None),
        (None, None),
        wilson(3, 3),
    ]
    assert wilson_bounds(np.array([81]), np.array([263]))[0].to_list() == [lower[0]]


@pytest.mark.parametrize(("count", "n"), [(6, 5), (-1, 5), (1, -5)])
def test_a_count_outside_its_denominator_is_refused(count, n):
    with pytest.raises(ValueError, match="count"):
        wilson(count, n)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, confidence)


@given(st.data(), st.integers(1, 10_000))
def test_wilson_holds_the_share_and_mirrors(data, n):
    count = data.draw(st.integers(0, n))
    lower, upper = wilson(count, n)
    assert 0 <= lower <= count / n <= upper <= 1
    assert wilson(n - count, n) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)
    wide_lower, wide_upper = wilson(count, n, confidence=0.998)
    assert wide_lower <= lower
    assert upper <= wide_upper


@pytest.mark.parametrize(
    ("one", "other", "lower", "upper"),
    [
        # Newcombe 1998 (17: 873-890), table II, method 10, contrasts (a) to (h).
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_difference_is_that_of_newcombes_table(one, other, lower, upper):
    assert proportion_difference(*one, *other) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize("numbers", [(1, 0, 1, 2), (1, 2, 0, 0), (None, 2, 1, 2), (1, 2, 1, None)])
def test_a_difference_needs_both_denominators(numbers):
    assert proportion_difference(*numbers) == (None, None)
