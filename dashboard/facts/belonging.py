"""Whose a case was, and where, on any day."""

import polars as pl

from dashboard.facts.records import UNKNOWN, Records
from dashboard.facts.time import LONG_AGO, as_of


class Belonging:
    """Places rows in the area, county and case manager of their day."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._county = dict(
            zip(records.areas["area"], records.areas["county"].cast(pl.String), strict=True)
        )
        self.areas = self._case_areas()
        self.managers = self._case_managers()

    def in_area(self, rows: pl.DataFrame) -> pl.DataFrame:
        """`rows` with their `area` made whole (never null) and the `county` it lies in."""
        area = pl.col("area").cast(pl.String).fill_null(UNKNOWN)
        county = area.replace_strict(self._county, default=UNKNOWN)
        return rows.with_columns(
            area.cast(self._records.area_type),
            county.cast(self._records.county_type).alias("county"),
        )

    def of_case(self, rows: pl.DataFrame, day: str = "on") -> pl.DataFrame:
        """`rows` of cases, with the area, county and case manager of their day."""
        placed = as_of(
            as_of(rows, self.areas, by="case", day=day), self.managers, by="case", day=day
        )
        return self.in_area(placed)

    def _case_areas(self) -> pl.DataFrame:
        # Where it was allocated, from always, until the first move.
        first = self._records["cases"].select("case", LONG_AGO.alias("on"), "area")
        moves = self._records["case_areas"].select("case", pl.col("from_on").alias("on"), "area")
        return pl.concat([first, moves])

    def _case_managers(self) -> pl.DataFrame:
        held = self._records["assignments"].select(
            "case", pl.col("from_on").alias("on"), "to_on", "case_manager"
        )
        # Between two workers a case may be held by nobody; at its end it stays with the last.
        gaps = (
            held.sort("case", "on")
            .join(self._records["cases"].select("case", "closed_on"), on="case")
            .with_columns(pl.col("on").shift(-1).over("case").alias("next_on"))
            .filter(
                pl.col("to_on").is_not_null(),
                pl.col("next_on").is_null() | (pl.col("next_on") > pl.col("to_on")),
                pl.col("closed_on").is_null() | (pl.col("closed_on") > pl.col("to_on")),
            )
            .select(
                "case",
                pl.col("to_on").alias("on"),
                pl.lit(None, self._records.enum("case_managers", "case_manager")).alias(
                    "case_manager"
                ),
            )
        )
        return pl.concat([held.drop("to_on"), gaps])
