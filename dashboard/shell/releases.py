"""The releases that the screens of protected roles are made from, read once and shared."""

from functools import lru_cache

import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import DatabaseNotUsable
from dashboard.disclosure import Release, ReleasedView
from dashboard.shell.writing import writer
from dashboard.snapshot import Snapshot
from dashboard.snapshot.releases import newest, read_release

_LAST = "last-release"  # in the session: it goes on serving while the database is away


def latest(snapshot: Snapshot) -> ReleasedView | None:
    """A view of the last release; None where there is none yet."""
    try:
        number = newest(writer())
    except (DatabaseNotUsable, SQLAlchemyError):
        number = st.session_state.get(_LAST)
    st.session_state[_LAST] = number
    return view_of(snapshot, number)


def view_of(snapshot: Snapshot, number: int | None) -> ReleasedView | None:
    """A view of the release with that number."""
    release = _release(writer(), number) if number is not None else None
    return snapshot.released(release) if release is not None else None


@lru_cache(maxsize=8)
def _release(engine: Engine, number: int) -> Release | None:
    """A release never changes once it is stored, so it is read once."""
    return read_release(engine, number)
