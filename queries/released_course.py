"""How far each county and district is with its rollout, from released quarters."""

from datetime import date

import polars as pl

from queries import released, words
from queries.released import COUNTY, DISTRICT
from queries.released_areas import places
from queries.targets import Targets
from queries.view import View

ROLLED_OUT = "referrals_received"


def course(view: View, until: date, county: str = "") -> pl.LazyFrame:
    """Running totals by quarter for each county against its funded course.

    `county`, `on` (last day of a quarter), `referrals`, `allocations`, `course`, `gap`, `heading`,
    `is_behind` as in `queries.course`; `earlier_hidden`: there are quarters before. They begin
    after the last quarter of which any county's numbers are hidden, so that no total rests on an
    unknown; sums of rounded counts.
    """
    cells = released.unsplit(view).filter(
        pl.col("level") == COUNTY, pl.col("cut") == "quarter", pl.col("end") <= until
    )
    keys = (ROLLED_OUT, "cases_allocated")
    hidden = cells.filter(pl.col("measure").is_in(keys), pl.col("suppressed"))
    after = hidden["end"].max()
    if isinstance(after, date):
        cells = cells.filter(pl.col("start") > after)
    targets, parts = Targets.of(view), []
    for scope in released.county_scopes(view):
        if county and scope.key != county:
            continue
        received, allocated = (
            cells.filter(pl.col("area") == scope.key, pl.col("measure") == key).sort("start")
            for key in keys
        )
        if received.is_empty():
            continue
        first = received["start"][0]
        aims = [targets.total(ROLLED_OUT, scope, first, day) for day in received["end"]]
        steps = allocated.select(
            "end", allocations=pl.when(_no_gap("value")).then(pl.col("value").cum_sum())
        )
        rows = received.select(
            "end",
            referrals=pl.col("value").cum_sum(),
            course=pl.Series(aims, dtype=pl.Float64).round(),
        ).join(steps, on="end", how="left")
        rows = _from_nothing(rows, first, has_course=aims[-1] is not None)
        rows = _headed(rows, scope.name)
        parts.append(rows.with_columns(earlier_hidden=pl.lit(after is not None)))
    return pl.concat(parts).lazy() if parts else pl.LazyFrame(schema=_COURSE)


def _no_gap(column: str) -> pl.Expr:
    """Up to the first hidden value: no sum goes on over it."""
    return ~pl.col(column).is_null().cum_max()


def _from_nothing(rows: pl.DataFrame, first: date, *, has_course: bool) -> pl.DataFrame:
    """A row before the first quarter, from which the running totals rise."""
    zero = pl.DataFrame(
        {
            "end": [first],
            "referrals": [0.0],
            "course": [0.0 if has_course else None],
            "allocations": [0.0],
        },
        schema={
            "end": pl.Date,
            "referrals": pl.Float64,
            "course": pl.Float64,
            "allocations": pl.Float64,
        },
    )
    return pl.concat([zero, rows], how="diagonal_relaxed")


