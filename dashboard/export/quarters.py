"""Which quarters or year a return is of, as people write them."""

import re
from datetime import date

from dashboard.export.taking import NotTaken
from queries.periods import DAY, Period, financial_year, months_before

_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.IGNORECASE)
_OF_YEAR = re.compile(r"(\d{4})-(\d{2})-Q([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})-(\d{2})")
WRITTEN = (
    "2026-Q2 (the calendar's: April to June 2026) or 2026-27-Q1 (the financial year's, the same)"
)


def quarter(text: str) -> Period:
    """The quarter that is written so; NotTaken if nothing is."""
    if found := _QUARTER.fullmatch(text.strip()):
        return _quarter(date(_year(found[1]), 3 * int(found[2]) - 2, 1))
    if found := _OF_YEAR.fullmatch(text.strip()):
        start = _financial(text, found[1], found[2]).start
        return _quarter(months_before(start, -3 * (int(found[3]) - 1)))
    raise NotTaken(f"--quarter {text}: a quarter is written as {WRITTEN}.")


def year(text: str) -> Period:
    """The financial year that is written so: 2026-27 begins on 1 April 2026."""
    found = _YEAR.fullmatch(text.strip())
    if found is None:
        raise NotTaken(f"--year {text}: a financial year is written as 2026-27.")
    return _financial(text, found[1], found[2])


def quarters_of(whole: Period) -> list[Period]:
    """The four quarters of a financial year."""
    return [_quarter(months_before(whole.start, -3 * index)) for index in range(4)]


def last_quarter(as_at: date) -> Period:
    """The last quarter that was over on a day."""
    running = date(as_at.year, (as_at.month - 1) // 3 * 3 + 1, 1)
    this = _quarter(running)
    return this if this.end <= as_at else _quarter(months_before(running, 3))


def name_of(period: Period) -> str:
    """How the cover and the rows call it: "2026-27 Q1"."""
    first = financial_year(period.start)
    said = f"{first.year}-{(first.year + 1) % 100:02d}"
    if period.days > 100:
        return said
    return f"{said} Q{((period.start.month - 4) % 12) // 3 + 1}"


def _quarter(start: date) -> Period:
    return Period(start, months_before(start, -3) - DAY)


def _financial(text: str, first: str, second: str) -> Period:
    start = _year(first)
    if (start + 1) % 100 != int(second):
        raise NotTaken(
            f"{text}: the financial year that begins in {start} is {start}-{(start + 1) % 100:02d}."
        )
    return Period(date(start, 4, 1), date(start + 1, 3, 31))


def _year(digits: str) -> int:
    found = int(digits)
    if not 2000 <= found <= 2100:
        raise NotTaken(f"The year {digits} is out of range: 2000 to 2100.")
    return found
