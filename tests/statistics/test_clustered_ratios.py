"""The linearised interval of a ratio whose rows come in clusters."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.statistics import clustered_ratio, clustered_ratio_bounds


def sums(y, x):
    y, x = np.array(y, dtype=float), np.array(x, dtype=float)
    return len(y), y.sum(), x.sum(), (y * y).sum(), (x * y).sum(), (x * x).sum()


def test_three_people_by_hand():
    # y 1, 2, 3 over x 2, 2, 2: ratio 1, residuals -1, 0, 1; variance 3/2 x 2 / 36;
    # t with 2 degrees of freedom 4.302653: half width 4.302653 x 0.288675 = 1.242069
    assert clustered_ratio(*sums([1, 2, 3], [2, 2, 2])) == pytest.approx(
        (1 - 1.242069, 1 + 1.242069), abs=1e-6
    )


def test_clusters_of_one_row_give_students_interval_of_a_mean():
    # Hours of sleep gained on the first drug, Student 1908; R's t.test gives these limits.
    sleep = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    assert clustered_ratio(*sums(sleep, np.ones(10))) == pytest.approx(
        (-0.5297804, 2.0297804), abs=1e-7
    )


def test_repeated_events_of_one_person_widen_the_interval():
    # 12 people, 24 events each way; once spread evenly, once eight of them one person's.
    spread = [2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1, 3]
    bunched = [8, 1, 2, 1, 1, 2, 2, 1, 2, 1, 1, 2]
    before = [2] * 12
    narrow, wide = (clustered_ratio(*sums(after, before)) for after in (spread, bunched))
    assert sum(narrow) / 2 == pytest.approx(1)
    assert sum(wide) / 2 == pytest.approx(1)
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


@pytest.mark.parametrize(
    ("y", "x"),
    [([], []), ([1], [2]), ([0, 0], [0, 0]), ([1, 2], [1, 2]), ([0.1, 0.2, 0.3], [1, 2, 3])],
    ids=["none", "one cluster", "no denominator", "all alike", "all alike but for rounding"],
)
def test_where_nothing_is_known_of_the_spread_there_is_no_interval(y, x):
    assert clustered_ratio(*sums(y, x)) == (None, None)


def test_columns_give_what_single_numbers_give_with_null_for_unknown():
    known, unknown = sums([1, 2, 3], [2, 2, 2]), (3, None, 6.0, 14.0, 12.0, 12.0)
    columns = [pl.Series([a, b]) for a, b in zip(known, unknown, strict=True)]
    lower, upper = clustered_ratio_bounds(*columns)
    assert list(zip(lower, upper, strict=True)) == [clustered_ratio(*known), (None, None)]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=2, max_size=30),
    st.integers(2, 9),
)
def test_the_unit_of_the_numerator_only_scales(rows, factor):
    y, x = zip(*rows, strict=True)
    once = clustered_ratio(*sums(y, x))
    scaled = clustered_ratio(*sums([factor * each for each in y], x))
    if once == (None, None):
        assert scaled == (None, None)
    else:
        assert scaled == pytest.approx([factor * end for end in once], abs=1e-6)
