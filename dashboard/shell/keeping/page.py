"""The settings page: everything that a service keeps beside its records, for whom it is open to."""

from datetime import datetime

import streamlit as st

from dashboard.access import Role
from dashboard.database.settings import read_settings
from dashboard.draw.escape import for_markdown
from dashboard.keeping.changes import changing, history
from dashboard.keeping.periods import CAPACITY, TARGET
from dashboard.keeping.reading import annotations, capacities, places, targets, workers
from dashboard.keeping.settings import SETTING, chosen
from dashboard.shell.header import banner
from dashboard.shell.keeping.annotations import annotation_forms
from dashboard.shell.keeping.asking import say_what_was_done
from dashboard.shell.keeping.capacities import capacity_forms
from dashboard.shell.keeping.history import show_history
from dashboard.shell.keeping.settings import in_words, setting_forms
from dashboard.shell.keeping.targets import target_forms
from dashboard.shell.looking import looking
from dashboard.shell.visit import current_standing
from dashboard.shell.writing import writer
from dashboard.snapshot.snapshot import LONDON


def settings_page() -> None:
    """Settings for those who may open the page; capacity for those who see case managers."""
    here = looking()
    if here is None:
        return
    viewer, engine = here.viewer, writer()
    today = datetime.now(LONDON).date()
    with changing(engine) as connection:
        now, differing = read_settings(connection), chosen(connection)
        within = places(connection, viewer, now.whole_name)
        aims = targets(connection, within)
        team = workers(connection, viewer, today) if viewer.role.sees_workers else {}
        hours = capacities(connection, team)
        changes = history(connection, SETTING, TARGET, *([CAPACITY] if team else []))
    banner(current_standing())
    st.title(for_markdown(in_words(differing)), anchor=False)
    st.caption(
        "A suggestion holds until the service sets its own. Every change is written down with who "
        "made it and how it was before."
    )
    say_what_was_done()
    setting_forms(engine, viewer, now, differing)
    target_forms(engine, viewer, aims, within, today)
    if viewer.role.sees_workers:
        capacity_forms(engine, viewer, hours, team, now.caseload_target, today)
    if viewer.areas is None:
        show_history(changes)


def notes_section() -> None:
    """Notes on charts, on the page of those who look after the records."""
    here = looking()
    if here is None or here.viewer.role not in (Role.MANAGER, Role.DATA_STEWARD):
        return
    engine = writer()
    with changing(engine) as connection:
        within = places(connection, here.viewer, read_settings(connection).whole_name)
        rows = annotations(connection, within)
    say_what_was_done()
    annotation_forms(engine, here.viewer, rows, within, datetime.now(LONDON).date())
