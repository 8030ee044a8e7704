"""Runs that nobody asked for: the page looked for news by itself, and ran again."""

from typing import NoReturn

import streamlit as st

_MARK = "by_itself"


def rerun_by_itself() -> NoReturn:
    """Run the whole page again without counting it as something that the person did."""
    st.session_state[_MARK] = True
    st.rerun()


def somebody_did_something() -> bool:
    """Whether this run was asked for by the person; to be asked once a run."""
    return not st.session_state.pop(_MARK, False)
