"""Where referrals come from: by agency, month by month, and who has sent none."""

from datetime import date

import polars as pl

from queries import words
from queries.comparisons import YEAR, Then, chosen
from queries.notes import with_notes
from queries.periods import Period, Periods, months, months_before
from queries.view import View

NOT_RECORDED = "Agency not recorded"


def by_sector(view: View) -> pl.LazyFrame:
    """A row a sector with referrals in the period or a year earlier, most first.

    `sector`, `referrals`, `year_before` (the same days a year earlier; null where the service had
    no records yet).
    """
    then = chosen(view, YEAR).period
    rows = view.numbers("referrals").select("on", pl.col("sector").cast(pl.String))
    known = rows.select(pl.col("on").min() <= then.start)
    return (
        rows.group_by(pl.col("sector").fill_null(NOT_RECORDED))
        .agg(
            referrals=pl.col("on").is_between(view.start, view.end).sum().cast(pl.Int64),
            year_before=pl.col("on").is_between(then.start, then.end).sum().cast(pl.Int64),
        )
        .filter((pl.col("referrals") > 0) | (pl.col("year_before") > 0))
        .join(known.rename({"on": "known"}), how="cross")
        .sort("referrals", "sector", descending=[True, False])
        .select("sector", "referrals", pl.when("known").then("year_before"))
    )


def who_refers_most(rows: pl.DataFrame) -> str:
    """Which sector sends most, and its share."""
    total = int(rows["referrals"].sum())
    named = rows.filter(pl.col("sector") != NOT_RECORDED)
    if named.is_empty():
        return "No referring agency is recorded"
    if not total:
        return "Nobody referred in this period"
    top = named.row(0, named=True)
    if top["referrals"] == total:
        every = "the only referral" if total == 1 else f"all {words.number(total)} referrals"
        return words.fit(
            f"{top['sector']} sent {every}", f"One sector sent {every}", limit=words.NARROW
        )
    share = words.share(top["referrals"] / total, total)
    sent = f"{top['sector']} sent {share}"
    return words.fit(
        f"{sent} of referrals" if "%" in share else sent,
        sent,
        f"{top['sector']}: {share}",
        limit=words.NARROW,
    )


def sector_rows(view: View, sector: str, part: str | None) -> pl.LazyFrame:
    """The referrals behind a sector's bar; of `year_before`, those of the same days then."""
    named = pl.col("sector").cast(pl.String).fill_null(NOT_RECORDED)
    return view.numbers("referrals").filter(sector_days(view, part).rows, named == sector)


def sector_days(view: View, part: str | None) -> Then:
    """The period that a number of `by_sector` counts in."""
    return chosen(view, YEAR if part == "year_before" else None)


def by_month(view: View) -> pl.LazyFrame:
    """`agency_name`, `month` (its first day), `cell` (both), `referrals`, `partial`, `note`.

    The last 12 months, `note` what was noted in each. Every agency with a referral in them, and
    every month, also those with none.
    """
    periods = last_months(view)
    rows = periods.place(_named(view.numbers("referrals")))
    counted = rows.group_by("agency_name", "period").agg(referrals=pl.len().cast(pl.Int64))
    totals = rows.group_by("agency_name").agg(total=pl.len())
    frame = periods.frame().lazy().select("period", "partial", month="start")
    return (
        totals.join(with_notes(frame, view, periods), how="cross")
        .join(counted, on=["agency_name", "period"], how="left")
        .with_columns(pl.col("referrals").fill_null(0))
        .sort("total", "agency_name", "month", descending=[True, False, False])
        .select(
            "agency_name",
            "month",
            "referrals",
            "partial",
            "total",
            "note",
            cell=pl.struct("agency_name", "month"),
        )
    )


def month_rows(view: View, agency: str, month: date) -> pl.LazyFrame:
    """The referrals behind one cell of `by_month`."""
    days = month_of(view, month)
    sent = _named(view.numbers("referrals")).filter(pl.col("agency_name") == agency)
    return sent.filter(pl.col("on").is_between(days.start, days.end))


