"""Values of a frame as they are printed in charts and tables, in the words of `queries.words`."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from queries import words


def number(value: float | int | Decimal | None, places: int | None = None) -> str:
    """1234 as 1,234, a fraction with one decimal unless told otherwise; unknown as nothing."""
    if value is None or value != value:  # NaN is the only value that differs from itself
        return ""
    if places is None:
        places = decimals([value])
    return words.figure(float(value), places)


def decimals(values: Iterable[Any]) -> int:
    """Decimals that a column of numbers is printed with: one if any of them is a fraction."""
    known = [value for value in values if value is not None and value == value]
    return int(any(not float(value).is_integer() for value in known))


def percent(value: float | None) -> str:
    """0.816 as 82%; unknown as nothing."""
    return "" if value is None or value != value else words.share(value)


def printed(value: Any) -> str:
    """Any value of a frame as text; unknown as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return number(value)
    if isinstance(value, datetime):
        return f"{words.short_day(value)}, {value:%H:%M}"
    if isinstance(value, date):
        return words.short_day(value)
    return str(value)
