"""Definitions: what does each number mean, how is it worked out, and what is it not?"""

import streamlit as st

from dashboard.shell.definitions import search, show_measures, show_methods
from dashboard.shell.header import banner
from dashboard.shell.visit import current_standing
from queries.measures import ALL
from queries.words import figure

banner(current_standing())
st.title(f"What the {figure(len(ALL))} measures mean, and what they do not", anchor=False)
wanted = search()
show_measures(wanted)
if not wanted:
    show_methods()
