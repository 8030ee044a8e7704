"""The one door through which files leave a screen: written down first, or they do not leave."""

from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st

from dashboard.access.sign_ins import NotAdmitted
from dashboard.access.trail import TrailNotWritten, What, note
from dashboard.database import DatabaseNotUsable
from dashboard.draw.escape import for_markdown
from dashboard.shell.looking import Looking, looking
from dashboard.shell.signed_in import still_admitted
from dashboard.shell.writing import writer

_NOT_LEFT = "not-left"  # in the session: what was not saved, and why, until it has been said


def download_button(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    *,
    key: str,
    mime: str | None = None,
    rows: int | None = None,
    type: Literal["primary", "secondary", "tertiary"] = "tertiary",
) -> None:
    """A button that saves a file, made when it is pressed; `rows`: how many it holds."""
    why_not: list[str] = st.session_state.setdefault(_NOT_LEFT, [])
    st.download_button(
        label,
        data=partial(_leave, make, file_name, rows, looking(), still_admitted(), why_not),
        file_name=file_name,
        mime=mime,
        key=key,
        on_click="ignore",
        type=type,
    )


def say_what_did_not_leave() -> None:
    """Tell the person why a file was not saved; the button itself says only that it failed."""
    why_not: list[str] = st.session_state.get(_NOT_LEFT, [])
    while why_not:
        st.toast(for_markdown(why_not.pop()), duration="long")


def _leave(
    make: Callable[[], bytes],
    file_name: str,
    rows: int | None,
    who: Looking | None,
    require: Callable[[], None],
    why_not: list[str],
) -> bytes:
    """Run by a thread of the server, outside any page."""
    try:
        if who is None:
            raise TrailNotWritten("It is not known who would save this, so nothing was saved.")
        require()
        content = make()
        said = {**who.said, "file": file_name}
        note(writer(), who.viewer.name, who.viewer.role, What.DOWNLOAD, said, rows)
    except (TrailNotWritten, NotAdmitted, DatabaseNotUsable) as problem:
        why_not.append(str(problem))
        raise
    return content
