"""One change by one person: allowed, made, kept with its history and told to the trail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, Viewer
from dashboard.access.trail import What, note_with
from dashboard.database import writing
from dashboard.database.marks import move_version
from dashboard.database.moves import Touched
from dashboard.database.tables import Area, Change
from dashboard.database.trouble import advice

Row = Mapping[str, Any]


class NotKept(Exception):
    """The change was not made; the message says why and what to do."""


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction for one change. Raises NotKept, in words, where the database fails."""
    try:
        with writing(engine) as connection:
            yield connection
    except SQLAlchemyError as problem:
        raise NotKept(
            "The change could not be written to the case database, and nothing was changed. "
            + advice(problem)
        ) from problem


def record(
    connection: Connection,
    viewer: Viewer,
    what: str,
    before: Row | None,
    after: Row | None,
    *tables: str,
) -> None:
    """Keep the history of a change, tell the trail, and let the screens read it.

    `tables`: those of records that it changed; nobody's record is in them.
    """
    connection.execute(
        insert(Change).values(
            at=datetime.now(UTC),
            who=viewer.name,
            what=what,
            before=_plain(before),
            after=_plain(after),
        )
    )
    done = "added" if before is None else "removed" if after is None else "changed"
    note_with(connection, viewer.name, viewer.role, What.SETTING, {"what": what, "done": done})
    move_version(connection, Touched(frozenset(tables)))


def history(connection: Connection, *kinds: str, limit: int = 200) -> list[dict[str, Any]]:
    """The last changes of these kinds, the latest first: `at`, `who`, `what`, `before`, `after`."""
    chosen = (
        select(Change.at, Change.who, Change.what, Change.before, Change.after)
        .where(Change.what.in_(kinds))
        .order_by(Change.change_id.desc())
        .limit(limit)
    )
    return [dict(row._mapping) for row in connection.execute(chosen)]


def require_area(connection: Connection, viewer: Viewer, area: str) -> None:
    """Raises NotKept unless the area exists and is all within the viewer's own.

    `area` is a district's code, a county's key, or `all`.
    """
    if area == "all":
        inside = viewer.areas is None
    else:
        within = set(
            connection.scalars(
                select(Area.area_code).where((Area.area_code == area) | (Area.county == area))
            )
        )
        if not within:
            raise NotKept("There is no such area. Choose one of the list.")
        inside = viewer.areas is None or within <= viewer.areas
    if not inside:
        raise NotKept("You can change this for your own areas only. Choose one of them.")


def require_role(viewer: Viewer, *roles: Role) -> None:
    """Raises NotKept unless the viewer's role is one of these."""
    if viewer.role not in roles:
        raise NotKept(f"The role {viewer.role.label} cannot change this.")


def _plain(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }
