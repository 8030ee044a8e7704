"""Charts on the screen, and what was clicked in one: kept for the one run that answers it."""

from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.draw.theme import CONFIG


def show_chart(chart: Figure, alt: str, key: str, *, clicks: bool) -> Any:
    """A chart with its text alternative; the `customdata` of the mark just clicked, or None.

    Only where `clicks` are answered can its marks be chosen at all.
    """
    more: dict[str, Any] = {}
    if clicks:
        more = {"on_select": lambda: _remember(key), "selection_mode": "points"}
    st.plotly_chart(chart, theme=None, config=dict(CONFIG), key=key, alt=alt, **more)
    return take_click(key) if clicks else None


def _remember(key: str) -> None:
    """A click on a mark selects it, a second click lets it go: both ask for its records."""
    points = st.session_state[key]["selection"]["points"]
    last = f"{key}-last"
    if points and "customdata" in points[0]:
        st.session_state[last] = tuple(points[0]["customdata"])
    if last in st.session_state:
        keep_click(key, st.session_state[last])


def keep_click(key: str, mark: Any) -> None:
    """What was clicked, for the next run to answer."""
    st.session_state[f"{key}-clicked"] = mark


def take_click(key: str) -> Any:
    """What was clicked since the last run, once; None where nothing was."""
    return st.session_state.pop(f"{key}-clicked", None)