def _headed(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    last = rows.row(-1, named=True)
    # Sums of rounded counts: said to the nearest five, as they are.
    gap = None if last["course"] is None else 5 * round((last["referrals"] - last["course"]) / 5)
    if gap is None:
        heading = "no course is set"
    elif gap == 0:
        heading = "on the course"
    else:
        heading = f"about {words.figure(abs(gap))} {'behind' if gap < 0 else 'ahead of'} the course"
    return rows.select(
        pl.lit(name).alias("county"),
        pl.col("end").alias("on"),
        "referrals",
        "allocations",
        "course",
        pl.lit(gap, pl.Int64).alias("gap"),
        pl.lit(heading).alias("heading"),
        pl.lit((gap or 0) < 0).alias("is_behind"),
    )


def drawn(view: View, until: date, county: str = "") -> str:
    """The first and the last day of the running totals, for a caption."""
    days = course(view, until, county).collect()["on"]
    first, last = days.min(), days.max()
    if not isinstance(first, date) or not isinstance(last, date):
        return "no quarter"
    return words.period(first, last)


def what_is_left_out(rows: pl.DataFrame) -> str:
    """That earlier quarters are in none of the totals, for the line under the chart."""
    if not rows["earlier_hidden"].any():
        return ""
    return "Earlier quarters are too few to show in a county, and are in none of these totals."


def who_is_behind(rows: pl.DataFrame) -> str:
    """Which counties are behind their course, and by about how many."""
    funded = rows.group_by("county", maintain_order=True).last().filter(pl.col("gap").is_not_null())
    if funded.is_empty():
        return "No course is set"
    behind = funded.filter(pl.col("gap") < 0).sort("gap")
    if behind.is_empty():
        name = "Every county is" if funded.height > 1 else f"{funded['county'][0]} is"
        return f"{name} on or ahead of the funded course"
    first = rows["on"].sort()[0]
    since = f" since {words.month(first)}" if rows["earlier_hidden"].any() else ""
    said = [
        f"{row['county']} is about {words.number(-row['gap'])} behind{since}"
        for row in behind.to_dicts()
    ]
    verb = "is" if behind.height == 1 else "are"
    return words.fit(
        words.listed(said),
        f"{words.listed(list(behind['county']))} {verb} behind the funded course",
        f"{words.listed(list(behind['county']))} {verb} behind course",
        f"{words.sentence(words.counted(behind.height, 'county', 'counties'))} {verb} behind",
        limit=words.WIDE,
    )


def live(view: View, until: date) -> pl.LazyFrame:
    """A row a district, by its quarters that can be shown.

    `name`, `county_name`, `first` (its first with a referral), `last` (its last number in words),
    `silent`: the last is none, after there were some.
    """
    cells, rows = _quarters(view, until), []
    for place in places(view, DISTRICT):
        own = cells.filter(pl.col("area") == place["area"]).sort("start")
        some = own.filter(pl.col("value") > 0)
        now = own.row(-1, named=True) if own.height else None
        rows.append(
            {
                "name": place["name"],
                "county_name": place["county_name"],
                "start": some["start"][0] if some.height else None,
                "first": quarter(some["start"][0]) if some.height else None,
                "last": released.said(ROLLED_OUT, now),
                "silent": bool(some.height) and now is not None and now["value"] == 0,
            }
        )
    return pl.LazyFrame(rows, schema=_LIVE).sort("start", "name", nulls_last=True)


def quarter(start: date) -> str:
    """A quarter by its months: "April to June 2024"."""
    months = words.period(start, date(start.year, start.month + 2, 28)).split(" ")
    return f"{months[1]} to {months[4]} {months[5]}"


def how_many_refer(rows: pl.DataFrame) -> str:
    """In how many districts enough was referred in a quarter to be shown."""
    there = rows["start"].len() - rows["start"].null_count()
    if not there:
        return "No district has enough referrals to show yet"
    if silent := rows.filter(pl.col("silent"))["name"].to_list():
        none = "had no referral in the last quarter"
        return words.fit(
            f"Of {rows.height} districts {words.listed(silent)} {none}",
            f"{words.listed(silent)} {none}",
            words.sentence(f"{words.counted(len(silent), 'district')} {none}"),
            limit=words.WIDE,
        )
    if there < rows.height:
        return f"{there} of {rows.height} districts had enough referrals in a quarter"
    name = f"All {words.number(there)} districts" if there > 1 else rows["name"][0]
    return words.fit(
        f"{name} had enough referrals in a quarter",
        "Every district had enough referrals in a quarter",
        limit=words.WIDE,
    )


def how_far(view: View, until: date) -> str:
    """The rollout in a sentence: who refers no more or has not begun, and who is behind.

    A county that is behind is named before anything else is said: a long name stands alone.
    """
    rows = live(view, until).collect()
    silent, begun = rows.filter(pl.col("silent"))["name"].to_list(), rows["start"].count()
    if silent:
        many = words.counted(len(silent), "district")
        who = [f"No referral from {name} last quarter" for name in (words.listed(silent), many)]
    elif begun == rows.height:
        who = [f"All {words.number(begun)} districts have referred"]
    else:
        who = [f"{begun} of {rows.height} districts have enough referrals to show"]
    named, alone, counted = _late(view, until)
    both = [f"{first}; {late}" for first in who for late in named]
    briefly = [f"{first}; {late}" for first in who for late in counted]
    return words.fit(*both, *alone, *briefly, *who, limit=words.TITLE)


def _late(view: View, until: date) -> tuple[list[str], list[str], list[str]]:
    """Which counties are behind their course: named beside something else, named alone with how
    far, and how many; of each the longest words first. Nothing without a course.
    """
    counties = course(view, until).group_by("county", maintain_order=True).last().collect()
    funded = counties.filter(pl.col("gap").is_not_null())
    late = funded.filter(pl.col("is_behind"))
    if late.is_empty():
        return (["no county is behind its course"] if funded.height else []), [], []
    be = "is" if late.height == 1 else "are"
    names = words.listed(late["county"].to_list())
    alone = [f"{names} {be} behind course"]
    if late.height == 1:
        gap = words.figure(-late["gap"][0])
        alone = [
            f"{names} is about {gap} {each}"
            for each in ("referrals behind course", "behind course")
        ]
    many = words.counted(late.height, "county", "counties")
    return [f"{names} {be} behind course", f"{names} {be} behind"], alone, [f"{many} {be} behind"]


def last_day(view: View, until: date) -> date | None:
    """The last day of the quarters that districts have."""
    last = _quarters(view, until)["end"].max()
    return last if isinstance(last, date) else None


def _quarters(view: View, until: date) -> pl.DataFrame:
    return released.unsplit(view).filter(
        pl.col("level") == DISTRICT,
        pl.col("measure") == ROLLED_OUT,
        pl.col("cut") == "quarter",
        pl.col("end") <= until,
    )


_COURSE = {
    "county": pl.String,
    "on": pl.Date,
    "referrals": pl.Float64,
    "allocations": pl.Float64,
    "course": pl.Float64,
    "gap": pl.Int64,
    "heading": pl.String,
    "is_behind": pl.Boolean,
    "earlier_hidden": pl.Boolean,
}
_LIVE = {
    "name": pl.String,
    "county_name": pl.String,
    "start": pl.Date,
    "first": pl.String,
    "last": pl.String,
    "silent": pl.Boolean,
}
