"""Periods: the stretches of days that a measure is read in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import polars as pl

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

DAY = timedelta(days=1)
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both included. `partial`: not all of its days are in."""

    start: date
    end: date
    partial: bool = False

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Periods:
    """Periods in order, not overlapping; a row's period is its index."""

    each: tuple[Period, ...]

    def frame(self) -> pl.DataFrame:
        """`period` (index), `start`, `end`, `partial`."""
        return self._frame

    @cached_property
    def _frame(self) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "period": range(len(self.each)),
                "start": [period.start for period in self.each],
                "end": [period.end for period in self.each],
                "partial": [period.partial for period in self.each],
            },
            schema={"period": pl.Int32, "start": pl.Date, "end": pl.Date, "partial": pl.Boolean},
        )

    @cached_property
    def starts(self) -> Numbers:
        """Their first days, counted as Polars counts days."""
        return np.array([(period.start - EPOCH).days for period in self.each], np.int64)

    @cached_property
    def ends(self) -> Numbers:
        """Their last days, likewise."""
        return np.array([(period.end - EPOCH).days for period in self.each], np.int64)

    def place(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Events within the periods, each with its `period`."""
        if not self.each:
            return rows.filter(pl.lit(value=False)).with_columns(period=pl.lit(0, pl.Int32))
        first, last = self.each[0].start, self.each[-1].end
        within = rows.filter(pl.col("on").is_between(first, last))
        if len(self.each) == 1:
            return within.with_columns(period=pl.lit(0, pl.Int32))
        lookup = np.full((last - first).days + 1, -1, np.int32)
        for index, period in enumerate(self.each):
            lookup[(period.start - first).days : (period.end - first).days + 1] = index
        return within.with_columns(period=_look_up(lookup, "on", first)).filter(
            pl.col("period") >= 0
        )

    def hold(self, spells: pl.LazyFrame, *, during: bool = False) -> pl.LazyFrame:
        """Spells that hold on the last day of a period (or touch it), a row for each."""
        if not self.each:
            return self.place(spells)
        ends = [period.end for period in self.each]
        starts = [period.start for period in self.each] if during else ends
        alive = spells.filter(
            pl.col("on") <= ends[-1], pl.col("to").is_null() | (pl.col("to") > starts[0])
        )
        if len(self.each) == 1:
            return alive.with_columns(period=pl.lit(0, pl.Int32))
        # First period that ends on or after `on`, last that starts before `to`.
        base = min(starts[0], ends[0])
        days = np.arange((ends[-1] - base).days + 2)
        offsets = np.array([(end - base).days for end in ends])
        begins = np.array([(start - base).days for start in starts])
        first = np.searchsorted(offsets, days).astype(np.int32)
        last = (np.searchsorted(begins, days) - 1).astype(np.int32)
        return (
            alive.with_columns(
                _first=_look_up(first, "on", base),
                _last=_look_up(last, "to", base).fill_null(len(ends) - 1),
            )
            .filter(pl.col("_first") <= pl.col("_last"))
            .with_columns(period=pl.int_ranges("_first", pl.col("_last") + 1, dtype=pl.Int32))
            .drop("_first", "_last")
            .explode("period")
        )


def _look_up(values: np.ndarray[tuple[int], np.dtype[np.int32]], day: str, base: date) -> pl.Expr:
    index = (pl.col(day) - pl.lit(base)).dt.total_days().clip(0, len(values) - 1)
    return pl.lit(pl.Series(values)).gather(index)


def one(start: date, end: date, *, as_at: date | None = None) -> Periods:
    """A single period; partial where it ends after `as_at`, to which it is then cut."""
    if as_at is not None and end > as_at:
        return Periods((Period(start, max(as_at, start), True),))
    return Periods((Period(start, end),))


def months(start: date, end: date) -> Periods:
    """Calendar months, the first and last cut to the days asked for and then partial."""
    return _cut(start, end, start.replace(day=1), _next_month)


def weeks(start: date, end: date) -> Periods:
    """Weeks that start on Monday, the first and last cut to the days asked for."""
    return _cut(start, end, monday(start), lambda day: day + timedelta(days=7))


def monday(day: date) -> date:
    """The Monday on which the reporting week of `day` began."""
    return day - timedelta(days=day.weekday())


def months_before(day: date, count: int) -> date:
    """The first day of the month `count` months before the month of `day`."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def year_earlier(day: date) -> date:
    """The same day a year before; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def financial_year(day: date) -> date:
    """The 1 April on which the financial year of `day` began."""
    return date(day.year - (day.month < 4), 4, 1)


def before(period: Period) -> Period:
    """The period to compare with: the one just before, whole months before whole months.

    For a financial year so far it is the same days of the year before.
    """
    if period.start == financial_year(period.end):
        return a_year_earlier(period)
    return just_before(period)


def a_year_earlier(period: Period) -> Period:
    """The same days of the year before."""
    return Period(year_earlier(period.start), year_earlier(period.end))


def just_before(period: Period) -> Period:
    """The period that ends the day before, as long: whole months before whole months."""
    last = period.start - DAY
    whole = period.start.day == 1 and (period.end + DAY).day == 1
    if whole:
        count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
        return Period(months_before(period.start, count + 1), last)
    return Period(last - timedelta(days=period.days - 1), last)


def _next_month(day: date) -> date:
    return months_before(day, -1)


def _cut(start: date, end: date, first: date, following: Callable[[date], date]) -> Periods:
    found = []
    while first <= end:
        after = following(first)
        begins, ends = max(first, start), min(after - DAY, end)
        found.append(Period(begins, ends, partial=begins != first or ends != after - DAY))
        first = after
    return Periods(tuple(found))
