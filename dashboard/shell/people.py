"""The parts of the page on which administrators say who may sign in, and as what."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime

import polars as pl
import streamlit as st
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, granting
from dashboard.access import people as known
from dashboard.access.grants import EVERYWHERE
from dashboard.database import DatabaseNotUsable
from dashboard.draw.escape import for_markdown
from dashboard.shell.looking import looking
from dashboard.shell.signed_in import groups
from dashboard.shell.tables import ROW_HEIGHT, download, long_table, named, table
from dashboard.shell.writing import writer
from dashboard.snapshot.snapshot import LONDON
from queries.words import counted

_DONE = "people-done"  # in the session: what was just changed, said once
_GIVEN = {
    "name": "Name",
    "known_by": "Signs in as",
    "role": "Role",
    "area": "Area",
    "case_manager": "Case manager",
    "from_on": "From",
    "to_on": "Until",
    "state": "State",
    "reason": "Reason",
}
_GROUPS = {"group": "Group", "role": "Role", "area": "Area", "reason": "Reason"}
_TEXT = pl.String
_GIVEN_TYPES = {name: pl.Date if name in ("from_on", "to_on") else _TEXT for name in _GIVEN}


class People:
    """Everything that the page shows, read once a run."""

    def __init__(self) -> None:
        self.today = datetime.now(LONDON).date()
        with writer().connect() as connection:
            self.people = known.people(connection)
            self.given = known.given(connection, self.today)
            self.groups = known.given_to_groups(connection)
            self.areas = known.areas(connection)
            self.workers = known.case_managers(connection)

    @property
    def sentence(self) -> str:
        """How many people hold a role today."""
        holders = {each.person for each in self.given if each.state == "holds"}
        if not holders:
            return "Nobody may sign in today"
        text = f"{counted(len(holders), 'person', 'people')} may sign in today"
        return text[:1].upper() + text[1:]


def read_people() -> People | None:
    """What is known; None, with words on the page, while the database is away."""
    try:
        return People()
    except (SQLAlchemyError, DatabaseNotUsable):
        st.warning("The database cannot be reached just now. Try again in a few minutes.")
        return None


def show_given(now: People, made_up: bool) -> None:
    """Who holds what, or held it."""
    if said := st.session_state.pop(_DONE, None):
        st.success(for_markdown(said))
    frame = pl.DataFrame(
        [{name: asdict(each)[name] for name in _GIVEN} for each in now.given], _GIVEN_TYPES
    )
    if frame.is_empty():
        st.markdown("Nobody holds a role yet.")
        return
    tall = min(frame.height + 1, 15) * ROW_HEIGHT
    long_table(frame, _GIVEN, named("People and their roles", frame), height=tall)
    download(frame, _GIVEN, "people", "csv-people", made_up=made_up)


def grant_form(now: People) -> None:
    """Give somebody a role."""
    st.header("Grant a role", anchor=False)
    names = {each.number: f"{each.name} ({each.known_by})" for each in now.people}
    with st.form("grant", border=False):
        left, right = st.columns(2, gap="large")
        person = left.selectbox(
            "Person", names, format_func=lambda each: names[each], index=None, key="grant-person"
        )
        role = right.selectbox(
            "Role", list(Role), format_func=lambda each: each.label, index=None, key="grant-role"
        )
        area = left.selectbox(
            "Area", now.areas, format_func=lambda each: now.areas[each], key="grant-area"
        )
        worker = right.selectbox(
            "Case manager, for that role only",
            now.workers,
            format_func=lambda each: f"{now.workers[each]} ({each})",
            index=None,
            key="grant-worker",
        )
        until = left.date_input(
            "Until (the first day without the role; empty: it does not end)",
            value=None,
            min_value=now.today,
            format="DD/MM/YYYY",
            key="grant-until",
        )
        reason = right.text_input("Reason", max_chars=200, key="grant-reason")
        pressed = st.form_submit_button("Grant")
    if not pressed:
        return
    if person is None or role is None:
        st.error("Choose a person and a role.")
        return
    end = until if isinstance(until, date) else None
    wanted = granting.Wanted(role, area or EVERYWHERE, None, end, worker, reason)
    _change(
        lambda connection, by: granting.grant(connection, by, person, wanted, now.today),
        f"{role.label} granted to {names[person]}.",
    )


def withdraw_form(now: People) -> None:
    """Take a role away."""
    st.header("Withdraw a role", anchor=False)
    open_ones = {
        each.number: f"{each.name} ({each.known_by}): {each.role}, "
        f"{now.areas.get(each.area, each.area)}"
        for each in now.given
        if each.state in ("holds", "not yet")
    }
    with st.form("withdraw", border=False):
        number = st.selectbox(
            "Role", open_ones, format_func=lambda each: open_ones[each], index=None, key="withdraw"
        )
        reason = st.text_input("Reason", max_chars=200, key="withdraw-reason")
        st.caption("Open screens of this person close within a minute.")
        pressed = st.form_submit_button("Withdraw")
    if not pressed:
        return
    if number is None:
        st.error("Choose a role.")
        return
    _change(
        lambda connection, by: granting.withdraw(connection, by, number, reason, now.today),
        f"Withdrawn: {open_ones[number]}.",
    )


def add_form() -> None:
    """Add somebody who may be granted roles."""
    st.header("Add a person", anchor=False)
    with st.form("add", border=False):
        name = st.text_input("Name", max_chars=100, key="add-name")
        email = st.text_input("E-mail address they sign in with", max_chars=200, key="add-email")
        subject = st.text_input(
            "Or the sign-in provider's id of them (in Entra ID: their object id)",
            max_chars=200,
            key="add-subject",
        )
        pressed = st.form_submit_button("Add")
    if pressed:
        _change(
            lambda connection, by: granting.add_person(connection, by, name, email, subject),
            f"Added: {name}.",
        )


def groups_form(now: People) -> None:
    """What everybody in a group of the sign-in provider may do."""
    st.header("Groups of the sign-in provider", anchor=False)
    if now.groups:
        rows = pl.DataFrame([asdict(each) for each in now.groups], dict.fromkeys(_GROUPS, _TEXT))
        table(rows, _GROUPS, named("Groups and their roles", rows))
    else:
        st.markdown("No group holds a role.")
    with st.form("group", border=False):
        left, right = st.columns(2, gap="large")
        group = left.text_input("Group, as the provider sends it", max_chars=200, key="group-name")
        role = right.selectbox(
            "Role",
            [each for each in Role if each is not Role.CASE_MANAGER],
            format_func=lambda each: each.label,
            index=None,
            key="group-role",
        )
        area = left.selectbox(
            "Area", now.areas, format_func=lambda each: now.areas[each], key="group-area"
        )
        reason = right.text_input("Reason", max_chars=200, key="group-reason")
        with st.container(horizontal=True):
            give = st.form_submit_button("Grant to the group")
            take = st.form_submit_button("Withdraw from the group")
    if not (give or take):
        return
    if role is None or area is None:
        st.error("Choose a role and an area.")
        return
    if give:
        own = groups()
        wanted = granting.Wanted(role, area, reason=reason)
        _change(
            lambda connection, by: granting.grant_group(connection, by, group, wanted, own),
            f"{role.label} granted to the group {group}.",
        )
    else:
        _change(
            lambda connection, by: granting.withdraw_group(
                connection, by, group.strip(), role, area, reason
            ),
            f"{role.label} withdrawn from the group {group}.",
        )


def _change(make: Callable[[Connection, granting.By], object], done: str) -> None:
    """Make a change and show the page anew, or say why it was not made."""
    now = looking()
    try:
        if now is None:
            raise granting.NotGranted("It is not known who you are, so nothing was changed.")
        with granting.changing(writer()) as connection:
            make(connection, granting.By(now.viewer.name, now.viewer.role))
    except (granting.NotGranted, DatabaseNotUsable) as problem:
        st.error(for_markdown(str(problem)))
        return
    st.session_state[_DONE] = done
    st.rerun()
