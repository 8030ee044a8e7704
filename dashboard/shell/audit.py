"""The trail on the screen: searched, read, saved; never changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

import polars as pl
import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import entries
from dashboard.access.entries import Search
from dashboard.access.trail import What
from dashboard.database import DatabaseNotUsable
from dashboard.database.settings import read_settings
from dashboard.draw.table import to_csv
from dashboard.export.trail import HEADINGS, trail_rows
from dashboard.shell.leaving import download_button
from dashboard.shell.tables import ROW_HEIGHT, file_name, long_table, named
from dashboard.shell.writing import writer
from dashboard.snapshot.snapshot import LONDON
from queries.words import counted, figure

MOST = 1_000  # lines shown; the download has all


def search() -> Search:
    """What the person looks for: at first, the last seven days."""
    today = datetime.now(LONDON).date()
    first, second, third, fourth = st.columns([2, 2, 3, 3], vertical_alignment="bottom")
    start = first.date_input(
        "From", today - timedelta(days=6), max_value=today, format="DD/MM/YYYY", key="audit-from"
    )
    end = second.date_input("To", today, format="DD/MM/YYYY", key="audit-to")
    who = third.text_input("Who", key="audit-who", placeholder="a part of the address")
    what = fourth.selectbox(
        "What", list(What), index=None, placeholder="everything", key="audit-what"
    )
    return Search(
        start if isinstance(start, date) else None,
        end if isinstance(end, date) else None,
        who,
        what,
    )


@dataclass(frozen=True)
class Found:
    """The latest lines that match, how many there are in all, and how long lines are kept."""

    rows: pl.DataFrame
    many: int
    years: int


def find(wanted: Search) -> Found | None:
    """What was found; None while the database is away."""
    try:
        with writer().connect() as connection:
            return Found(
                trail_rows(connection, wanted, MOST),
                entries.count(connection, wanted),
                read_settings(connection).audit_years,
            )
    except (SQLAlchemyError, DatabaseNotUsable):
        return None


def sentence(many: int) -> str:
    """The page's title."""
    text = f"{counted(many, 'line')} in the trail for these days and people"
    return text[:1].upper() + text[1:]


def show(found: Found, wanted: Search, made_up: bool) -> None:
    """The lines, and their download."""
    rows, many = found.rows, found.many
    if many > rows.height:
        st.caption(f"The latest {figure(rows.height)} are shown; the download has all.")
    if not rows.is_empty():
        tall = min(rows.height + 1, 18) * ROW_HEIGHT
        long_table(rows, HEADINGS, named("The trail: who did what, and when", rows), height=tall)
        download_button(
            "Download as CSV",
            partial(_all, wanted, made_up),
            file_name("trail", made_up),
            key="csv-trail",
            mime="text/csv",
            rows=many,
        )
    st.caption(
        f"Lines are kept for {counted(found.years, 'year')} and cannot be changed. They hold no "
        "content of a case."
    )


def _all(wanted: Search, made_up: bool) -> bytes:
    with writer().connect() as connection:
        return to_csv(trail_rows(connection, wanted), HEADINGS, made_up=made_up)
