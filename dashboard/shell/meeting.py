"""The weekly meeting on the shared screen: which slide, of which release, and the ways to move."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import DatabaseNotUsable
from dashboard.database.settings import Settings
from dashboard.disclosure import ReleasedView
from dashboard.draw.escape import for_markdown
from dashboard.panels.slide import Slide
from dashboard.panels.slides import slides
from dashboard.shell import meeting_controls, meeting_slide
from dashboard.shell.meeting_address import Address, read_address, write_address
from dashboard.shell.releases import view_of
from dashboard.shell.taking_away import take_meeting
from dashboard.shell.visit import store
from dashboard.shell.writing import writer
from dashboard.snapshot import Snapshot
from dashboard.snapshot.meetings import Agenda, Shown, keep, show_newer, shown, starts_at
from dashboard.snapshot.releases import none_yet
from dashboard.snapshot.snapshot import LONDON
from queries.words import day


@dataclass(frozen=True)
class Meeting:
    """A meeting as it is shown on this run."""

    address: Address
    shown: Shown
    view: ReleasedView
    slides: list[Slide]
    settings: Settings
    made_up: bool

    @property
    def slide(self) -> Slide:
        return self.slides[self.address.slide - 1]

    @property
    def title(self) -> str:
        return f"{self.settings.service_name} meeting, {day(self.address.on)}"


def show_meeting() -> None:
    """The slide that the address asks for, on the whole screen; words where there is none."""
    snapshot = store().current()
    today = datetime.now(LONDON).date()
    meeting_slide.whole_screen()
    address, problem = read_address(snapshot.settings, today)
    if problem:
        _say("There is no such meeting", problem)
        return
    found = _meeting(snapshot, address, today)
    if found is None:
        _say("There are no released numbers to show", _why(snapshot, address.on, today))
        return
    write_address(found.address, len(found.slides))
    if found.address.on == today and not found.shown.kept and found.shown.release_id:
        _keep(today, found.shown.release_id, found.settings, found.view)
    last, settings = len(found.slides), found.settings
    with st.container(key="meeting-slide"):
        with meeting_controls.line("meeting-head"):
            meeting_slide.head(found.title, made_up=found.made_up)
            with st.container(horizontal=True, width="content", gap="xsmall"):
                take_meeting(snapshot, found.view, found.slides, found.title)
                # A meeting that was held stays as it was.
                asks = found.shown.newer and found.address.on >= today
                newer = partial(_show_newer, found.shown) if asks else None
                meeting_controls.ways(found.address, last, newer)
        meeting_slide.draw(found.slide)
        rules = found.view.release.rules
        meeting_controls.foot(found.slide, found.address, last, settings.meeting_time, rules)
    meeting_controls.keys(found.address, last)


def _meeting(snapshot: Snapshot, address: Address, today: date) -> Meeting | None:
    """The meeting with its slides; None where nothing had been released by then."""
    meeting = _shown(address.on, today, starts_at(snapshot.settings))
    newly = view_of(snapshot, meeting.release_id)
    if newly is None:
        return None
    previous = view_of(snapshot, meeting.previous_id)
    view, settings = meeting.view(newly), meeting.settings(snapshot.settings)
    made = _slides(view, previous, settings, meeting)
    if not made:
        return None
    at = Address(address.on, min(max(address.slide, 1), len(made)))
    return Meeting(at, meeting, view, made, settings, view.release.made_up)


def _slides(
    view: ReleasedView, previous: ReleasedView | None, settings: Settings, shown: Shown
) -> list[Slide]:
    """Made once for each release, meeting and setting, and kept for this session."""
    key = (
        view.release.release_id,
        previous.release.release_id if previous else None,
        settings,
        shown.on,
        shown.previous_on,
    )
    kept = st.session_state.get(_MADE)
    if kept is None or kept[0] != key:
        kept = (key, slides(view, previous, settings, shown.on, shown.previous_on))
        st.session_state[_MADE] = kept
    made: list[Slide] = kept[1]
    return made


_MADE, _SHOWN = "meeting-slides", "meeting-shown"


def _shown(on: date, today: date, at: time) -> Shown:
    """Which release the meeting is shown. While it is open it stays, whatever comes in."""
    try:
        found = shown(writer(), on, at)
    except (DatabaseNotUsable, SQLAlchemyError):
        kept = st.session_state.get(_SHOWN)
        if kept is None or kept.on != on:
            raise
        return kept  # type: ignore[no-any-return]
    kept = st.session_state.get(_SHOWN)
    if kept is not None and kept.on == on and not found.kept and on >= today:
        # Opened ahead of its day: nothing is kept, yet the numbers do not move on the screen.
        found = replace(found, release_id=kept.release_id)
    st.session_state[_SHOWN] = found
    return found


def _keep(on: date, release_id: int, settings: Settings, view: ReleasedView) -> None:
    try:
        keep(writer(), on, release_id, Agenda.of(settings), view.own)
    except (DatabaseNotUsable, SQLAlchemyError):
        st.toast(
            "This meeting could not be written down, so it may look different when it is opened "
            "again. The slides can be shown all the same."
        )


def _show_newer(meeting: Shown) -> None:
    view = view_of(store().current(), meeting.newest)
    if view is not None and meeting.newest and meeting.kept:
        show_newer(writer(), meeting.on, meeting.newest, view.own)
    st.session_state.pop(_SHOWN, None)


def _why(snapshot: Snapshot, on: date, today: date) -> str:
    if on < today:
        return (
            f"Nothing had been released by {day(on)}. Take out “on” from the address for the next "
            "meeting."
        )
    return str(none_yet(snapshot))


def _say(title: str, words: str) -> None:
    st.title(for_markdown(title), anchor=False)
    st.markdown(for_markdown(words))
    meeting_controls.leave()
