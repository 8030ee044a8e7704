"""Places in use against capacity, and when they will be full at the present pace."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries import words
from queries.notes import of_districts, on_days
from queries.once import once_a_view
from queries.periods import DAY, Period, Periods
from queries.runway import Projection, project, what_ifs, when_full
from queries.scope import EVERYWHERE, Scope, counties, whole
from queries.view import View
from queries.workers import active

WEEK = timedelta(days=7)
WEEKS_BACK, WEEKS_OF_ARRIVALS = 26, 26


def fans(view: View) -> pl.LazyFrame:
    """Active cases by week for each county of the view, and the fan of the weeks to come.

    `county`, `on`, `active` (null after the day of the view), `median`, `lower`, `upper` (null
    before it), `places`, `heading`, `fills` (the share of futures that fill), `is_soon` (full at
    the earliest within the fan), `full_from` (that day, where it is yet to come), `point` (county
    and day), `note_on`, `note` (what was noted since the row before).
    """
    parts = []
    for scope in counties(view):
        projection = _project(view, scope)
        fan = projection.frame.with_columns(pl.col("median", "lower", "upper").cast(pl.Float64))
        shown = _past(view, scope).join(fan, on="on", how="full", coalesce=True).sort("on")
        noted = on_days(shown.lazy(), of_districts(view, scope.districts)).collect()
        parts.append(
            noted.select(
                pl.lit(scope.name).alias("county"),
                "on",
                "active",
                "median",
                "lower",
                "upper",
                (pl.lit(projection.capacity, pl.Float64) + 0.5).floor().alias("places"),
                pl.lit(_briefly(projection)).alias("heading"),
                pl.lit(projection.fills, pl.Float64).alias("fills"),
                pl.lit(projection.already_full or projection.not_before is not None).alias(
                    "is_soon"
                ),
                pl.lit(projection.not_before, pl.Date).alias("full_from"),
                pl.struct(county=pl.lit(scope.name), on="on").alias("point"),
                "note_on",
                "note",
            )
        )
    return pl.concat(parts).lazy() if parts else pl.LazyFrame(schema=_SCHEMA)


def active_on(view: View, county: str, day: date) -> pl.LazyFrame:
    """The active cases behind a point of `fans`."""
    scope = next(scope for scope in counties(view) if scope.name == county)
    return Periods((Period(day, day),)).hold(view.numbers("caseload").filter(scope.rows))


def capacity(view: View, scope: Scope, day: date) -> float | None:
    """Places on a day: the sum of case managers' targets x hours; None where none is recorded."""
    held = pl.col("to").is_null() | (pl.col("to") > day)
    places = view.numbers("places").filter(pl.col("on") <= day, held, scope.rows).collect()
    return float(places["places"].sum()) if len(places) else None


def when_counties_fill(rows: pl.DataFrame) -> str:
    """Which counties will be full, at the earliest when."""
    each = rows.group_by("county", maintain_order=True).agg(
        pl.col("heading", "fills", "is_soon", "places").first()
    )
    if each["places"].is_null().all():
        return "No places are recorded, so there is no capacity"
    if rows["median"].is_null().all() and not each["is_soon"].any():
        return "It is too early to say when places will be full"
    soon = list(each.filter(pl.col("is_soon"))["county"])
    if not soon:
        return "No county is likely to fill within 26 weeks"
    many = f"{words.sentence(words.number(len(soon)))} counties"
    may = "may be full within 26 weeks"
    if (each.filter(pl.col("is_soon"))["fills"].fill_null(1) < 0.5).all():
        likelier = "though more likely not"
        return words.fit(
            f"{words.listed(soon)} {may}, {likelier}", f"{many} {may}, {likelier}", limit=words.WIDE
        )
    return words.fit(f"{words.listed(soon)} {may}", f"{many} {may}", limit=words.WIDE)


def what_it_rests_on(view: View) -> pl.LazyFrame:
    """A row a county and one the whole, as things go; then the whole at other paces.

    `pace`, `places`, `active`, `allocated`, `closed` (cases a week), `full` (when they may be),
    `outlook` (the same for a sentence), `fills` (the share of the futures drawn in which places
    fill within 26 weeks); `area` (the county, or `EVERYWHERE`) and `allocations`, how many cases
    those allocated a week are of (null at other paces, which are nobody's cases).
    """
    named = whole(view, "All areas")
    scopes = counties(view)
    rows = [
        _outlook(scope.name, scope.name, _basis(view, scope), _project(view, scope))
        for scope in scopes
    ]
    basis = _basis(view, named)
    for name, projection in what_ifs(*basis).items():
        as_now = name == "As now"
        # The columns say that it is cases a week.
        other = f"{named.name}, {words.within(name).removesuffix(' a week')}"
        label = named.name if as_now else other
        row = _outlook(label, EVERYWHERE, basis, projection)
        if len(scopes) > 1 or not as_now:
            rows.append(row if as_now else row | {"allocations": None})
    return pl.LazyFrame(rows, schema=_OUTLOOK).with_columns(
        (pl.col("places") + 0.5).floor().cast(pl.Int64)
    )


def only_in_all(rows: pl.DataFrame) -> str:
    """How many active cases no county has, for the line under what the projection rests on."""
    everywhere = rows.filter(pl.col("area") == EVERYWHERE)["active"]
    counties = rows.filter(pl.col("area") != EVERYWHERE)["active"]
    more = everywhere[0] - counties.sum() if len(everywhere) and len(counties) > 1 else 0
    if more <= 0:
        return ""
    are = "is" if more == 1 else "are"
    cases = words.sentence(words.counted(more, "active case"))
    return f"{cases} of no known district {are} in the whole only."


