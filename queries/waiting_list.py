"""Accepted referrals that wait for a case manager, longest first."""

import polars as pl

from queries import words
from queries.view import View


def waiting_list(view: View) -> pl.LazyFrame:
    """`referral`, `area_name`, `agency_name`, `accepted_on`, `days` (waited since acceptance)."""
    names = view.numbers("areas").select("area", area_name="name")
    return (
        view.numbers("waiting")
        .filter(pl.col("to").is_null() | (pl.col("to") > view.as_at))
        .join(names, on="area", how="left")
        .select(
            pl.col("referral").cast(pl.String),
            "area_name",
            "agency_name",
            accepted_on="on",
            days=(pl.lit(view.as_at) - pl.col("on")).dt.total_days(),
        )
        .sort("days", "referral", descending=[True, False])
    )


def longest_wait(rows: pl.DataFrame) -> str:
    """How many wait, and the longest for how long."""
    days = words.counted(int(rows["days"][0]), "day")
    if len(rows) == 1:
        return f"One person waits, for {days}"
    return f"{words.sentence(words.number(len(rows)))} wait, the longest {days}"
