"""Numbers, dates and lists as sentences say them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import words


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "zero"), (2, "two"), (9, "nine"), (10, "10"), (1234567, "1,234,567"), (-3, "−3")],
)
def test_numbers_up_to_nine_are_words(value, said):
    assert words.number(value) == said


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (1234.5, 0, "1,235"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (-0.4, 0, "0"),
        (7.25, 1, "7.3"),
        (7, 1, "7.0"),
        (0.1 + 0.2, 1, "0.3"),
        (None, 0, "not known"),
    ],
)
def test_figures_have_thousands_and_round_a_half_up(value, places, said):
    assert words.figure(value, places) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "no cases"), (1, "one case"), (2, "two cases"), (10, "10 cases"), (1000, "1,000 cases")],
)
def test_what_is_counted_agrees_with_its_number(value, said):
    assert words.counted(value, "case") == said


def test_other_plurals_are_given():
    assert words.counted(3, "child", "children") == "three children"
    assert words.counted(1, "child", "children") == "one child"


@pytest.mark.parametrize(
    ("value", "n", "said"),
    [
        (0.824, 85, "82%"),
        (0.825, None, "83%"),
        (0.285, 200, "29%"),
        (0, 40, "0%"),
        (1, 40, "100%"),
        (0.004, 250, "under 1%"),
        (0.996, 250, "over 99%"),
        (7 / 9, 9, "7 of 9"),
        (0.7, 10, "70%"),
        (None, 40, "not known"),
        (0.5, 0, "not known"),
        (-0.6, None, "−60%"),
    ],
)
def test_shares_are_percentages_from_ten_on(value, n, said):
    assert words.share(value, n) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(10, 15, "five fewer"), (27, 15, "12 more"), (15, 15, "as many"), (1, 0, "one more")],
)
def test_a_change_in_a_count(now, before, said):
    assert words.change(now, before) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (0.76, 0.73, "up 3 points"),
        (0.72, 0.73, "down 1 point"),
        (0.734, 0.726, "unchanged"),
        (0.7549, 0.7451, "unchanged"),
        (0.755, 0.7449, "up 2 points"),
        (None, 0.7, "not known"),
        (0.7, None, "not known"),
    ],
)
def test_a_change_in_a_share_is_that_of_the_percentages_shown(now, before, said):
    assert words.change_in_points(now, before) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "no days"),
        (1, "one day"),
        (23, "23 days"),
        (28, "four weeks"),
        (30, "about four weeks"),
        (77, "11 weeks"),
        (80, "about 11 weeks"),
    ],
)
def test_a_length_of_time(days, said):
    assert words.lasting(days) == said


def test_dates():
    assert words.day(date(2024, 3, 21)) == "21 March 2024"
    assert words.month(date(2026, 9, 1)) == "September 2026"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 4, 1), date(2026, 10, 31), "1 April to 31 October 2026"),
        (date(2026, 10, 1), date(2026, 10, 31), "1 to 31 October 2026"),
        (date(2025, 11, 1), date(2026, 3, 31), "1 November 2025 to 31 March 2026"),
        (date(2025, 10, 1), date(2026, 10, 31), "1 October 2025 to 31 October 2026"),
        (date(2024, 3, 21), date(2024, 3, 21), "21 March 2024"),
    ],
)
def test_a_period_leaves_out_what_repeats(start, end, said):
    assert words.period(start, end) == said


@pytest.mark.parametrize(
    ("items", "said"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list(items, said):
    assert words.listed(items) == said


def test_a_sentence_begins_with_a_capital_and_names_keep_theirs():
    assert words.sentence("two cases in Milton Keynes") == "Two cases in Milton Keynes"
    assert words.sentence("") == ""


def test_the_first_that_fits_is_said_and_else_the_last():
    said = ("referrals have fallen by five", "referrals fell by five", "five fewer")
    assert words.fit(*said, limit=29) == said[0]
    assert words.fit(*said, limit=28) == said[1]
    assert words.fit(*said, limit=3) == said[2]


@given(st.floats(0, 1), st.integers(10, 10_000))
def test_only_nothing_is_0_and_only_all_is_100_per_cent(value, n):
    said = words.share(value, n)
    assert (said == "0%") == (value == 0)
    assert (said == "100%") == (value == 1)
