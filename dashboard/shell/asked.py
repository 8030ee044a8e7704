"""Whether the address of this run asks for something else than what is looked at."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.shell.page_now import page_now

_PAGE = "asked-on-page"  # where the last run was


def address_asks(given: Mapping[str, Sequence[str]], written: Mapping[str, Sequence[str]]) -> bool:
    """Whether parameters come from a link or from going back, and not from the dashboard itself.

    `written`: as the last run wrote them. Streamlit drops them when the page changes, so that none
    at all are something asked for only on the same page. To be asked once a run.
    """
    page = page_now()
    same = st.session_state.get(_PAGE) == page
    st.session_state[_PAGE] = page
    return given != written and (bool(given) or same)


def page_changes() -> None:
    """The next run is of another page: its address has no parameters, and asks for nothing."""
    st.session_state.pop(_PAGE, None)
