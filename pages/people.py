"""People: who may sign in, as what, where, until when and why?"""

import streamlit as st

from dashboard.shell.header import banner
from dashboard.shell.people import (
    add_form,
    grant_form,
    groups_form,
    read_people,
    show_given,
    withdraw_form,
)
from dashboard.shell.visit import current_standing

banner(current_standing())
now = read_people()
st.title(now.sentence if now else "Who may sign in is not known just now", anchor=False)
if now:
    show_given(now, current_standing().made_up)
    left, right = st.columns([7, 5], gap="large")
    with left:
        grant_form(now)
        groups_form(now)
    with right:
        withdraw_form(now)
        add_form()
