"""Areas beside each other by a released measure."""

from datetime import date
from typing import Any

import polars as pl

from queries import area_funnel, released, words
from queries.areas import PER, counts_things
from queries.measure import Measure
from queries.released import COUNTY, DISTRICT, Slice
from queries.scope import Scope, known_areas
from queries.statistics import poisson_bounds
from queries.targets import Targets
from queries.view import View

LEAST = 5  # districts that can be shown, for a funnel to say anything


def comparable(
    view: View,
    key: str,
    slice_: Slice,
    level: str,
    kinds: tuple[str, ...] = ("quarter", "year"),
) -> Slice | None:
    """The slice's own period where areas of that level have the measure, else the nearest they do.

    That is their last period of these kinds that ends with the slice or before it. Its `level` is
    that of the areas, its `area` has no meaning. None where the release has no such period.
    """
    cells = released.unsplit(view).filter(
        pl.col("level") == level, pl.col("measure") == key, pl.col("cut").is_in(kinds)
    )
    own = cells.filter(
        pl.col("cut") == slice_.kind,
        pl.col("start") == slice_.start,
        pl.col("end") == slice_.end,
    )
    past = cells.filter(pl.col("end") <= slice_.end).sort("end", "cut")
    found = own if own.height else past
    if found.is_empty():
        return None
    row = found.row(-1, named=True)
    return Slice(level, "", "", row["cut"], row["start"], row["end"])


def compared(view: View, measure: Measure, period: Slice | None, within: str = "") -> pl.LazyFrame:
    """A row an area of the period's level, highest first, hidden ones last.

    `area`, `name`, `county_name`, `value` (of days whole ones, as they are written: what is called
    alike is drawn alike), `n`, `lower`, `upper`, `least` and `most` (what the value could be
    before rounding), `now`, `before`, `year_earlier` (written out, "too few to show"
    where hidden), `aim`. `within`: only districts of that county.
    """
    rows = [] if period is None else _each(view, measure, period, within)
    return pl.LazyFrame(rows, schema=_COMPARED).sort(
        "value", "name", descending=[True, False], nulls_last=True
    )


def _each(view: View, measure: Measure, period: Slice, within: str) -> list[dict[str, Any]]:
    targets, key = Targets.of(view), measure.key
    cells = released.unsplit(view).filter(
        pl.col("measure") == key, pl.col("level") == period.level, pl.col("cut") == period.kind
    )
    ending = {(row["area"], row["end"]): row for row in cells.to_dicts()}
    before_end, year_end = released.end_before(period), released.end_a_year_earlier(period)
    found = []
    for area in places(view, period.level, within):
        now = ending.get((area["area"], period.end))
        before = ending.get((area["area"], before_end))
        year = ending.get((area["area"], year_end))
        total = measure.target == "total" and period.level == COUNTY
        value = _as_written(measure, now["value"]) if now else None
        found.append(
            {
                **area,
                "value": value,
                "n": value if counts_things(measure) else now["denominator"] if now else None,
                "lower": now["lower"] if now else None,
                "upper": now["upper"] if now else None,
                "least": now["least"] if now else None,
                "most": now["most"] if now else None,
                "now": released.said(key, now),
                "before": released.said(key, before) if before else None,
                "year_earlier": released.said(key, year) if year else None,
                "aim": targets.total(key, _scope(view, area), period.start, period.end)
                if total
                else None,
            }
        )
    return found


def _as_written(measure: Measure, value: float | None) -> float | None:
    if value is None or measure.unit not in ("days", "score"):
        return value
    return float(words.rounded(value, int(measure.unit == "score")))


def _scope(view: View, area: dict[str, Any]) -> Scope:
    """A county as targets know it."""
    slice_ = Slice(COUNTY, area["area"], area["name"], "launch", view.start, view.end)
    return released.scope(view, slice_)


