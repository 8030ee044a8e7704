"""The address of a meeting's slide: `/meeting?on=2026-11-24&slide=3`."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.database.settings import Settings
from dashboard.snapshot.meetings import next_meeting
from queries.words import day, listed

KEYS = ("on", "slide")


@dataclass(frozen=True)
class Address:
    """The day of a meeting, and the number of a slide from 1 on."""

    on: date
    slide: int


def read_address(settings: Settings, today: date) -> tuple[Address, str]:
    """The meeting and slide of the address, and what was wrong with it, in words.

    Without a day it is the next meeting, without a slide the first. A slide beyond the last is the
    last.
    """
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    on, slide = next_meeting(settings, today), 1
    following = on
    strange = sorted(set(given) - set(KEYS))
    if strange:
        names = listed([f"“{key[:40]}”" for key in strange[:5]])
        return Address(on, 1), (
            f"The address asks for {names}. A meeting has only a day and a slide: "
            "/meeting?on=2026-11-24&slide=3."
        )
    if "on" in given:
        text = given["on"][-1]
        try:
            on = date.fromisoformat(text)
        except ValueError:
            return Address(on, 1), (
                f"The address gives the meeting’s day as “{text[:40]}”. "
                "Days are written like 2026-11-24."
            )
        if on > following:
            return Address(following, 1), (
                f"The meeting of {day(on)} is still to come; the next is on {day(following)}."
            )
    if "slide" in given:
        text = given["slide"][-1]
        if not text.isdecimal() or len(text) > 3:
            return Address(on, 1), (
                f"The address gives the slide as “{text[:40]}”. Slides are numbered from 1."
            )
        slide = int(text)
    return Address(on, slide), ""


def write_address(address: Address, last: int) -> None:
    """Write the slide that is shown into the address, so that it can be sent and opened again."""
    wanted = {"on": address.on.isoformat(), "slide": str(min(address.slide, last))}
    for key, value in wanted.items():
        if st.query_params.get(key) != value:
            st.query_params[key] = value


def go_to(address: Address) -> None:
    """Show another slide, from the next run on."""
    st.query_params["on"] = address.on.isoformat()
    st.query_params["slide"] = str(address.slide)
