"""Targets by measure, area and period: those there are, and a form to set or remove one."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from sqlalchemy import Engine

from dashboard.access import Viewer
from dashboard.draw.escape import for_markdown
from dashboard.keeping.periods import remove_target, set_target
from dashboard.keeping.reading import Places
from dashboard.shell.keeping.asking import attempt, lasting
from dashboard.shell.live import show_change
from dashboard.shell.tables import named, table
from queries.measures import MEASURES
from queries.words import day, figure, share

_HEADINGS = {
    "title": "Measure",
    "place": "Area",
    "first": "From",
    "last": "To",
    "aim": "Target",
}
AIMED = {key: measure for key, measure in MEASURES.items() if measure.target}


def target_forms(
    engine: Engine, viewer: Viewer, rows: list[dict[str, Any]], places: Places, today: date
) -> None:
    """The targets there are, then what sets or removes one."""
    st.header("Targets", anchor=False)
    st.caption(
        "A count of events is aimed at as the total of its period; a number on a day or a rate "
        "as a level. The course of the rollout page adds up from these."
    )
    if rows:
        frame = _as_frame(rows, places)
        table(frame, _HEADINGS, named("Targets by measure, area and period", frame))
    else:
        st.markdown("No target is set yet. Charts show no target line until one is.")
    left, right = st.columns(2, gap="large")
    with left:
        _set(engine, viewer, places, today)
    with right:
        _remove(engine, viewer, rows, places)


def _set(engine: Engine, viewer: Viewer, places: Places, today: date) -> None:
    st.subheader("Set a target", anchor=False)
    with st.form("target-set", border=False):
        measure = st.selectbox(
            "Measure", list(AIMED), format_func=lambda key: for_markdown(AIMED[key].title)
        )
        area = st.selectbox(
            "Area", list(places.names), format_func=lambda key: for_markdown(places.name(key))
        )
        first = st.date_input("First day", value=_year(today)[0], format="DD/MM/YYYY")
        last = st.date_input("Last day", value=_year(today)[1], format="DD/MM/YYYY")
        until_changed = st.checkbox("Until changed, without a last day")
        value = st.number_input(
            "Target (a rate in per cent)", min_value=0.0, value=None, placeholder="A number"
        )
        if st.form_submit_button("Set this target"):
            if value is None or not area or not first:
                st.error("Give a measure, an area, a first day and a number.")
                return
            aim = value / 100 if AIMED[measure].is_fraction else value
            until = None if until_changed else last
            change = partial(set_target, engine, viewer, measure, area, first, until, aim)
            if attempt(change, f"Set: “{AIMED[measure].title}”, {lasting(first, until)}."):
                show_change()


def _remove(engine: Engine, viewer: Viewer, rows: list[dict[str, Any]], places: Places) -> None:
    st.subheader("Remove a target", anchor=False)
    if not rows:
        st.markdown("There is none to remove.")
        return
    with st.form("target-remove", border=False):
        chosen = st.selectbox(
            "Target",
            range(len(rows)),
            format_func=lambda index: for_markdown(_named(rows[index], places)),
        )
        if st.form_submit_button("Remove this target"):
            row = rows[chosen]
            change = partial(
                remove_target, engine, viewer, row["measure"], row["area"], row["from_on"]
            )
            if attempt(change, f"Removed: {_named(row, places)}. The history keeps it."):
                show_change()


def _named(row: dict[str, Any], places: Places) -> str:
    return f"{_title(row)}, {places.name(row['area'])}, from {day(row['from_on'])}: {_aim(row)}"


def _as_frame(rows: list[dict[str, Any]], places: Places) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "title": _title(row),
                "place": places.name(row["area"]),
                "first": row["from_on"],
                "last": row["to_on"] - timedelta(days=1) if row["to_on"] else None,
                "aim": _aim(row),
            }
            for row in rows
        ],
        {name: pl.Date if name in ("first", "last") else pl.String for name in _HEADINGS},
    )


def _title(row: dict[str, Any]) -> str:
    measure = MEASURES.get(row["measure"])
    return measure.title if measure else str(row["measure"])


def _aim(row: dict[str, Any]) -> str:
    measure = MEASURES.get(row["measure"])
    if measure and measure.is_fraction:
        return share(row["value"])
    return figure(row["value"], 0 if float(row["value"]).is_integer() else 1)


def _year(today: date) -> tuple[date, date]:
    first = date(today.year - (today.month < 4), 4, 1)
    return first, date(first.year + 1, 3, 31)
