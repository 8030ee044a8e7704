"""Days, as people and programs write them."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.intake.names import plain

LONDON = ZoneInfo("Europe/London")
# Day 0 of Excel's numbering, counted so that all days from March 1900 on come out right.
_EXCEL_START = date(1899, 12, 30)
# Of a bare number only this much is a day: 1954 to 2119. A year or a duration is not.
_EXCEL_DAYS = range(20_000, 80_000)
EARLIEST = date(1900, 1, 1)  # what is before it was mistyped
# From this two-digit year on, it is of the last century: 69 is 1969, 68 is 2068.
_PIVOT = 69

_TIME = r"(?:[T,]?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
_TIME += r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\s*" + _TIME, re.I)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_UK = re.compile(
    r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})\s*" + _TIME, re.I
)
_NAMED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<month>[a-z]{3,9})\.?,?[-/. ]+"
    r"(?P<year>\d{4}|\d{2})\s*" + _TIME,
    re.I,
)
_SERIAL = re.compile(r"(?P<day>\d{5})(?:\.\d+)?")
_MONTHS = "january february march april may june july august september october november december"
MONTHS = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}


def month_number(text: str) -> int | None:
    """1 to 12 from a number or an English name, whole or shortened to three letters or more."""
    name = plain(text)
    if name.isdigit():
        return int(name) if 1 <= int(name) <= 12 else None
    found = [number for month, number in MONTHS.items() if month.startswith(name)]
    return found[0] if len(name) >= 3 and len(found) == 1 else (9 if name == "sept" else None)


def full_year(year: int, century: int | None = None) -> int:
    """A two-digit year in full, in the century given or by the usual pivot."""
    if year >= 100:
        return year
    if century is not None:
        return century + year
    return year + (1900 if year >= _PIVOT else 2000)


def parse_day(text: str, formats: tuple[str, ...] = ()) -> date | None:
    """The day that the text says, or None.

    With `formats` (as of strptime) only those count. Without, ISO, British (day first) and Excel's
    numbers of days. A time is left out, one with a zone first being put to London's clocks.
    """
    for form in formats:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - only the day
        except ValueError:
            continue
    if formats:
        return None
    for pattern in (_ISO, _UK, _NAMED, _COMPACT):
        if match := pattern.fullmatch(text):
            return _from_match(match)
    serial = _SERIAL.fullmatch(text)
    if serial and int(serial["day"]) in _EXCEL_DAYS:
        return _EXCEL_START + timedelta(days=int(serial["day"]))
    return None


def _from_match(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = month_number(parts["month"])
    try:
        day = date(full_year(int(parts["year"])), month or 0, int(parts["day"]))
        if not parts.get("hour"):
            return day
        hour = int(parts["hour"]) % 12 if parts["half"] else int(parts["hour"])
        hour += 12 if (parts["half"] or "").lower().startswith("p") else 0
        moment = datetime(  # noqa: DTZ001 - the zone follows where there is one
            day.year, day.month, day.day, hour, int(parts["minute"]), int(parts["second"] or 0)
        )
        if zone := parts["zone"]:
            zone = zone.upper().replace("Z", "+00:00")
            return datetime.fromisoformat(f"{moment.isoformat()}{zone}").astimezone(LONDON).date()
    except ValueError:
        return None
    return day
