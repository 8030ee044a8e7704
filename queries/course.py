"""Referrals and allocations since launch, against the funded course."""

from datetime import date, timedelta

import polars as pl

from queries import words
from queries.notes import of_districts, on_days
from queries.periods import DAY, monday
from queries.scope import Scope, counties
from queries.targets import Targets
from queries.view import View

WEEK = timedelta(days=7)
SILENT_WEEKS = 13  # without a referral from a district that has referred: worth a question
SILENT = SILENT_WEEKS * WEEK


def course(view: View) -> pl.LazyFrame:
    """Running totals by week for each county of the view, and the course it is funded for.

    `county`, `on`, `referrals`, `allocations` (null after the day the view is read as at),
    `point` (county and day), `course` (null without a target), `gap` (referrals less course on
    that day, whole numbers),
    `note_on`, `note` (what was noted since the row before);
    `heading` and `is_behind` (the same on all rows of a county); `received` (of the whole view,
    the district known or not) and `live` (in words, in how many districts it is), on all rows.
    """
    launched = _launch(view)
    if launched is None:
        return pl.LazyFrame(schema=_SCHEMA)
    targets = Targets.of(view)
    until = targets.until("referrals_received", view.as_at) or view.as_at
    days = _days(launched, view.as_at, until)
    parts = [_county(view, scope, targets, days) for scope in counties(view)]
    if not parts:
        return pl.LazyFrame(schema=_SCHEMA)
    received = view.numbers("referrals").select(pl.len().cast(pl.Int64)).collect().item()
    return pl.concat(parts).with_columns(received=pl.lit(received), live=pl.lit(_live(view)))


def rows_to(view: View, county: str, on: date, line: str | None) -> pl.LazyFrame:
    """The referrals or allocations behind a point of `course`: of the county up to that day."""
    facts = "allocations" if line == "allocations" else "referrals"
    scope = next(scope for scope in counties(view) if scope.name == county)
    return view.numbers(facts).filter(scope.rows, pl.col("on") <= on)


