"""The months or weeks that a chart over time shows, and the same ones a year earlier."""

from datetime import date, timedelta
from typing import Literal

import polars as pl

from queries import words
from queries.comparisons import YEAR
from queries.periods import DAY, Period, Periods, monday, months, months_before, weeks, year_earlier
from queries.view import View

Step = Literal["month", "week"]
LENGTH: dict[Step, int] = {"month": 12, "week": 26}
_YEAR_OF_WEEKS = timedelta(weeks=52)


def last(view: View, step: Step) -> Periods:
    """The last 12 months or 26 weeks up to the end of the view; the running one is partial."""
    count = LENGTH[step] - 1
    if step == "month":
        return months(months_before(view.end, count), view.end)
    return weeks(monday(view.end) - timedelta(weeks=count), view.end)


def a_year_before(periods: Periods, step: Step) -> Periods:
    """The same months a year earlier, or the weeks 52 weeks earlier; a running one cut alike."""
    return Periods(tuple(_year_before(period, step) for period in periods.each))


def counts(rows: pl.LazyFrame, periods: Periods, name: str) -> pl.LazyFrame:
    """`period` and the number of events in it; null for a period before the first event of all."""
    counted = periods.place(rows).group_by("period").agg(pl.len().cast(pl.Int64).alias(name))
    first = rows.select(first=pl.col("on").min())
    return (
        periods.frame()
        .lazy()
        .join(counted, on="period", how="left")
        .join(first, how="cross")
        .select("period", pl.when(pl.col("first") <= pl.col("end")).then(pl.col(name).fill_null(0)))
    )


def shown_in_words(view: View, step: Step) -> str:
    """ "12 months to November 2026" or "26 weeks to 21 November 2026"."""
    to = words.month(view.end) if step == "month" else words.day(view.end)
    return f"{LENGTH[step]} {step}s to {to}"


def beginning(view: View, step: Step, start: date, part: str | None = None) -> Period:
    """The month or week of the chart that begins on a day; of `year_earlier` that of then."""
    shown = next(period for period in last(view, step).each if period.start == start)
    return _year_before(shown, step) if part == YEAR else shown


def name_of(start: date, step: Step) -> str:
    """What begins on a day, in a sentence: "October 2026", "the week of 2 November 2026"."""
    return words.month(start) if step == "month" else f"the week of {words.day(start)}"


def _year_before(period: Period, step: Step) -> Period:
    if step == "week":
        return Period(period.start - _YEAR_OF_WEEKS, period.end - _YEAR_OF_WEEKS, period.partial)
    if period.partial:
        return Period(year_earlier(period.start), year_earlier(period.end), partial=True)
    return Period(months_before(period.start, 12), months_before(period.start, 11) - DAY)
