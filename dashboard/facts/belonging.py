"""Whose a case was, and where, on any day."""

import polars as pl

from dashboard.facts.records import UNKNOWN, Records
from dashboard.facts.time import LONG_AGO, as_of


class Belonging:
    """Places rows in the area, county and case manager of their day."""

    def __init__(self, records: Records) -> None:
        self._records = records
        # The county of each area, in the order of the areas' Enum.
        self._county = records.areas["county"].cast(records.county_type)
        self.areas = self._case_areas()
        self.managers = self._case_managers()
        self._whose = self._both()

    def in_area(self, rows: pl.DataFrame) -> pl.DataFrame:
        """`rows` with their `area` made whole (never null) and the `county` it lies in."""
        whole = rows.with_columns(
            pl.col("area").cast(self._records.area_type).fill_null(pl.lit(UNKNOWN))
        )
        codes = pl.col("area").to_physical().cast(pl.UInt32)
        return whole.with_columns(pl.lit(self._county).gather(codes).alias("county"))

    def of_case(self, rows: pl.DataFrame, day: str = "on") -> pl.DataFrame:
        """`rows` of cases, with the area, county and case manager of their day.

        Their order becomes that of case and day.
        """
        return self.in_area(as_of(rows, self._whose, by="case", day=day))

    def _both(self) -> pl.DataFrame:
        """From each day on that either changes: the area and the case manager of a case."""
        days = pl.concat([each.select("case", "on") for each in (self.areas, self.managers)])
        return as_of(as_of(days.unique(), self.areas, by="case"), self.managers, by="case")

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