def since_own_launch(view: View) -> pl.LazyFrame:
    """Referrals of each county by whole weeks since its own first referral.

    `county`, `week` (0 at the first referral), `referrals` (in all by the end of that week),
    `point` (county and the last day of the week).
    """
    parts = []
    for scope in counties(view):
        received = _received(view, scope)
        first = received.select(pl.col("on").min()).collect().item()
        if first is None:
            continue
        weeks = (view.as_at - first).days // 7
        counted = received.group_by(
            ((pl.col("on") - pl.lit(first)).dt.total_days() // 7).cast(pl.Int64).alias("week")
        ).agg(pl.len().cast(pl.Int64).alias("new"))
        parts.append(
            pl.LazyFrame({"week": range(weeks)}, schema={"week": pl.Int64})
            .join(counted, on="week", how="left")
            .sort("week")
            .select(
                pl.lit(scope.name).alias("county"),
                "week",
                pl.col("new").fill_null(0).cum_sum().alias("referrals"),
                on=pl.lit(first) + pl.duration(weeks=pl.col("week") + 1) - DAY,
            )
            .with_columns(point=pl.struct("county", "on"))
        )
    return pl.concat(parts) if parts else pl.LazyFrame(schema=_BY_AGE)


def who_is_behind(rows: pl.DataFrame) -> str:
    """How the counties stand: the gaps of all, else how far those are that are behind.

    The page's sentence may have said one of the gaps alone.
    """
    latest = _latest(rows)
    funded = latest.filter(pl.col("gap").is_not_null())
    if funded.is_empty():
        total = words.counted(int(latest["referrals"].sum()), "referral")
        return f"{words.sentence(total)} since launch; no course is set"
    behind = funded.filter(pl.col("gap") < 0).sort("gap")
    ahead = funded.filter(pl.col("gap") > 0).sort("gap", descending=True)
    if behind.is_empty():
        name = "Every county is" if len(funded) > 1 else f"{funded['county'][0]} is"
        return f"{name} on or ahead of the funded course"
    gaps = [f"{row['county']} is {words.number(-row['gap'])} behind" for row in behind.to_dicts()]
    gaps += [f"{row['county']} is {words.number(row['gap'])} ahead" for row in ahead.to_dicts()]
    done = [
        f"{row['county']} has {words.figure(row['referrals'])} of "
        f"{words.figure(row['referrals'] - row['gap'])}"
        for row in behind.to_dicts()
    ]
    are = "is" if ahead.height == 1 else "are"
    others = f"{words.counted(ahead.height, 'county', 'counties')} {are} ahead; "
    before = words.sentence(others) if ahead.height else ""
    together = words.listed(list(behind["county"]))
    verb = "is" if len(behind) == 1 else "are"
    return words.fit(
        *([words.listed(gaps)] if funded.height > 1 else []),
        f"{before}{words.listed(done)} referrals",
        f"{before}{words.listed(done)}",
        f"{together} {verb} behind the funded course",
        limit=words.FULL,
    )


def how_far(rows: pl.DataFrame) -> str:
    """How far referrals in all are from the course in all, for the sentence of a page."""
    latest = _latest(rows)
    if latest.is_empty():
        return "No referral has been received yet"
    total = int(latest["received"][0])
    received = words.sentence(words.counted(total, "referral"))
    if latest["course"].is_null().any():
        return f"{received} since launch"
    # As the counties' gaps are shown, so that they add up.
    aim = int((latest["referrals"] - latest["gap"]).sum())
    gap = total - aim
    behind = latest.filter(pl.col("gap") < 0)
    if gap >= 0 and not behind.is_empty():
        return _ahead_but(gap, behind)
    if gap == 0:
        return f"Referrals since launch are on the funded course of {words.figure(aim)}"
    way = "behind" if gap < 0 else "ahead of"
    told = f"{words.figure(abs(gap))} {way} the funded course of {words.figure(aim)}"
    return words.fit(
        f"Referrals since launch are {told}", f"Referrals are {told}", limit=words.TITLE
    )


def _ahead_but(gap: int, behind: pl.DataFrame) -> str:
    """The whole keeps to its course, and these counties do not: the sum must not hide them."""
    ahead = f"{words.figure(gap)} ahead" if gap else "on course"
    if behind.height == 1:
        county, short = behind["county"][0], -behind["gap"][0]
        but = f"{county} is {words.figure(short)} behind"
        alone = f"{county} is {words.counted(short, 'referral')} behind course"
    else:
        but = f"{words.number(behind.height)} counties are behind"
        alone = words.sentence(f"{but} their course of referrals")
    return words.fit(
        f"Since launch referrals are {ahead}; {but}",
        f"Since launch {ahead}; {but}",
        alone,
        f"Since launch referrals are {ahead}; one county is behind",
        limit=words.TITLE,
    )


def where_it_is(rows: pl.DataFrame) -> str:
    """In how many districts it is live, and how many referrals are of no known one."""
    nowhere = int(rows["received"][0]) - int(_latest(rows)["referrals"].sum())
    live = str(rows["live"][0])
    if not nowhere:
        return live
    be = "is" if nowhere == 1 else "are"
    said = words.sentence(words.counted(nowhere, "referral"))
    return f"{live} {said} of no known district {be} in the total only."


def who_leads(rows: pl.DataFrame) -> str:
    """Which county stood highest at the same age, over the weeks that all have lived."""
    common = min(rows.group_by("county").agg(pl.col("week").max())["week"], default=0)
    then = rows.filter(pl.col("week") == common).sort("referrals", descending=True)
    if len(then) < 2:
        total = int(rows["referrals"].max() or 0)  # type: ignore[arg-type]
        weeks = f"{words.number(int(common) + 1)} weeks" if common else "week"
        return words.sentence(f"{words.counted(total, 'referral')} in the first {weeks}")
    top = then.row(0, named=True)
    return words.fit(
        f"{top['county']} had most at the same age",
        f"{top['county']} had most",
        limit=words.NARROW,
    )


def _county(view: View, scope: Scope, targets: Targets, days: list[date]) -> pl.LazyFrame:
    received = _running(_received(view, scope), days, view.as_at).rename({"total": "referrals"})
    allocated = _running(view.numbers("allocations").filter(scope.rows), days, view.as_at)
    if not view.recorded("allocations"):
        allocated = allocated.with_columns(total=pl.lit(None, pl.Int64))
    totals = received.join(allocated.rename({"total": "allocations"}), on="on")
    # From the first day of the target, which may come before the first referral of the county.
    aims = [targets.total("referrals_received", scope, date.min, day) for day in days]
    frame = totals.with_columns(
        county=pl.lit(scope.name), course=pl.Series(aims, dtype=pl.Float64)
    ).with_columns(
        gap=(pl.col("referrals") - pl.col("course")).round().cast(pl.Int64),
    )
    now = frame.filter(pl.col("on") == view.as_at).row(0, named=True)
    if now["gap"] is None:
        heading = "no course is set"
    elif now["gap"] < 0:
        heading = f"{words.figure(-now['gap'])} behind the course"
    elif now["gap"] > 0:
        heading = f"{words.figure(now['gap'])} ahead of the course"
    else:
        heading = "on the course"
    noted = on_days(frame.lazy(), of_districts(view, scope.districts))
    return noted.select(
        "county",
        "on",
        "referrals",
        "allocations",
        "course",
        "gap",
        pl.lit(heading).alias("heading"),
        pl.lit((now["gap"] or 0) < 0).alias("is_behind"),
        pl.struct("county", "on").alias("point"),
        "note_on",
        "note",
    )


def _received(view: View, scope: Scope) -> pl.LazyFrame:
    return view.numbers("referrals").filter(scope.rows)


def _running(events: pl.LazyFrame, days: list[date], as_at: date) -> pl.DataFrame:
    """`on`, `total`: how many events there were up to and on each day."""
    counted = events.sort("on").select("on", total=pl.int_range(1, pl.len() + 1))
    grid = pl.LazyFrame({"on": days}, schema={"on": pl.Date})
    return (
        grid.join_asof(counted, on="on")
        .with_columns(pl.when(pl.col("on") <= as_at).then(pl.col("total").fill_null(0)))
        .collect()
    )


def _days(launched: date, as_at: date, until: date) -> list[date]:
    """Every Sunday, the day the view is read as at, and the last day of the course."""
    last = max(as_at, until)
    sunday = monday(launched) + WEEK - timedelta(days=1)
    sundays = [sunday + WEEK * index for index in range((last - sunday).days // 7 + 1)]
    return sorted({launched, *sundays, as_at, last})


def _launch(view: View) -> date | None:
    found = view.numbers("referrals").select(pl.col("on").min()).collect().item()
    return found if isinstance(found, date) else None


def _live(view: View) -> str:
    """In how many districts there has been a referral, the last to have one, and the silent."""
    firsts = view.numbers("referrals").group_by("area").agg(pl.col("on").min(), last=pl.max("on"))
    districts = (
        view.numbers("areas")
        .filter(pl.col("known"))
        .select("area", "name")
        .join(firsts, on="area", how="left")
        .sort("on", "name", nulls_last=True)
        .collect()
    )
    live, not_yet = districts.drop_nulls("on"), districts.filter(pl.col("on").is_null())
    if not_yet.height:
        names = words.listed(list(not_yet["name"]))
        return f"Live in {live.height} of {districts.height} districts; not yet: {names}."
    silent = live.filter(pl.col("last") + SILENT <= view.as_at)["name"].to_list()
    none = f" None for {SILENT_WEEKS} weeks from {words.listed(silent)}." if silent else ""
    last = live.row(-1, named=True)
    if live.height == 1:
        return f"Live since {words.day(last['on'])}.{none}"
    return (
        f"Live in all {words.number(live.height)} districts; "
        f"the last was {last['name']}, {words.day(last['on'])}.{none}"
    )


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """The last row of each county with a count."""
    return (
        rows.filter(pl.col("referrals").is_not_null())
        .sort("on")
        .group_by("county", maintain_order=True)
        .last()
    )


_POINT = pl.Struct({"county": pl.String, "on": pl.Date})
_SCHEMA = pl.Schema(
    {
        "county": pl.String(),
        "on": pl.Date(),
        "referrals": pl.Int64(),
        "allocations": pl.Int64(),
        "course": pl.Float64(),
        "gap": pl.Int64(),
        "heading": pl.String(),
        "is_behind": pl.Boolean(),
        "point": _POINT,
        "note_on": pl.Date(),
        "note": pl.String(),
        "received": pl.Int64(),
        "live": pl.String(),
    }
)
_BY_AGE = pl.Schema(
    {
        "county": pl.String(),
        "week": pl.Int64(),
        "referrals": pl.Int64(),
        "on": pl.Date(),
        "point": _POINT,
    }
)
