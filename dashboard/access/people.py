"""Who is known, and which roles were ever granted, as a list to read."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from dashboard.access.entries import local
from dashboard.access.wording import role_in_words
from dashboard.database.code_lists import COUNTY
from dashboard.database.codes import counties_told_apart, read_code_lists
from dashboard.database.tables import Area, CaseManager, Grant, GroupGrant, Person


@dataclass(frozen=True)
class Known:
    """Somebody who may be granted roles; `known_by` is an e-mail address or a subject."""

    number: int
    name: str
    known_by: str


@dataclass(frozen=True)
class Given:
    """A role that somebody holds, held, or will hold."""

    number: int
    person: int
    name: str
    known_by: str
    role: str
    area: str
    case_manager: str | None
    from_on: date
    to_on: date | None
    state: str  # holds | ended | withdrawn | not yet
    reason: str
    withdrawn_on: date | None


@dataclass(frozen=True)
class GroupGiven:
    """A role that everybody in a group holds."""

    group: str
    role: str
    area: str
    reason: str


def people(connection: Connection) -> list[Known]:
    """Everybody, by name."""
    rows = connection.execute(
        select(Person.person_id, Person.name, Person.email, Person.subject).order_by(Person.name)
    )
    return [Known(row.person_id, row.name, row.email or f"subject {row.subject}") for row in rows]


def given(connection: Connection, today: date) -> list[Given]:
    """Every grant, by name; those that hold first."""
    known = {each.number: each for each in people(connection)}
    rows = connection.execute(select(Grant.__table__).order_by(Grant.grant_id))
    found = [
        Given(
            number=row.grant_id,
            person=row.person_id,
            name=known[row.person_id].name,
            known_by=known[row.person_id].known_by,
            role=role_in_words(row.role),
            area=row.area,
            case_manager=row.case_manager_id,
            from_on=row.from_on,
            to_on=row.to_on,
            state=_state(row.from_on, row.to_on, row.withdrawn_at, today),
            reason=row.reason,
            withdrawn_on=local(row.withdrawn_at).date() if row.withdrawn_at else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.state != "holds", each.name, each.number))


def given_to_groups(connection: Connection) -> list[GroupGiven]:
    """What groups hold, by group."""
    table = GroupGrant.__table__
    rows = connection.execute(select(table).order_by(*table.primary_key.columns))  # type: ignore[attr-defined]
    return [GroupGiven(row.group, role_in_words(row.role), row.area, row.reason) for row in rows]


def areas(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Every district by name: its code, its name, its county's key, and what that is called."""
    counties = read_code_lists(connection)[COUNTY.name]
    rows = connection.execute(
        select(Area.area_code, Area.name, Area.county).order_by(Area.name)
    ).all()
    called = counties_told_apart((name, key, counties.label(key)) for _, name, key in rows)
    return [(code, name, county, called[county]) for code, name, county in rows]


def case_managers(connection: Connection) -> dict[str, str]:
    """Ids and names of case managers in the records."""
    rows = connection.execute(
        select(CaseManager.case_manager_id, CaseManager.name).order_by(CaseManager.name)
    )
    return {row.case_manager_id: row.name for row in rows}


def _state(start: date, end: date | None, withdrawn: datetime | None, today: date) -> str:
    if withdrawn:
        return "withdrawn"
    if end and end <= today:
        return "ended"
    return "holds" if start <= today else "not yet"
