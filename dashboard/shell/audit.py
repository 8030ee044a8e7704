"""The trail on the screen: searched, read, saved; never changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import entries
from dashboard.access.entries import Search
from dashboard.access.trail import What
from dashboard.database import DatabaseNotUsable
from dashboard.database.settings import read_settings
from dashboard.draw.escape import for_markdown
from dashboard.draw.table import to_csv
from dashboard.export.trail import HEADINGS, trail_rows
from dashboard.shell.known_people import area_names
from dashboard.shell.leaving import download_button
from dashboard.shell.tables import ROW_HEIGHT, file_name, long_table, named
from dashboard.shell.writing import writer
from dashboard.snapshot.snapshot import LONDON
from queries.words import counted, day, figure, period

MOST = 1_000  # lines shown; the download has all
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def search() -> Search:
    """What the person looks for: at first, the last seven days."""
    today = datetime.now(LONDON).date()
    first, second, third, fourth = st.columns([2, 2, 3, 3], vertical_alignment="bottom")
    # No day is out of range: the browser would keep the one before, and search for that.
    start = first.date_input(
        "From",
        today - timedelta(days=6),
        min_value=EARLIEST,
        max_value=LATEST,
        format="DD/MM/YYYY",
        key="audit-from",
    )
    end = second.date_input(
        "To", today, min_value=EARLIEST, max_value=LATEST, format="DD/MM/YYYY", key="audit-to"
    )
    who = third.text_input(
        "Who did it, or whom it was done to",
        key="audit-who",
        placeholder="a part of the name or address",
    )
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
    """The latest lines that match, how many there are in all, and how long lines are kept.

    `areas`: names for the keys of areas.
    """

    rows: pl.DataFrame
    many: int
    years: int
    areas: dict[str, str]


def find(wanted: Search) -> Found | None:
    """What was found; None while the database is away."""
    try:
        with writer().connect() as connection:
            areas = area_names(connection)
            return Found(
                trail_rows(connection, wanted, areas, MOST),
                entries.count(connection, wanted),
                read_settings(connection).audit_years,
                areas,
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
    st.caption(_days(wanted))
    if many > rows.height:
        st.caption(f"The latest {figure(rows.height)} are shown; the download has all.")
    if not rows.is_empty():
        tall = min(rows.height + 1, 18) * ROW_HEIGHT
        alt = named("The trail: who did what, and when", rows)
        chosen = long_table(rows, HEADINGS, alt, key="audit-lines", selectable=True, height=tall)
        _whole(rows.row(chosen or 0, named=True))
        download_button(
            "Download as CSV",
            partial(_all, wanted, found.areas, made_up),
            file_name("trail", made_up),
            key="csv-trail",
            mime="text/csv",
            rows=many,
        )
    st.caption(
        f"Lines are kept for {counted(found.years, 'year')} and cannot be changed. They hold no "
        "content of a case."
    )


def _days(wanted: Search) -> str:
    """Which days were searched, as the fields may show a day that is typed by half."""
    if wanted.start and wanted.end and wanted.start > wanted.end:
        return f"{day(wanted.start)} is after {day(wanted.end)}: choose a later day to search to."
    if wanted.start and wanted.end:
        return f"Searched: {period(wanted.start, wanted.end)}."
    since = f" from {day(wanted.start)} on" if wanted.start else ""
    to = f" up to {day(wanted.end)}" if wanted.end else ""
    return f"Searched: all days{since}{to}."


def _whole(line: dict[str, Any]) -> None:
    """The chosen line with all its details: a column has no room for long ones."""
    who = f"{line['who']}, {line['role']}" if line["role"] else line["who"]
    at = f"{day(line['at'].date())}, {line['at']:%H:%M}"
    what, details = line["what"], line["details"]
    # "page: Risk" says both; details of other lines do not say what was done.
    done = details if details.startswith(f"{what}:") else ", ".join(filter(None, (what, details)))
    st.markdown(for_markdown(f"The chosen line: {at}, {who}: {done}."))


def _all(wanted: Search, areas: dict[str, str], made_up: bool) -> bytes:
    with writer().connect() as connection:
        return to_csv(trail_rows(connection, wanted, areas), HEADINGS, made_up=made_up)
