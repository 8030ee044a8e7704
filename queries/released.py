"""Released numbers: which cuts a release offers, and what its protected cells say of them.

A cell is one measure in one area and period. Nothing here counts records: every number is one that
was released, or is made from such numbers alone. A cell that is hidden has no value, and stays
without one in all that is made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import polars as pl

from queries import words
from queries.measure import Measure
from queries.measures import MEASURES
from queries.periods import DAY, year_earlier
from queries.scope import EVERYWHERE, Scope, known_areas
from queries.view import View

TOO_FEW = "too few to show"
WHOLE, COUNTY, DISTRICT = "whole", "county", "district"
LEVELS = (WHOLE, COUNTY, DISTRICT)
OPEN = 0.1  # of a share: what rounding may have moved by more is said as a range
KINDS = ("week", "month", "quarter", "year", "launch")  # the finest first

# Said of every number, where its measures are defined.
# Without the thresholds, which a service sets: the line over a page and every cover say them.
RULES = (
    "Protected numbers: small counts are hidden and the others rounded; shares are made from the "
    "rounded counts, and left out where those are few. Some more are hidden so that none can be "
    "worked out. Medians and means are rounded, and need enough values."
)


@dataclass(frozen=True)
class Slice:
    """What is looked at: one area in one period of the release’s list, both days included.

    `level` is whole, county or district; `area` "" for the whole, a county's key, a district's
    code; `name` how people call it; `kind` week, month, quarter, year or launch.
    """

    level: str
    area: str
    name: str
    kind: str
    start: date
    end: date

    @property
    def period(self) -> str:
        """The period in words: "October 2026", "1 July to 30 September 2026"."""
        if self.kind == "month":
            return words.month(self.start)
        if self.kind == "week":
            return f"the week of {words.day(self.start)}"
        return words.period(self.start, self.end)

    @property
    def place(self) -> pl.Expr:
        """The cells of this area."""
        return (pl.col("level") == self.level) & (pl.col("area") == self.area)

    @property
    def cells(self) -> pl.Expr:
        """The cells of this area and period."""
        return (
            self.place
            & (pl.col("cut") == self.kind)
            & (pl.col("start") == self.start)
            & (pl.col("end") == self.end)
        )

    def at(self, kind: str, start: date, end: date) -> "Slice":
        """The same area in another period."""
        return Slice(self.level, self.area, self.name, kind, start, end)


def released(view: View) -> pl.DataFrame:
    """All cells of the view's release, splits included."""
    return view.numbers("released").collect()


def unsplit(view: View) -> pl.DataFrame:
    """The cells that are no part of a split."""
    return released(view).filter(pl.col("split").is_null())


def areas(view: View, whole_name: str) -> list[Slice]:
    """The areas that the release has, each over all its periods; the whole first."""
    named = names(view, whole_name)
    found = (
        unsplit(view).group_by("level", "area").agg(pl.col("start").min(), pl.col("end").max())
    ).to_dicts()
    place = {key: index for index, key in enumerate(named)}
    rows = [row for row in found if (row["level"], row["area"]) in place]
    rows.sort(key=lambda row: place[row["level"], row["area"]])
    return [
        Slice(row["level"], row["area"], named[row["level"], row["area"]], "launch", *_days(row))
        for row in rows
    ]


def _days(row: dict[str, Any]) -> tuple[date, date]:
    return row["start"], row["end"]


def names(view: View, whole_name: str) -> dict[tuple[str, str], str]:
    """What each area is called, by level and key: the whole, then counties, then districts."""
    known = known_areas(view)
    called = {(WHOLE, ""): whole_name}
    counties = known.select(pl.col("county").cast(pl.String), "county_name").unique(
        maintain_order=True
    )
    called |= {(COUNTY, key): name for key, name in counties.iter_rows()}
    districts = known.select(pl.col("area").cast(pl.String), "name")
    return called | {(DISTRICT, code): name for code, name in districts.iter_rows()}


def periods(view: View, place: Slice) -> list[Slice]:
    """The periods that the release has for an area: by kind, the latest first."""
    rows = unsplit(view).filter(place.place).select("cut", "start", "end").unique()
    found = [place.at(kind, start, end) for kind, start, end in rows.iter_rows()]
    return sorted(found, key=lambda cut: (KINDS.index(cut.kind), -cut.end.toordinal()))


def latest(view: View, place: Slice, kinds: tuple[str, ...]) -> Slice | None:
    """The last period of the first of these kinds that the release has for the area."""
    offered = periods(view, place)
    for kind in kinds:
        for cut in offered:
            if cut.kind == kind:
                return cut
    return None


