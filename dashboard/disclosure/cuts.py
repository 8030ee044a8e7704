"""The fixed list: which periods are released, for which areas, once they are closed.

The whole by week (totals on its last day), month and quarter; counties and districts by
quarter; everything by financial year; the whole since launch. Quarters are those of the financial
year, so that months, quarters and years lie within each other. Complete periods only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from queries.measure import Measure
from queries.periods import DAY, financial_year, monday, months_before

Kind = Literal["week", "month", "quarter", "year", "launch"]
Level = Literal["whole", "county", "district"]

# In the order in which they are offered.
OFFERED: dict[Level, tuple[Kind, ...]] = {
    "whole": ("week", "month", "quarter", "year", "launch"),
    "county": ("quarter", "year"),
    "district": ("quarter", "year"),
}


@dataclass(frozen=True, order=True)
class Cut:
    """One entry of the list: a period, both days included, and the level it is released for."""

    level: Level
    kind: Kind
    start: date
    end: date


def closed(launch: date, last: date) -> list[Cut]:
    """All that may be released: the periods since launch that end by the `last` day."""
    spans = {
        "week": _spans(monday(launch), last, _week_after),
        "month": _spans(launch.replace(day=1), last, _month_after),
        "quarter": _spans(_quarter(launch), last, _quarter_after),
        "year": _spans(financial_year(launch), last, _year_after),
    }
    months = spans["month"]
    spans["launch"] = [(months[0][0], months[-1][1])] if months else []
    return [
        Cut(level, kind, start, end)
        for level, kinds in OFFERED.items()
        for kind in kinds
        for start, end in spans[kind]
    ]


def first_release(launch: date, release_days: int) -> date:
    """The day on which the first month since launch may be released."""
    return _month_after(launch.replace(day=1)) - DAY + timedelta(days=release_days)


def released_here(measure: Measure, level: Level, kind: Kind) -> bool:
    """Whether a measure is in this part of the list.

    The quarters of districts have totals only: a share of so few says nothing. Weeks have totals
    on their last day only: what happened in one week is too little, and with the months it gives
    small counts away.
    """
    total = measure.out_of is None and measure.fold != "median"
    if kind == "week":
        return total and measure.reads == "state"
    return total or (level, kind) != ("district", "quarter")


def _spans(first: date, last: date, after: Callable[[date], date]) -> list[tuple[date, date]]:
    found = []
    while (following := after(first)) - DAY <= last:
        found.append((first, following - DAY))
        first = following
    return found


def _week_after(day: date) -> date:
    return day + timedelta(days=7)


def _month_after(day: date) -> date:
    return months_before(day, -1)


def _quarter_after(day: date) -> date:
    return months_before(day, -3)


def _year_after(day: date) -> date:
    return months_before(day, -12)


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
