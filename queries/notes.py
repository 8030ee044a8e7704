"""Dated annotations: what happened in the service that a chart over time may show."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from queries import words
from queries.kept import line
from queries.periods import Periods
from queries.scope import EVERYWHERE, known_areas
from queries.view import View

KEPT = "Records begin; before them, counts kept of each month"


def notes(view: View) -> pl.LazyFrame:
    """`on`, `text`: those of the whole, and of a county or district that all of the view lies in.

    What happened in one county says little about all of them, so it stays off their charts. Where
    old records were reduced to counts, the day from which there are records is one of them.
    """
    return of_districts(view, tuple(known_areas(view)["area"].cast(pl.String)))


def of_districts(view: View, districts: Sequence[str]) -> pl.LazyFrame:
    """The same for some districts of the view."""
    areas = known_areas(view).filter(pl.col("area").cast(pl.String).is_in(districts))
    covering = [str(areas[c][0]) for c in ("county", "area") if areas[c].n_unique() == 1]
    noted = of_areas(view, covering, view.as_at)
    return pl.concat([noted, where_records_begin(view)]).sort("on", "text")


def where_records_begin(view: View) -> pl.LazyFrame:
    """`on`, `text`: the day from which there are records; no row where none were ever removed."""
    begun = line(view)
    rows = [] if begun is None or begun > view.as_at else [(begun, KEPT)]
    return pl.LazyFrame(rows, {"on": pl.Date, "text": pl.String}, orient="row")


def of_areas(view: View, keys: Sequence[str], until: date) -> pl.LazyFrame:
    """`on`, `text`: those of the whole and of these counties or districts, up to a day."""
    return (
        view.numbers("annotations")
        .filter(pl.col("for_area").is_in([EVERYWHERE, *keys]), pl.col("on") <= until)
        .select("on", "text")
        .sort("on", "text")
    )


def with_notes(rows: pl.LazyFrame, view: View, periods: Periods) -> pl.LazyFrame:
    """Rows with `period`, and `note`: what was noted in it, several notes in one text."""
    noted = periods.place(notes(view)).group_by("period")
    return rows.join(
        noted.agg(note=pl.col("text").sort_by("on", "text").str.join("; ")), on="period", how="left"
    )


def on_days(rows: pl.LazyFrame, noted: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of days `on`, with the notes since the row before: `note_on` (the first), `note`."""
    days = rows.select("on", at="on").unique().sort("on")
    first = rows.select(first=pl.col("on").min())
    placed = (
        noted.join(first, how="cross")
        .filter(pl.col("on") >= pl.col("first"))
        .sort("on")
        .with_columns(note_on="on")
        .join_asof(days, on="on", strategy="forward")
        .drop_nulls("at")
        .group_by("at")
        .agg(pl.col("note_on").min(), note=pl.col("text").sort_by("note_on", "text").str.join("; "))
    )
    return rows.join(placed, left_on="on", right_on="at", how="left", maintain_order="left")


def in_words(rows: pl.DataFrame) -> str:
    """The notes of rows with `note_on` and `note`, each with its day, oldest first."""
    noted = rows.drop_nulls("note").select("note_on", "note").unique().sort("note_on", "note")
    by_day = noted.group_by("note_on", maintain_order=True).agg(pl.col("note").str.join("; "))
    return " ".join(f"{words.day(on)}: {note.rstrip('.')}." for on, note in by_day.iter_rows())


def of_months(rows: pl.DataFrame) -> str:
    """The notes of rows with `month` and `note`, each with its month, oldest first."""
    noted = rows.drop_nulls("note").select("month", "note").unique().sort("month", "note")
    return " ".join(
        f"{words.month(month)}: {note.rstrip('.')}." for month, note in noted.iter_rows()
    )
