"""The districts of a view side by side, by any measure: as it is, per head, or as a change."""

from collections.abc import Callable, Sequence
from typing import Literal

import polars as pl

from queries.evaluate import evaluate
from queries.measure import Measure
from queries.once import once_a_view
from queries.periods import Period, Periods, before
from queries.scope import known_areas, whole
from queries.statistics import poisson_bounds, proportion_difference, rate_ratio
from queries.view import View

Form = Literal["value", "rate", "change"]
PER = 10_000  # people that rates are given for
ENDS = ("value", "lower", "upper")

_NOTHING = pl.lit(None, pl.Float64)


def counts_things(measure: Measure) -> bool:
    """Whether the measure is a count, which has a rate for each 10,000 people."""
    return measure.out_of is None and measure.fold != "median"


def forms(measure: Measure) -> tuple[Form, ...]:
    """The forms that a measure can be shown in, the usual one first."""
    return ("rate", "value", "change") if counts_things(measure) else ("value", "change")


def is_percent(measure: Measure, form: Form) -> bool:
    """Whether values of this form are fractions to be written as percentages."""
    if form == "change":
        return counts_things(measure)
    return measure.is_fraction


def unit(measure: Measure, form: Form) -> str:
    """What a value of this form is in, for captions and headings."""
    if form == "rate":
        return "per 10,000 people"
    if form == "change" and measure.is_fraction:
        return "percentage points"
    if form == "change" and counts_things(measure):
        return "change"
    return measure.unit


def by_district(view: View, measure: Measure, form: Form, everywhere: str) -> pl.LazyFrame:
    """A row a district of the view, highest value first; those without one last.

    `area`, `name`, `county_name`, `rank` (null without a value; ties share the better place),
    `value` with `lower` and `upper` (95%; null where there is no sound one), `n` (the count, or
    what a share or mean is out of), `population`, `now` and `before` (the measure in the period
    and the one before; null where the service had no records yet), `n_before` (the n of that),
    `whole` (the same for all that the view shows, a rate of what is of a known district; null
    where a line for it would mean nothing),
    `whole_name`, `whole_now` (people counted once each) and `not_placed` (n of no known district).
    """
    districts = known_areas(view).select("area", "name", "county_name", "population")
    last = before(Period(view.start, view.end))
    both = Periods((last, Period(view.start, view.end)))
    here = (
        _now_and_before(view, measure, both, ("area",))
        .lazy()
        .join(districts.lazy(), on="area", how="full", coalesce=True)
    )
    all_of_it = (
        _now_and_before(view, measure, both, ())
        .lazy()
        .with_columns(population=pl.lit(_all_people(districts), pl.Int64))
    )
    rows = _valued(here, measure, form)
    line = _valued(all_of_it, measure, form).select(
        whole="value", whole_now="now", whole_before="before"
    )
    placed = pl.col("name").is_not_null()
    if form == "rate" and measure.fold == "sum":
        # What is of no known district is in no district's rate, so not in the line beside them.
        known = rows.filter(placed).select(pl.col("now").sum()).collect().item()
        people = _all_people(districts)
        line = line.with_columns(whole=pl.lit(known / people * PER if people else None))
    # The whole's count is no line that a district's count could lie above or below.
    compares = not (form == "value" and counts_things(measure))
    return (
        rows.with_columns(not_placed=pl.col("n").filter(~placed).sum())
        .filter(placed)
        .join(line, how="cross")
        .with_columns(
            pl.col("whole") if compares else _NOTHING.alias("whole"),
            rank=pl.col("value").rank("min", descending=True).cast(pl.Int32),
            whole_name=pl.lit(whole(view, everywhere).name),
        )
        .sort("value", "name", descending=[True, False], nulls_last=True)
        .select(
            pl.col("area").cast(pl.String),
            "name",
            "county_name",
            "rank",
            "value",
            "lower",
            "upper",
            "n",
            "population",
            "now",
            "before",
            "n_before",
            "whole",
            "whole_name",
            "whole_now",
            "not_placed",
        )
    )


