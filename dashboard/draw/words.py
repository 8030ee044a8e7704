"""Values of a frame as people write them; the words themselves are those of `queries.words`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from queries import words

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: float | int | Decimal | None) -> str:
    """1234 as 1,234, a fraction with one decimal; unknown as nothing."""
    if value is None or value != value:  # NaN is the only value that differs from itself
        return ""
    return words.figure(float(value), 0 if float(value).is_integer() else 1)


def percent(value: float | None) -> str:
    """0.816 as 82%; unknown as nothing."""
    return "" if value is None or value != value else words.share(value)


def short_day(value: date) -> str:
    """8 Oct 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def printed(value: Any) -> str:
    """Any value of a frame as text; unknown as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return number(value)
    if isinstance(value, datetime):
        return f"{short_day(value)}, {value:%H:%M}"
    if isinstance(value, date):
        return short_day(value)
    return str(value)
