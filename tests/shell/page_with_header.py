"""A page with nothing but the header, for AppTest."""

from datetime import date, datetime

import streamlit as st

from dashboard.shell.choice import current
from dashboard.shell.filters import Area, Filters
from dashboard.shell.header import Standing, header, role_chosen

AREAS = (
    Area("E06000038", "Reading", "berkshire", "Berkshire"),
    Area("E06000039", "Slough", "berkshire", "Berkshire"),
    Area("E07000178", "Oxford", "oxfordshire", "Oxfordshire"),
)
LAST = date(2026, 10, 31)
DEFAULTS = Filters((), date(2026, 4, 1), LAST, LAST)
ROLES = {"manager": "Manager", "opcc": "OPCC office"}

role = role_chosen(ROLES, "manager")
filters, problems = current(AREAS, DEFAULTS)
header(
    "Referrals are 25 behind the funded course of 420",
    filters,
    Standing(
        role=ROLES[role],
        records_to=LAST,
        read_at=datetime(2026, 11, 1, 9, 12),  # noqa: DTZ001
        now=datetime(2026, 11, 1, 12, 0),  # noqa: DTZ001
        made_up=st.session_state.get("made_up", True),
        protected=role == "opcc",
        away=st.session_state.get("away", False),
        roles=ROLES if st.session_state.get("made_up", True) else None,
    ),
    AREAS,
    DEFAULTS,
    date(2024, 3, 21),
    comparison="Changes are against 2025. Dashed lines: target.",
    problems=problems,
)
