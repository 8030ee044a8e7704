"""A view of released cells written down in a test, and of a service of three districts."""

from datetime import date
from typing import Any

import polars as pl

REFERRALS = "referrals_received"
SPRING, SUMMER = ("2026-04-01", "2026-06-30"), ("2026-07-01", "2026-09-30")

_AREAS = [
    ("B1", "Slough", "berkshire", 160_000),
    ("B2", "Reading", "berkshire", 178_000),
    ("O1", "Oxford", "oxfordshire", 165_000),
]
COUNTY_NAMES = {"berkshire": "Berkshire", "oxfordshire": "Oxfordshire"}
_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("measure", "split", "part", "cut"), pl.String),
    "start": pl.Date,
    "end": pl.Date,
    **dict.fromkeys(("level", "area"), pl.String),
    **dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"), pl.Float64),
    **dict.fromkeys(("least", "most"), pl.Float64),
    "suppressed": pl.Boolean,
    "why": pl.String,
}


def cell(
    measure: str,
    value: float | None,
    start: str,
    end: str,
    cut: str = "month",
    level: str = "whole",
    area: str = "",
    **more: Any,
) -> dict[str, Any]:
    """One cell; without a value it is hidden."""
    return {
        **dict.fromkeys(_SCHEMA),
        "measure": measure,
        "value": value,
        "numerator": value,
        "least": value,
        "most": value,
        "cut": cut,
        "start": date.fromisoformat(start),
        "end": date.fromisoformat(end),
        "level": level,
        "area": area,
        "suppressed": value is None,
        **more,
    }


def quarter(
    county: str, value: float | None, start: str, end: str, measure: str = REFERRALS
) -> dict[str, Any]:
    """One cell of a county's quarter."""
    return cell(measure, value, start, end, "quarter", "county", county)


class Cells:
    """A view of these cells (see `queries.view.View`), with targets and places if given."""

    def __init__(
        self,
        *cells: dict[str, Any],
        targets: list[tuple[str, str, str, str | None, float]] | None = None,
        places: list[tuple[str, str, float]] | None = None,
    ) -> None:
        self.cells = pl.DataFrame(list(cells), schema=_SCHEMA)
        self.start = min((each["start"] for each in cells), default=date(2026, 1, 1))
        self.end = self.as_at = max((each["end"] for each in cells), default=date(2026, 1, 1))
        self._places = pl.DataFrame(
            [(county, date.fromisoformat(on), there) for county, on, there in places or []],
            schema={"county": pl.String, "on": pl.Date, "places": pl.Float64},
            orient="row",
        )
        days = [
            (measure, area, date.fromisoformat(on), date.fromisoformat(to) if to else None, value)
            for measure, area, on, to, value in targets or []
        ]
        self._targets = pl.DataFrame(
            days,
            schema={
                "measure": pl.String,
                "for_area": pl.String,
                "on": pl.Date,
                "to": pl.Date,
                "value": pl.Float64,
            },
            orient="row",
        )

    def numbers(self, facts: str) -> pl.LazyFrame:
        if facts == "released":
            return self.cells.lazy()
        if facts == "targets":
            return self._targets.lazy()
        if facts == "places":
            return self._places.lazy()
        if facts == "annotations":
            schema = {"on": pl.Date, "for_area": pl.String, "text": pl.String}
            return pl.LazyFrame(schema=schema)
        assert facts == "areas"
        columns = ["area", "name", "county", "population"]
        return pl.LazyFrame(_AREAS, schema=columns, orient="row").with_columns(
            county_name=pl.col("county").replace_strict(COUNTY_NAMES),
            known=pl.lit(value=True),
            of_all=pl.lit(3),
            of_county=pl.len().over("county"),
        )

    def records(self, facts: str) -> pl.LazyFrame:
        raise PermissionError(facts)

    def recorded(self, facts: str) -> bool:
        return facts in ("released", "areas", "targets", "annotations", "places")
