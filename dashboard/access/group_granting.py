"""Changing what everybody in a group of the sign-in provider may do."""

from sqlalchemy import Connection, func, insert, select

from dashboard.access import rules
from dashboard.access.roles import Role
from dashboard.access.rules import By, NotGranted, Wanted
from dashboard.access.trail import What, note_with
from dashboard.database.tables import GroupGrant


def grant_group(
    connection: Connection, by: By, group: str, wanted: Wanted, own: frozenset[str] = frozenset()
) -> None:
    """Give a role to everybody in a group of the sign-in provider; `own`: the groups of `by`."""
    group = group.strip()
    key = {"group": group, "role": wanted.role.value, "area": wanted.area}
    said = {**key, "reason": wanted.reason.strip()}
    with rules.trying(by, {"tried": "grant", **said}):
        rules.require_administrator(by)
        if not group:
            raise NotGranted("Give the group's name or id, as the sign-in provider sends it.")
        rules.require_another(
            by, group in own, "You are in this group, and nobody may give a role to themselves."
        )
        if wanted.role is Role.CASE_MANAGER:
            raise NotGranted("A case manager is one person: grant it to them, not to a group.")
        rules.require_possible(connection, wanted)
    if connection.scalar(select(func.count()).select_from(GroupGrant).filter_by(**key)):
        raise NotGranted("This group has this role already.")
    connection.execute(insert(GroupGrant).values(**said))
    note_with(connection, by.who, by.role, What.GRANT, {"did": "granted", **said})


def withdraw_group(
    connection: Connection, by: By, group: str, role: Role, area: str, reason: str
) -> None:
    """Take a role away from a group."""
    said = {"group": group, "role": role.value, "area": area, "reason": reason.strip()}
    with rules.trying(by, {"tried": "withdraw", **said}):
        rules.require_administrator(by)
    rules.require_reason(reason)
    gone = connection.execute(
        GroupGrant.__table__.delete().where(  # type: ignore[attr-defined]
            GroupGrant.group == group, GroupGrant.role == role.value, GroupGrant.area == area
        )
    )
    if not gone.rowcount:
        raise NotGranted("This group does not have this role.")
    note_with(connection, by.who, by.role, What.GRANT, {"did": "withdrew", **said})
