"""Notes on charts: those there are, and a form to add or remove one."""

from datetime import date
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from sqlalchemy import Engine

from dashboard.access import Viewer
from dashboard.draw.escape import for_markdown
from dashboard.keeping.annotations import LONGEST, add_annotation, remove_annotation
from dashboard.keeping.reading import Places
from dashboard.shell.keeping.asking import attempt
from dashboard.shell.live import show_change
from dashboard.shell.tables import named, table
from queries.words import day

_ADDED = "notes-added"
_HEADINGS = {"on": "Day", "place": "Area", "text": "What happened"}


def annotation_forms(
    engine: Engine, viewer: Viewer, rows: list[dict[str, Any]], places: Places, today: date
) -> None:
    """The notes there are, then what adds or removes one."""
    st.header("Notes on charts", anchor=False)
    st.caption(
        "What happened on a day, such as a new referral route. It is shown on every chart over "
        "time of its area, to everybody, so name nobody."
    )
    if rows:
        shown = pl.DataFrame(
            [{**row, "place": places.name(row["area"])} for row in rows],
            {"on": pl.Date, "place": pl.String, "text": pl.String},
        )
        table(shown, _HEADINGS, named("Notes on charts", shown))
    left, right = st.columns(2, gap="large")
    with left, st.form("annotation-add", border=False):
        st.subheader("Add a note", anchor=False)
        on = st.date_input("Day", value=today, format="DD/MM/YYYY")
        area = st.selectbox(
            "Area", list(places.names), format_func=lambda key: for_markdown(places.name(key))
        )
        # No max_chars: its hint lies over what is typed. A new key empties the field once saved.
        added = st.session_state.setdefault(_ADDED, 0)
        text = st.text_input(
            f"What happened, in at most {LONGEST} characters", key=f"{_ADDED}-{added}"
        )
        if st.form_submit_button("Add this note"):
            if not on or not area:
                st.error("Give a day and an area.")
            elif attempt(
                partial(add_annotation, engine, viewer, on, area, text),
                f"The note is added on {day(on)}.",
            ):
                st.session_state[_ADDED] += 1
                show_change()
    with right:
        _remove(engine, viewer, rows, places)


def _remove(engine: Engine, viewer: Viewer, rows: list[dict[str, Any]], places: Places) -> None:
    st.subheader("Remove a note", anchor=False)
    if not rows:
        st.markdown("There is none to remove.")
        return

    def named(index: int) -> str:
        row = rows[index]
        return f"{day(row['on'])}, {places.name(row['area'])}: {row['text']}"

    with st.form("annotation-remove", border=False):
        chosen = st.selectbox(
            "Note", range(len(rows)), format_func=lambda index: for_markdown(named(index))
        )
        if st.form_submit_button("Remove this note"):
            row = rows[chosen]
            change = partial(remove_annotation, engine, viewer, row["on"], row["area"], row["text"])
            if attempt(change, f"Removed: {named(chosen)}. The history keeps it."):
                show_change()