def places(view: View, level: str, within: str = "") -> list[dict[str, Any]]:
    """The areas of a level: `area`, `name`, `county_name`, `population` (null of a county)."""
    known = known_areas(view).with_columns(pl.col("area", "county").cast(pl.String))
    if level == COUNTY:
        return (
            known.group_by("county", "county_name", maintain_order=True)
            .agg(population=pl.col("population").sum())
            .select("population", area="county", name="county_name", county_name="county_name")
            .to_dicts()
        )
    if within:
        known = known.filter(pl.col("county") == within)
    return known.select("area", "name", "county_name", "population").to_dicts()


def by_district(
    view: View, measure: Measure, period: Slice | None, whole: Slice, *, per_head: bool
) -> pl.LazyFrame:
    """A row a district for the map and the ranked list: `compared`, with `rank` and the whole.

    No rank where a district is hidden.

    `per_head`: `value`, its interval, `least` and `most` for each 10,000 people, from the released
    count. `whole` is
    the same of the whole area in that period, null for counts and where it is hidden.
    """
    rows = compared(view, measure, period).collect()
    line = _whole(view, measure, period, whole)
    if per_head:
        rows = rows.with_columns(
            pl.col(name) / pl.col("population") * PER for name in ("value", "least", "most")
        )
        lower, upper = poisson_bounds(rows["n"], rows["population"], PER)
        rows = rows.with_columns(lower=lower, upper=upper).sort(
            "value", "name", descending=[True, False], nulls_last=True
        )
        people = rows["population"]
        all_people = float(people.sum()) if not people.null_count() else 0.0
        line = line / all_people * PER if line is not None and all_people else None
    elif counts_things(measure):
        line = None
    # One that is hidden may stand above any that is shown.
    known = rows["value"].null_count() == 0
    rank = pl.col("value").rank("min", descending=True) if known else pl.lit(None)
    return rows.lazy().with_columns(
        rank=rank.cast(pl.Int32),
        whole=pl.lit(line, pl.Float64),
        whole_name=pl.lit(whole.name),
    )


def _whole(view: View, measure: Measure, period: Slice | None, whole: Slice) -> float | None:
    if period is None:
        return None
    there = whole.at(period.kind, period.start, period.end)
    found = released.cell(released.unsplit(view), measure.key, there)
    return found["value"] if found else None


def funnel(rows: pl.LazyFrame, measure: Measure) -> pl.LazyFrame:
    """The districts of `by_district` that can be shown, with their places in a funnel.

    Columns as in `queries.area_funnel.funnel`; the centre is the released value of the whole.
    """
    per_head = counts_things(measure)
    known = rows.filter(pl.col("value").is_not_null(), pl.col("n") > 0).sort("name").collect()
    if known.height < LEAST or known["whole"][0] is None:
        return pl.LazyFrame()
    here = known.select(
        "area",
        "name",
        n=pl.col("population").cast(pl.Float64) if per_head else pl.col("n"),
        count=pl.col("n") if per_head else pl.col("value") * pl.col("n"),
    )
    centre = known["whole"][0] / PER if per_head else known["whole"][0]
    return area_funnel.placed(here, centre, known["whole_name"][0], by_head=per_head).lazy()


