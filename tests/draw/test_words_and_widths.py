"""Values in words, the widths of texts, ticks of axes."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.draw.axes import day_ticks, nice_ticks
from dashboard.draw.lettering import shortened, shortened_apart, width, wrapped
from dashboard.draw.values import decimals, number, percent, printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (1234, "1,234"),
        (7.0, "7"),
        (7.25, "7.3"),
        (-3, "−3"),
        (True, "yes"),
        (date(2026, 10, 8), "8 Oct 2026"),
        (datetime(2026, 10, 8, 9, 5), "8 Oct 2026, 09:05"),  # noqa: DTZ001
        ("Police", "Police"),
        (float("nan"), ""),
    ],
)
def test_values_are_printed_as_people_write_them(value: object, text: str) -> None:
    assert printed(value) == text


def test_a_column_has_one_number_of_decimals() -> None:
    column = [5, 2.25, None]
    assert [number(value, decimals(column)) for value in column] == ["5.0", "2.3", ""]


def test_shares_are_percentages_and_unknown_is_not_zero() -> None:
    assert percent(0.816) == "82%"
    assert percent(0.0) == "0%"
    assert percent(None) == ""


def test_all_digits_have_the_same_width() -> None:
    assert len({width(digit, 16, bold) for digit in "0123456789" for bold in (False,)}) == 1


@given(st.text(max_size=80), st.floats(20, 400))
def test_a_shortened_text_fits(text: str, room: float) -> None:
    assert width(shortened(text, room)) <= room


@given(st.text("abc def,", max_size=80), st.floats(40, 400))
def test_wrapped_lines_fit(text: str, room: float) -> None:
    assert all(width(line) <= room for line in wrapped(text, room))


@given(st.lists(st.text("abc ,", min_size=1, max_size=40), max_size=6), st.floats(60, 300))
def test_names_shortened_apart_fit(names: list[str], room: float) -> None:
    assert all(width(name) <= room for name in shortened_apart(names, room))


@given(st.floats(1e-4, 1e7))
def test_ticks_are_few_and_never_zero(top: float) -> None:
    ticks = nice_ticks(top)
    assert 0 < len(ticks) <= 3
    assert 0 < ticks[0] <= ticks[-1] <= top * (1 + 1e-9)


def test_counts_have_whole_ticks() -> None:
    assert nice_ticks(1) == [1]
    assert nice_ticks(9) == [4, 8]
    assert nice_ticks(290) == [100, 200]
    assert nice_ticks(0) == []


def test_a_financial_year_has_the_first_months_of_its_quarters() -> None:
    ticks = day_ticks(date(2026, 4, 1), date(2027, 3, 31), 350)
    assert [label for _, label in ticks] == ["Apr", "Jul", "Oct", "Jan"]


def test_beyond_a_year_ticks_carry_the_year_once() -> None:
    ticks = day_ticks(date(2025, 10, 1), date(2027, 3, 31), 616)
    assert [label for _, label in ticks] == [
        "Oct 2025",
        "Jan 2026",
        "Apr",
        "Jul",
        "Oct",
        "Jan 2027",
    ]


def test_many_years_are_named_by_their_januaries() -> None:
    ticks = day_ticks(date(2024, 3, 21), date(2027, 3, 31), 200)
    assert ticks == [
        (date(2025, 1, 1), "2025"),
        (date(2026, 1, 1), "2026"),
        (date(2027, 1, 1), "2027"),
    ]


def test_a_month_alone_has_weeks() -> None:
    ticks = day_ticks(date(2026, 10, 5), date(2026, 10, 31), 600)
    assert [label for _, label in ticks] == ["5 Oct", "12 Oct", "19 Oct", "26 Oct"]
