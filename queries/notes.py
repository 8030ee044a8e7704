"""Dated annotations: what happened in the service that a chart over time may show."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from queries.periods import Periods
from queries.scope import EVERYWHERE, known_areas
from queries.view import View


def notes(view: View) -> pl.LazyFrame:
    """`on`, `text`: those of the whole, and of a county or district that all of the view lies in.

    What happened in one county says little about all of them, so it stays off their charts.
    """
    areas = known_areas(view)
    covering = [str(areas[c][0]) for c in ("county", "area") if areas[c].n_unique() == 1]
    return of_areas(view, covering, view.as_at)


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
        noted.agg(note=pl.col("text").sort_by("on").str.join("; ")), on="period", how="left"
    )