def _outlook(label: str, area: str, basis: "Basis", projection: Projection) -> dict[str, Any]:
    return {
        "pace": label,
        "area": area,
        "places": projection.capacity,
        "active": len(basis[0]),
        "allocated": projection.allocated,
        "closed": projection.closed,
        "full": _when(projection),
        "outlook": when_full(projection, words.NARROW),
        "fills": projection.fills,
        "allocations": int(basis[2].sum()),
    }


def _when(projection: Projection) -> str:
    """When it may be full, under a heading that says so."""
    said = when_full(projection, words.NARROW, words.short_day)
    said = said.removeprefix("may be full ").removeprefix("full ")
    return words.sentence(said.replace("not full within", "not within"))


_OUTLOOK = {
    "pace": pl.String,
    "area": pl.String,
    "places": pl.Float64,
    "active": pl.Int64,
    "allocated": pl.Float64,
    "closed": pl.Float64,
    "full": pl.String,
    "outlook": pl.String,
    "fills": pl.Float64,
    "allocations": pl.Int64,
}


def behind_outlook(view: View, area: str, part: str | None) -> tuple[pl.LazyFrame, str]:
    """The active cases of a row of `what_it_rests_on`, or those allocated; and their facts."""
    scope = whole(view, "")
    if area != EVERYWHERE:
        scope = next(scope for scope in counties(view) if scope.name == area)
    if part == "allocated":
        return _recent(view, scope.rows), "allocations"
    return active(view).filter(scope.rows), "caseload"


def allocated_in(view: View) -> Period:
    """The weeks that the cases allocated a week are counted in."""
    weeks = _weeks(view)
    return Period(view.as_at - WEEK * weeks + DAY, view.as_at)


def what_a_case_more_does(rows: pl.DataFrame) -> str:
    """The whole's outlook in a sentence."""
    main = rows.filter(~pl.col("pace").str.contains(", "))
    last = main.row(-1, named=True)
    return words.fit(f"{last['pace']}: {last['outlook']}", limit=words.WIDE)


def _project(view: View, scope: Scope) -> Projection:
    return project(*_basis(view, scope))


Basis = tuple[NDArray[np.int64], pl.DataFrame, NDArray[np.int64], float | None, date]


@once_a_view
def _basis(view: View, scope: Scope) -> Basis:
    """What a projection of these districts rests on, in the order that it takes it."""
    ages = _open(view, scope)
    closed = view.numbers("closures").filter(scope.rows).select(days="days_open", closed=True)
    stays = pl.concat(
        [closed.collect(), pl.DataFrame({"days": ages, "closed": [False] * len(ages)})],
        how="vertical_relaxed",
    )
    return ages, stays, _arrivals(view, scope), capacity(view, scope, view.as_at), view.as_at


def _open(view: View, scope: Scope) -> NDArray[np.int64]:
    """Days since allocation of each active case."""
    ages = (pl.lit(view.as_at) - pl.col("allocated_on")).dt.total_days()
    return active(view).filter(scope.rows).select(ages).collect().to_series().to_numpy()


def _arrivals(view: View, scope: Scope) -> NDArray[np.int64]:
    """Cases allocated in each of the last 26 weeks that the service has lived in full."""
    weeks = _weeks(view)
    ago = (pl.lit(view.as_at) - pl.col("on")).dt.total_days() // 7
    counted = _recent(view, scope.rows).select(ago=ago).collect()
    return np.bincount(weeks - 1 - counted["ago"].to_numpy(), minlength=weeks).astype(np.int64)


@once_a_view
def _weeks(view: View) -> int:
    """The last 26 weeks, or as many as the service has lived in full."""
    first = view.numbers("allocations").select(pl.col("on").min()).collect().item()
    return 0 if first is None else min(WEEKS_OF_ARRIVALS, ((view.as_at - first).days + 1) // 7)


def _recent(view: View, rows: pl.Expr) -> pl.LazyFrame:
    days = allocated_in(view)
    within = pl.col("on").is_between(days.start, days.end)
    return view.numbers("allocations").filter(rows, within)


def _past(view: View, scope: Scope) -> pl.DataFrame:
    """`on` (the last day of each week, and the day of the view), `active`."""
    days = [view.as_at - WEEK * back for back in range(WEEKS_BACK, -1, -1)]
    weekly = Periods(tuple(Period(day, day) for day in days))
    counted = (
        weekly.hold(view.numbers("caseload").filter(scope.rows))
        .group_by("period")
        .agg(active=pl.len().cast(pl.Float64))
    )
    return (
        weekly.frame()
        .lazy()
        .join(counted, on="period", how="left")
        .sort("period")
        .select(on="end", active=pl.col("active").fill_null(0))
        .collect()
    )


def _briefly(projection: Projection) -> str:
    """When it is full, short enough for the heading of a small chart."""
    if projection.already_full:
        return "already full"
    if projection.missing:
        return "too early to say" if projection.capacity else "no places recorded"
    if projection.not_before is None:
        return f"not full within {projection.weeks} weeks"
    month = words.month(projection.not_before)
    return f"may be full from {month}" if projection.by is None else f"full not before {month}"


_SCHEMA = pl.Schema(
    {
        "county": pl.String(),
        "on": pl.Date(),
        "active": pl.Float64(),
        "median": pl.Float64(),
        "lower": pl.Float64(),
        "upper": pl.Float64(),
        "places": pl.Float64(),
        "heading": pl.String(),
        "fills": pl.Float64(),
        "is_soon": pl.Boolean(),
        "full_from": pl.Date(),
        "point": pl.Struct({"county": pl.String, "on": pl.Date()}),
        "note_on": pl.Date(),
        "note": pl.String(),
    }
)
