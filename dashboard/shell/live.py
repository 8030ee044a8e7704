"""Open screens follow the records: what an import brought shows without anybody doing anything."""

from datetime import datetime
from typing import NoReturn

import streamlit as st

from dashboard.shell.by_itself import rerun_by_itself
from dashboard.shell.visit import store
from dashboard.snapshot import Snapshot

EVERY = 3  # seconds between two looks of an open screen; a new snapshot then shows within ten
PATIENCE = 2.0  # seconds that a look waits for a snapshot on its way; the page itself does not

Shown = tuple[datetime, bool]  # when what is shown was read, and whether the database was away


def follow(snapshot: Snapshot) -> None:
    """Run this page again, in its place, once there are newer records than it shows."""
    _look((snapshot.read_at, store().away_since is not None))


@st.fragment(run_every=EVERY)
def _look(shown: Shown) -> None:
    # Streamlit keeps what a fragment is given: a time, and not the snapshot with its columns.
    newest = store().soon(PATIENCE)
    if (newest.read_at, store().away_since is not None) != shown:
        rerun_by_itself()


def show_change() -> NoReturn:
    """Run the page again after a change of one's own, with the records as they are now."""
    with st.spinner("Reading the records"):
        store().newest()
    st.rerun()
