"""Changing who may do what. Each change and its line in the trail are one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, false, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import rules
from dashboard.access.aside import aside
from dashboard.access.claims import normal_email
from dashboard.access.roles import Role
from dashboard.access.rules import By, Forbidden, NotGranted, Wanted
from dashboard.access.trail import What, note, note_with
from dashboard.database import writing
from dashboard.database.tables import Grant, Person
from dashboard.database.trouble import advice

__all__ = ["By", "NotGranted", "Wanted", "add_person", "changing", "grant", "withdraw"]


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction for one of these changes. Raises NotGranted where it cannot be written.

    What somebody tried and may not do is in the trail, though nothing was changed.
    """
    try:
        with writing(engine) as connection:
            # SQLite must know at once that this will write, or what was read could be old.
            connection.execute(update(Grant).where(false()).values(reason=Grant.reason))
            yield connection
    except Forbidden as problem:
        who, role = problem.by.who, problem.by.role
        details = {"why": problem.why, **problem.tried}
        aside(lambda: note(engine, who, role, What.REFUSAL, details))
        raise
    except SQLAlchemyError as problem:
        raise NotGranted(
            "The change could not be written to the database, so nothing was changed. "
            + advice(problem)
        ) from problem


def add_person(
    connection: Connection, by: By, name: str, email: str | None, subject: str | None
) -> int:
    """Somebody new, known by e-mail address or by the provider's subject; gives their number."""
    name, email, subject = name.strip(), normal_email(email or ""), (subject or "").strip()
    with rules.trying(by, {"tried": "add", "person": _called(email, subject)}):
        rules.require_administrator(by)
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
    line = {"did": "added", "person": _called(email, subject)}
    note_with(connection, by.who, by.role, What.GRANT, line)
    return int(added.inserted_primary_key[0])  # type: ignore[index]


def grant(connection: Connection, by: By, person: int, wanted: Wanted, today: date) -> int:
    """Give a person a role; gives the grant's number."""
    known = _known(connection, person)
    start = wanted.from_on or today
    said = {
        "person": known,
        "role": wanted.role.value,
        "area": wanted.area,
        "from": start.isoformat(),
        "to": wanted.to_on.isoformat() if wanted.to_on else None,
        "reason": wanted.reason.strip(),
    }
    with rules.trying(by, {"tried": "grant", **said}):
        rules.require_administrator(by)
        rules.require_another(
            by,
            by.who == known,
            "Nobody may give a role to themselves. Ask another administrator.",
        )
        rules.require_possible(connection, wanted)
    if wanted.to_on and wanted.to_on <= max(start, today):
        raise NotGranted("The role would end before it begins. Give a later day.")
    if wanted.role is Role.CASE_MANAGER:
        rules.require_one_worker(connection, person, wanted, start)
    rules.require_once(connection, person, wanted, start)
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
    number = int(added.inserted_primary_key[0])  # type: ignore[index]
    line = {"did": "granted", "number": number, **said}
    note_with(connection, by.who, by.role, What.GRANT, line)
    return number


def withdraw(connection: Connection, by: By, number: int, reason: str, today: date) -> None:
    """Take a grant away, from now on. The last administrator cannot be taken away."""
    row = connection.execute(
        select(Grant.__table__).where(Grant.grant_id == number, Grant.withdrawn_at.is_(None))
    ).first()
    if row is None:
        raise NotGranted("There is no such role to withdraw; it may be withdrawn already.")
    said = {
        "number": number,
        "person": _known(connection, row.person_id),
        "role": row.role,
        "area": row.area,
        "from": row.from_on.isoformat(),
        "to": row.to_on.isoformat() if row.to_on else None,
        "reason": reason.strip(),
    }
    with rules.trying(by, {"tried": "withdraw", **said}):
        rules.require_administrator(by)
        rules.require_reason(reason)
        if row.role == Role.ADMINISTRATOR.value:
            rules.require_others(connection, number, today)
    connection.execute(
        update(Grant).where(Grant.grant_id == number).values(withdrawn_at=datetime.now(UTC))
    )
    note_with(connection, by.who, by.role, What.GRANT, {"did": "withdrew", **said})


def _known(connection: Connection, person: int) -> str:
    """How the trail names the person whose roles change.

    Their row is locked, so that two administrators cannot grant them the same at once.
    """
    found = connection.execute(
        select(Person.email, Person.subject).where(Person.person_id == person).with_for_update()
    ).first()
    if found is None:
        raise NotGranted("There is no such person.")
    return _called(found.email, found.subject)


def _called(email: str | None, subject: str | None) -> str:
    return email or f"subject {subject}"
