"""Referrals and what became of them, by agency, route, area, month and week."""

from datetime import date
from typing import Literal

import polars as pl

from queries import stretches, words
from queries.comparisons import YEAR, Then, beside, chosen, now
from queries.notes import with_notes
from queries.referral_outcomes import ACCEPTED, NOT_TAKEN, OUTCOMES, outcome_on, received, screened
from queries.sources import NOT_RECORDED
from queries.stretches import Step
from queries.view import View

By = Literal["agency", "route", "district", "county"]
SHOWN = 14  # agencies each on their own; the rest together
OTHERS = "Other agencies"

_IS = {name: pl.col("outcome") == name for name in OUTCOMES}
# What is counted of a group of referrals: the first three parts add up to those received.
PARTS: dict[str, pl.Expr] = {
    "accepted": pl.any_horizontal(_IS[name] for name in ACCEPTED),
    "open": pl.any_horizontal(_IS[name] for name in ("to_screen", "to_decide", "deferred")),
    "not_taken": pl.any_horizontal(_IS[name] for name in NOT_TAKEN),
    "eligible": pl.col("eligible_on").is_not_null(),
    "waiting": _IS["to_screen"] | _IS["to_decide"],
    "deferred": _IS["deferred"],
    "declined": _IS["declined"],
    "not_eligible": _IS["not_eligible"],
    "withdrawn": _IS["withdrawn"],
}


def groups(view: View, by: By) -> pl.LazyFrame:
    """A row a group with referrals in one of the three periods compared, most first.

    `name`, `received`, the counts of `PARTS`, `year_earlier` (received), `just_before`.
    """

    def count(then: Then) -> pl.LazyFrame:
        return _named(view, by, received(view, then)).group_by("name").agg(_counts())

    rows = beside(view, "referrals", "name", "received", count)
    return _told(rows.with_columns(pl.col(list(PARTS)).fill_null(0)), view).sort(
        pl.col("name") == OTHERS, "received", "name", descending=[False, True, False]
    )


def group_rows(view: View, by: By, name: str, part: str | None) -> pl.LazyFrame:
    """The referrals behind a group's bar, one of its numbers, or that of another period."""
    then = received(view, chosen(view, part))
    rows = _named(view, by, then).filter(pl.col("name") == name)
    return rows.filter(PARTS[part]) if part in PARTS else rows


def over_time(view: View, step: Step) -> pl.LazyFrame:
    """A row a month or week, in order.

    `start`, `end`, `partial`, `received`, the counts of `PARTS`, `year_earlier` (received), `note`
    (what was noted in it); null before the service's first referral.
    """
    periods = stretches.last(view, step)
    all_rows = view.numbers("referrals")
    then = stretches.counts(all_rows, stretches.a_year_before(periods, step), YEAR)
    placed = periods.place(all_rows.with_columns(outcome_on(view.as_at)))
    columns = ["received", *PARTS]
    rows = (
        periods.frame()
        .lazy()
        .join(placed.group_by("period").agg(_counts()), on="period", how="left")
        .join(then, on="period", how="left")
        .join(all_rows.select(first=pl.col("on").min()), how="cross")
        .with_columns(
            pl.when(pl.col("first") <= pl.col("end")).then(pl.col(column).fill_null(0))
            for column in columns
        )
    )
    return with_notes(_told(rows, view), view, periods).drop("first", "period").sort("start")


def _told(rows: pl.LazyFrame, view: View) -> pl.LazyFrame:
    """The counts that no record tells of are unknown, not none."""
    decided = [] if view.recorded("decisions") else ["deferred", "declined"]
    return (
        rows.join(screened(view), how="cross", maintain_order="left")
        .with_columns(
            *(pl.when("screened").then(name).alias(name) for name in ("eligible", "not_eligible")),
            *(pl.lit(None, pl.Int64).alias(name) for name in decided),
        )
        .drop("screened")
    )


def period_rows(view: View, step: Step, start: date, part: str | None) -> pl.LazyFrame:
    """The referrals behind a month's or week's column, one of its parts, or of a year earlier."""
    rows = received(view, Then(stretches.beginning(view, step, start, part), view.as_at))
    return rows.filter(PARTS[part]) if part in PARTS else rows


def named(start: date, step: Step) -> str:
    """The month or week that begins on a day, as a heading."""
    return words.sentence(stretches.name_of(start, step))


def busiest(rows: pl.DataFrame, by: By) -> str:
    """Which group sent most, and what share of its referrals is accepted."""
    top = rows.row(0, named=True)
    total = int(rows["received"].sum())
    if not total:
        return "None was received in this period"
    verb = {"agency": "sent", "route": "brought", "district": "had", "county": "had"}[by]
    if top["received"] == total and total < words.SHARE_FROM:
        every = "the only referral" if total == 1 else f"all {words.number(total)} referrals"
        return words.fit(
            f"{top['name']} {verb} {every}", f"One {by} {verb} {every}", limit=words.WIDE
        )
    share = words.share(top["received"] / total, total)
    accepted = words.share(top["accepted"] / top["received"], top["received"])
    return words.fit(
        f"{top['name']} {verb} most, {share}; {accepted} accepted",
        f"{top['name']} {verb} most: {share}",
        f"One {by} {verb} {share} of all",
        limit=words.WIDE,
    )


def latest_in_words(rows: pl.DataFrame, step: Step) -> str:
    """The last complete month or week, against the same a year earlier."""
    full = rows.filter(~pl.col("partial"), pl.col("received").is_not_null())
    if full.is_empty():
        return f"No {step} is complete yet"
    last = full.row(-1, named=True)
    when = named(last["start"], step)
    count = words.counted(last["received"], "referral")
    if last[YEAR] is None:
        return f"{when} brought {count}"
    change = words.change(last["received"], last[YEAR])
    than = f"{change} {'as' if change == 'as many' else 'than'}"
    return words.fit(
        f"{when} brought {count}, {than} a year before",
        f"{when} brought {words.number(last['received'])}, {than} a year before",
        f"{when} brought {count}",
        limit=words.WIDE,
    )


def _counts() -> list[pl.Expr]:
    counts = [part.sum().cast(pl.Int64).alias(name) for name, part in PARTS.items()]
    return [pl.len().cast(pl.Int64).alias("received"), *counts]


def _named(view: View, by: By, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with the `name` of their group; agencies that send few stand together."""
    if by == "agency":
        own = view.numbers("referrals").filter(now(view).rows, pl.col("agency").is_not_null())
        most = (
            own.group_by("agency_name")
            .agg(sent=pl.len())
            .sort("sent", "agency_name", descending=[True, False])
            .head(SHOWN)
        )
        shown = most.select("agency_name", shown=True)
        return rows.join(shown, on="agency_name", how="left").with_columns(
            name=pl.when(pl.col("agency_name").is_null())
            .then(pl.lit(NOT_RECORDED))
            .when("shown")
            .then("agency_name")
            .otherwise(pl.lit(OTHERS))
        )
    if by == "route":
        return rows.with_columns(
            name=pl.col("route").cast(pl.String).fill_null("Route not recorded")
        )
    column = "name" if by == "district" else "county_name"
    areas = view.numbers("areas").select("area", name=column)
    return rows.join(areas, on="area", how="left")
