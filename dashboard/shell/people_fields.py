"""What the forms about people share: their fields, when a role ends, and making the change."""

from collections.abc import Callable
from datetime import date, datetime

import streamlit as st
from sqlalchemy import Connection
from streamlit.delta_generator import DeltaGenerator

from dashboard.access import Role, granting
from dashboard.database import DatabaseNotUsable
from dashboard.draw.escape import for_markdown
from dashboard.shell.known_people import People
from dashboard.shell.looking import looking
from dashboard.shell.writing import writer
from queries.words import day

DONE = "people-done"  # in the session: what was just changed, said once
_TURN = "people-turn-"  # in the session, with a form's name: how often it changed something
ENDS, ENDLESS = "Until a day", "Without an end"
AS_A_DAY = "DD/MM/YYYY, like 31/12/2027"


def role_field(place: DeltaGenerator, form: str, roles: list[Role]) -> Role | None:
    return place.selectbox(
        "Role", roles, format_func=lambda each: each.label, index=None, key=field_key(form, "role")
    )


def area_field(place: DeltaGenerator, form: str, now: People) -> str | None:
    """Never chosen beforehand: the first is all areas, and that is the widest."""
    return place.selectbox(
        "Area",
        now.areas,
        format_func=now.areas.__getitem__,
        index=None,
        key=field_key(form, "area"),
    )


def end_of(ends: str | None, typed: str, today: date) -> date | None:
    """The first day without the role. Raises ValueError, in words, unless it is clear."""
    if ends is None:
        raise ValueError(f"Say how long: “{ENDLESS}” or “{ENDS}”.")
    if ends == ENDLESS:
        if typed:
            raise ValueError(f"You gave a day and chose “{ENDLESS}”. Take one of them back.")
        return None
    try:
        end = datetime.strptime(typed, "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        raise ValueError(
            f"Give the first day without the role as {AS_A_DAY}. Nothing was granted."
        ) from None
    if end <= today:
        raise ValueError(f"{day(end)} is not after today. Give a later day; nothing was granted.")
    return end


def field_key(form: str, name: str) -> str:
    """The key of a field; another after each change, so that nothing stays in the form."""
    return f"{form}-{name}-{st.session_state.get(_TURN + form, 0)}"


def change(form: str, make: Callable[[Connection, granting.By], object], done: str) -> None:
    """Make a change and show the page anew with its form empty, or say why it was not made."""
    now = looking()
    try:
        if now is None:
            raise granting.NotGranted("It is not known who you are, so nothing was changed.")
        with granting.changing(writer()) as connection:
            make(connection, granting.By(now.viewer.name, now.viewer.role))
    except (granting.NotGranted, DatabaseNotUsable) as problem:
        st.error(for_markdown(str(problem)))
        return
    st.session_state[DONE] = done
    st.session_state[_TURN + form] = st.session_state.get(_TURN + form, 0) + 1
    st.rerun()
