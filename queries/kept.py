"""Measures of months whose closed cases were removed: from the counts kept of them.

Before a line, records are no longer whole; from it on they are. A period that begins before the
line is answered from whole kept months, and from records after it. What kept counts cannot
answer is null: part of a month, a case manager, people or middle values of several months.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from queries import words
from queries.intervals import bounds
from queries.measure import Measure
from queries.once import once_a_view
from queries.periods import DAY, Periods
from queries.view import View

_VALUES = ("numerator", "denominator", "value", "lower", "upper")


@once_a_view
def line(view: View) -> date | None:
    """The first day from which the records are whole; None where nothing was ever removed."""
    last = view.numbers("kept").select(pl.col("on").max()).collect().item()
    return None if last is None else last + DAY


def in_words(view: View) -> str:
    """What a period that begins before the line rests on; empty where it does not."""
    whole_from = line(view)
    if whole_from is None or view.start >= whole_from:
        return ""
    return (
        f"Closed cases from before {words.day(whole_from)} were reduced to counts of whole months: "
        "numbers of earlier days are made of those, no list shows them, and what they cannot "
        "answer is left empty."
    )


def with_kept(
    found: pl.LazyFrame,
    measures: Sequence[Measure],
    view: View,
    periods: Periods,
    by: Sequence[str] = (),
) -> pl.LazyFrame:
    """An evaluation with the periods before the line answered from what was kept."""
    whole_from = line(view)
    if whole_from is None or not periods.each or periods.each[0].start >= whole_from:
        return found
    rows = found.collect()
    earlier = rows.filter(pl.col("start") < whole_from)
    answered = [
        _answered(measure, part, view, whole_from, by)
        for measure in measures
        if not (part := earlier.filter(pl.col("measure") == measure.key)).is_empty()
    ]
    order = [*rows.columns]
    return (
        pl.concat([rows.filter(pl.col("start") >= whole_from), *answered])
        .select(order)
        .sort("measure", "period", *by)
        .lazy()
    )


def _answered(
    measure: Measure, rows: pl.DataFrame, view: View, whole_from: date, by: Sequence[str]
) -> pl.DataFrame:
    """The measure's rows of periods that begin before the line."""
    if measure.reads == "state":
        # A state on or after the line is read from records that are whole.
        later = rows.filter(pl.col("end") >= whole_from)
        rows = rows.filter(pl.col("end") < whole_from)
    else:
        later = rows.clear()
    if "case_manager" in by:
        nothing_known = [pl.lit(None, pl.Float64).alias(name) for name in _VALUES]
        return pl.concat([rows.with_columns(nothing_known), later])
    adds_up = measure.fold == "sum"
    kept = _kept(measure, view, by, adds_up=adds_up)
    over_time = adds_up and measure.reads == "events"
    first = kept["month"].min()
    months = (
        rows.select("period", "start", "end")
        .unique()
        .join(kept.select("month", "on").unique(), how="cross")
    )
    starts = (pl.col("start") == pl.col("start").dt.month_start()) | (
        pl.lit(over_time) & (pl.col("start") <= pl.lit(first, pl.Date))
    )
    ends = (pl.col("end") >= whole_from) | (pl.col("end") == pl.col("end").dt.month_end())
    if measure.reads == "state":
        within = pl.col("on") == pl.col("end")
    elif over_time:
        within = (
            starts & ends & (pl.col("month") >= pl.col("start")) & (pl.col("on") <= pl.col("end"))
        )
    else:
        within = (pl.col("month") == pl.col("start")) & (pl.col("on") == pl.col("end"))
    keys = ["period", *by]
    sums = (
        months.filter(within)
        .join(kept, on=["month", "on"])
        .group_by(keys)
        .agg(
            # Nothing is known of a sum of which a part is not known.
            pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(f"kept {name}")
            for name in ("numerator", "denominator", "value")
        )
    )
    joined = rows.join(sums, on=keys, how="left", nulls_equal=True)
    reaches_on = pl.lit(over_time) & (pl.col("end") >= whole_from)
    n, d = (
        pl.col(f"kept {name}") + pl.when(reaches_on).then(name).otherwise(0.0)
        for name in ("numerator", "denominator")
    )
    value = pl.col("kept value")
    if adds_up:
        value = (
            pl.col("n")
            if measure.out_of is None
            else pl.when(pl.col("d") > 0).then(pl.col("n") / pl.col("d"))
        )
    nothing = pl.lit(None, pl.Float64)
    lower, upper = bounds(measure.interval) if measure.interval == "wilson" else (nothing, nothing)
    filled = joined.with_columns(n=n, d=d).with_columns(
        numerator="n",
        denominator=nothing if measure.out_of is None and measure.fold != "median" else pl.col("d"),
        value=value,
        lower=lower,
        upper=upper,
    )
    return pl.concat([filled.select(rows.columns), later.select(rows.columns)])


def _kept(measure: Measure, view: View, by: Sequence[str], *, adds_up: bool) -> pl.DataFrame:
    """Kept rows of the measure with the columns of `by`: to be added up, or one for each group."""
    districts = view.numbers("kept").filter(pl.col("measure") == measure.key).collect()
    columns = ["month", "on", *by, "numerator", "denominator", "value"]
    if adds_up or "area" in by:
        return districts.select(columns)
    wider = view.numbers("kept_wider").filter(pl.col("measure") == measure.key).collect()
    if "county" in by:
        return wider.filter(pl.col("county").is_not_null()).select(columns)
    areas = view.numbers("areas").select("area", "county").collect()
    whole = wider.filter(pl.col("county").is_null())
    if not whole.is_empty():
        return whole.select(columns)
    if areas["county"].n_unique() == 1 and not wider.is_empty():
        return wider.select(columns)
    return (districts if areas.height == 1 else districts.clear()).select(columns)
