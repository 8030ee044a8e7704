"""Periods by name: financial years from 1 April, only complete months and quarters."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.shell.periods import presets

LAUNCH = date(2024, 3, 21)


def test_on_the_last_day_of_a_month_that_month_is_complete() -> None:
    assert presets(date(2026, 10, 31), LAUNCH) == {
        "Financial year to date": (date(2026, 4, 1), date(2026, 10, 31)),
        "Last 12 complete months": (date(2025, 11, 1), date(2026, 10, 31)),
        "Last complete month": (date(2026, 10, 1), date(2026, 10, 31)),
        "Last complete quarter": (date(2026, 7, 1), date(2026, 9, 30)),
        "Since launch": (date(2024, 3, 21), date(2026, 10, 31)),
    }


def test_within_a_month_the_one_before_is_the_last() -> None:
    named = presets(date(2026, 1, 15), LAUNCH)
    assert named["Financial year to date"] == (date(2025, 4, 1), date(2026, 1, 15))
    assert named["Last complete month"] == (date(2025, 12, 1), date(2025, 12, 31))
    assert named["Last complete quarter"] == (date(2025, 10, 1), date(2025, 12, 31))


def test_before_the_launch_there_is_nothing_since_it() -> None:
    assert "Since launch" not in presets(date(2024, 3, 20), LAUNCH)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_period_ends_after_the_day(as_at: date) -> None:
    for start, end in presets(as_at, LAUNCH).values():
        assert start <= end <= as_at
