"""Slides that advance by themselves: by their time alone, whatever is pressed meanwhile."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell import meeting_controls

LAST = 3


def meeting() -> None:
    from datetime import date

    import streamlit as st

    from dashboard.shell import meeting_controls
    from dashboard.shell.meeting_address import Address

    at = Address(date(2026, 11, 24), int(st.query_params.get("slide", "1")))
    meeting_controls.ways(at, 3, None)
    st.button("Anything", key="anything")
    st.text(str(at.slide))


class Clock:
    """The seconds that have passed."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(meeting_controls, "monotonic", made)
    return made


@pytest.fixture
def playing(clock) -> AppTest:
    screen = AppTest.from_function(meeting).run()
    return screen.button("meeting-timer").click().run()


def shown(screen: AppTest) -> tuple[str, str]:
    """The slide, and what the timer's button offers."""
    return screen.text[0].value, screen.button("meeting-timer").label


def test_what_is_pressed_meanwhile_moves_nothing_on(playing, clock):
    clock.now += 7
    assert shown(playing.button("anything").click().run()) == ("1", "Pause")


def test_a_slide_gives_way_after_its_time_and_the_last_stays(playing, clock):
    found = []
    for _ in range(LAST):
        clock.now += meeting_controls.SECONDS
        found.append(shown(playing.run()))
    assert found == [("2", "Pause"), ("3", "Pause"), ("3", "Play")]


def test_to_play_again_begins_the_time_anew(playing, clock):
    clock.now += 20
    playing.button("meeting-timer").click().run()
    clock.now += 20
    assert shown(playing.button("meeting-timer").click().run()) == ("1", "Pause")


def test_to_leave_stops_them_and_asks(playing, clock):
    clock.now += meeting_controls.SECONDS
    playing.button("meeting-leave").click().run()
    assert shown(playing) == ("1", "Play")
    assert [each.label for each in playing.button][-2:] == ["Leave the meeting", "Stay"]
