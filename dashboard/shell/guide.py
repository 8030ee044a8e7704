"""How this page is read, and the terms it uses: one quiet control on every page."""

import streamlit as st

from dashboard.access.sees import SEES
from dashboard.draw.escape import for_markdown
from dashboard.panels.guides import GUIDES, RELEASED, WORDS
from dashboard.shell.looking import looking
from dashboard.shell.page_now import page_now
from dashboard.shell.tour import ask_for_tour, times_asked


def guide() -> None:
    """What the page answers, how its charts are read, what to do next, and its terms."""
    here = looking()
    if here is None:
        return
    role = here.viewer.role
    found = (RELEASED if role.protected else GUIDES).get(page_now())
    if found is None:
        return
    # Under another key it is another popover, and closed: the tour does not open beneath it.
    key = f"guide-{times_asked()}"
    with st.popover("How to read this", type="tertiary", key=key, width="content"):
        st.markdown(f"**What it answers.** {found.answers}")
        st.markdown("**How to read it.**\n" + "\n".join(f"- {line}" for line in found.charts))
        st.markdown(f"**What to do next.** {found.then}")
        if found.words:
            terms = (f"- **{word}**: {WORDS[word]}" for word in found.words)
            st.markdown("**Terms.**\n" + "\n".join(terms))
        sees = for_markdown(SEES[role])
        st.markdown(f"**What you see as {for_markdown(role.label)}.** {sees}")
        st.button("Show me round (one minute)", key="guide-tour", on_click=ask_for_tour)
