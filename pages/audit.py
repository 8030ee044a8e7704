"""Audit: who signed in, opened, saved, loaded or granted what, and when?"""

import streamlit as st

from dashboard.shell import audit
from dashboard.shell.header import banner
from dashboard.shell.visit import current_standing

banner(current_standing())
title = st.empty()
wanted = audit.search()
found = audit.find(wanted)
if found is None:
    title.title("The trail cannot be read just now", anchor=False)
    st.markdown("The database cannot be reached. Try again in a few minutes.")
else:
    title.title(audit.sentence(found.many), anchor=False)
    audit.show(found, wanted, current_standing().made_up)
