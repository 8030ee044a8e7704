"""How long things take: days from one step to the next, as a distribution."""

from typing import Literal

import polars as pl

from queries import words
from queries.comparisons import BEFORE, YEAR, Then, beside, now
from queries.view import View

Wait = Literal["decision", "allocation", "hearing"]
WEEK, BINS = 7, 13  # days in a bar, and bars; what took longer stands in the last one
LONGER = WEEK * (BINS - 1)

# The facts a wait is read from, the day they are placed on being its end; and its rows.
_ENDED = {"decision": "decisions", "allocation": "allocations", "hearing": "marac"}
_DONE = {"decision": "decided", "allocation": "allocated", "hearing": "heard"}


def ended(view: View, wait: Wait) -> pl.LazyFrame:
    """The rows of a wait that is over, with its `days`."""
    rows = view.numbers(_ENDED[wait])
    if wait == "decision":
        return rows.filter("first")
    if wait == "hearing":
        days = (pl.col("on") - pl.col("referred_on")).dt.total_days()
        return rows.with_columns(days=days)
    return rows


def distribution(view: View, wait: Wait) -> pl.LazyFrame:
    """A row a week of waiting, from none: of what ended in the period.

    `from_days`, `to_days` (null for the last, which has all that took longer), `name`,
    `count`, `just_before`, `year_earlier`; on all rows `median`, `slow` (nine tenths took no
    longer), `n`.
    """
    bins = [index * WEEK for index in range(BINS)]
    every = pl.LazyFrame({"from_days": bins}, schema={"from_days": pl.Int64})

    def count(then: Then) -> pl.LazyFrame:
        return (
            _binned(ended(view, wait).filter(then.rows))
            .group_by("from_days")
            .agg(count=pl.len().cast(pl.Int64))
        )

    whole = (
        ended(view, wait)
        .filter(now(view).rows)
        .select(
            median=pl.col("days").median(),
            slow=pl.col("days").quantile(0.9, "higher"),
            n=pl.col("days").count().cast(pl.Int64),
        )
    )
    counted = beside(view, _ENDED[wait], "from_days", "count", count)
    is_last = pl.col("from_days") == LONGER
    until = pl.col("from_days") + WEEK - 1
    return (
        every.join(counted, on="from_days", how="left", maintain_order="left")
        .with_columns(
            pl.col("count").fill_null(0),
            *(
                pl.when(pl.col(column).is_not_null().any()).then(pl.col(column).fill_null(0))
                for column in (BEFORE, YEAR)
            ),
        )
        .join(whole, how="cross", maintain_order="left")
        .filter(pl.col("n") > 0)
        .with_columns(
            to_days=pl.when(~is_last).then(until),
            name=pl.when(is_last)
            .then(pl.format("{} days or more", "from_days"))
            .otherwise(pl.format("{} to {} days", "from_days", until)),
        )
    )


def within(view: View, wait: Wait, from_days: int) -> pl.LazyFrame:
    """The rows behind one bar of the distribution."""
    rows = ended(view, wait).filter(now(view).rows)
    return _binned(rows).filter(pl.col("from_days") == from_days)


def how_long(rows: pl.DataFrame, wait: Wait, limit: int) -> str:
    """How long half of them took, and how long the slowest tenth."""
    row = rows.row(0, named=True)
    half = f"{words.figure(row['median'], _places(row['median']))} days"
    slow = words.figure(row["slow"])
    return words.fit(
        f"Half were {_DONE[wait]} within {half}, nine in ten within {slow}",
        f"Half were {_DONE[wait]} within {half}",
        limit=limit,
    )


def n_of(rows: pl.DataFrame) -> str:
    """How many the distribution is of."""
    return f"n = {words.figure(rows['n'][0])}."


def facts_of(wait: Wait) -> str:
    """The facts whose rows a wait is made of."""
    return _ENDED[wait]


def _binned(rows: pl.LazyFrame) -> pl.LazyFrame:
    week = (pl.col("days") // WEEK * WEEK).clip(0, LONGER)
    return rows.with_columns(from_days=week.cast(pl.Int64))


def _places(value: float) -> int:
    return 0 if value.is_integer() else 1
