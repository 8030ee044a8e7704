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
    people = words.sentence(words.counted(len(rows), "person", "people"))
    days = int(rows["days"][0])
    if len(rows) == 1:
        return f"{people} waits, since {words.lasting(days)}" if days else f"{people} waits"
    return f"{people} wait, the longest {words.lasting(days)}"
