"""The foot of a slide: what it rests on, that it is protected, the ways to move and to leave."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from dashboard.disclosure import Rules
from dashboard.draw.escape import for_markdown
from dashboard.panels.slide import Slide
from dashboard.shell.meeting_address import Address, go_to
from dashboard.shell.meeting_slide import ready_for_charts

SECONDS = 30  # a slide stays when they advance by themselves
_RUNNING = "meeting-running"
_DRAWN = "meeting-drawn"  # which slide, and since when, while they advance
_AFTER = "after-the-meeting"


def after_the_meeting(page: StreamlitPage | None) -> None:
    """Where leaving leads to, for this role."""
    st.session_state[_AFTER] = page


def foot(slide: Slide, address: Address, last: int, begins: str, rules: Rules) -> None:
    """What the slide rests on, that it is protected, and its number between the ways to move.

    The first slide says when the meeting `begins`.
    """
    first = f" The meeting begins at {begins}." if address.slide == 1 else ""
    st.markdown(for_markdown(f"{slide.source}{first}"))
    with line("meeting-foot"):
        said = f"Protected numbers: {rules.promise}, no records can be opened"
        st.markdown(for_markdown(said), width="content")
        with st.container(
            horizontal=True, width="content", gap="xsmall", vertical_alignment="center"
        ):
            at = address.slide
            _move("‹", "Slide before", address, at - 1, last, "meeting-back", "Left")
            st.markdown(f"**{at}** of {last}", width="content")
            _move("›", "Next slide", address, at + 1, last, "meeting-on", "Right")


def ways(address: Address, last: int, show_newer: Callable[[], None] | None) -> None:
    """Newer numbers, where there are any to show; the timer; and the way out."""
    with st.container(horizontal=True, width="content", gap="xsmall", vertical_alignment="center"):
        if show_newer:
            st.button(
                "Show newer numbers",
                key="meeting-newer",
                help="Newer numbers are there. Those on the screen stay until this is pressed.",
                on_click=show_newer,
            )
        running = bool(st.session_state.get(_RUNNING))
        st.button(
            "Pause" if running else "Play",
            key="meeting-timer",
            help=f"The next slide comes every {SECONDS} seconds",
            on_click=_run,
            args=(not running,),
        )
        leave()
    if running:
        _advance(address, last)


def line(key: str) -> DeltaGenerator:
    """A line of the slide: something at its left end, something at its right."""
    return st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=key,
    )


def _move(
    label: str, says: str, address: Address, to: int, last: int, key: str, shortcut: str
) -> None:
    st.button(
        label,
        key=key,
        help=says,
        disabled=not 1 <= to <= last,
        shortcut=shortcut,
        on_click=go_to,
        args=(Address(address.on, to),),
    )


def keys(address: Address, last: int) -> None:
    """A clicker sends Page Up and Page Down: a button takes one key, so these are unseen ones.

    Home and End lead to the first and the last slide.
    """
    with st.container(key="meeting-keys"):
        ready_for_charts()
        for key, to in (
            ("PageUp", max(address.slide - 1, 1)),
            ("PageDown", min(address.slide + 1, last)),
            ("Home", 1),
            ("End", last),
        ):
            st.button(
                key,
                key=f"meeting-{key}",
                shortcut=key,
                on_click=go_to,
                args=(Address(address.on, to),),
            )


def _run(running: bool) -> None:
    st.session_state[_RUNNING] = running
    st.session_state.pop(_DRAWN, None)


@st.fragment(run_every=timedelta(seconds=SECONDS))
def _advance(address: Address, last: int) -> None:
    """The next slide after a while, until the last or until paused.

    Whatever is pressed meanwhile comes through here too, and moves nothing on.
    """
    drawn, since = st.session_state.get(_DRAWN, (None, 0.0))
    if drawn != address:
        st.session_state[_DRAWN] = address, monotonic()  # just drawn: its time begins
        return
    if monotonic() - since < SECONDS - 1:  # a timer may be a little early
        return
    if address.slide >= last:
        st.session_state[_RUNNING] = False
    else:
        go_to(Address(address.on, address.slide + 1))
    st.rerun()


def leave() -> None:
    """The one way out, which has to be meant. The slides wait for the answer."""
    if st.button("Leave", key="meeting-leave", on_click=_run, args=(False,)):
        _confirm()


@st.dialog("Leave the meeting?")
def _confirm() -> None:
    st.markdown("The screen will show the dashboard again, as your role sees it.")
    with st.container(horizontal=True):
        if st.button("Leave the meeting", key="meeting-leave-yes"):
            st.switch_page(st.session_state[_AFTER])
        if st.button("Stay", key="meeting-leave-no"):
            st.rerun()
