"""The filters that a signed-in person had last: kept as they change, taken up when they return."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.access.viewer import ANYBODY
from dashboard.database import DatabaseNotUsable
from dashboard.keeping.changes import NotKept
from dashboard.keeping.views import LAST, View, keep_view, views_of
from dashboard.shell.writing import writer

Query = Mapping[str, Sequence[str]]
_LAST = "last-view"


def last_choice(who: str) -> Query:
    """The filters that this person had last, at the first run of a session; else nothing.

    Who is not known by name has none: the next person at the computer would be shown them.
    """
    if who == ANYBODY or _LAST in st.session_state:
        return {}
    try:
        kept = next((each for each in views_of(writer(), who) if each.name == LAST), None)
    except (NotKept, DatabaseNotUsable):
        return {}  # only a convenience: the page goes on without it
    st.session_state[_LAST] = dict(kept.choice) if kept else {}
    return kept.choice if kept else {}


def remember_choice(who: str, page: str, query: Query) -> None:
    """Keep the filters as the person's last, where they have changed."""
    if who == ANYBODY or st.session_state.get(_LAST) == query:
        return
    st.session_state[_LAST] = dict(query)
    try:
        keep_view(writer(), who, View(LAST, page, query))
    except (NotKept, DatabaseNotUsable):
        return
