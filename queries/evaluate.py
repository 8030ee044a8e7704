"""Measures evaluated: all measures of a page at once, by any dimension of their facts.

What adds up is taken from tallies; for the others their rows are read. The result has a row for
each measure, period and group, also where nothing happened:

`measure`, `period`, `start`, `end`, `partial`, the columns of `by`, `numerator`, `denominator`,
`value`, `lower`, `upper`. For a median, `denominator` is the number of rows it is the middle of.
A count of nothing is 0; a rate of nothing is null; and everything is null where no such records
were ever loaded, since unknown is never zero.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl

from queries.intervals import bounds
from queries.kept import with_kept
from queries.measure import Interval, Measure
from queries.once import once_a_view
from queries.periods import Numbers, Periods
from queries.row_sums import SUMS, sums_of_rows
from queries.tally import Seen, has_tally
from queries.view import View


def evaluate(
    measures: Sequence[Measure], view: View, periods: Periods, by: Sequence[str] = ()
) -> pl.LazyFrame:
    """The measures in each period, by the named dimensions; see the module for the columns."""
    by = tuple(by)
    tallied = _tallied(measures, view, by)
    others = [measure for measure in measures if measure not in tallied]
    place = {measure: index for index, measure in enumerate(measures)}
    parts = [_of_tallies(tallied, place, view, periods, by)] if tallied else []
    for sharing, totals in sums_of_rows(others, view, periods, by):
        parts += _of_totals(sharing, totals, place, view, periods, by)
    sums = pl.concat(parts, how="diagonal").sort("place", "period", *by)
    about = _about([(measure, _is_known(measure, view)) for measure in measures])
    intervals = frozenset(measure.interval for measure in measures if measure.interval)
    found = sums.hstack(
        [*about[sums["place"]], *periods.frame()[sums["period"]].drop("period")]
    ).select("measure", "period", "start", "end", "partial", *by, *_values(intervals))
    return with_kept(found.lazy(), measures, view, periods, by)


def values_of(frame: pl.DataFrame) -> dict[str, dict[str, object]]:
    """An evaluation of one period without groups, as a row for each measure's key."""
    return {row["measure"]: row for row in frame.iter_rows(named=True)}


def _tallied(measures: Sequence[Measure], view: View, by: tuple[str, ...]) -> dict[Measure, Seen]:
    """The tallies of those measures that have one for such groups."""
    found: dict[Measure, Seen] = {}
    if set(by) <= {"area", "county"}:
        for facts in {measure.facts for measure in measures}:
            asked = [each for each in measures if each.facts == facts and has_tally(each)]
            if asked:
                found |= zip(asked, view.tallies(asked) or (), strict=False)
    return found


def _of_tallies(
    tallied: dict[Measure, Seen],
    place: dict[Measure, int],
    view: View,
    periods: Periods,
    by: tuple[str, ...],
) -> pl.DataFrame:
    """The sums of these measures in each period and group: known ones, or that have any rows."""
    groups, group_of, known = _groups(view, by)
    count = len(periods.each)
    parts, values = [], []
    for measure, seen in tallied.items():
        sums = seen.sums(measure.reads, periods, group_of, len(known))
        shown = np.flatnonzero(known | sums[:, :, 0].any(axis=1))
        size = count * len(shown)
        parts.append(
            (
                np.full(size, place[measure]),
                np.tile(np.arange(count), len(shown)),
                np.repeat(shown, count),
            )
        )
        there = sums.shape[2] - 1
        values.append(np.zeros((size, len(SUMS))))
        values[-1][:, :there] = sums[shown, :, 1:].reshape(size, there)
    places, period, group = (np.concatenate(each) for each in zip(*parts, strict=True))
    return groups[group].hstack(
        [
            pl.Series("place", places, pl.Int32),
            pl.Series("period", period, pl.Int32),
            *pl.DataFrame(np.concatenate(values), list(SUMS)),
        ]
    )


def _of_totals(
    sharing: Sequence[Measure],
    totals: pl.DataFrame,
    place: dict[Measure, int],
    view: View,
    periods: Periods,
    by: tuple[str, ...],
) -> list[pl.DataFrame]:
    """The sums of each measure in each period and group: of the view, or that rows are found in."""
    grid = periods.frame().select("period")
    if by:
        groups = totals.select(by)
        if "case_manager" not in by:
            there, _, known = _groups(view, by)
            groups = pl.concat([there.filter(known), groups])
        grid = grid.join(groups.unique(), how="cross")
    rows = grid.join(totals, on=["period", *by], how="left", nulls_equal=True)
    return [
        rows.select(
            pl.lit(place[measure], pl.Int32).alias("place"),
            "period",
            *by,
            *(
                (pl.col(column) if column in totals.columns else pl.lit(None))
                .cast(pl.Float64)
                .alias(name)
                for name in SUMS
                for column in (f"{measure.key} {name}",)
            ),
        )
        for measure in sharing
    ]


@once_a_view
def _groups(view: View, by: tuple[str, ...]) -> tuple[pl.DataFrame, Numbers, Numbers]:
    """The groups that areas make, the one of each area, and which have an area that is known."""
    areas = view.numbers("areas").collect()
    if not by:
        return pl.DataFrame(height=1), np.zeros(areas.height, np.int64), np.ones(1, bool)
    groups = areas.select(by).unique(maintain_order=True)
    place = {group: index for index, group in enumerate(groups.iter_rows())}
    group_of = np.array([place[group] for group in areas.select(by).iter_rows()], np.int64)
    known = np.zeros(groups.height, bool)
    known[group_of[areas["known"].to_numpy()]] = True
    return groups, group_of, known


def _is_known(measure: Measure, view: View) -> bool:
    return all(map(view.recorded, (measure.facts, *measure.needs)))


def _about(measures: Sequence[tuple[Measure, bool]]) -> pl.DataFrame:
    """How the value of each measure is made of its sums."""
    return pl.DataFrame(
        {
            "measure": [measure.key for measure, _ in measures],
            "median": [measure.fold == "median" for measure, _ in measures],
            "parted": [measure.out_of is not None for measure, _ in measures],
            "interval": [measure.interval for measure, _ in measures],
            "known": [known for _, known in measures],
        },
        {
            "measure": pl.Enum([measure.key for measure, _ in measures]),
            "median": pl.Boolean,
            "parted": pl.Boolean,
            "interval": pl.String,
            "known": pl.Boolean,
        },
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
