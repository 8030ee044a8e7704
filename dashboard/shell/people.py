"""The parts of the page on which administrators say who may sign in, and as what."""

from dataclasses import asdict

import polars as pl
import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, granting, group_granting
from dashboard.database import DatabaseNotUsable
from dashboard.draw.escape import for_markdown
from dashboard.shell.known_people import People, until
from dashboard.shell.people_fields import (
    AS_A_DAY,
    DONE,
    ENDLESS,
    ENDS,
    area_field,
    change,
    end_of,
    field_key,
    role_field,
)
from dashboard.shell.signed_in import groups
from dashboard.shell.tables import ROW_HEIGHT, download, long_table, named, table

_GIVEN = {
    "number": "No.",
    "name": "Name",
    "known_by": "Signs in as",
    "role": "Role",
    "area": "Area",
    "case_manager": "Case manager",
    "from_on": "From",
    "to_on": "Until before",
    "state": "State",
    "withdrawn_on": "Withdrawn",
    "reason": "Reason",
}
_GROUPS = {"group": "Group", "role": "Role", "area": "Area", "reason": "Reason"}
_TEXT = pl.String
_GIVEN_TYPES = (
    dict.fromkeys(_GIVEN, _TEXT)
    | dict.fromkeys(("from_on", "to_on", "withdrawn_on"), pl.Date)
    | {"number": pl.Int64}
)


def read_people() -> People | None:
    """What is known; None, with words on the page, while the database is away."""
    try:
        return People()
    except (SQLAlchemyError, DatabaseNotUsable):
        st.warning("The database cannot be reached just now. Try again in a few minutes.")
        return None


def show_given(now: People, made_up: bool) -> None:
    """Who holds what, or held it."""
    if said := st.session_state.pop(DONE, None):
        st.success(for_markdown(said))
    rows = [
        asdict(each) | {"area": now.area(each.area), "case_manager": now.worker(each.case_manager)}
        for each in now.given
    ]
    frame = pl.DataFrame([{name: row[name] for name in _GIVEN} for row in rows], _GIVEN_TYPES)
    if frame.is_empty():
        st.markdown("Nobody holds a role yet.")
        return
    tall = min(frame.height + 1, 15) * ROW_HEIGHT
    long_table(frame, _GIVEN, named("People and their roles", frame), height=tall)
    if "withdrawn" in frame["state"]:
        st.caption(
            "Reason is why a role was granted. Who withdrew one, and why, is on the page Audit: "
            "search for the person there."
        )
    download(frame, _GIVEN, "people", "csv-people", made_up=made_up)


def grant_form(now: People) -> None:
    """Give somebody a role."""
    st.header("Grant a role", anchor=False)
    names = {each.number: f"{each.name} ({each.known_by})" for each in now.people}
    with st.form("grant", border=False):
        left, right = st.columns(2, gap="large")
        person = left.selectbox(
            "Person",
            names,
            format_func=names.__getitem__,
            index=None,
            key=field_key("grant", "person"),
        )
        role = role_field(right, "grant", list(Role))
        area = area_field(left, "grant", now)
        worker = right.selectbox(
            "Case manager, for that role only",
            now.workers,
            format_func=now.workers.__getitem__,
            index=None,
            key=field_key("grant", "worker"),
        )
        ends = left.selectbox(
            "How long", (ENDLESS, ENDS), index=None, key=field_key("grant", "ends")
        )
        # A text: a calendar's field keeps the last good day, or none, where a wrong one is typed.
        typed = right.text_input(
            "The first day without the role, if it ends",
            max_chars=20,
            placeholder=AS_A_DAY,
            key=field_key("grant", "until"),
        )
        reason = left.text_input("Reason", max_chars=200, key=field_key("grant", "reason"))
        pressed = st.form_submit_button("Grant")
    if not pressed:
        return
    if person is None or role is None or area is None:
        st.error("Choose a person, a role and an area.")
        return
    try:
        end = end_of(ends, typed.strip(), now.today)
    except ValueError as problem:
        st.error(for_markdown(str(problem)))
        return
    wanted = granting.Wanted(role, area, None, end, worker, reason)
    change(
        "grant",
        lambda connection, by: granting.grant(connection, by, person, wanted, now.today),
        f"{role.label} granted to {names[person]}: {now.area(area)}, {until(end)}.",
    )


def withdraw_form(now: People) -> None:
    """Take a role away."""
    st.header("Withdraw a role", anchor=False)
    open_ones = now.can_be_withdrawn
    with st.form("withdraw", border=False):
        number = st.selectbox(
            "Role",
            open_ones,
            format_func=open_ones.__getitem__,
            index=None,
            key=field_key("withdraw", "role"),
        )
        reason = st.text_input("Reason", max_chars=200, key=field_key("withdraw", "reason"))
        st.caption("Open screens of this person close within a minute.")
        pressed = st.form_submit_button("Withdraw")
    if not pressed:
        return
    if number is None:
        st.error("Choose a role.")
        return
    change(
        "withdraw",
        lambda connection, by: granting.withdraw(connection, by, number, reason, now.today),
        f"Withdrawn: {open_ones[number]}.",
    )


def add_form() -> None:
    """Add somebody who may be granted roles."""
    st.header("Add a person", anchor=False)
    with st.form("add", border=False):
        name = st.text_input("Name", max_chars=100, key=field_key("add", "name"))
        email = st.text_input(
            "E-mail address they sign in with", max_chars=200, key=field_key("add", "email")
        )
        subject = st.text_input(
            "Or their id at the sign-in provider (in Entra ID: the object id)",
            max_chars=200,
            key=field_key("add", "subject"),
        )
        pressed = st.form_submit_button("Add")
    if pressed:
        change(
            "add",
            lambda connection, by: granting.add_person(connection, by, name, email, subject),
            f"Added: {name}.",
        )


def groups_form(now: People) -> None:
    """What everybody in a group of the sign-in provider may do."""
    st.header("Groups of the sign-in provider", anchor=False)
    if now.groups:
        held = [asdict(each) | {"area": now.area(each.area)} for each in now.groups]
        rows = pl.DataFrame(held, dict.fromkeys(_GROUPS, _TEXT))
        table(rows, _GROUPS, named("Groups and their roles", rows))
    else:
        st.markdown("No group holds a role.")
    with st.form("group", border=False):
        left, right = st.columns(2, gap="large")
        group = left.text_input(
            "Group, as the provider sends it", max_chars=200, key=field_key("group", "name")
        )
        role = role_field(right, "group", [each for each in Role if each is not Role.CASE_MANAGER])
        area = area_field(left, "group", now)
        reason = right.text_input("Reason", max_chars=200, key=field_key("group", "reason"))
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
        change(
            "group",
            lambda connection, by: group_granting.grant_group(connection, by, group, wanted, own),
            f"{role.label} granted to the group {group}: {now.area(area)}.",
        )
    else:
        change(
            "group",
            lambda connection, by: group_granting.withdraw_group(
                connection, by, group.strip(), role, area, reason
            ),
            f"{role.label} withdrawn from the group {group}: {now.area(area)}.",
        )
