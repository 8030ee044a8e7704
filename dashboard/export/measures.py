"""Measures as rows for the command line: a table to read, or JSON for other programs."""

from typing import Any

import polars as pl
from rich.table import Table as RichTable

from dashboard.snapshot import Lens
from queries.evaluate import evaluate
from queries.kept import line
from queries.measures import ALL, MEASURES
from queries.periods import Periods, monday, months, one, weeks
from queries.scope import known_areas

# What `--by` may name, and the heading of its column.
BY = {
    "area": "Area",
    "county": "County",
    "month": "Month",
    "week": "Week from",
    "case_manager": "Case manager",
}


def measure_rows(lens: Lens, by: str | None = None) -> list[dict[str, Any]]:
    """A row for each measure and value of `by`, with the names that callers rely on."""
    evaluated = evaluate(ALL, lens, _periods(lens, by), [by] if by in _GROUPS else []).collect()
    names = dict(
        lens.numbers("areas").select(pl.col("area", "name").cast(pl.String)).collect().rows()
    )
    counties = dict(
        lens.numbers("areas")
        .select(pl.col("county", "county_label").cast(pl.String))
        .collect()
        .rows()
    )
    begun = line(lens)  # before it only counts were kept
    rows = []
    for found in evaluated.iter_rows(named=True):
        measure = MEASURES[found["measure"]]
        row = {
            "key": measure.key,
            "title": measure.title,
            "unit": measure.unit,
            **{name: _number(found[name]) for name in _NUMBERS},
            "suppressed": False,
            "partial": found["partial"],
            "kept": begun is not None and found["start"] < begun,
        }
        match by:
            case "area":
                row |= {"area": found["area"], "area_name": names[found["area"]]}
            case "county":
                row |= {"county": counties[found["county"]], "county_key": found["county"]}
            case "month":
                row["month"] = f"{found['start']:%Y-%m}"
            case "week":
                row["week"] = monday(found["start"]).isoformat()
            case "case_manager":
                row["case_manager"] = found["case_manager"]
        rows.append(row)
    return rows


def measures_document(lens: Lens, rows: list[dict[str, Any]], *, made_up: bool) -> dict[str, Any]:
    """The whole answer as it is printed in JSON."""
    return {
        "as_at": lens.as_at.isoformat(),
        "from": lens.start.isoformat(),
        "to": lens.end.isoformat(),
        "areas": known_areas(lens)["area"].cast(pl.String).to_list(),
        "made_up": made_up,
        "release": None,
        "rows": rows,
    }


def measures_table(rows: list[dict[str, Any]], by: str | None) -> RichTable:
    """The rows as a table for a terminal. What is not known is a dash, never 0."""
    table = RichTable(box=None, pad_edge=False)
    table.add_column("Measure")
    if by:
        table.add_column(BY[by])
    for heading in ("Value", "Numerator", "Denominator", "95% interval", ""):
        table.add_column(heading, justify="right")
    for row in rows:
        fraction = row["unit"] in ("share", "change")
        interval = (
            f"{_shown(row['lower'], fraction)} to {_shown(row['upper'], fraction)}"
            if row["lower"] is not None
            else ""
        )
        group = [str(row.get(_SHOWN_AS.get(by, by)) or "none")] if by else []
        table.add_row(
            row["title"],
            *group,
            _shown(row["value"], fraction),
            _shown(row["numerator"], fraction=False),
            _shown(row["denominator"], fraction=False),
            interval,
            "partial" if row["partial"] else "too few to show" if row["suppressed"] else "",
        )
    return table


_GROUPS = ("area", "county", "case_manager")
_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_SHOWN_AS = {"area": "area_name"}


def _periods(lens: Lens, by: str | None) -> Periods:
    if by == "month":
        return months(lens.start, lens.end)
    if by == "week":
        return weeks(lens.start, lens.end)
    return one(lens.start, lens.end)


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _shown(value: float | None, fraction: bool) -> str:
    if value is None:
        return "–"
    if fraction:
        return f"{value:.0%}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
