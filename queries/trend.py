"""A measure month by month as an XmR chart, over complete months."""

from datetime import date
from itertools import pairwise

import polars as pl

from queries import words
from queries.evaluate import evaluate
from queries.measure import Measure
from queries.notes import notes
from queries.periods import DAY, Period, Periods, months, months_before
from queries.special_causes import special_causes
from queries.statistics import control_limits, xmr
from queries.steps import steps
from queries.view import View

MONTHS = 24

SCHEMA = pl.Schema(
    {
        "month": pl.Date(),
        "value": pl.Float64(),
        "numerator": pl.Float64(),
        "denominator": pl.Float64(),
        "least": pl.Float64(),
        "most": pl.Float64(),
        "mean": pl.Float64(),
        "lower": pl.Float64(),
        "upper": pl.Float64(),
        "rule": pl.String(),
        "variation": pl.String(),
        "cause": pl.String(),
        "open": pl.Boolean(),
        "note_on": pl.Date(),
        "note": pl.String(),
        "since": pl.Date(),
        "points": pl.Int64(),
        "screened_out": pl.Int64(),
        "trial": pl.Boolean(),
    }
)


def by_month(measure: Measure, view: View) -> pl.LazyFrame:
    """A row a complete month: 24 of them up to the view's end, or its period if that is longer.

    `month` (its first day), `value`, `numerator`, `denominator`; `least`, `most` (what it could
    be before rounding, null where it is not rounded); `mean`, `lower`, `upper` (null
    where a value beyond is not possible), `rule`, `variation`, as `xmr` gives them; `cause`, in
    words on the last month of each; `open`: a rule may hold, but rounding too may have made it;
    `note_on`, `note`: an annotation of that month; `since`: the first month of its limits (see
    `queries.steps`), `points`, `screened_out`, `trial`: what they rest on. It begins when the
    records do: no rows if nothing is known, and a gap only between months that are known.
    """
    evaluated = evaluate([measure], view, complete_months(view)).drop("lower", "upper")
    return charted(evaluated.collect(), measure, notes(view).collect()).lazy()


def complete_months(view: View) -> Periods:
    """The complete months of the chart; the running one is left out."""
    first = min(months_before(view.end + DAY, MONTHS), view.start.replace(day=1))
    whole = months(first, min(view.end, view.as_at)).each
    return Periods(tuple(month for month in whole if not month.partial))


def months_in_words(view: View) -> str:
    """ "complete months to October 2026", for a caption."""
    whole = complete_months(view).each
    return f"complete months to {words.month(whole[-1].start)}" if whole else "no complete month"


def days_of(month: date) -> Period:
    """The days of a month, of which its first is given."""
    return Period(month, months_before(month, -1) - DAY)


def charted(
    rows: pl.DataFrame, measure: Measure, noted: pl.DataFrame, *, rounded: bool = False
) -> pl.DataFrame:
    """The chart of months in order: `start`, `value`, `numerator`, `denominator`; see above.

    `rounded`: each value could be anything from its `least` to its `most`.
    """
    known = rows["value"].is_not_null()
    if measure.out_of is None and measure.fold != "median":
        # A count begins in the month after its first record, which need not be a whole one.
        known = (rows["value"].fill_null(0) > 0).shift(1, fill_value=False)
    first = known.arg_max() if known.any() else rows.height
    rows = rows.slice(first or 0)
    if rows.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    if not rounded:
        nothing = pl.lit(None, pl.Float64)
        rows = rows.with_columns(least=nothing, most=nothing)
    rows = rows.select(
        *("value", "numerator", "denominator", "least", "most"),
        _rounded_by().fill_null(0).alias("within"),
        month="start",
    )
    changes = noted["on"] if measure.unit == "days" else ()
    starts = [*steps(rows, changes), rows.height]
    charted = pl.concat(
        _limited(rows[start:end], measure) for start, end in pairwise(starts)
    ).with_columns(_possible(measure, "lower"), _possible(measure, "upper"))
    said = {cause.row: cause.said for cause in special_causes(charted)}
    annotated = noted.group_by(month=pl.col("on").dt.truncate("1mo")).agg(
        note_on=pl.col("on").min(), note=pl.col("text").sort_by("on").str.join("; ")
    )
    return (
        charted.with_columns(
            pl.Series("cause", [said.get(row) for row in range(charted.height)], pl.String)
        )
        .join(annotated, on="month", how="left", maintain_order="left")
        .select(SCHEMA.names())
    )


def _limited(rows: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """Months with the limits that they make."""
    limits = control_limits(rows["value"])
    chart = xmr(rows["value"], measure.better, known_within=rows["within"])
    return pl.concat(
        [rows.drop("within"), chart.drop("value", "near_lower", "near_upper")], how="horizontal"
    ).with_columns(
        open=pl.col("rule").is_null() & xmr(rows["value"])["rule"].is_not_null(),
        since=rows["month"][0],
        points=pl.lit(limits.points, pl.Int64),
        screened_out=pl.lit(limits.screened_out, pl.Int64),
        trial=pl.lit(limits.trial),
    )


def _rounded_by() -> pl.Expr:
    value = pl.col("value")
    return pl.max_horizontal(value - pl.col("least"), pl.col("most") - value)


def _possible(measure: Measure, limit: str) -> pl.Expr:
    """A limit, or null where it lies beyond what the measure can be: it says nothing there."""
    column = pl.col(limit)
    if limit == "upper":
        return pl.when(column <= 1).then(column) if measure.unit == "share" else column
    return column if measure.unit == "change" else pl.when(column >= 0).then(column)


def said_of(measure: Measure, value: float | None, *, finer: bool = False) -> str:
    """A value of the measure in figures: "42%", "17.6" or "24"; `finer` with a decimal more."""
    if measure.is_fraction:
        if finer and value is not None:
            return f"{words.figure(value * 100, 1)}%"
        return words.share(value)
    return words.figure(value, (measure.unit == "score") + finer)


def what_limits_rest_on(rows: pl.DataFrame) -> str:
    """How many months made the limits, and how many moving ranges were screened out."""
    last = rows.row(-1, named=True)
    if last["mean"] is None or last["points"] < 2:
        return "No limits yet: they need two months."
    ranges = words.counted(int(last["screened_out"]), "moving range")
    kind = "Trial limits" if last["trial"] else "Limits"
    months = words.counted(int(last["points"]), "month")
    if rows["since"].n_unique() > 1:
        months = f"the {months} since {words.month(last['since'])}, after a noted change"
    return f"{kind} from {months}, {ranges} screened out."
