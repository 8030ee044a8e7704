"""What a person may do today: their own grants, and those of their groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from dashboard.access.claims import Claims
from dashboard.access.roles import Role
from dashboard.access.viewer import Viewer
from dashboard.database.tables import Area, Grant, GroupGrant, Person

EVERYWHERE = "all"


@dataclass(frozen=True)
class Access:
    """What somebody may do: one viewer for each role that they hold, in the order of the roles."""

    name: str
    viewers: tuple[Viewer, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(viewer.role for viewer in self.viewers)


def access_of(connection: Connection, claims: Claims, today: date) -> Access | None:
    """What these claims are good for on this day; None where nothing was granted.

    Several grants of one role are the union of their areas.
    """
    person = _person(connection, claims)
    held = [*_grants(connection, person.person_id, today)] if person else []
    if claims.groups:
        found = connection.execute(
            select(GroupGrant.role, GroupGrant.area).where(GroupGrant.group.in_(claims.groups))
        )
        held += [(role, area, None) for role, area in found]
    who = claims.email or (person.email if person else None) or claims.who
    counties = _counties(connection)
    viewers = (_viewer(role, held, counties, who) for role in Role)
    may = tuple(viewer for viewer in viewers if viewer)
    return Access(person.name if person else claims.name, may) if may else None


def _person(connection: Connection, claims: Claims) -> Row[int, str, str | None] | None:
    """Somebody known by the provider's subject; or, if no subject is kept, by a verified e-mail.

    An address may pass to somebody else, a subject does not: so where one is kept, it decides.
    """
    known = select(Person.person_id, Person.name, Person.email)
    found = connection.execute(known.where(Person.subject == claims.subject)).first()
    if found is None and claims.email:
        by_email = known.where(Person.subject.is_(None), Person.email == claims.email)
        found = connection.execute(by_email).first()
    return found


def _grants(
    connection: Connection, person: int, today: date
) -> Iterable[tuple[str, str, str | None]]:
    """Role, area, case manager: the grants that hold on a day, the latest last."""
    rows = connection.execute(
        select(Grant.role, Grant.area, Grant.case_manager_id)
        .where(Grant.person_id == person, *holding(today))
        .order_by(Grant.from_on, Grant.grant_id)
    )
    return ((role, area, worker) for role, area, worker in rows)


def holding(today: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions for grants that hold on a day: begun, not over, not withdrawn."""
    return (
        Grant.from_on <= today,
        or_(Grant.to_on.is_(None), Grant.to_on > today),
        Grant.withdrawn_at.is_(None),
    )


def _counties(connection: Connection) -> dict[str, set[str]]:
    """The districts that each area stands for: of a county, or the district itself."""
    found: dict[str, set[str]] = {}
    for code, county in connection.execute(select(Area.area_code, Area.county)):
        found.setdefault(code, set()).add(code)
        found.setdefault(county, set()).add(code)
    return found


def _viewer(
    role: Role,
    held: list[tuple[str, str, str | None]],
    districts: dict[str, set[str]],
    who: str,
) -> Viewer | None:
    """The person in a role. A grant that cannot be what it says gives nothing."""
    own = [(area, worker) for name, area, worker in held if name == role.value]
    if role is Role.CASE_MANAGER:
        own = [each for each in own if each[1]][-1:]
    if role.everywhere:
        own = [each for each in own if each[0] == EVERYWHERE]
    if not own:
        return None
    worker = own[-1][1] if role is Role.CASE_MANAGER else None
    if any(area == EVERYWHERE for area, _ in own):
        return Viewer(role, None, worker, who)
    areas = frozenset().union(*(districts.get(area, set()) for area, _ in own))
    return Viewer(role, areas, worker, who) if areas else None
