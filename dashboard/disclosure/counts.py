"""The true counts behind the release's list. They never leave this room but to its store.

A row a count and cut: `part` (see `parts.py`), `split`, `value` (what the split says, or null),
`level`, `cut`, `start`, `end`, `area`, `count` (null where no such records were ever loaded).
Rows of no known district are counted too, as the area "unknown", and never shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

import polars as pl

from dashboard.disclosure.cuts import Cut, Kind, Level, released_here
from dashboard.disclosure.parts import (
    NOT_RECORDED,
    RELEASED,
    SPLITS,
    Part,
    Split,
    is_average,
    parts,
)
from queries.evaluate import evaluate
from queries.measure import Measure
from queries.periods import Period, Periods
from queries.row_sums import placed
from queries.view import View

CELL = ("part", "split", "value", "level", "cut", "start", "end", "area")
SCHEMA = {
    **dict.fromkeys(("part", "split", "value", "level", "cut"), pl.String),
    "start": pl.Date,
    "end": pl.Date,
    "area": pl.String,
    "count": pl.Int64,
}
AVERAGES = {name: kind for name, kind in SCHEMA.items() if name not in ("split", "value", "count")}
_GROUP: dict[Level, str | None] = {"whole": None, "county": "county", "district": "area"}


def counted(
    view: View, cuts: Iterable[Cut], measures: Sequence[Measure] = RELEASED
) -> pl.DataFrame:
    """The counts of all cuts."""
    found = [pl.DataFrame(schema=SCHEMA)]
    for level, kind, periods in _by_kind(cuts):
        chosen = [measure for measure in measures if released_here(measure, level, kind)]
        tallies = [_tally(part) for measure in chosen for part in parts(measure)]
        found.append(_evaluated(tallies, view, level, kind, periods, "numerator", "count"))
        if level == "whole":
            known = {measure.key: measure for measure in measures}
            found += [
                _split(known[each.measure], each, view, kind, periods)
                for each in SPLITS
                if each.measure in known and kind in each.kinds
            ]
    return pl.concat(found)


def averages(view: View, cuts: Iterable[Cut]) -> pl.DataFrame:
    """The medians and means of all cuts: the columns of a count, without splits, and `average`."""
    found = [pl.DataFrame(schema={**AVERAGES, "average": pl.Float64})]
    for level, kind, periods in _by_kind(cuts):
        chosen = [
            each for each in RELEASED if is_average(each) and released_here(each, level, kind)
        ]
        if chosen:
            rows = _evaluated(chosen, view, level, kind, periods, "value", "average")
            found.append(rows.select(*AVERAGES, pl.col("average").cast(pl.Float64)))
    return pl.concat(found)


def _by_kind(cuts: Iterable[Cut]) -> Iterable[tuple[Level, Kind, list[Periods]]]:
    """The cuts by level and kind; periods that overlap (since launch) one at a time."""
    for (level, kind), group in groupby(sorted(cuts), key=lambda cut: (cut.level, cut.kind)):
        each = [Period(cut.start, cut.end) for cut in group]
        if kind == "launch":
            yield level, kind, [Periods((period,)) for period in each]
        else:
            yield level, kind, [Periods(tuple(each))]


def _tally(part: Part) -> Measure:
    """A part as a measure that only counts."""
    return replace(
        part.measure,
        key=part.key,
        counts=part.counts,
        out_of=None,
        fold="people" if part.measure.each else "sum",
        interval=None,
    )


def _evaluated(
    measures: Sequence[Measure],
    view: View,
    level: Level,
    kind: Kind,
    periods: list[Periods],
    column: str,
    name: str,
) -> pl.DataFrame:
    group = _GROUP[level]
    rows = [evaluate(measures, view, each, [group] if group else []).collect() for each in periods]
    return pl.concat(rows).select(
        pl.col("measure").cast(pl.String).alias("part"),
        pl.lit(None, pl.String).alias("split"),
        pl.lit(None, pl.String).alias("value"),
        pl.lit(level).alias("level"),
        pl.lit(kind).alias("cut"),
        "start",
        "end",
        (pl.col(group).cast(pl.String) if group else pl.lit("")).alias("area"),
        pl.col(column).cast(SCHEMA.get(name, pl.Float64)).alias(name),
    )


def _split(
    measure: Measure, split: Split, view: View, kind: Kind, periods: list[Periods]
) -> pl.DataFrame:
    """Each value that the column takes in any of the periods, in all of them."""
    each = list(parts(measure))
    found = [pl.DataFrame(schema=SCHEMA)]
    for spans in periods:
        value = pl.col(split.column).cast(pl.String).fill_null(NOT_RECORDED).alias("value")
        rows = (
            placed(measure, view, spans)
            .group_by("period", value)
            .agg(part.counts.sum().cast(pl.Int64).alias(part.key) for part in each)
            .collect()
        )
        grid = spans.frame().select("period", "start", "end")
        found.append(
            grid.join(rows.select("value").unique(), how="cross")
            .join(rows, on=["period", "value"], how="left")
            .unpivot(
                [part.key for part in each],
                index=["start", "end", "value"],
                variable_name="part",
                value_name="count",
            )
            .select(
                "part",
                pl.lit(split.name).alias("split"),
                "value",
                pl.lit("whole").alias("level"),
                pl.lit(kind).alias("cut"),
                "start",
                "end",
                pl.lit("").alias("area"),
                pl.col("count").fill_null(0),
            )
        )
    return pl.concat(found)