def month_of(view: View, month: date) -> Period:
    """The days of a month of `by_month`, as far as it has come."""
    return next(each for each in last_months(view).each if each.start == month)


def last_months(view: View, count: int = 12) -> Periods:
    """The calendar months up to the end of the view, the running one marked."""
    return months(months_before(view.end, count - 1), view.end)


def busiest(rows: pl.DataFrame) -> str:
    """How many agencies referred in the months shown, and in how many every month."""
    agencies = rows.filter(pl.col("agency_name") != NOT_RECORDED)
    count = agencies["agency_name"].n_unique()
    if not count:
        return "No referring agency is recorded"
    steady = int(
        agencies.filter(~pl.col("partial"))
        .group_by("agency_name")
        .agg((pl.col("referrals") > 0).all())["referrals"]
        .sum()
    )
    sent = words.sentence(words.counted(count, "agency", "agencies"))
    return words.fit(
        f"{sent} referred in 12 months, {words.number(steady)} of them in every full one",
        f"{sent} referred in the last 12 months",
        limit=words.WIDE,
    )


def first_referrals(view: View) -> pl.LazyFrame:
    """A row an agency and county of the view, also where it sent none.

    `agency_name`, `county_name`, `first_on`, `last_on`, `referrals` (in all up to the as-at
    date), `first` (the day of the first in words, or "none"), `total` (of the agency), `cell`
    (agency and county, by their ids).
    """
    sent = view.numbers("referrals").filter(pl.col("agency").is_not_null())
    counted = sent.group_by("agency", "county").agg(
        first_on=pl.col("on").min(),
        last_on=pl.col("on").max(),
        referrals=pl.len().cast(pl.Int64),
    )
    known = view.numbers("areas").filter(pl.col("known"))
    counties = known.select("county", "county_name").unique(maintain_order=True)
    first = pl.col("first_on")
    return (
        view.numbers("agencies")
        .select("agency", "agency_name")
        .join(counties, how="cross", maintain_order="left_right")
        .join(counted, on=["agency", "county"], how="left", maintain_order="left")
        .with_columns(
            pl.col("referrals").fill_null(0),
            first=pl.when(first.is_null())
            .then(pl.lit("none"))
            .otherwise(first.dt.strftime("%-d %b %Y")),
        )
        .with_columns(total=pl.col("referrals").sum().over("agency"))
        .sort("total", "agency_name", descending=[True, False], maintain_order=True)
        .with_columns(cell=pl.struct(pl.col("agency", "county").cast(pl.String)))
        .drop("agency", "county")
    )


def first_rows(view: View, agency: str, county: str) -> pl.LazyFrame:
    """The referrals behind one cell of `first_referrals`."""
    ids = {"agency": agency, "county": county}
    return view.numbers("referrals").filter(
        pl.col(name).cast(pl.String) == value for name, value in ids.items()
    )


def cell_named(rows: pl.DataFrame, cell: dict[str, str]) -> str:
    """A cell of `first_referrals` in words: "Slough housing, Berkshire"."""
    row = next(row for row in rows.to_dicts() if row["cell"] == cell)
    return f"{row['agency_name']}, {row['county_name']}"


def who_sent_none(rows: pl.DataFrame) -> str:
    """Which agencies have never sent a referral."""
    none = list(rows.filter(pl.col("total") == 0)["agency_name"].unique(maintain_order=True))
    if not none:
        return "Every agency listed has referred"
    have = "has" if len(none) == 1 else "have"
    agencies = words.counted(len(none), "agency", "agencies")
    return words.fit(
        f"{words.listed(none)} {have} sent none",
        words.sentence(f"{agencies} {have} sent none"),
        limit=60,
    )


def _named(referrals: pl.LazyFrame) -> pl.LazyFrame:
    return referrals.with_columns(pl.col("agency_name").fill_null(NOT_RECORDED))
