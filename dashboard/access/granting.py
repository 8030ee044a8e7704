"""Changing who may do what. Each change and its line in the trail are one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, false, func, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access.claims import normal_email
from dashboard.access.grants import EVERYWHERE, holding
from dashboard.access.roles import Role
from dashboard.access.trail import What, note_with
from dashboard.database import writing
from dashboard.database.tables import Area, CaseManager, Grant, GroupGrant, Person


class NotGranted(Exception):
    """A change that may not be made; the message says why, and nothing was changed."""


@dataclass(frozen=True)
class By:
    """Who makes a change. `role` is None at the command line, where the computer's owner works."""

    who: str
    role: Role | None = None


@dataclass(frozen=True)
class Wanted:
    """A role to give: in an area, from a day, up to but not on another, and why."""

    role: Role
    area: str = EVERYWHERE
    from_on: date | None = None
    to_on: date | None = None
    case_manager: str | None = None
    reason: str = ""


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction for one of these changes. Raises NotGranted where it cannot be written."""
    try:
        with writing(engine) as connection:
            # SQLite must know at once that this will write, or what was read could be old.
            connection.execute(update(Grant).where(false()).values(reason=Grant.reason))
            yield connection
    except SQLAlchemyError as problem:
        raise NotGranted(
            "The change could not be written to the database, so nothing was changed. "
            "Try again in a minute."
        ) from problem


def add_person(
    connection: Connection, by: By, name: str, email: str | None, subject: str | None
) -> int:
    """Somebody new, known by e-mail address or by the provider's subject; gives their number."""
    _may(by)
    name, email, subject = name.strip(), normal_email(email or ""), (subject or "").strip()
    if not name:
        raise NotGranted("Give the person's name.")
    if not email and not subject:
        raise NotGranted(
            "Give the e-mail address that they sign in with, or the subject that the sign-in "
            "provider knows them by."
        )
    if email and ("@" not in email or " " in email):
        raise NotGranted(f"“{email}” is not an e-mail address.")
    same = or_(
        *([Person.email == email] if email else []),
        *([Person.subject == subject] if subject else []),
    )
    if connection.scalar(select(Person.person_id).where(same)) is not None:
        raise NotGranted("Somebody with this e-mail address or subject is already there.")
    added = connection.execute(
        insert(Person).values(name=name, email=email or None, subject=subject or None)
    )
    note_with(connection, by.who, by.role, What.GRANT, {"person": email or subject, "did": "added"})
    return int(added.inserted_primary_key[0])  # type: ignore[index]


def grant(connection: Connection, by: By, person: int, wanted: Wanted, today: date) -> int:
    """Give a person a role; gives the grant's number."""
    known = _known(connection, person)
    _may(by)
    _not_oneself(by, known)
    _possible(connection, wanted)
    start = wanted.from_on or today
    if wanted.to_on and wanted.to_on <= max(start, today):
        raise NotGranted("The role would end before it begins. Give a later day.")
    if wanted.role is Role.CASE_MANAGER:
        _one_worker(connection, person, wanted, start)
    added = connection.execute(
        insert(Grant).values(
            person_id=person,
            role=wanted.role.value,
            area=wanted.area,
            case_manager_id=wanted.case_manager,
            from_on=start,
            to_on=wanted.to_on,
            reason=wanted.reason.strip(),
        )
    )
    until = wanted.to_on.isoformat() if wanted.to_on else None
    details = {
        "person": known,
        "did": "granted",
        "role": wanted.role.value,
        "area": wanted.area,
        "from": start.isoformat(),
        "to": until,
        "reason": wanted.reason.strip(),
    }
    note_with(connection, by.who, by.role, What.GRANT, details)
    return int(added.inserted_primary_key[0])  # type: ignore[index]


def withdraw(connection: Connection, by: By, number: int, reason: str, today: date) -> None:
    """Take a grant away, from now on. The last administrator cannot be taken away."""
    row = connection.execute(
        select(Grant.person_id, Grant.role, Grant.area, Grant.withdrawn_at).where(
            Grant.grant_id == number
        )
    ).first()
    if row is None or row.withdrawn_at is not None:
        raise NotGranted("There is no such role to withdraw; it may be withdrawn already.")
    known = _known(connection, row.person_id)
    _may(by)
    _reasoned(reason)
    if row.role == Role.ADMINISTRATOR.value and not _others(connection, number, today):
        raise NotGranted(
            "Somebody must stay who can grant roles: this is the last administrator whose role "
            "does not end. Make somebody else administrator first."
        )
    connection.execute(
        update(Grant).where(Grant.grant_id == number).values(withdrawn_at=datetime.now(UTC))
    )
    details = {
        "person": known,
        "did": "withdrew",
        "role": row.role,
        "area": row.area,
        "reason": reason.strip(),
    }
    note_with(connection, by.who, by.role, What.GRANT, details)


