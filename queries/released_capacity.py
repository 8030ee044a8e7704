"""Active cases against places, by county: released numbers beside the service’s own places."""

from datetime import date
from typing import Any

import polars as pl

from queries import released, released_highest, words
from queries.meeting import SENTENCE
from queries.released import COUNTY, TOO_FEW, WHOLE
from queries.released_areas import places
from queries.view import View

ACTIVE, WAITING = "active_cases", "unallocated_cases"


def last_quarter(view: View, until: date) -> tuple[date, date] | None:
    """The last released quarter that ends by a day."""
    ends = _cells(view).filter(pl.col("end") <= until).select("start", "end").unique().sort("end")
    return (ends["start"][-1], ends["end"][-1]) if ends.height else None


def by_county(view: View, until: date, whole_name: str) -> pl.LazyFrame:
    """A row a county, the fullest first, then one of the whole, on the last day of a quarter.

    `county`, `active` and `waiting` (null where too few to show) with `..._said`, `least` and
    `most` (what `active` could be before rounding), `places` (as many as the case managers' hours
    allow, null where none are recorded), `is_whole`.
    """
    days = last_quarter(view, until)
    if days is None:
        return pl.LazyFrame(schema=_SCHEMA)
    day = days[1]
    cells = _cells(view).filter(pl.col("end") == day)
    there = view.numbers("places").filter(pl.col("on") == day).collect()
    by_key = dict(there.select("county", "places").iter_rows())
    counties = [(each["area"], each["name"]) for each in places(view, COUNTY)]
    rows = [_row(cells, COUNTY, key, name, by_key.get(key)) for key, name in counties]
    rows.sort(key=lambda row: -(row["active"] or 0) / (row["places"] or 1e9))
    total = sum(by_key.values()) if by_key else None
    rows.append({**_row(cells, WHOLE, "", whole_name, total), "is_whole": True})
    return pl.LazyFrame(rows, schema=_SCHEMA)


def how_full(rows: pl.DataFrame) -> str:
    """Which county is fullest, and how many places the whole has."""
    known = rows.filter(pl.col("active").is_not_null())
    placed = known.filter(pl.col("places") > 0)
    if placed.is_empty():
        return f"Active cases are {TOO_FEW}" if known.is_empty() else "No places are recorded"
    counties = placed.filter(~pl.col("is_whole"))
    there = placed if counties.is_empty() else counties
    row = there.row(0, named=True)
    full = there.with_columns(pl.col(name) / pl.col("places") for name in ("least", "most"))
    first = released_highest.may_be_highest(full)
    if first.height > 1:
        names = list(first["county"])
        return words.fit(
            f"{released_highest.either(names)} is fullest",
            f"{words.sentence(words.number(len(names)))} counties may be fullest",
            limit=words.WIDE,
        )
    held = f"{words.figure(row['active'])} active cases"
    return words.fit(
        f"{row['county']} is fullest: {held} for {words.figure(row['places'])} places",
        f"{held} for {words.figure(row['places'])} places",
        limit=words.WIDE,
    )


def how_full_is_the_whole(rows: pl.DataFrame, when: str) -> str:
    """How many active cases there are for how many places in all; and where none is free.

    The sum must not hide a county without a place: where rounding leaves it open, it may be full.
    """
    row = rows.row(-1, named=True)
    if row["active"] is None or not row["places"]:
        return f"{how_full(rows)} {when}"
    held = f"{words.figure(row['active'])} active cases for {words.figure(row['places'])} places"
    share = row["active"] / row["places"]
    if share > 1:
        return f"{held}: more than there are {when}"
    placed = rows.filter(~pl.col("is_whole"), pl.col("places") > 0)
    full = placed.filter(pl.col("most") >= pl.col("places"))
    if full.is_empty():
        return f"{held}: {words.share(share)} full {when}"
    surely = (full["least"] >= full["places"]).all()
    one = full.height == 1
    be = ("is" if one else "are") if surely else "may be"
    many = words.counted(full.height, "county", "counties")
    return words.fit(
        f"{held} {when}; {words.listed(list(full['county']))} {be} full",
        f"{held} {when}; {many} {be} full",
        limit=SENTENCE,
    )


def _cells(view: View) -> pl.DataFrame:
    return released.unsplit(view).filter(
        pl.col("cut") == "quarter", pl.col("measure").is_in([ACTIVE, WAITING])
    )


def _row(
    cells: pl.DataFrame, level: str, key: str, name: str, there: float | None
) -> dict[str, Any]:
    own = cells.filter(pl.col("level") == level, pl.col("area") == key)
    found = {row["measure"]: row for row in own.to_dicts()}
    row: dict[str, Any] = {"county": name, "places": there, "is_whole": False}
    for column, measure in (("active", ACTIVE), ("waiting", WAITING)):
        cell = found.get(measure)
        row[column] = cell["value"] if cell else None
        if column == "active":
            row |= {name: cell[name] if cell else None for name in ("least", "most")}
        row[f"{column}_said"] = released.said(measure, cell).replace(TOO_FEW, "too few")
    return row


_SCHEMA = {
    "county": pl.String,
    "active": pl.Float64,
    "active_said": pl.String,
    "least": pl.Float64,
    "most": pl.Float64,
    "waiting": pl.Float64,
    "waiting_said": pl.String,
    "places": pl.Float64,
    "is_whole": pl.Boolean,
}