def over_time(view: View, measure: Measure, until: date, *, per_head: bool) -> pl.LazyFrame:
    """A row a district and quarter (or year): `name`, `county_name`, `start`, `value`, `hidden`.

    `least`, `most`: what the value could have been before it was rounded. `called`: the name, and
    where the last quarter is too few to show up to when its line goes: "To Jun: Slough". `is_last`:
    a row of the last quarter.
    """
    cells = released.unsplit(view).filter(
        pl.col("level") == DISTRICT, pl.col("measure") == measure.key, pl.col("end") <= until
    )
    kind = "quarter" if (cells["cut"] == "quarter").any() else "year"
    known = pl.DataFrame(places(view, DISTRICT), schema=_PLACE)
    by = pl.col("population") / PER if per_head else pl.lit(1.0)
    rows = (
        known.join(cells.filter(pl.col("cut") == kind), on="area", how="inner")
        .sort("start", maintain_order=True)
        .select(
            "name",
            "county_name",
            "start",
            "end",
            value=pl.col("value") / by,
            least=pl.col("least") / by,
            most=pl.col("most") / by,
            hidden=pl.when("suppressed").then(pl.lit(released.TOO_FEW)),
            is_last=pl.col("end") == pl.col("end").max(),
        )
    )
    ends = rows.filter(pl.col("value").is_not_null()).group_by("name").agg(pl.col("end").max())
    final: date = max(rows["end"], default=until)
    older = {
        name: f"To {_shortly(end, final)}: {name}" for name, end in ends.iter_rows() if end < final
    }
    called = pl.col("name").replace(older).alias("called")
    return rows.lazy().with_columns(called).drop("end")


def _shortly(end: date, final: date) -> str:
    """When a line ends, in the little room over a small chart: "Jun"; a year before or more, its
    year."""
    if (final.year - end.year) * 12 + final.month - end.month < 12:
        return words.SHORT_MONTHS[end.month - 1]
    return str(end.year)


def how_many_above(rows: pl.DataFrame) -> str:
    """In how many districts the last period is above the same one a year before, for a title.

    Of those where both are shown; not where rounding alone could have made the difference.
    """
    now = rows.filter(pl.col("is_last"), pl.col("value").is_not_null())
    then = rows.select("name", pl.col("start").dt.offset_by("1y"), was="value", was_at_most="most")
    told = now.join(then, on=["name", "start"]).filter(pl.col("was").is_not_null())
    if told.is_empty():
        return "No district can be compared with a year before"
    up = told.filter(pl.col("least") > pl.col("was_at_most")).height
    if told.height == 1:
        return f"{told['name'][0]} is {'' if up else 'not '}above a year before"
    are = "are" if up > 1 else "is"
    many = f"{words.number(up) if up else 'none'} of {words.number(told.height)} districts"
    return words.sentence(f"{many} {are} above a year before")


def how_many_end_earlier(rows: pl.DataFrame) -> str:
    """In how many districts the last period cannot be shown, for the line under small charts."""
    hidden = rows.filter(pl.col("is_last"), pl.col("value").is_null()).height
    gaps = f"Gaps are {released.TOO_FEW}"
    if not hidden:
        return f"{gaps}."
    return f"{gaps}, among them the last period of {words.counted(hidden, 'district')}."


def captioned(what: str, measure: Measure, period: Slice | None) -> str:
    """What is shown, and when: a state is that of a period's last day, "on 30 September 2026"."""
    if period is None:
        return f"{what}, no period"
    if measure.reads == "state":
        return f"{what} on {words.day(period.end)}"
    return f"{what}, {period.period}"


def why_another(asked: Slice, period: Slice | None, level: str) -> str:
    """Why areas are shown over another period than the one asked for; "" where they are not."""
    if period is None or period.kind == asked.kind:
        return ""
    many = "Counties" if level == COUNTY else "Districts"
    each = "financial year" if period.kind == "year" else period.kind
    return f"{many} are released by {each}."


def how_many_hidden(rows: pl.DataFrame) -> str:
    """How many of the areas cannot be shown, for the line under a chart."""
    hidden = rows["value"].null_count()
    if not hidden:
        return ""
    return f"{words.sentence(words.counted(hidden, 'area'))}: {released.TOO_FEW}."


_COMPARED = {
    "area": pl.String,
    "name": pl.String,
    "county_name": pl.String,
    "population": pl.Int64,
    "value": pl.Float64,
    "n": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "least": pl.Float64,
    "most": pl.Float64,
    "now": pl.String,
    "before": pl.String,
    "year_earlier": pl.String,
    "aim": pl.Float64,
}
_PLACE = {
    "area": pl.String,
    "name": pl.String,
    "county_name": pl.String,
    "population": pl.Int64,
}
