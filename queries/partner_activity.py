"""When each partner agency was first and last active."""

import polars as pl

from queries import words
from queries.view import View

QUIET_DAYS = 28  # without anything from or for an agency: silent


def activity(view: View) -> pl.LazyFrame:
    """A row an agency, the longest silent first; those never active last.

    `agency_name`, `first_on`, `last_on` (of a referral sent or an action asked for or done, up to
    the as-at day), `last_what`, `days` (since then), `times` (how often it was active), `is_quiet`
    (four weeks or more).
    """
    by_day = _days(view).group_by("agency", "on", "what").agg(times=pl.len().cast(pl.Int64))
    spans = (
        by_day.sort("on", "what")
        .group_by("agency", maintain_order=True)
        .agg(
            first_on=pl.col("on").first(),
            last_on=pl.col("on").last(),
            last_what=pl.col("what").last(),
            times=pl.col("times").sum(),
        )
    )
    since = (pl.lit(view.as_at) - pl.col("last_on")).dt.total_days()
    return (
        view.numbers("agencies")
        .select("agency", "agency_name")
        .join(spans, on="agency", how="left")
        .with_columns(
            pl.col("times").fill_null(0),
            days=since,
            is_quiet=(since >= QUIET_DAYS).fill_null(value=False),
        )
        .sort("days", "agency_name", descending=[True, False], nulls_last=True)
        .drop("agency")
    )


def days_of(view: View, agency: str) -> pl.LazyFrame:
    """What an agency of this name was active with, `what` and on which day, a row each."""
    named = view.numbers("agencies").filter(pl.col("agency_name") == agency).select("agency")
    return _days(view).join(named, on="agency", how="semi")


def _days(view: View) -> pl.LazyFrame:
    """A row for each referral sent, action asked for and action done: `what`, `on`, its record."""
    known = pl.col("agency").is_not_null()
    columns = ["agency", "area", "case_manager", "on", "what", "record"]
    actions = view.numbers("actions").filter(known).with_columns(record=_id("case"))
    referrals = view.numbers("referrals").filter(known).with_columns(record=_id("referral"))
    done = actions.filter(pl.col("completed_on").is_not_null())
    return pl.concat(
        rows.with_columns(what=pl.lit(what)).select(columns)
        for rows, what in (
            (referrals, "referral"),
            (actions, "action asked for"),
            (done.with_columns(on="completed_on"), "action done"),
        )
    )


def _id(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def who_is_silent(rows: pl.DataFrame) -> str:
    """How many agencies of all are silent, or which one is."""
    never = int(rows["last_on"].is_null().sum())
    known = rows.filter(pl.col("days").is_not_null())
    if known.is_empty():
        return "No agency has been active yet"
    top = known.row(0, named=True)
    if not top["is_quiet"]:
        if never:
            count = words.sentence(words.counted(never, "agency", "agencies"))
            return f"{count} {'has' if never == 1 else 'have'} never been active"
        return "Every agency was active in the last four weeks"
    quiet = int(rows["is_quiet"].sum())
    of = words.counted(rows.height, "agency", "agencies")
    be = "is" if quiet == 1 else "are"
    many = f"{words.sentence(words.number(quiet))} of {of} {be} silent for four weeks or more"
    if quiet > 1:
        return many
    lasting = words.lasting(int(top["days"]))
    return words.fit(f"{top['agency_name']} has been silent for {lasting}", many, limit=words.WIDE)
