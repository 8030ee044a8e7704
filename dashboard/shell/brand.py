"""What every page begins with: the browser's title and icon, the logo, the mode, the width."""

from contextlib import AbstractContextManager

import streamlit as st

from dashboard.draw.plate import as_data, plate
from dashboard.draw.theme import CONTENT, Mode
from dashboard.shell.narrow import fit_narrow_windows


def set_page(title: str, service: str) -> None:
    """To be called first on each run; `title` is the page's name, `service` the service's."""
    st.set_page_config(
        page_title=f"{title} – {service}" if service else title,
        page_icon=as_data(plate(service[:1] or "D", pad=10.5)),
        layout="wide",
    )
    if service:
        st.logo(plate(service), size="large")


def mode() -> Mode:
    """Light or dark, as the viewer's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def content(page: str, *, whole_screen: bool = False) -> AbstractContextManager[object]:
    """The column that a page's content stands in: as wide as the window, up to a limit.

    `whole_screen`: without the limit.
    """
    # Under a key of its own a page replaces the one before it at once; without, the browser
    # keeps the old page's boxes, and the new page's content jumps as they change their sizes.
    key = f"content-{page}"
    if whole_screen:
        return st.container(key=key)
    fit_narrow_windows()
    return st.container(horizontal_alignment="center", key=key).container(width=CONTENT)
