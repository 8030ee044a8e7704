"""Places by county, which a release is shown beside: what the service has, and no person's number.

They are told as they are, for the last days of released quarters alone and in whole numbers: the
service says itself how many cases it can hold, and nothing about a case follows from it.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl


def places_on(places: pl.DataFrame, days: Iterable[date]) -> pl.DataFrame:
    """`county` (its key), `on`, `places`: a row a county that has any on one of the days."""
    wanted = pl.DataFrame({"day": sorted(set(days))}, schema={"day": pl.Date})
    held = places.join(wanted, how="cross").filter(
        pl.col("on") <= pl.col("day"), pl.col("to").is_null() | (pl.col("to") > pl.col("day"))
    )
    return (
        held.group_by(pl.col("county").cast(pl.String), "day")
        .agg(places=(pl.col("places").sum() + 0.5).floor())
        .select("county", "places", on="day")
        .sort("county", "on")
    )
