"""MARAC hearings of service users: how many, how many repeats, how long until they are heard."""

from datetime import date
from typing import Literal

import polars as pl

from queries import stretches, words
from queries.comparisons import YEAR, Then, beside, chosen
from queries.notes import with_notes
from queries.view import View

Area = Literal["county", "district"]

# The parts of the hearings: null where the victim-survivor is not named.
PARTS = {
    "repeat": pl.col("repeat").fill_null(value=False),
    "other": (~pl.col("repeat")).fill_null(value=False),
    "unnamed": pl.col("repeat").is_null(),
}


def by_month(view: View) -> pl.LazyFrame:
    """A row a month: `start`, `end`, `partial`, `heard`, the counts of `PARTS`, `share`.

    `share` is of repeats, of those with the victim-survivor named; `year_earlier` hearings of the
    same month a year before; `note` what was noted. Null before the first hearing.
    """
    periods = stretches.last(view, "month")
    heard = view.numbers("marac")
    counted = periods.place(heard).group_by("period").agg(_counts())
    then = stretches.counts(heard, stretches.a_year_before(periods, "month"), YEAR)
    rows = (
        periods.frame()
        .lazy()
        .join(counted, on="period", how="left")
        .join(then, on="period", how="left")
        .join(heard.select(first=pl.col("on").min()), how="cross")
        .with_columns(
            pl.when(pl.col("first") <= pl.col("end")).then(pl.col(name).fill_null(0))
            for name in ("heard", *PARTS)
        )
        .with_columns(_share())
        .filter(pl.col("first").is_not_null())
    )
    return with_notes(rows, view, periods).drop("first", "period").sort("start")


def month_rows(view: View, start: date, part: str | None) -> pl.LazyFrame:
    """The hearings behind a month's column, one of its parts, or the same month a year earlier."""
    month = stretches.beginning(view, "month", start, part)
    return _part(view.numbers("marac").filter(Then(month, view.as_at).rows), part)


def named(start: date) -> str:
    """The hearings of a month, as a heading."""
    return f"Heard in {words.month(start)}"


def how_many_heard(rows: pl.DataFrame) -> str:
    """The hearings of the last complete month, against a year before."""
    full = rows.filter(~pl.col("partial"), pl.col("heard").is_not_null())
    if full.is_empty():
        return "No month is complete yet"
    last = full.row(-1, named=True)
    heard = words.counted(last["heard"], "hearing")
    said = f"{words.month(last['start'])} had {heard}"
    if last[YEAR] is None:
        return said
    change = words.change(last["heard"], last[YEAR])
    than = f"{change} {'as' if change == 'as many' else 'than'} a year before"
    return words.fit(f"{said}, {than}", said, limit=words.WIDE)


def by_area(view: View, area: Area) -> pl.LazyFrame:
    """A row a county or district with hearings now or a year earlier, most first.

    `name`, `heard`, the counts of `PARTS`, `named`, `share` (repeats, of those named),
    `median_days` (referral to hearing, of the `timed` with both days), `just_before` and
    `year_earlier` (hearings).
    """

    def count(then: Then) -> pl.LazyFrame:
        days = (pl.col("on") - pl.col("referred_on")).dt.total_days()
        rows = _named(view, area, view.numbers("marac").filter(then.rows))
        timed = days.count().cast(pl.Int64)
        return rows.group_by("name").agg(*_counts(), median_days=days.median(), timed=timed)

    return (
        beside(view, "marac", "name", "heard", count)
        .with_columns(pl.col(list(PARTS)).fill_null(0))
        .with_columns(_share(), named=pl.col("repeat") + pl.col("other"))
        .sort("heard", "name", descending=[True, False])
    )


def area_rows(view: View, area: Area, name: str, part: str | None) -> pl.LazyFrame:
    """The hearings behind one bar of `by_area`, one of its parts, or of another period."""
    rows = _named(view, area, view.numbers("marac").filter(chosen(view, part).rows))
    return _part(rows.filter(pl.col("name") == name), part)


def how_many_repeats(rows: pl.DataFrame) -> str:
    """How many of the hearings were repeats."""
    heard, named = int(rows["heard"].sum()), int(rows["named"].sum())
    if not heard:
        return "No hearing in this period"
    if not named:
        return f"{words.sentence(words.counted(heard, 'hearing'))}; no pair is recorded"
    if named == heard == 1:
        return f"One hearing, {'a repeat' if rows['repeat'].sum() else 'not a repeat'}"
    repeats = words.share_of(int(rows["repeat"].sum()), named, "hearings")
    known = "" if named == heard else ", where the pair is known,"
    return words.fit(f"{repeats}{known} were repeats", f"{repeats} were repeats", limit=words.WIDE)


def _counts() -> list[pl.Expr]:
    counts = [part.sum().cast(pl.Int64).alias(name) for name, part in PARTS.items()]
    return [pl.len().cast(pl.Int64).alias("heard"), *counts]


def _share() -> pl.Expr:
    named = pl.col("repeat") + pl.col("other")
    return pl.when(named > 0).then(pl.col("repeat") / named).alias("share")


def _part(rows: pl.LazyFrame, part: str | None) -> pl.LazyFrame:
    """The rows of a part; of the share, those of a known pair, and of days those with both."""
    behind = {
        **PARTS,
        "share": pl.col("repeat").is_not_null(),
        "median_days": pl.col("on").is_not_null() & pl.col("referred_on").is_not_null(),
    }
    return rows.filter(behind[part]) if part in behind else rows


def _named(view: View, area: Area, rows: pl.LazyFrame) -> pl.LazyFrame:
    column = "name" if area == "district" else "county_name"
    return rows.join(view.numbers("areas").select("area", name=column), on="area", how="left")
