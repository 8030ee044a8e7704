"""Counts by month that were kept when the closed cases behind them were removed."""

import polars as pl
from sqlalchemy import Connection, select

from dashboard.database.tables import KeptCount
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records

ALL = "all"
_COLUMNS = ("measure", "month", "area", "numerator", "denominator", "value")


def kept(connection: Connection, records: Records, belonging: Belonging) -> dict[str, pl.DataFrame]:
    """`kept`: a row a measure, month and district; `kept_wider`: the same of counties and of all.

    `measure` (its key), `on` (the month's last day), `month` (its first), `numerator`,
    `denominator`, `value`. People and middle values do not add up over districts, which is why
    those of counties (`county`) and of the whole (`county` empty) were kept beside.
    """
    rows = pl.DataFrame(
        connection.execute(select(*(KeptCount.__table__.c[name] for name in _COLUMNS))).all(),
        schema={
            "measure": pl.String,
            "month": pl.Date,
            "area": pl.String,
            "numerator": pl.Float64,
            "denominator": pl.Float64,
            "value": pl.Float64,
        },
        orient="row",
    ).with_columns(pl.col("month").dt.month_end().alias("on"))
    district = pl.col("area").is_in(records.areas["area"].to_list())
    wider = rows.filter(~district).with_columns(
        pl.when(pl.col("area") != ALL)
        .then("area")
        .cast(records.county_type, strict=False)
        .alias("county")
    )
    return {
        "kept": belonging.in_area(rows.filter(district)).sort("on", "area"),
        "kept_wider": wider.filter((pl.col("area") == ALL) | pl.col("county").is_not_null())
        .drop("area")
        .sort("on"),
    }
