"""The rows of a measure, placed in periods, and what they come to where they must be looked at."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

import polars as pl

from queries.measure import Measure
from queries.periods import Periods
from queries.view import View

SUMS = ("n", "d", "clusters", "nn", "nd", "dd")


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


def sums_of_rows(
    measures: Sequence[Measure], view: View, periods: Periods, by: Sequence[str]
) -> list[tuple[list[Measure], pl.DataFrame]]:
    """The sums of measures in the periods and groups in which they have rows, read in one go.

    Measures that read the same facts share a frame: `period`, the columns of `by`, and for each
    measure its key with those of `SUMS` that it has.
    """
    keys = ["period", *by]
    ordered = sorted(measures, key=_reading)
    shared = [list(group) for _, group in groupby(ordered, key=_reading)]
    frames = []
    for sharing in shared:
        rows = placed(sharing[0], view, periods)
        totals = rows.group_by(keys).agg(
            expression for measure in sharing for expression in _aggregates(measure)
        )
        for measure in sharing:
            if measure.interval == "ratio":
                sums = _cluster_sums(measure, rows, keys)
                totals = totals.join(sums, on=keys, how="left", nulls_equal=True)
        frames.append(totals)
    return list(zip(shared, pl.collect_all(frames), strict=True))


def _reading(measure: Measure) -> tuple[str, str]:
    return measure.facts, measure.reads


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
        per_person.filter(pl.col("_known"))
        .group_by(keys)
        .agg(
            pl.len().alias(f"{measure.key} clusters"),
            (n * n).sum().alias(f"{measure.key} nn"),
            (n * d).sum().alias(f"{measure.key} nd"),
            (d * d).sum().alias(f"{measure.key} dd"),
        )
    )
