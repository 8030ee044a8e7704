"""The released cells: protected counts put together again as measures.

A row a measure (or a value of its split) and cut: `measure`, `split`, `part`, `cut`, `start`,
`end`, `level`, `area` ("" for the whole, else a county's key or a district's code), `numerator`,
`denominator`, `value`, `lower`, `upper`, `least`, `most`, `suppressed`, `why`. All of it is made
from what is shown of the counts. `least` and `most`: what the value could be before rounding.
`suppressed`: there is something and it is not shown, for whichever reason: all hidden are marked
alike. `why` says it in words, and where nothing was recorded.
"""

import polars as pl

from dashboard.disclosure.parts import BY_KEY, is_average
from dashboard.disclosure.rules import Rules
from queries.intervals import bounds
from queries.measure import Measure

COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(("measure", "split", "part", "cut"), pl.String),
    "start": pl.Date,
    "end": pl.Date,
    "level": pl.String,
    "area": pl.String,
    **dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"), pl.Float64),
    **dict.fromkeys(("least", "most"), pl.Float64),
    "suppressed": pl.Boolean,
    "why": pl.String,
}
TOO_FEW = "too few to show"
NOT_RECORDED = "not recorded"
STEP = 0.5  # to which medians and means are rounded
HALF_STEP = STEP / 2
_CELL = ("level", "cut", "start", "end", "area")
_SPLIT = ("split", "value")


def released_cells(counts: pl.DataFrame, averages: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """The cells of protected `counts` and rounded `averages`."""
    known = counts.filter(pl.col("area") != "unknown")
    by_part = known.partition_by("part", as_dict=True)
    found = [pl.DataFrame(schema=COLUMNS)]
    for key, measure in BY_KEY.items():
        if is_average(measure):
            rows = by_part.get((f"{key}.out_of",))
            if rows is not None:
                own = averages.filter(pl.col("part") == key)
                found.append(_average(measure, rows, own, rules))
        elif measure.out_of is not None:
            other = "after" if measure.unit == "change" else "counted"
            counted = by_part.get((key if other == "counted" else f"{key}.after",))
            out_of = by_part.get((f"{key}.out_of",))
            if counted is not None and out_of is not None:
                found.append(_ratio(measure, counted, out_of, rules))
        elif (key,) in by_part:
            found.append(_count(by_part[(key,)]))
    order = {key: index for index, key in enumerate(BY_KEY)}
    return (
        pl.concat(found)
        .with_columns(pl.col("measure").replace_strict(order, default=None).alias("_order"))
        .sort("_order", "split", "part", "level", "cut", "start", "end", "area", nulls_last=False)
        .drop("_order")
    )


def _count(rows: pl.DataFrame) -> pl.DataFrame:
    value = pl.col("shown").cast(pl.Float64)
    return _finished(
        rows.select(
            pl.col("part").alias("measure"),
            "split",
            pl.col("value").alias("part"),
            *_CELL,
            value.alias("numerator"),
            pl.lit(None, pl.Float64).alias("denominator"),
            value.alias("value"),
            pl.lit(None, pl.Float64).alias("lower"),
            pl.lit(None, pl.Float64).alias("upper"),
            pl.col("low").alias("least"),
            pl.col("high").alias("most"),
            pl.col("state").is_in(["hidden", "withheld"]).alias("suppressed"),
            _why("state").alias("why"),
        )
    )


def _ratio(
    measure: Measure, counted: pl.DataFrame, out_of: pl.DataFrame, rules: Rules
) -> pl.DataFrame:
    rows = out_of.join(
        counted.select(
            *_CELL,
            *_SPLIT,
            other="shown",
            other_state="state",
            other_low="low",
            other_high="high",
        ),
        on=[*_CELL, *_SPLIT],
        how="left",
        nulls_equal=True,
    )
    d, other = pl.col("shown").cast(pl.Float64), pl.col("other").cast(pl.Float64)
    n = other
    if measure.unit == "change":
        n = d - other if measure.better == "higher" else other - d
    enough = d >= rules.least_denominator
    both = (
        rows.rename({"value": "value_of"})
        .with_columns(n=n, d=d)
        .with_columns(
            value=pl.when(enough).then(pl.col("n") / pl.col("d")),
            hidden=pl.col("state").is_in(["hidden", "withheld"])
            | pl.col("other_state").is_in(["hidden", "withheld"]),
        )
    )
    fewest, most = _share("other_low", "high"), _share("other_high", "low")
    if measure.unit == "change":
        fewest, most = (
            (1 - most, 1 - fewest) if measure.better == "higher" else (fewest - 1, most - 1)
        )
    else:
        most = most.clip(upper_bound=1)
    # An interval that is made from single people's sums cannot be made from two rounded counts.
    limits = bounds(measure.interval) if measure.interval == "wilson" else (pl.lit(None),) * 2
    few = (pl.col("d") > 0) & pl.col("value").is_null()
    return _finished(
        both.with_columns(
            pl.when(pl.col("value").is_not_null()).then(limit).alias(name)
            for name, limit in zip(("lower", "upper"), limits, strict=True)
        ).select(
            pl.lit(measure.key).alias("measure"),
            "split",
            pl.col("value_of").alias("part"),
            *_CELL,
            pl.col("n").alias("numerator"),
            pl.col("d").alias("denominator"),
            "value",
            pl.col("lower").cast(pl.Float64),
            pl.col("upper").cast(pl.Float64),
            pl.when(pl.col("value").is_not_null()).then(fewest).alias("least"),
            pl.when(pl.col("value").is_not_null()).then(most).alias("most"),
            (pl.col("hidden") | few.fill_null(value=False)).alias("suppressed"),
            pl.when(pl.col("hidden") | few)
            .then(pl.lit(TOO_FEW))
            .otherwise(_why("state"))
            .alias("why"),
        )
    )


def _average(
    measure: Measure, rows: pl.DataFrame, averages: pl.DataFrame, rules: Rules
) -> pl.DataFrame:
    d = pl.col("shown").cast(pl.Float64)
    both = rows.join(averages.select(*_CELL, "average"), on=_CELL, how="left").with_columns(
        enough=(pl.col("state") == "shown") & (d >= rules.least_denominator)
    )
    few = ~pl.col("enough") & (pl.col("shown") > 0).fill_null(value=True)
    few &= pl.col("state") != "not_recorded"
    return _finished(
        both.select(
            pl.lit(measure.key).alias("measure"),
            pl.lit(None, pl.String).alias("split"),
            pl.lit(None, pl.String).alias("part"),
            *_CELL,
            pl.lit(None, pl.Float64).alias("numerator"),
            d.alias("denominator"),
            pl.when("enough").then("average").alias("value"),
            pl.lit(None, pl.Float64).alias("lower"),
            pl.lit(None, pl.Float64).alias("upper"),
            pl.when("enough").then(pl.col("average") - HALF_STEP).alias("least"),
            pl.when("enough").then(pl.col("average") + HALF_STEP).alias("most"),
            few.alias("suppressed"),
            pl.when(few).then(pl.lit(TOO_FEW)).otherwise(_why("state")).alias("why"),
        )
    )


def _share(part: str, out_of: str) -> pl.Expr:
    return pl.col(part).cast(pl.Float64) / pl.col(out_of).cast(pl.Float64)


def _why(state: str) -> pl.Expr:
    words = {"shown": "", "hidden": TOO_FEW, "withheld": TOO_FEW, "not_recorded": NOT_RECORDED}
    return pl.col(state).cast(pl.String).replace_strict(words, return_dtype=pl.String)


def _finished(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
