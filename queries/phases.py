"""MARAC hearings before, during and after a case, for each year that people were observed."""

from collections.abc import Callable
from datetime import timedelta

import polars as pl

from queries import words
from queries.follow_up import YEAR, Rules, ended, in_months
from queries.intervals import bounds
from queries.view import View

PER = 100  # person-years that a rate is given for


def phases(view: View, rules: Rules) -> pl.LazyFrame:
    """A row a phase, as at the end of the view's period; none where no hearing was ever recorded.

    `phase`, `named`, `rate` (hearings for 100 person-years; null below the least number of
    people), `lower`, `upper`, `between` (the interval in words), `hearings`, `repeats` (null
    where no victim-survivor is named), `people`, `years`, `comparison` (the rate of comparison
    people, null without enough of them).
    """
    if not view.recorded("hearings_by_phase"):
        return pl.LazyFrame(schema=_SCHEMA)
    own = _rates(view, rules, comparison=False)
    others = _rates(view, rules, comparison=True).select("phase", comparison="rate")
    enough = pl.col("lower").is_not_null()
    return own.join(others, on="phase", how="left", maintain_order="left").with_columns(
        named=pl.col("phase").replace_strict(
            list(_PHASES), [name(rules) for name in _PHASES.values()]
        ),
        between=pl.when(pl.col("people") < rules.least)
        .then(pl.lit("too early to say"))
        .when(enough)
        .then(pl.format("{} to {}", _rounded("lower"), _rounded("upper"))),
    )


def behind(view: View, rules: Rules, phase: str, part: str | None) -> tuple[pl.LazyFrame, str]:
    """The hearings or repeats of a phase, else its people; and the facts they are listed as."""
    if part in ("hearings", "repeats"):
        heard = _heard(view, comparison=False).filter(pl.col("phase").cast(pl.String) == phase)
        return heard.filter(pl.col("repeat")) if part == "repeats" else heard, "hearings_by_phase"
    time = pl.concat(_time(view, rules, comparison=False)).filter(pl.col("phase") == phase)
    hearings = (
        _heard(view, comparison=False)
        .group_by(pl.col("phase").cast(pl.String), who="service_user")
        .agg(hearings=pl.len())
    )
    people = (
        time.sort("from_on", "case")
        .group_by("who", "phase", maintain_order=True)
        .agg(pl.col("case", "area", "case_manager").last(), pl.col("days").sum(), cases=pl.len())
        .join(hearings, on=["who", "phase"], how="left")
        .with_columns(pl.col("hearings").fill_null(0))
    )
    return people, "people_by_phase"


def how_it_went(rows: pl.DataFrame) -> str:
    """How often people were heard before and after."""
    rate = dict(zip(rows["phase"], rows["rate"], strict=True))
    first, last = rate["Before"], rate["After"]
    if first is None or last is None:
        return "It is too early to say how hearings changed"
    return (
        f"{words.figure(first)} hearings for 100 people a year before, "
        f"{words.figure(last)} once closed"
    )


def _rates(view: View, rules: Rules, *, comparison: bool) -> pl.LazyFrame:
    time = pl.concat(_time(view, rules, comparison=comparison))
    who = "person" if comparison else "service_user"
    heard = (
        _heard(view, comparison=comparison)
        .group_by(pl.col("phase").cast(pl.String), who=who)
        .agg(
            hearings=pl.len().cast(pl.Int64),
            repeats=pl.col("repeat").sum().cast(pl.Int64),
            named=pl.col("repeat").count(),
        )
    )
    n, d = pl.col("hearings").cast(pl.Float64), pl.col("days").cast(pl.Float64)
    sums = (
        time.group_by("phase", "who")
        .agg(pl.col("days").sum())
        .join(heard, on=["phase", "who"], how="left")
        .with_columns(pl.col("hearings", "repeats", "named").fill_null(0))
        .group_by("phase")
        .agg(
            clusters=pl.len(),
            people=pl.len().cast(pl.Int64),
            hearings=pl.col("hearings").sum(),
            repeats=pl.when(pl.col("named").sum() > 0).then(pl.col("repeats").sum()),
            days=pl.col("days").sum(),
            n=n.sum(),
            d=d.sum(),
            nn=(n * n).sum(),
            nd=(n * d).sum(),
            dd=(d * d).sum(),
        )
    )
    enough = (pl.col("people") >= rules.least) & (pl.col("days") > 0)
    lower, upper = bounds("ratio")
    scale = PER * YEAR
    return (
        pl.LazyFrame({"phase": list(_PHASES)})
        .join(sums, on="phase", how="left", maintain_order="left")
        .with_columns(pl.col("people", "hearings", "days").fill_null(0))
        .with_columns(
            pl.when(enough).then(pl.col("hearings") / pl.col("days") * scale).alias("rate"),
            # A rate has no less than nothing.
            pl.when(enough).then((lower * scale).clip(0)).alias("lower"),
            pl.when(enough).then(upper * scale).alias("upper"),
            (pl.col("days") / YEAR).alias("years"),
        )
        .select("phase", "rate", "lower", "upper", "hearings", "repeats", "people", "years")
    )


def _heard(view: View, *, comparison: bool) -> pl.LazyFrame:
    """The hearings by phase, up to the period's end."""
    facts = "comparison_hearings_by_phase" if comparison else "hearings_by_phase"
    return view.numbers(facts).filter(pl.col("on") <= view.end)


def _time(view: View, rules: Rules, *, comparison: bool) -> list[pl.LazyFrame]:
    """Days that each person was observed in each phase by the period's end.

    A row a case and phase: `phase`, `who`, `from_on`, `days`, and of service users `case`, `area`
    and `case_manager`.
    """
    day = view.end
    if comparison:
        begun = view.numbers("comparison_people").with_columns(who="person", to="end_on")
        during = begun
    else:
        begun = view.numbers("allocations").with_columns(who="service_user")
        during = view.numbers("caseload").with_columns(who="service_user")
    until = pl.min_horizontal("to", pl.lit(day + timedelta(days=1)))
    since = (pl.lit(day) - pl.col("ended_on")).dt.total_days() + 1
    length = pl.lit(rules.marac_days, pl.Int64)
    phases = {
        "Before": (begun.filter(pl.col("on") <= day), length),
        "During": (during.filter(pl.col("on") <= day), (until - pl.col("on")).dt.total_days()),
        "After": (ended(view, comparison=comparison), pl.min_horizontal(since, length)),
    }
    names = [] if comparison else ["case", "area", "case_manager"]
    return [
        rows.select("who", *names, from_on="on", phase=pl.lit(phase), days=days)
        for phase, (rows, days) in phases.items()
    ]


def _rounded(column: str) -> pl.Expr:
    return pl.col(column).round().cast(pl.Int64)


_PHASES: dict[str, Callable[[Rules], str]] = {
    "Before": lambda rules: f"{words.sentence(in_months(rules.marac_days))} before",
    "During": lambda _: "During the case",
    "After": lambda rules: f"{words.sentence(in_months(rules.marac_days))} after",
}
_SCHEMA = {
    "phase": pl.String,
    "rate": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "hearings": pl.Int64,
    "repeats": pl.Int64,
    "people": pl.Int64,
    "years": pl.Float64,
    "comparison": pl.Float64,
    "named": pl.String,
    "between": pl.String,
}
