"""The districts month by month, on one scale."""

import polars as pl

from queries import words
from queries.areas import PER, Form, counts_things
from queries.evaluate import evaluate
from queries.measure import Measure
from queries.notes import where_records_begin
from queries.periods import Periods, months, months_before
from queries.scope import EVERYWHERE, known_areas
from queries.statistics import xmr
from queries.view import View

MONTHS = 12
RECENT = 3  # months in which a change is news
LEAST = 1  # a month, on average, before anything is said of a district's months


def trend(view: View, measure: Measure, form: Form) -> pl.LazyFrame:
    """A row a district and complete month, the last twelve of the view.

    `key` (district and month), `area`, `name`, `county_name`, `month` (its first day), `value`
    (for each 10,000 people where the form is a rate, else the measure itself), `n`, `moved`
    ("up", "down" or null: the same for all months of a district, see `who_moved`) and `note`
    (what an annotation for this district says of this month). A count of nothing is 0, a rate of
    nothing a gap. Counties in their order, districts by their mean, highest first.
    """
    periods = _complete(view)
    districts = known_areas(view).select("area", "name", "county", "county_name", "population")
    value = pl.col("value")
    rate = form == "rate" and counts_things(measure)
    rows = (
        evaluate([measure], view, periods, ["area"])
        .join(districts.lazy().with_row_index("place"), on="area")
        .with_columns(
            value=value / pl.col("population") * PER if rate else value,
            n="numerator" if counts_things(measure) else "denominator",
            place=pl.col("place").min().over("county_name"),
            mean=value.mean().over("area"),
        )
        .sort(
            ["place", "mean", "name", "period"],
            descending=[False, True, False, False],
            nulls_last=True,
        )
        .collect()
    )
    return (
        rows.lazy()
        .join(_moved(rows, measure).lazy(), on="area", how="left", maintain_order="left")
        .join(
            _notes(view, periods, districts).lazy(),
            on=["area", "period"],
            how="left",
            maintain_order="left",
        )
        .select(
            pl.format("{} {}", "area", "start").alias("key"),
            pl.col("area").cast(pl.String),
            "name",
            "county_name",
            month="start",
            value="value",
            n="n",
            moved="moved",
            note="note",
        )
    )


def who_moved(rows: pl.DataFrame) -> str:
    """The districts whose last months vary by more than their usual, and how."""
    if rows.is_empty() or rows["value"].null_count() == rows.height:
        return "Nothing is known month by month"
    each = rows.unique("area", maintain_order=True)
    moved = each.filter(pl.col("moved").is_not_null())
    if moved.is_empty():
        return "No district has moved beyond its usual variation"
    parts = []
    for way, verb in (("up", "risen"), ("down", "fallen")):
        names = list(moved.filter(pl.col("moved") == way)["name"])
        if names:
            parts.append((words.listed(names), len(names), verb))
    said = ", ".join(f"{who} {'has' if n == 1 else 'have'} {verb}" for who, n, verb in parts)
    (_, first, verb), *rest = parts
    counted = f"{words.counted(first, 'district')} {'has' if first == 1 else 'have'} {verb}"
    counted += "".join(f" and {words.number(n)} {verb}" for _, n, verb in rest)
    return words.fit(
        f"{said} of late; the others vary as usual",
        f"{said} of late",
        words.sentence(f"{counted} of late"),
        limit=words.WIDE,
    )


def months_in_words(view: View) -> str:
    """ "last 12 complete months to October 2026", for a caption."""
    whole = _complete(view).each
    if not whole:
        return "no complete month"
    return f"last {len(whole)} complete months to {words.month(whole[-1].start)}"


def _complete(view: View) -> Periods:
    months_in_view = months(months_before(view.end, MONTHS), view.end).each
    return Periods(tuple(each for each in months_in_view if not each.partial)[-MONTHS:])


def _moved(rows: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """By the rules of control charts, whether one of a district's last months stands out.

    Where there is less than one a month, any single one would: nothing is said of such districts.
    """
    found: list[tuple[object, str | None]] = []
    for (area,), own in rows.group_by("area", maintain_order=True):
        if own["n"].sum() < LEAST * own.height:
            found.append((area, None))
            continue
        chart = xmr(own["value"], measure.better).with_columns(
            above=pl.col("value") > pl.col("mean")
        )
        special = chart.tail(RECENT).filter(pl.col("rule").is_not_null())
        way = None if special.is_empty() else "up" if special["above"][-1] else "down"
        found.append((area, way))
    kind = rows.schema["area"]
    return pl.DataFrame(found, {"area": kind, "moved": pl.String}, orient="row")


def _notes(view: View, periods: Periods, districts: pl.DataFrame) -> pl.DataFrame:
    """`area`, `period`, `note`: what is noted for the district, its county or the whole."""
    begun = where_records_begin(view).with_columns(for_area=pl.lit(EVERYWHERE))
    noted = view.numbers("annotations").select("on", "text", "for_area")
    notes = periods.place(pl.concat([noted, begun])).collect()
    kind = districts.schema["area"]
    rows = [
        (area, note["period"], note["text"])
        for area, county in districts.select("area", "county").iter_rows()
        for note in notes.to_dicts()
        if note["for_area"] in (area, county, EVERYWHERE)
    ]
    return (
        pl.DataFrame(rows, {"area": kind, "period": pl.Int32, "note": pl.String}, orient="row")
        .group_by("area", "period", maintain_order=True)
        .agg(pl.col("note").str.join("; "))
    )
