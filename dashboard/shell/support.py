"""Where victim-survivors find help: the service's own contact line, where it has set one."""

import streamlit as st

from dashboard.database.settings import Settings
from dashboard.draw.escape import for_markdown


def support_line(settings: Settings) -> None:
    """The contact line, in the service's own words."""
    if settings.support_line:
        st.markdown(f"**For victim-survivors:** {for_markdown(settings.support_line)}")
