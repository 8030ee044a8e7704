"""How long things take: days from one step to the next, as a distribution."""

from typing import Literal

import polars as pl

from queries import words
from queries.comparisons import BEFORE, YEAR, Then, beside, now
from queries.view import View

Wait = Literal["decision", "allocation", "hearing"]
BARS = 16  # at most; what took longer stands in the last one
_WIDTHS = (1, 2, 5, 7, 14, 28)  # days in a bar, whichever is the least that shows it all
_BEYOND = 1.8  # all: up to this much longer than the slowest tenth

# The numbers that are of all that the distribution shows, and what they are called.
ALL_OF = {"median": "Half within", "slow": "The slowest tenth"}

# The facts a wait is read from, the day they are placed on being its end; and its rows.
_ENDED = {"decision": "decisions", "allocation": "allocations", "hearing": "marac"}
_DONE = {"decision": "decided", "allocation": "allocated", "hearing": "heard"}


def ended(view: View, wait: Wait) -> pl.LazyFrame:
    """The rows of a wait that is over, with its `days`."""
    rows = view.numbers(_ENDED[wait])
    if wait == "decision":
        return rows.filter(pl.col("first"))
    if wait == "hearing":
        days = (pl.col("on") - pl.col("referred_on")).dt.total_days()
        return rows.with_columns(days=days)
    return rows


def distribution(view: View, wait: Wait) -> pl.LazyFrame:
    """A row a bar, shortest first: how many of what ended in the period took `from_days` or more.

    `from_days`, `to_days` (null where the last bar has all that took longer), `name`, `count`,
    `just_before`, `year_earlier`; on all rows `median`, `slow` (nine tenths took no longer), `n`.
    """
    edges = _edges(view, wait)
    every = pl.LazyFrame(
        {
            "from_days": edges,
            "to_days": [*(edge - 1 for edge in edges[1:]), None],
        },
        schema={"from_days": pl.Int64, "to_days": pl.Int64},
    )

    def count(then: Then) -> pl.LazyFrame:
        rows = _binned(ended(view, wait).filter(then.rows), edges)
        return rows.group_by("from_days").agg(count=pl.len().cast(pl.Int64))

    own = ended(view, wait).filter(now(view).rows)
    whole = own.select(
        median=pl.col("days").median(),
        slow=pl.col("days").quantile(0.9, "higher"),
        n=pl.col("days").count().cast(pl.Int64),
    )
    counted = beside(view, _ENDED[wait], "from_days", "count", count)
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
            name=pl.when(pl.col("to_days").is_null())
            .then(pl.format("{} days or more", "from_days"))
            .when(pl.col("to_days") == pl.col("from_days"))
            .then(pl.format("{} days", "from_days"))
            .otherwise(pl.format("{} to {} days", "from_days", "to_days"))
        )
    )


def within(view: View, wait: Wait, from_days: int, part: str | None) -> pl.LazyFrame:
    """The rows behind one bar of the distribution; of `median` and `slow`, all it is of."""
    own = ended(view, wait).filter(now(view).rows)
    if part in ALL_OF:
        return own.filter(pl.col("days").is_not_null())
    return _binned(own, _edges(view, wait)).filter(pl.col("from_days") == from_days)


def how_long(rows: pl.DataFrame, wait: Wait, limit: int) -> str:
    """How long half of them took, and how long the slowest tenth."""
    row = rows.row(0, named=True)
    if row["n"] == 1:
        return f"One was {_DONE[wait]}, in {words.counted(int(row['median']), 'day')}"
    half = f"{words.figure(row['median'], _places(row['median']))} days"
    if row["n"] < words.SHARE_FROM:
        return f"Half were {_DONE[wait]} within {half}"
    slow = words.figure(row["slow"])
    return words.fit(
        f"Half were {_DONE[wait]} within {half}, nine in ten within {slow}",
        f"Half within {half}, nine in ten within {slow}",
        f"Half were {_DONE[wait]} within {half}",
        limit=limit,
    )


def n_of(rows: pl.DataFrame) -> str:
    """How many the distribution is of."""
    return f"n = {words.figure(rows['n'][0])}."


def named(rows: pl.DataFrame, from_days: int, part: str | None) -> str:
    """A bar of the distribution in words, "10 to 14 days", or what a rule in it is of."""
    if part in ALL_OF:
        return ALL_OF[part]
    return str(rows.filter(pl.col("from_days") == from_days)["name"][0])


def facts_of(wait: Wait) -> str:
    """The facts whose rows a wait is made of."""
    return _ENDED[wait]


def _edges(view: View, wait: Wait) -> list[int]:
    """The first day of each bar, from the waits of the period itself."""
    found = (
        ended(view, wait)
        .filter(now(view).rows)
        .select(slow=pl.col("days").quantile(0.9, "higher"), longest=pl.col("days").max())
        .collect()
        .row(0, named=True)
    )
    if found["longest"] is None:
        return [0]
    most = min(found["slow"] * _BEYOND, found["longest"])
    width = next((each for each in _WIDTHS if each * BARS > most), _WIDTHS[-1])
    return [index * width for index in range(min(BARS, int(found["longest"] // width) + 1))]


def _binned(rows: pl.LazyFrame, edges: list[int]) -> pl.LazyFrame:
    """Rows with the first day of their bar."""
    width = edges[1] if len(edges) > 1 else 1
    start = (pl.col("days") // width * width).clip(0, edges[-1])
    return rows.with_columns(from_days=start.cast(pl.Int64))


def _places(value: float) -> int:
    return 0 if value.is_integer() else 1