def grant_group(
    connection: Connection, by: By, group: str, wanted: Wanted, own: frozenset[str] = frozenset()
) -> None:
    """Give a role to everybody in a group of the sign-in provider; `own`: the groups of `by`."""
    _may(by)
    group = group.strip()
    if not group:
        raise NotGranted("Give the group's name or id, as the sign-in provider sends it.")
    if by.role is not None and group in own:
        raise NotGranted("You are in this group, and nobody may give a role to themselves.")
    if wanted.role is Role.CASE_MANAGER:
        raise NotGranted("A case manager is one person: grant it to them, not to a group.")
    _possible(connection, wanted)
    key = {"group": group, "role": wanted.role.value, "area": wanted.area}
    if connection.scalar(select(func.count()).select_from(GroupGrant).filter_by(**key)):
        raise NotGranted("This group has this role already.")
    connection.execute(insert(GroupGrant).values(**key, reason=wanted.reason.strip()))
    details = {**key, "did": "granted", "reason": wanted.reason.strip()}
    note_with(connection, by.who, by.role, What.GRANT, details)


def withdraw_group(
    connection: Connection, by: By, group: str, role: Role, area: str, reason: str
) -> None:
    """Take a role away from a group."""
    _may(by)
    _reasoned(reason)
    gone = connection.execute(
        GroupGrant.__table__.delete().where(  # type: ignore[attr-defined]
            GroupGrant.group == group, GroupGrant.role == role.value, GroupGrant.area == area
        )
    )
    if not gone.rowcount:
        raise NotGranted("This group does not have this role.")
    details = {
        "group": group,
        "did": "withdrew",
        "role": role.value,
        "area": area,
        "reason": reason.strip(),
    }
    note_with(connection, by.who, by.role, What.GRANT, details)


def _may(by: By) -> None:
    if by.role not in (None, Role.ADMINISTRATOR):
        raise NotGranted("Only administrators grant and withdraw roles.")


def _known(connection: Connection, person: int) -> str:
    """How the trail names the person that is granted something."""
    found = connection.execute(
        select(Person.email, Person.subject).where(Person.person_id == person)
    ).first()
    if found is None:
        raise NotGranted("There is no such person.")
    return str(found.email or f"subject {found.subject}")


def _not_oneself(by: By, known: str) -> None:
    if by.role is not None and by.who == known:
        raise NotGranted("Nobody may give a role to themselves. Ask another administrator.")


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise NotGranted("Give a reason: it is kept with the change.")


def _possible(connection: Connection, wanted: Wanted) -> None:
    _reasoned(wanted.reason)
    if wanted.area != EVERYWHERE:
        if wanted.role.everywhere:
            raise NotGranted(
                f"The role {wanted.role.label} is held for the whole service, not for an area."
            )
        known = or_(Area.area_code == wanted.area, Area.county == wanted.area)
        if not connection.scalar(select(func.count()).select_from(Area).where(known)):
            raise NotGranted(
                f"There is no area “{wanted.area}”. Give a district's code, a county's key, "
                f"or {EVERYWHERE}."
            )
    if wanted.role is not Role.CASE_MANAGER:
        if wanted.case_manager:
            raise NotGranted("Only the role case manager names a case manager.")
        return
    if not wanted.case_manager:
        raise NotGranted("Say which case manager of the records this is, by their id.")
    worker = select(CaseManager.case_manager_id).where(
        CaseManager.case_manager_id == wanted.case_manager
    )
    if connection.scalar(worker) is None:
        raise NotGranted(f"There is no case manager “{wanted.case_manager}” in the records.")


def _one_worker(connection: Connection, person: int, wanted: Wanted, start: date) -> None:
    """One person is one worker: who holds cases under two ids would see only those of one."""
    overlapping = select(Grant.case_manager_id).where(
        Grant.person_id == person,
        Grant.role == Role.CASE_MANAGER.value,
        Grant.withdrawn_at.is_(None),
        Grant.case_manager_id != wanted.case_manager,
        or_(Grant.to_on.is_(None), Grant.to_on > start),
        *([Grant.from_on < wanted.to_on] if wanted.to_on else []),
    )
    if connection.scalar(overlapping) is not None:
        raise NotGranted(
            "This person is another case manager at that time. Withdraw that role first."
        )


def _others(connection: Connection, number: int, today: date) -> bool:
    """Whether another administrator of today has a grant of their own that does not end.

    The rows are locked, so that two administrators cannot take each other away at once.
    """
    found = connection.scalars(
        select(Grant.grant_id)
        .where(
            Grant.role == Role.ADMINISTRATOR.value,
            Grant.area == EVERYWHERE,
            Grant.to_on.is_(None),
            *holding(today),
        )
        .order_by(Grant.grant_id)
        .with_for_update()
    ).all()
    return any(each != number for each in found)