def all_forms(view: View, measure: Measure) -> pl.LazyFrame:
    """A row a district with every form of the measure at once, by name.

    `area`, `name`, `county_name`, `now`, `n`, `before`, `n_before`, `change`, and for counts
    `rate` with `rate_lower` and `rate_upper`, `population`; else `lower` and `upper` of the value.
    Fractions are rounded to two decimals.
    """
    columns = ["area", "name", "county_name", "n", "population", "now", "before", "n_before"]
    first: Form = "rate" if counts_things(measure) else "value"
    named = ("rate", "rate_lower", "rate_upper") if first == "rate" else ENDS
    change = by_district(view, measure, "change", "").select("area", change="value")
    return (
        by_district(view, measure, first, "")
        .select(*columns, *(pl.col(a).alias(b) for a, b in zip(ENDS, named, strict=True)))
        .join(change, on="area")
        .with_columns(pl.selectors.float().round(2))
        .sort("name")
    )


@once_a_view
def knows_before(view: View, last: Period) -> bool:
    """Whether the service already had records when the period before began."""
    first = pl.concat([view.numbers(facts).select("on") for facts in ("referrals", "allocations")])
    day = first.select(pl.col("on").min()).collect().item()
    return day is not None and day <= last.start


def _all_people(districts: pl.DataFrame) -> int | None:
    """Everybody who lives in the view; unknown where one district's population is."""
    people = districts["population"]
    return int(people.sum()) if len(people) and not people.null_count() else None


@once_a_view
def _now_and_before(
    view: View, measure: Measure, both: Periods, by: tuple[str, ...]
) -> pl.DataFrame:
    """One row a group: numerator, denominator, value, lower, upper; then `before` as `was_...`."""
    found = evaluate([measure], view, both, by).collect()
    parts = ["numerator", "denominator", "value", "lower", "upper"]
    now = found.filter(pl.col("period") == 1).select(*by, *parts)
    known = knows_before(view, both.each[0])
    then = found.filter(pl.col("period") == 0).select(
        *by,
        *(
            (pl.col(part) if known else _NOTHING).alias(f"was_{part}")
            for part in ("numerator", "denominator", "value")
        ),
    )
    return now.join(then, on=by, how="left") if by else now.join(then, how="cross")


def _valued(rows: pl.LazyFrame, measure: Measure, form: Form) -> pl.LazyFrame:
    """`value`, `lower`, `upper` in the form; `now`, `before`; `n`."""
    rows = rows.with_columns(
        now="value",
        before="was_value",
        n="numerator" if counts_things(measure) else "denominator",
        n_before="was_numerator" if counts_things(measure) else "was_denominator",
    )
    if form == "value":
        return rows
    if form == "rate":
        # A row a district: few enough to be collected here, where SciPy can be asked.
        known = rows.with_columns(value=pl.col("now") / pl.col("population") * PER).collect()
        lower, upper = poisson_bounds(known["now"], known["population"], PER)
        return known.with_columns(lower=lower, upper=upper).lazy()
    now, then = pl.col("now"), pl.col("before")
    value = (now - then) * (100 if measure.is_fraction else 1)
    if counts_things(measure):
        value = pl.when(then > 0).then(now / then - 1).otherwise(None)
    rows = rows.with_columns(value=value, lower=_NOTHING, upper=_NOTHING)
    # States of two days share most of their cases: no interval for independent groups holds.
    if measure.reads != "events" or measure.fold != "sum":
        return rows
    if counts_things(measure):
        return _with_ends(rows, ("now", "before"), _of_change)
    if measure.interval == "wilson":
        parts = ("numerator", "denominator", "was_numerator", "was_denominator")
        return _with_ends(rows, parts, _of_points)
    return rows


Ends = tuple[float | None, float | None]


def _with_ends(
    rows: pl.LazyFrame, columns: Sequence[str], ends: Callable[..., Ends]
) -> pl.LazyFrame:
    """The rows with `lower` and `upper` from these columns, where there is a value."""
    known = rows.collect()
    pairs = [ends(*row) for row in known.select(columns).iter_rows()]
    found = {
        name: pl.Series([pair[end] for pair in pairs], dtype=pl.Float64)
        for end, name in enumerate(("lower", "upper"))
    }
    valued = pl.col("value").is_not_null()
    return known.with_columns(
        pl.when(valued).then(pl.lit(column)).alias(name) for name, column in found.items()
    ).lazy()


def _of_change(now: float | None, then: float | None) -> Ends:
    """Of one count to another, as a change."""
    lower, upper = rate_ratio(now, 1, then, 1)
    return (None if lower is None else lower - 1, None if upper is None else upper - 1)


def _of_points(
    count: float | None, n: float | None, was_count: float | None, was_n: float | None
) -> Ends:
    """Of two shares, in percentage points."""
    lower, upper = proportion_difference(count, n, was_count, was_n)
    return (None if lower is None else lower * 100, None if upper is None else upper * 100)
