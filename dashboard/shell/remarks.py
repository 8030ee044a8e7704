"""Short texts beside each other under a chart, each under a small heading."""

from collections.abc import Mapping

import streamlit as st

from dashboard.draw.escape import for_markdown


def remarks(texts: Mapping[str, str]) -> None:
    """Show headings with their texts, in columns."""
    for column, (heading, text) in zip(
        st.columns(len(texts), gap="large"), texts.items(), strict=True
    ):
        with column:
            st.subheader(for_markdown(heading), anchor=False)
            st.markdown(for_markdown(text))
