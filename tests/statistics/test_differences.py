"""The interval of a difference from those of its sides."""

import pytest

from queries.statistics import clustered_ratio, difference_of, proportion_difference, wilson


def test_half_widths_are_added_as_squares():
    # sqrt(3² + 4²) = 5 on both sides.
    assert difference_of(10, (7, 13), 6, (2, 10)) == (-1, 9)


def test_each_end_takes_the_nearer_end_of_one_side_and_the_farther_of_the_other():
    lower, upper = difference_of(10, (4, 13), 2, (-2, 10))
    assert lower == pytest.approx(8 - (6**2 + 8**2) ** 0.5)
    assert upper == pytest.approx(8 + (3**2 + 4**2) ** 0.5)


def test_of_two_proportions_it_is_newcombes_method_10():
    # Newcombe 1998, table II, contrast a: 56/70 less 48/80.
    lower, upper = difference_of(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    assert (round(lower, 4), round(upper, 4)) == (0.0524, 0.3339)
    assert (lower, upper) == proportion_difference(56, 70, 48, 80)


@pytest.mark.parametrize(
    ("one", "other"),
    [((None, (None, None)), (6, (2, 10))), ((10, (7, 13)), (6, (None, None)))],
)
def test_what_is_missing_on_one_side_is_missing_in_the_difference(one, other):
    assert difference_of(*one, *other) == (None, None)


def test_without_a_spread_there_is_no_interval_to_take_a_difference_of():
    assert difference_of(1, clustered_ratio(3, 3, 3, 3, 3, 3), 0.5, (0.2, 0.8)) == (None, None)
