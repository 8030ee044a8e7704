"""Lists of records over a page, and from a case in one to its timeline."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from dashboard.shell.tables import records_dialog
from dashboard.shell.visit import Visit
from queries.words import period

# Kept in the session, and never in the address: the case shown, and the table's row before.
_CASE, _ROW = "case", "case-row"


def open_list(
    title: str, rows: pl.DataFrame, headings: Mapping[str, str], name: str, visit: Visit
) -> None:
    """The list of the records behind a number, cut as the page is."""
    filters = visit.filters
    records_dialog(
        title,
        rows,
        headings,
        name,
        made_up=visit.snapshot.made_up,
        note=f"{visit.area_words}, {period(filters.start, filters.end)}.",
    )


def case_to_show(row: str | None) -> str | None:
    """The case whose timeline is shown: the one asked for last, in a list or in the table.

    `row` is the row chosen in the page's own table, which has one on every run.
    """
    if row is not None and row != st.session_state.get(_ROW):
        st.session_state[_ROW] = row
        choose_case(row)
    case = st.session_state.get(_CASE)
    return case if isinstance(case, str) else None


def choose_case(case: str) -> None:
    """Show this case's timeline where the page has one."""
    st.session_state[_CASE] = case
