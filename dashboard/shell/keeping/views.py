"""A person's own views: pages with filters, kept under a name."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import cast

import streamlit as st

from dashboard.database import DatabaseNotUsable
from dashboard.draw.escape import for_markdown
from dashboard.keeping.changes import NotKept
from dashboard.keeping.views import LONGEST, View, drop_view, keep_view, views_of
from dashboard.shell.asked import page_changes
from dashboard.shell.looking import looking
from dashboard.shell.page_now import pages_open
from dashboard.shell.writing import writer

_KEPT = "views-kept"

Query = Mapping[str, Sequence[str]]


def views_menu(now: Query, choose: Callable[[Query], None]) -> None:
    """The person's named views: open one, keep this one, remove one.

    `now` are the filters as parameters of an address; `choose` takes up those of a view.
    """
    here = looking()
    if here is None:
        return
    with st.popover("Views", key="views", type="tertiary"):
        named = _own(here.viewer.name)
        if named is None:
            st.markdown("Your views cannot be read just now: the case database cannot be reached.")
            return
        if not named:
            st.caption("A view is a page with its filters, kept under a name for you alone.")
        for each in named:
            _named(each, here.viewer.name, choose)
        with st.form("view-keep", border=False, clear_on_submit=True):
            name = st.text_input("Keep this page and its filters as", max_chars=LONGEST)
            if st.form_submit_button("Keep this view"):
                _keep(here.viewer.name, View(name, here.page, now))


def _named(view: View, who: str, choose: Callable[[Query], None]) -> None:
    left, right = st.columns([4, 2], vertical_alignment="center")
    page = pages_open().get(view.page)
    opened = left.button(
        for_markdown(view.name),
        key=f"view-{view.name}",
        type="tertiary",
        disabled=page is None,
        help=None if page else "Your role does not open this page.",
    )
    right.button(
        "Remove",
        key=f"view-remove-{view.name}",
        type="tertiary",
        on_click=partial(_drop, who, view.name),
    )
    if opened and page is not None:
        choose(view.choice)
        page_changes()  # to itself, where the view is of this page
        st.switch_page(page)


def _keep(who: str, view: View) -> None:
    if not view.name.strip():
        st.error("Give it a name.")
        return
    try:
        keep_view(writer(), who, view)
    except NotKept as problem:
        st.error(for_markdown(str(problem)))
        return
    st.session_state.pop(_KEPT, None)
    st.rerun()


def _drop(who: str, name: str) -> None:
    st.session_state.pop(_KEPT, None)
    with suppress(NotKept):  # it is still in the list then, to try again
        drop_view(writer(), who, name)


def _own(who: str) -> list[View] | None:
    """The person's named views, read once a session; None while they cannot be read."""
    kept = cast(tuple[str, list[View]] | None, st.session_state.get(_KEPT))
    if kept is None or kept[0] != who:
        try:
            kept = who, [each for each in views_of(writer(), who) if each.name]
        except (NotKept, DatabaseNotUsable):
            return None
        st.session_state[_KEPT] = kept
    return kept[1]
