"""Case managers: what each holds against their own target, and what is late with them."""

from functools import partial

import polars as pl

from queries import words
from queries.view import View

UNASSIGNED = "No case manager"


def active(view: View) -> pl.LazyFrame:
    """The active cases on the day the view is read as at."""
    return _holding(view, "caseload")


def workers(view: View) -> pl.LazyFrame:
    """A row a case manager who holds a case or has hours on the day, fullest first.

    `case_manager` (id), `name`, `cases`, `high_risk`, `other`, `quiet`, `overdue` (cases with a
    review overdue), `longest` (days the longest has been open), `target` (places in the districts
    of the view; null without hours), `load` (cases / target), `over` (cases over the target, below
    zero for room), `standing` (in words), `is_over`.
    """
    held = (
        active(view)
        .group_by("case_manager")
        .agg(
            cases=pl.len().cast(pl.Int64),
            high_risk=pl.col("high_risk").sum().cast(pl.Int64),
            longest=(pl.lit(view.as_at) - pl.col("allocated_on").min()).dt.total_days(),
        )
    )
    places = _holding(view, "places").group_by("case_manager").agg(target=pl.col("places").sum())
    late = partial(_late, view)
    names = view.numbers("case_managers").select("case_manager", "name")
    rows = (
        held.join(places, on="case_manager", how="full", coalesce=True, nulls_equal=True)
        .join(late("quiet"), on="case_manager", how="left", nulls_equal=True)
        .join(late("reviews_overdue", "overdue"), on="case_manager", how="left", nulls_equal=True)
        .join(names, on="case_manager", how="left")
        .with_columns(
            pl.col("cases", "high_risk", "quiet", "overdue").fill_null(0),
            pl.col("name").fill_null(UNASSIGNED),
        )
    )
    over = pl.col("cases") - pl.col("target").round().cast(pl.Int64)
    return rows.with_columns(
        other=pl.col("cases") - pl.col("high_risk"),
        load=pl.col("cases") / pl.col("target"),
        over=over,
        is_over=(over > 0).fill_null(value=False),
        standing=pl.when(over > 0)
        .then(pl.format("{} over", over))
        .when(over == 0)
        .then(pl.lit("at target"))
        .when(over < 0)
        .then(pl.format("{} free", -over))
        .otherwise(pl.lit("no hours set")),
        target=pl.col("target").round().cast(pl.Int64),
    ).sort("load", "cases", "name", descending=[True, True, False], nulls_last=True)


def over_target(rows: pl.DataFrame) -> str:
    """Who is over target, and how much room there is elsewhere."""
    listed = rows.filter(pl.col("target").is_not_null())
    if listed.is_empty():
        return "No case manager’s hours are recorded"
    over = list(listed.filter("is_over")["name"])
    free = int(listed.filter(pl.col("over") < 0)["over"].sum() * -1)
    room = f"{words.counted(free, 'place')} {'is' if free == 1 else 'are'} free"
    if not over:
        return f"Nobody is over target; {room}"
    verb = "is" if len(over) == 1 else "are"
    people = words.counted(len(over), "case manager")
    return words.fit(
        f"{words.listed(over)} {verb} over target; {room} elsewhere",
        words.sentence(f"{people} {verb} over target; {room} elsewhere"),
        words.sentence(f"{people} {verb} over target"),
        limit=60,
    )


def _holding(view: View, spells: str) -> pl.LazyFrame:
    return view.numbers(spells).filter(pl.col("to").is_null() | (pl.col("to") > view.as_at))


def _late(view: View, spells: str, name: str | None = None) -> pl.LazyFrame:
    return (
        _holding(view, spells)
        .group_by("case_manager")
        .agg(pl.col("case").n_unique().cast(pl.Int64).alias(name or spells))
    )
