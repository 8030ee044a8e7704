"""Facts about the database itself: whether its records are made up, and its version."""

from uuid import uuid4

from sqlalchemy import Connection, func, select

from dashboard.database import moves
from dashboard.database.tables import RECORDS, Mark

MADE_UP = "made_up"
VERSION = "version"
STAMP = "stamp"


def _read(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(Mark.value).where(Mark.name == name))


def _write(connection: Connection, name: str, value: str) -> None:
    table = Mark.__table__
    changed = connection.execute(
        table.update().where(table.c.name == name).values(value=value)  # type: ignore[attr-defined]
    )
    if not changed.rowcount:
        connection.execute(table.insert().values(name=name, value=value))  # type: ignore[attr-defined]


def is_made_up(connection: Connection) -> bool:
    """Whether `demo` made these records. Without the mark they count as real."""
    return _read(connection, MADE_UP) == "yes"


def mark_made_up(connection: Connection) -> None:
    _write(connection, MADE_UP, "yes")


def version(connection: Connection) -> int:
    """A number that moves with every change of records; snapshots are made for a version."""
    return int(_read(connection, VERSION) or 0)


def move_version(connection: Connection, touched: moves.Touched | None = None) -> None:
    """Say that records changed, and which; call it in the transaction that changes them.

    `touched` None: it is not known which, or people were removed.
    """
    number, before = version(connection) + 1, stamp(connection)
    _write(connection, VERSION, str(number))
    _write(connection, STAMP, after := uuid4().hex)
    moves.tell(connection, number, before, after, touched)


def stamp(connection: Connection) -> str:
    """Never twice the same: tells the records of one version from those of any other database."""
    return _read(connection, STAMP) or ""


def has_records(connection: Connection) -> bool:
    """Whether any table of records holds a row."""
    return any(
        connection.scalar(select(func.count()).select_from(select(table).limit(1).subquery()))
        for table in RECORDS.values()
    )
