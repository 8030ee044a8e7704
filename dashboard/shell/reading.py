"""Words beside a chart: how it is read."""

from collections.abc import Sequence

import streamlit as st

from dashboard.draw.escape import for_markdown


def how_to_read(summary: str, paragraphs: Sequence[str]) -> None:
    """A heading, what the chart comes to, and how to read it (our own words, in Markdown)."""
    with st.container(gap=None):
        st.header("How to read it", anchor=False)
        st.caption(for_markdown(summary))
    for paragraph in paragraphs:
        st.markdown(paragraph)
