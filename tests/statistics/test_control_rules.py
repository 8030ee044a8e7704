"""The four rules of an XmR chart, which points carry them and what they speak of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.statistics import xmr


def rules(values, **options):
    return xmr(values, **options)["rule"].to_list()


def variation(values, better="higher", **options):
    return xmr(values, better, **options)["variation"].to_list()


def test_a_point_beyond_a_limit_is_outside_and_the_limit_itself_is_not():
    # Ranges all 2 but for 9 -> 20 -> 9, screened out: mean 131 / 13 = 10.08, limit 15.40.
    values = [9, 11, 9, 11, 9, 11, 9, 20, 9, 11, 9, 11, 9]
    assert rules(values) == [None] * 7 + ["outside"] + [None] * 5
    # Two points: mean 5, limits 5 +/- 2.66 x 10. A value is never outside limits it lies on.
    assert rules([0, 10]) == [None, None]


def test_seven_rising_points_are_a_trend_and_six_are_not():
    # Around the mean, so that no shift is seen: 4 falls to 1, rises to 7, falls back to 4.
    assert rules([4, 1, 2, 3, 4, 5, 6, 7, 4])[1:8] == ["trend"] * 7
    assert "trend" not in rules([4, 1, 2, 3, 4, 5, 6, 4, 4])


def test_a_tie_breaks_a_trend():
    assert "trend" not in rules([1, 2, 3, 4, 4, 5, 6, 7])
    assert "trend" not in rules([1, 2, 3, 0.1 + 0.2 + 3, 3.3, 5, 6, 7])


def test_a_longer_trend_is_marked_from_end_to_end():
    assert rules([5, *range(1, 10), 5]) == [None, *["trend"] * 9, None]


def test_two_of_three_near_a_limit_are_marked_and_the_third_is_not():
    # Ranges 23 x 2, 3.4, 3.9 and 4: average 57.3 / 26 = 2.204; mean 279.4 / 27 = 10.348;
    # near-limit 10.348 + 3.908 = 14.256, limit 16.210.
    values = [9, 11] * 12 + [14.4, 10.5, 14.5]
    assert rules(values) == [None] * 24 + ["two_in_three", None, "two_in_three"]


def test_two_near_the_limits_on_different_sides_are_not_two_of_three():
    # The middle one of the three lies below the mean.
    assert set(rules([9, 11] * 12 + [14.4, 9.5, 14.5])) == {None}


def test_a_point_outside_is_the_third_but_not_one_of_the_two():
    # Mean 10.57, ranges 23 x 2, 5.5, 3.9, 4: the last is outside, only one of the others near.
    frame = xmr([9, 11] * 12 + [14.9, 11.0, 20.0])
    assert frame["value"][24] > frame["near_upper"][24]
    assert frame["rule"].to_list()[24:] == [None, None, "outside"]
    with_two = xmr([9, 11] * 12 + [14.9, 14.9, 20.0])
    assert with_two["rule"].to_list()[24:] == ["two_in_three", "two_in_three", "outside"]


def test_seven_on_one_side_are_a_shift_and_a_point_on_the_mean_breaks_it():
    # Mean 10 in both; all moving ranges 2 in the first: near-limits 10 +/- 3.55.
    above = [11, 13, 11, 13, 11, 13, 11]
    below = [9, 7, 9, 7, 9, 7, 9]
    assert rules(above + below) == ["shift"] * 14
    broken = [11, 13, 11, 10, 13, 11, 13, 9, 7, 9, 10, 7, 9, 7]
    assert set(rules(broken)) == {None}


def test_differences_that_rounding_could_have_made_are_none():
    # Eleven lies within 1 of the mean of 10, so that no seven in a row are above it.
    values = [11, 13, 11, 13, 11, 13, 11, 9, 7, 9, 7, 9, 7, 9]
    assert set(xmr(values, known_within=[0.9] * 14)["rule"]) == {"shift"}
    assert set(xmr(values, known_within=[1.0] * 14)["rule"]) == {None}
    # Mean 10.24, mean range (23 x 2 + 5) / 24 = 2.125: the limit is 15.89.
    spiked = [9, 11] * 12 + [16.0]
    assert xmr(spiked)["rule"][24] == "outside"
    assert xmr(spiked, known_within=[0.5] * 25)["rule"][24] is None


def test_rounding_counts_for_the_point_that_was_rounded():
    spiked = [9, 11] * 12 + [16.0]
    # Half a case hides the spike only where it is the spike that was rounded.
    assert xmr(spiked, known_within=[0.5] * 24 + [0.0])["rule"][24] == "outside"
    assert xmr(spiked, known_within=[0.0] * 24 + [0.5])["rule"][24] is None


def test_a_step_is_one_where_both_its_ends_are_surer_than_it():
    # Seven rising by 1; 5 either side, so that no run is on one side of the mean for seven.
    rising = [2, 8, 2, 8, 2, 3, 4, 5, 6, 7, 8, 2, 8, 2, 8]
    assert xmr(rising, known_within=[0.4] * 15)["rule"][7] == "trend"
    # Between 5 and 6, at 0.6 each, there need be no step at all.
    unsure = [0.4] * 7 + [0.6] * 2 + [0.4] * 6
    assert xmr(rising, known_within=unsure)["rule"][7] is None


def test_a_point_carries_the_first_rule_that_applies():
    # Seven rising, the last of them outside.
    values = [10, 9, 10, 9, 10, 9, 10, 9, 9.5, 10, 10.5, 11, 11.5, 20]
    found = rules(values)
    assert found[7:] == ["trend"] * 6 + ["outside"]
    # Mean 95.5 / 21 = 4.55: the last ten lie above it, and seven of them rise.
    values = [0, 6] * 6 + [8, 5, 5.5, 6, 6.5, 7, 7.5, 8, 6]
    assert rules(values)[10:] == [None, *["shift"] * 2, *["trend"] * 7, "shift"]


def test_a_turning_point_belongs_to_the_later_trend():
    up_and_down = [7, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1, 7]
    assert rules(up_and_down, screen=False) == [None, *["trend"] * 13, None]
    assert variation(up_and_down, screen=False) == [
        *("common", *["improvement"] * 6, *["concern"] * 7, "common")
    ]


def test_gaps_keep_their_row_and_neither_break_nor_lengthen_a_run():
    values = [4, 1, 2, None, 3, 4, 5, None, 6, 7, 4]
    frame = xmr(values)
    assert frame["rule"].to_list() == [
        *(None, "trend", "trend", None, "trend", "trend", "trend", None, "trend", "trend", None)
    ]
    gaps = frame.filter(frame["value"].is_null())
    assert gaps["variation"].to_list() == [None, None]
    assert gaps["mean"].to_list() == [4.0, 4.0]


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        ("higher", "improvement", "concern"),
        ("lower", "concern", "improvement"),
        ("neutral", "neutral", "neutral"),
    ],
)
def test_improvement_and_concern_depend_on_the_measures_direction(better, high, low):
    shifts = [11, 13, 11, 13, 11, 13, 11, 9, 7, 9, 7, 9, 7, 9]
    assert variation(shifts, better) == [high] * 7 + [low] * 7
    outside = [9, 11, 9, 11, 9, 11, 9, 20, 9, 11, 9, 11, 9]
    assert variation(outside, better) == ["common"] * 7 + [high] + ["common"] * 5
    # The first points of a rise lie below the mean, but the slope is what speaks.
    assert variation([4, 1, 2, 3, 4, 5, 6, 7, 4], better)[1:8] == [high] * 7
    assert variation([4, 7, 6, 5, 4, 3, 2, 1, 4], better)[1:8] == [low] * 7


def test_a_point_outside_speaks_of_its_side_even_within_a_trend():
    # Mean 5, limits 2.34 and 7.66: the first two of the rise lie below, the last two above.
    frame = xmr(range(1, 10))
    assert frame["rule"].to_list() == [*["outside"] * 2, *["trend"] * 5, *["outside"] * 2]
    assert frame["variation"].to_list() == ["concern"] * 2 + ["improvement"] * 7


def test_another_direction_is_refused():
    with pytest.raises(ValueError, match="not 'up'"):
        xmr([1, 2], "up")


def windows(n, length, i):
    """Of the windows of a length in n points, those that hold point i."""
    return [range(k, k + length) for k in range(max(0, i - length + 1), min(i, n - length) + 1)]


def spelt_out(values):
    """The rules one point at a time, straight from their words."""
    frame = xmr(values)
    _, mean, lower, upper, near_lower, near_upper, *_ = frame.row(0)
    n = len(values)

    def rises(window):
        return all(values[k] < values[k + 1] for k in window[:-1])

    def falls(window):
        return all(values[k] > values[k + 1] for k in window[:-1])

    def one_side(window):
        return all(values[k] > mean for k in window) or all(values[k] < mean for k in window)

    def near(k):
        return near_upper < values[k] <= upper or lower <= values[k] < near_lower

    for i, value in enumerate(values):
        if value > upper or value < lower:
            yield "outside"
        elif any(rises(w) or falls(w) for w in windows(n, 7, i)):
            yield "trend"
        elif near(i) and any(
            one_side(w) and sum(near(k) for k in w) >= 2 for w in windows(n, 3, i)
        ):
            yield "two_in_three"
        elif any(one_side(w) for w in windows(n, 7, i)):
            yield "shift"
        else:
            yield None


# Sums of quarters: means and moving ranges that do not round, so that strict means strict.
quarters = st.lists(
    st.one_of(st.integers(36, 44), st.integers(20, 60)).map(lambda q: q / 4),
    min_size=2,
    max_size=32,
).filter(lambda values: len(values) in (2, 4, 8, 16, 32))


@given(quarters)
def test_every_point_carries_the_rule_its_words_give(values):
    assert rules(values) == list(spelt_out(values))


@given(st.lists(st.integers(0, 12), min_size=2, max_size=40))
def test_a_chart_turned_upside_down_says_the_opposite(values):
    turned = [-value for value in values]
    assert rules(turned) == rules(values)
    assert variation(turned, "lower") == variation(values, "higher")


@given(st.lists(st.integers(0, 12), min_size=2, max_size=40), st.integers(1, 1000))
def test_neither_unit_nor_origin_changes_what_a_chart_says(values, unit):
    moved = [value / unit + 5 for value in values]
    assert rules(moved) == rules(values)
