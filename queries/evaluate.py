"""Measures evaluated: every measure of a page in one lazy frame, by any dimension of its facts.

Measures that read the same facts share one placement and one grouping. The result has a row for
each measure, period and group, also where nothing happened:

`measure`, `period`, `start`, `end`, `partial`, the columns of `by`, `numerator`, `denominator`,
`value`, `lower`, `upper`. For a median, `denominator` is the number of rows it is the middle of.
A count of nothing is 0; a rate of nothing is null; and everything is null where no such records
were ever loaded, since unknown is never zero.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

import polars as pl

from queries.intervals import bounds
from queries.measure import Measure
from queries.periods import Periods
from queries.view import View


def evaluate(
    measures: Sequence[Measure], view: View, periods: Periods, by: Sequence[str] = ()
) -> pl.LazyFrame:
    """The measures in each period, by the named dimensions; see the module for the columns."""
    ordered = sorted(measures, key=lambda measure: (measure.facts, measure.reads))
    parts = []
    for (facts, _), group in groupby(ordered, key=lambda measure: (measure.facts, measure.reads)):
        sharing = list(group)
        rows = placed(sharing[0], view, periods)
        keys = ["period", *by]
        totals = rows.group_by(keys).agg(
            expression for measure in sharing for expression in _aggregates(measure)
        )
        for measure in sharing:
            own = [pl.col(f"{measure.key} {each}").alias(each) for each in _columns(measure)]
            found = totals.select(*keys, *own)
            if measure.interval == "ratio":
                found = found.join(_cluster_sums(measure, rows, keys), on=keys, nulls_equal=True)
            grid = _grid(view, periods, by, totals)
            parts.append(
                grid.join(found, on=keys, how="left", nulls_equal=True).select(
                    pl.lit(measure.key).alias("measure"),
                    *keys,
                    *_values(measure, recorded=all(map(view.recorded, (facts, *measure.needs)))),
                )
            )
    order = [measure.key for measure in measures]
    return (
        pl.concat(parts)
        .join(periods.frame().lazy(), on="period")
        .with_columns(pl.col("measure").cast(pl.Enum(order)))
        .sort("measure", "period", *by)
        .select(
            "measure",
            "period",
            "start",
            "end",
            "partial",
            *by,
            "numerator",
            "denominator",
            "value",
            "lower",
            "upper",
        )
    )


def placed(measure: Measure, view: View, periods: Periods) -> pl.LazyFrame:
    """The measure's rows, each with the `period` it counts in."""
    rows = view.numbers(measure.facts)
    if measure.reads == "events":
        return periods.place(rows)
    return periods.hold(rows, during=measure.reads == "during")


def rows_behind(measure: Measure, view: View, periods: Periods) -> pl.LazyFrame:
    """The rows a number is made of, with their `contribution` to it.

    As many as a count says, or as a rate's denominator says. Where people are counted once each,
    a person's rows are all there.
    """
    contribution = measure.counts.alias("contribution")
    rows = placed(measure, view, periods).with_columns(contribution)
    if measure.out_of is not None:
        return rows.filter(measure.out_of != 0)
    if measure.fold == "median":
        return rows.filter(pl.col("contribution").is_not_null())
    return rows.filter(pl.col("contribution") != 0)


def values_of(frame: pl.DataFrame) -> dict[str, dict[str, object]]:
    """An evaluation of one period without groups, as a row for each measure's key."""
    return {row["measure"]: row for row in frame.iter_rows(named=True)}


def _aggregates(measure: Measure) -> Iterable[pl.Expr]:
    counts, out_of = measure.counts, measure.out_of
    if measure.fold == "median":
        yield counts.median().cast(pl.Float64).alias(f"{measure.key} n")
        yield counts.count().cast(pl.Int64).alias(f"{measure.key} d")
        return
    for name, expression in (("n", counts), ("d", out_of)):
        if expression is None:
            continue
        folded = (
            pl.col(measure.each).filter(expression != 0).n_unique()
            if measure.each is not None
            else expression.sum()
        )
        yield folded.cast(pl.Int64).alias(f"{measure.key} {name}")


def _columns(measure: Measure) -> tuple[str, ...]:
    return ("n",) if measure.out_of is None and measure.fold != "median" else ("n", "d")


def _cluster_sums(measure: Measure, rows: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    # What the linearised interval needs: squares and products of each person's sums.
    n, d = pl.col("_n").cast(pl.Float64), pl.col("_d").cast(pl.Float64)
    per_person = rows.group_by([*keys, measure.cluster]).agg(
        measure.counts.sum().alias("_n"),
        measure.out_of.sum().alias("_d"),  # type: ignore[union-attr]
        (measure.out_of.count() > 0).alias("_known"),  # type: ignore[union-attr]
    )
    return (
        per_person.filter("_known")
        .group_by(keys)
        .agg(
            pl.len().alias("clusters"),
            (n * n).sum().alias("nn"),
            (n * d).sum().alias("nd"),
            (d * d).sum().alias("dd"),
        )
    )


def _grid(view: View, periods: Periods, by: Sequence[str], totals: pl.LazyFrame) -> pl.LazyFrame:
    """Every period with every group: those of the view, and any other that rows were found for."""
    grid = periods.frame().lazy().select("period")
    if not by:
        return grid
    groups = totals.select(by).unique()
    if "case_manager" not in by:
        known = view.numbers("areas").filter("known").select(by)
        groups = pl.concat([known, groups]).unique()
    return grid.join(groups, how="cross")


def _values(measure: Measure, *, recorded: bool) -> Iterable[pl.Expr]:
    """`numerator`, `denominator`, `value`, `lower`, `upper` from the sums of a group."""
    nothing = pl.lit(None, pl.Float64)
    if not recorded:
        for name in ("numerator", "denominator", "value", "lower", "upper"):
            yield nothing.alias(name)
        return
    n = pl.col("n").cast(pl.Float64)
    if measure.fold == "median":
        yield from (nothing.alias("numerator"), _count("d").alias("denominator"), n.alias("value"))
        yield from (nothing.alias("lower"), nothing.alias("upper"))
        return
    if measure.out_of is None:
        count = _count("n")
        yield from (count.alias("numerator"), nothing.alias("denominator"), count.alias("value"))
        yield from (nothing.alias("lower"), nothing.alias("upper"))
        return
    d = _count("d")
    yield from (_count("n").alias("numerator"), d.alias("denominator"))
    yield pl.when(d > 0).then(_count("n") / d).alias("value")
    lower, upper = bounds(measure.interval)
    yield from (lower.alias("lower"), upper.alias("upper"))


def _count(column: str) -> pl.Expr:
    return pl.col(column).fill_null(0).cast(pl.Float64)
