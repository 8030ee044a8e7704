"""An open page runs again by itself once there is a newer snapshot than it shows, and only then."""

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell import live


class Given:
    """A store that gives out what it is given."""

    def __init__(self, snapshot):
        self.snapshot = snapshot
        self.away_since = None

    def current(self):
        return self.snapshot

    def soon(self, _seconds):
        return self.snapshot


def page():
    import streamlit as st

    from dashboard.shell import live

    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    shown = st.session_state["shown"]
    st.session_state["shown"] = live.store().current()
    live.follow(shown)


@pytest.mark.parametrize(("newer", "runs"), [(True, 2), (False, 1)])
def test_it_runs_again_for_a_newer_snapshot_only(made_up, monkeypatch, newer, runs):
    later = replace(made_up, read_at=made_up.read_at + timedelta(seconds=5))
    monkeypatch.setattr(live, "store", lambda: Given(later if newer else made_up))
    app = AppTest.from_function(page)
    app.session_state["shown"] = made_up
    app.run()
    assert not app.exception
    assert app.session_state["runs"] == runs
