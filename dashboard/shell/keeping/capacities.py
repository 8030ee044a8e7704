"""Case managers' hours and own targets, from which the places of the service add up."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from sqlalchemy import Engine

from dashboard.access import Viewer
from dashboard.draw.escape import for_markdown
from dashboard.keeping.periods import remove_capacity, set_capacity
from dashboard.shell.keeping.asking import attempt, lasting
from dashboard.shell.live import show_change
from dashboard.shell.tables import named, table
from queries.words import day, figure

_HEADINGS = {
    "name": "Case manager",
    "first": "From",
    "last": "To",
    "fte": "Share of full time",
    "caseload_target": "Target at full time",
    "places": "Places",
}


def capacity_forms(
    engine: Engine,
    viewer: Viewer,
    rows: list[dict[str, Any]],
    workers: dict[str, str],
    usual: float,
    today: date,
) -> None:
    """The hours there are, then what sets or removes a period of them."""
    st.header("Capacity", anchor=False)
    st.caption(
        f"Places are the target at full time, {figure(usual)} cases unless set here, times the "
        "share of full-time hours. A case manager of several areas is listed to those who see all."
    )
    if not workers:
        st.markdown("No case manager works in your areas yet.")
        return
    if rows:
        frame = _as_frame(rows, workers, usual)
        table(frame, _HEADINGS, named("Hours and targets of case managers", frame))
    left, right = st.columns(2, gap="large")
    with left:
        _set(engine, viewer, workers, today)
    with right:
        _remove(engine, viewer, rows, workers)


def _set(engine: Engine, viewer: Viewer, workers: dict[str, str], today: date) -> None:
    st.subheader("Set hours", anchor=False)
    with st.form("capacity-set", border=False):
        worker = st.selectbox(
            "Case manager", list(workers), format_func=lambda key: for_markdown(workers[key])
        )
        first = st.date_input("First day", value=today, format="DD/MM/YYYY")
        last = st.date_input("Last day, if it ends", value=None, format="DD/MM/YYYY")
        fte = st.number_input(
            "Share of full time", min_value=0.0, max_value=1.5, value=1.0, step=0.1
        )
        own = st.number_input(
            "Target at full time, if their own", min_value=0.0, value=None, placeholder="As set"
        )
        if st.form_submit_button("Set these hours"):
            if not first:
                st.error("Give the first day.")
                return
            change = partial(set_capacity, engine, viewer, worker, first, last, fte, own)
            if attempt(change, f"Set: {workers[worker]}, {lasting(first, last)}."):
                show_change()


def _remove(
    engine: Engine, viewer: Viewer, rows: list[dict[str, Any]], workers: dict[str, str]
) -> None:
    st.subheader("Remove hours", anchor=False)
    if not rows:
        st.markdown("There are none to remove.")
        return

    def named(index: int) -> str:
        row = rows[index]
        return f"{workers[row['case_manager_id']]}, from {day(row['from_on'])}"

    with st.form("capacity-remove", border=False):
        chosen = st.selectbox(
            "Hours", range(len(rows)), format_func=lambda index: for_markdown(named(index))
        )
        if st.form_submit_button("Remove these hours"):
            row = rows[chosen]
            change = partial(
                remove_capacity, engine, viewer, row["case_manager_id"], row["from_on"]
            )
            if attempt(change, f"Removed: {named(chosen)}. The history keeps it."):
                show_change()


def _as_frame(rows: list[dict[str, Any]], workers: dict[str, str], usual: float) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "name": workers[row["case_manager_id"]],
                "first": row["from_on"],
                "last": row["to_on"] - timedelta(days=1) if row["to_on"] else None,
                "fte": row["fte"],
                "caseload_target": row["caseload_target"],
                "places": row["fte"] * (row["caseload_target"] or usual),
            }
            for row in rows
        ],
        {
            "name": pl.String,
            "first": pl.Date,
            "last": pl.Date,
            "fte": pl.Float64,
            "caseload_target": pl.Float64,
            "places": pl.Float64,
        },
    )