def before(cut: Slice) -> tuple[date, date] | None:
    """The first and last day of the period of this kind just before; none since launch."""
    end = cut.start - DAY
    if cut.kind == "week":
        return cut.start - timedelta(days=7), end
    months = {"month": 1, "quarter": 3, "year": 12}.get(cut.kind)
    if months is None:
        return None
    index = cut.start.year * 12 + cut.start.month - 1 - months
    return date(index // 12, index % 12 + 1, 1), end


def cell(cells: pl.DataFrame, key: str, cut: Slice) -> dict[str, Any] | None:
    """The cell of a measure in a cut, or nothing where the release has none."""
    found = cells.filter(cut.cells, pl.col("measure") == key, pl.col("split").is_null())
    return found.row(0, named=True) if found.height else None


def cell_before(cells: pl.DataFrame, key: str, cut: Slice) -> dict[str, Any] | None:
    """The measure's cell in the period just before.

    It is found by its last day: the first period begins with the service.
    """
    return _ending(cells, key, cut, end_before(cut))


def cell_year_earlier(cells: pl.DataFrame, key: str, cut: Slice) -> dict[str, Any] | None:
    """The measure's cell in the same month or quarter of the year before; weeks have none."""
    return _ending(cells, key, cut, end_a_year_earlier(cut))


def end_before(cut: Slice) -> date | None:
    """The last day of the period just before; none since launch."""
    then = before(cut)
    return then[1] if then else None


def end_a_year_earlier(cut: Slice) -> date | None:
    """The last day of the same month, quarter or year of the year before; none of a week."""
    if cut.kind not in ("month", "quarter", "year"):
        return None
    return year_earlier(cut.end + DAY) - DAY


def _ending(cells: pl.DataFrame, key: str, cut: Slice, end: date | None) -> dict[str, Any] | None:
    if end is None:
        return None
    found = cells.filter(
        cut.place,
        pl.col("cut") == cut.kind,
        pl.col("end") == end,
        pl.col("measure") == key,
        pl.col("split").is_null(),
    )
    return found.row(0, named=True) if found.height else None


def is_hidden(found: dict[str, Any] | None) -> bool:
    """Whether a cell is in the release but not shown."""
    return found is not None and bool(found["suppressed"])


def may_be_alike(now: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether rounding alone could have made the difference between two cells."""
    if None in (now["least"], before["least"]):
        return False
    return bool(now["least"] <= before["most"] and before["least"] <= now["most"])


def written(
    measure: Measure, value: float | None, found: Mapping[str, Any] = MappingProxyType({})
) -> str:
    """A released value in figures: "42%", "17.6", "25".

    A share of few may have been far from what its rounded counts make it: where `found`, its cell,
    leaves more than ten points open, from what to what, "64–100%".
    """
    if value is None:
        return words.NOT_KNOWN
    if measure.is_fraction:
        if is_open(measure, found):
            return words.between(found["least"], found["most"])
        return words.share(value)
    return words.figure(value, int(measure.unit == "score"))


def is_open(measure: Measure, found: Mapping[str, Any]) -> bool:
    """Whether rounding leaves so much open that a share is said as a range."""
    if not measure.is_fraction or found.get("least") is None:
        return False
    return bool(found["most"] - found["least"] > OPEN)


def said(key: str, found: dict[str, Any] | None) -> str:
    """A cell as it stands in a table or sentence: its value, or that it is too few to show."""
    if is_hidden(found):
        return TOO_FEW
    return written(MEASURES[key], found["value"], found) if found else words.NOT_KNOWN


def shortened(rows: pl.LazyFrame, *columns: str) -> pl.LazyFrame:
    """Rows with a column `..._short` for each of these: where it is too few to show, "too few"."""
    return rows.with_columns(
        pl.col(name).replace(TOO_FEW, "too few").alias(f"{name}_short") for name in columns
    )


def series(cells: pl.DataFrame, key: str, place: Slice, kind: str) -> pl.DataFrame:
    """A measure in an area over the periods of one kind, in order: cells with `hidden` in words."""
    return (
        cells.filter(
            place.place,
            pl.col("cut") == kind,
            pl.col("measure") == key,
            pl.col("split").is_null(),
        )
        .sort("start")
        .with_columns(hidden=pl.when("suppressed").then(pl.lit(TOO_FEW)))
    )


def scope(view: View, cut: Slice) -> Scope:
    """The area of a cut as targets know it."""
    known = known_areas(view)
    if cut.level == WHOLE:
        return Scope(cut.name, tuple(known["area"].cast(pl.String)), EVERYWHERE)
    column = "county" if cut.level == COUNTY else "area"
    rows = known.filter(pl.col(column).cast(pl.String) == cut.area)
    return Scope(cut.name, tuple(rows["area"].cast(pl.String)), cut.area)


def county_scopes(view: View) -> list[Scope]:
    """The counties as targets know them, all of them."""
    named = names(view, "")
    return [
        scope(view, Slice(level, key, name, "launch", date.min, date.max))
        for (level, key), name in named.items()
        if level == COUNTY
    ]
