"""What the forms of kept things share: doing a change and saying how it went."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.draw.escape import for_markdown
from dashboard.keeping.changes import NotKept
from queries.words import day, period

_SAID = "kept-said"


def attempt(change: Callable[[], None], done: str) -> bool:
    """Make a change; say in words why it could not be made. Whether it was made."""
    try:
        change()
    except NotKept as problem:
        st.error(for_markdown(str(problem)))
        return False
    st.session_state[_SAID] = done
    return True


def say_what_was_done() -> None:
    """What the last change did, once, at the head of the page that it has redrawn."""
    if done := st.session_state.pop(_SAID, None):
        st.info(for_markdown(done))


def lasting(first: date, last: date | None) -> str:
    """From when to when something was kept: a day that was typed wrongly is seen at once."""
    return period(first, last) if last else f"from {day(first)}, until changed"
