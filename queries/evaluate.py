"""Measures evaluated: every measure of a page in one lazy frame, by any dimension of its facts.

Measures that read the same facts share one placement and one grouping. The result has a row for
each measure, period and group, also where nothing happened:

`measure`, `period`, `start`, `end`, `partial`, the columns of `by`, `numerator`, `denominator`,
`value`, `lower`, `upper`. For a median, `denominator` is the number of rows it is the middle of.
A count of nothing is 0; a rate of nothing is null; and everything is null where no such records
were ever loaded, since unknown is never zero.
"""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

import polars as pl

from queries.intervals import bounds
from queries.kept import with_kept
from queries.measure import Interval, Measure
from queries.periods import Periods
from queries.view import View


def evaluate(
    measures: Sequence[Measure], view: View, periods: Periods, by: Sequence[str] = ()
) -> pl.LazyFrame:
    """The measures in each period, by the named dimensions; see the module for the columns."""
    ordered = sorted(measures, key=lambda measure: (measure.facts, measure.reads))
    parts = []
    for _, group in groupby(ordered, key=lambda measure: (measure.facts, measure.reads)):
        sharing = list(group)
        rows = placed(sharing[0], view, periods)
        keys = ["period", *by]
        totals = rows.group_by(keys).agg(
            expression for measure in sharing for expression in _aggregates(measure)
        )
        for measure in sharing:
            if measure.interval == "ratio":
                sums = _cluster_sums(measure, rows, keys)
                totals = totals.join(sums, on=keys, how="left", nulls_equal=True)
        # One row a group, each measure's sums beside each other in it; then one below another.
        parts.append(
            _grid(view, periods, by, totals)
            .join(totals, on=keys, how="left", nulls_equal=True)
            .select(
                *_PERIOD,
                *by,
                pl.concat_list(_sums(each, _is_known(each, view)) for each in sharing).alias(
                    "_sums"
                ),
            )
            .explode("_sums")
            .unnest("_sums")
        )
    order = [measure.key for measure in measures]
    intervals = frozenset(measure.interval for measure in measures if measure.interval)
    found = (
        pl.concat(parts)
        .with_columns(pl.col("measure").cast(pl.Enum(order)))
        .sort("measure", "period", *by)
        .select("measure", *_PERIOD, *by, *_values(intervals))
    )
    return with_kept(found, measures, view, periods, by)


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


@cache
def _aggregates(measure: Measure) -> tuple[pl.Expr, ...]:
    counts, out_of = measure.counts, measure.out_of
    if measure.fold == "median":
        return (
            counts.median().cast(pl.Float64).alias(f"{measure.key} n"),
            counts.count().cast(pl.Int64).alias(f"{measure.key} d"),
        )
    found = []
    for name, expression in (("n", counts), ("d", out_of)):
        if expression is None:
            continue
        folded = (
            pl.col(measure.each).filter(expression != 0).n_unique()
            if measure.each is not None
            else expression.sum()
        )
        found.append(folded.cast(pl.Int64).alias(f"{measure.key} {name}"))
    return tuple(found)


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
            pl.len().alias(f"{measure.key} clusters"),
            (n * n).sum().alias(f"{measure.key} nn"),
            (n * d).sum().alias(f"{measure.key} nd"),
            (d * d).sum().alias(f"{measure.key} dd"),
        )
    )


def _grid(view: View, periods: Periods, by: Sequence[str], totals: pl.LazyFrame) -> pl.LazyFrame:
    """Every period with every group: those of the view, and any other that rows were found for."""
    grid = periods.frame().lazy()
    if not by:
        return grid
    groups = totals.select(by).unique()
    if "case_manager" not in by:
        known = view.numbers("areas").filter("known").select(by)
        groups = pl.concat([known, groups]).unique()
    return grid.join(groups, how="cross")


_PERIOD = ("period", "start", "end", "partial")
_SUMS = ("n", "d", "clusters", "nn", "nd", "dd")


def _is_known(measure: Measure, view: View) -> bool:
    return all(map(view.recorded, (measure.facts, *measure.needs)))


@cache
def _sums(measure: Measure, known: bool) -> pl.Expr:
    """What was summed for a measure in a group, and how its value is made of that.

    Null where there is no such sum, or no row.
    """
    there = {"n"}
    if measure.out_of is not None or measure.fold == "median":
        there.add("d")
    if measure.interval == "ratio":
        there.update(_SUMS)
    return pl.struct(
        pl.lit(measure.key).alias("measure"),
        pl.lit(measure.fold == "median").alias("median"),
        pl.lit(measure.out_of is not None).alias("parted"),
        pl.lit(measure.interval, pl.String).alias("interval"),
        pl.lit(known).alias("known"),
        *(
            (pl.col(f"{measure.key} {each}") if each in there else pl.lit(None))
            .cast(pl.Float64)
            .alias(each)
            for each in _SUMS
        ),
    )


@cache
def _values(intervals: frozenset[Interval]) -> tuple[pl.Expr, ...]:
    """`numerator`, `denominator`, `value`, `lower`, `upper` from the sums of a group."""
    n, d = pl.col("n").fill_null(0), pl.col("d").fill_null(0)
    median, parted, known = pl.col("median"), pl.col("parted"), pl.col("known")
    values = [
        pl.when(known & ~median).then(n).alias("numerator"),
        pl.when(known & (median | parted)).then(d).alias("denominator"),
        pl.when(known & median)
        .then("n")
        .when(known & parted & (d > 0))
        .then(n / d)
        .when(known & ~median & ~parted)
        .then(n)
        .alias("value"),
    ]
    made = {interval: bounds(interval) for interval in sorted(intervals)}
    for side, name in enumerate(("lower", "upper")):
        bound: pl.Expr = pl.lit(None, pl.Float64)
        for interval, both in made.items():
            chosen = known & (pl.col("interval") == interval)
            bound = pl.when(chosen).then(both[side]).otherwise(bound)
        values.append(bound.alias(name))
    return tuple(values)
