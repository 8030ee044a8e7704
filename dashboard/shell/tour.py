"""A tour of one minute: opened once for whoever signs in for the first time, and when asked for."""

from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import streamlit as st

from dashboard.access import Role, Viewer
from dashboard.access.viewer import ANYBODY
from dashboard.database import DatabaseNotUsable
from dashboard.keeping.changes import NotKept
from dashboard.keeping.tour import keep_shown_round, shown_round
from dashboard.shell.writing import writer

_ASKED, _TIMES, _KNOWN, _STEP = "tour-asked", "tour-times", "tour-known", "tour-step"


@dataclass(frozen=True)
class Step:
    """One step of the tour."""

    title: str
    words: str


def steps(role: Role) -> tuple[Step, ...]:
    """What somebody in this role needs to know to begin: four steps at most."""
    sees_numbers = role.sees_records or role.protected
    filters = (
        "The buttons under the sentence say which place and which period you look at. They go "
        "with you from page to page and stand in the address: send somebody the link and they "
        "see the same, as far as their role allows."
        if role.protected
        else "The buttons under the sentence say which areas, which period and which day you look "
        "at. They go with you from page to page and stand in the address: send somebody the link "
        "and they see the same, as far as their role allows. “Reset” brings the usual back."
    )
    behind = "“Data and definition” under a chart has its numbers as a table and what they mean. "
    if role.sees_cases:
        behind += "“List” under a number, or a click on a bar, opens the records behind it."
    elif role.protected:
        behind += "Your numbers are protected: small counts are hidden, the others rounded."
    return (
        Step(
            "The first line is the answer",
            "Each page begins with a sentence that says what it found. Beneath are the numbers, "
            "then what explains them." + (" Then come the records." if role.sees_cases else ""),
        ),
        *(
            (Step("What you are looking at", filters), Step("What is behind a number", behind))
            if sees_numbers
            else ()
        ),
        Step(
            "When you are not sure",
            "“How to read this”, at the top of each page, says what the page answers and what to "
            "do next. This tour is there too. The Definitions page explains every number.",
        ),
    )


def ask_for_tour() -> None:
    """Open the tour on this run, from its first step."""
    st.session_state[_ASKED] = True
    st.session_state[_TIMES] = times_asked() + 1


def times_asked() -> int:
    """How often the tour was asked for in this session."""
    return cast(int, st.session_state.get(_TIMES, 0))


def offer_tour(viewer: Viewer) -> None:
    """Open the tour if it was asked for, or if this is somebody's first visit.

    Who is not known by name is never met with it: the next person would be met again.
    """
    if st.session_state.pop(_ASKED, False) or _first_visit(viewer.name):
        st.session_state[_STEP] = 0
        _tour(viewer.role)


def _first_visit(who: str) -> bool:
    """Whether this person was never shown round; from now on they were.

    Where that cannot be read or written the tour waits for a day on which it can.
    """
    if who == ANYBODY or st.session_state.get(_KNOWN) == who:
        return False
    st.session_state[_KNOWN] = who
    with suppress(NotKept, DatabaseNotUsable):
        engine = writer()
        if not shown_round(engine, who):
            keep_shown_round(engine, who)
            return True
    return False


@st.dialog("A look round", width="small")
def _tour(role: Role) -> None:
    todo = steps(role)
    at = min(st.session_state.get(_STEP, 0), len(todo) - 1)
    step, last = todo[at], at == len(todo) - 1
    st.caption(f"{at + 1} of {len(todo)}")
    # In bold, for a heading within a dialog is smaller than what is under it.
    st.markdown(f"**{step.title}**\n\n{step.words}")
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if st.button("Close" if last else "Skip", key="tour-leave"):
            st.rerun()
        if not last:
            st.button("Next", on_click=_go_on, key="tour-next")


def _go_on() -> None:
    st.session_state[_STEP] = st.session_state.get(_STEP, 0) + 1
