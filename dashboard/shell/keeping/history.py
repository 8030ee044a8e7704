"""Who changed what, and how it was before."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboard.keeping.settings import KNOWN
from dashboard.shell.tables import long_table, named
from dashboard.snapshot.snapshot import LONDON
from queries.measures import MEASURES
from queries.words import day

_HEADINGS = {
    "at": "When",
    "who": "Who",
    "what": "What",
    "before": "Before",
    "after": "After",
}
# Words for the columns of what is kept; a date is said as a day.
_NAMES = {
    "measure": "measure",
    "area": "area",
    "case_manager_id": "case manager",
    "from_on": "from",
    "to_on": "until before",
    "fte": "share of full time",
    "caseload_target": "target at full time",
    "value": "value",
    "on": "day",
    "text": "text",
    "name": "setting",
}


def show_history(changes: list[dict[str, Any]]) -> None:
    """The changes, the latest first, in words."""
    st.header("What was changed", anchor=False)
    if not changes:
        st.markdown("Nothing has been changed on this page yet.")
        return
    rows = pl.DataFrame(
        [
            {
                "at": row["at"].astimezone(LONDON).replace(tzinfo=None),
                "who": row["who"],
                "what": row["what"],
                "before": said(row["before"]),
                "after": said(row["after"]),
            }
            for row in changes
        ],
        {
            "at": pl.Datetime,
            "who": pl.String,
            "what": pl.String,
            "before": pl.String,
            "after": pl.String,
        },
    )
    alt = named("Changes of settings, targets, capacities and notes", rows)
    long_table(rows, _HEADINGS, alt)


def said(row: dict[str, Any] | None) -> str:
    """A kept row in words: "measure Referrals received, area all, value 40"."""
    if row is None:
        return "nothing"
    return ", ".join(
        f"{_NAMES[name]} {_value(name, value)}" for name, value in row.items() if value is not None
    )


def _value(name: str, value: Any) -> str:
    if name == "measure" and value in MEASURES:
        return MEASURES[value].title
    if name == "name" and value in KNOWN:
        return f"“{KNOWN[value].metadata['title']}”"
    if name in ("on", "from_on", "to_on"):
        return day(date.fromisoformat(value))
    return str(value)
