"""Definitions: what does each number mean, how is it worked out, and what is it not?"""

import streamlit as st

from dashboard.shell.definitions import search, show_measures, show_methods
from dashboard.shell.header import banner
from dashboard.shell.visit import current_standing
from queries.measures import ALL
from queries.released import RULES
from queries.words import figure

standing = current_standing()
banner(standing)
st.title(f"What the {figure(len(ALL))} measures mean, and what they do not", anchor=False)
if standing.protected:
    st.caption(RULES)
wanted = search()
show_measures(wanted, standing.protected)
if not wanted:
    show_methods()
