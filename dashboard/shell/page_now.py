"""Which page runs, as the log and the metrics name it, and which others may be opened."""

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx


def page_now() -> str:
    """The path of the page that runs; "none" before it is known, and outside a run."""
    context = get_script_run_ctx()
    if context is None:
        return "none"
    page: Mapping[str, object] = context.pages_manager.get_pages().get(context.page_script_hash, {})
    return str(page.get("url_pathname") or "none")


def remember_pages(pages: Sequence[StreamlitPage]) -> None:
    """Keep the pages that this viewer may open, for what leads from one to another."""
    st.session_state[_PAGES] = {page.url_path: page for page in pages}


def pages_open() -> Mapping[str, StreamlitPage]:
    """The pages that this viewer may open, by their address."""
    return cast(Mapping[str, StreamlitPage], st.session_state.get(_PAGES, {}))


_PAGES = "pages-open"
