"""Released measures as rows for the command line, for a cut of the release's list and no other."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from dashboard.disclosure import Release
from dashboard.disclosure.cuts import Cut
from dashboard.disclosure.parts import BY_KEY
from dashboard.export.taking import NotTaken

LEVELS = {"whole": "the whole area", "county": "a county", "district": "a district"}
# What `--by` cuts: periods of the whole or of one area, or areas over one period.
_PERIODS = {"month": "month", "week": "week"}
_AREAS = {"area": "district", "county": "county"}


@dataclass(frozen=True)
class Place:
    """The one area looked at: its level and its key or code ("" for the whole)."""

    level: str = "whole"
    area: str = ""


def place_of(codes: frozenset[str] | None, areas: pl.DataFrame) -> Place:
    """The area that these districts are: one of them, a county, or the whole."""
    if codes is None or len(codes) == len(areas):
        return Place()
    if len(codes) == 1:
        return Place("district", next(iter(codes)))
    of_county = areas.group_by("county").agg("area").cast({"county": pl.String})
    for county, own in of_county.iter_rows():
        if codes == frozenset(own):
            return Place("county", county)
    raise NotTaken(
        "Protected numbers are released for one area at a time: the whole, a county or a district."
    )


def released_rows(
    release: Release,
    place: Place,
    start: date | None,
    end: date | None,
    by: str | None,
    areas: pl.DataFrame,
) -> tuple[date, date, list[dict[str, Any]]]:
    """The first and last day, and a row for each measure and value of `by`."""
    if by in _AREAS and place.area:
        raise NotTaken(f"--by {by} is released for the whole area, without --area.")
    level = _AREAS.get(by or "", place.level)
    offered = [cut for cut in release.cuts() if cut.level == level]
    if by in _PERIODS:
        offered = [cut for cut in offered if cut.kind == _PERIODS[by]]
        if not offered:
            raise NotTaken(f"Protected numbers by {by} are released for the whole area only.")
        first, last = start or offered[0].start, end or offered[-1].end
        chosen = [cut for cut in offered if first <= cut.start and cut.end <= last]
        if not chosen or (chosen[0].start, chosen[-1].end) != (first, last):
            raise NotTaken(_not_in_the_list(level, offered))
    else:
        chosen = [_one(offered, start, end, level)]
        first, last = chosen[0].start, chosen[0].end
    wanted = pl.DataFrame(
        [(cut.kind, cut.start, cut.end) for cut in chosen],
        schema={"cut": pl.String, "start": pl.Date, "end": pl.Date},
        orient="row",
    )
    cells = release.cells.filter(
        pl.col("split").is_null(),
        pl.col("level") == level,
        pl.lit(by in _AREAS) | (pl.col("area") == place.area),
    ).join(wanted, on=["cut", "start", "end"], how="semi", maintain_order="left")
    names = dict(areas.select(pl.col("area", "name").cast(pl.String)).iter_rows())
    counties = dict(areas.select(pl.col("county", "county_label").cast(pl.String)).iter_rows())
    return first, last, [_row(cell, by, names, counties) for cell in cells.iter_rows(named=True)]


def _row(
    cell: dict[str, Any], by: str | None, names: dict[str, str], counties: dict[str, str]
) -> dict[str, Any]:
    measure = BY_KEY[cell["measure"]]
    row = {
        "key": measure.key,
        "title": measure.title,
        "unit": measure.unit,
        **{name: _number(cell[name]) for name in _NUMBERS},
        "suppressed": cell["suppressed"],
        "partial": False,
    }
    match by:
        case "area":
            row |= {"area": cell["area"], "area_name": names[cell["area"]]}
        case "county":
            row |= {"county": counties[cell["area"]], "county_key": cell["area"]}
        case "month":
            row["month"] = f"{cell['start']:%Y-%m}"
        case "week":
            row["week"] = cell["start"].isoformat()
    return row


def _one(offered: list[Cut], start: date | None, end: date | None, level: str) -> Cut:
    """The cut with these days; without any, all since launch, or the last year or quarter."""
    if start is None and end is None:
        for kind in ("launch", "year", "quarter"):
            found = [cut for cut in offered if cut.kind == kind]
            if found:
                return found[-1]
    for cut in offered:
        if start == cut.start and end == cut.end:
            return cut
    raise NotTaken(_not_in_the_list(level, offered))


def _not_in_the_list(level: str, offered: list[Cut]) -> str:
    kinds = dict.fromkeys(cut.kind for cut in offered)
    last = {kind: [cut for cut in offered if cut.kind == kind][-1] for kind in kinds}
    examples = "; ".join(
        f"{_KINDS[kind]}, as --from {cut.start.isoformat()} --to {cut.end.isoformat()}"
        for kind, cut in last.items()
    )
    return (
        f"Protected numbers of {LEVELS[level]} are released for whole periods only: {examples}."
        if examples
        else f"No protected numbers of {LEVELS[level]} have been released yet."
    )


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_KINDS = {
    "week": "a week",
    "month": "a month",
    "quarter": "a quarter of the financial year",
    "year": "a financial year",
    "launch": "since launch",
}
