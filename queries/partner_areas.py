"""What each partner agency sends and does in each county, or in each district of one county."""

import polars as pl

from queries import words
from queries.partners import Number, number_rows
from queries.view import View


def by_area(view: View, number: Number) -> pl.LazyFrame:
    """A row an agency and area of the view: counties, or the districts of the one county shown.

    `agency_name`, `area_name`, `cell` (both), `value`, `text`, `of` (what a share is of); agencies
    without any are left out. A share of none is null.
    """
    rows = number_rows(view, "due" if number == "on_time" else number)
    column, names = _areas(view, rows)
    value = pl.col("on_time").mean() if number == "on_time" else pl.len().cast(pl.Int64)
    counted = rows.group_by("agency", column).agg(value.alias("value"), of=pl.len().cast(pl.Int64))
    total = rows.group_by("agency").agg(total=pl.len().cast(pl.Int64))
    grid = view.numbers("agencies").select("agency", "agency_name").join(total, on="agency")
    shown = (
        grid.join(names, how="cross", maintain_order="left_right")
        .join(counted, on=["agency", column], how="left", maintain_order="left")
        .sort("total", "agency_name", descending=[True, False], maintain_order=True)
        .with_columns(cell=pl.struct("agency_name", "area_name"))
    )
    if number == "on_time":
        return shown.with_columns(
            text=pl.when(pl.col("value").is_not_null()).then(
                pl.format("{} of {}", (pl.col("value") * pl.col("of")).round().cast(pl.Int64), "of")
            )
        ).drop("agency", column)
    return (
        shown.with_columns(pl.col("value", "of").fill_null(0))
        .with_columns(text=pl.col("value").cast(pl.String))
        .drop("agency", column)
    )


def area_rows(view: View, number: Number, agency: str, area: str) -> pl.LazyFrame:
    """The rows behind one cell of `by_area`."""
    rows = number_rows(view, "due" if number == "on_time" else number)
    column, names = _areas(view, rows)
    return rows.filter(pl.col("agency_name") == agency).join(
        names.filter(pl.col("area_name") == area), on=column, how="semi"
    )


def where_most(rows: pl.DataFrame, number: Number) -> str:
    """Which agency and area have most; of shares, how many did all on time."""
    if number == "on_time":
        sums = rows.group_by("agency_name").agg(
            all_done=(pl.col("value").drop_nulls() == 1).all(), total=pl.col("total").first()
        )
        every = int(sums["all_done"].sum())
        of = words.counted(len(sums), "agency", "agencies")
        return f"{words.sentence(words.number(every) if every else 'none')} of {of} did all on time"
    top = rows.sort("value", descending=True, maintain_order=True).row(0, named=True)
    if top["value"] == rows["value"].sum():
        only = "the only one" if top["value"] == 1 else f"all {words.number(top['value'])}"
        return words.fit(
            f"{top['agency_name']} has {only}, in {top['area_name']}",
            f"One agency has {only}, in {top['area_name']}",
            limit=words.WIDE,
        )
    return words.fit(
        f"{top['agency_name']} has most, {words.number(top['value'])} in {top['area_name']}",
        f"Most for one agency are {words.number(top['value'])}, in {top['area_name']}",
        limit=words.WIDE,
    )


def _areas(view: View, rows: pl.LazyFrame) -> tuple[str, pl.LazyFrame]:
    """The column to split by, and its values with `area_name`, in order.

    Last the area that stands for unknown, where any of the rows has no other.
    """
    areas = view.numbers("areas")
    known = areas.filter(pl.col("known"))
    several = known.select(pl.col("county").n_unique()).collect().item() > 1
    column, name = ("county", "county_name") if several else ("area", "name")
    unknown = areas.filter(~pl.col("known")).join(rows, on=column, how="semi")
    shown = pl.concat([known, unknown]).select(column, area_name=name)
    return column, shown.unique(maintain_order=True)
