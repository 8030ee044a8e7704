"""Connecting to the case database, which `DRIVE_DATABASE_URL` names.

Where `DRIVE_DATABASE_WRITE_URL` is set too, what writes connects as that names it: intake, the
trail, settings, migrations. The dashboard's reads then need a role that can only read.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DisconnectionError

VARIABLE = "DRIVE_DATABASE_URL"
WRITE_VARIABLE = "DRIVE_DATABASE_WRITE_URL"
_WRITES = "writes"  # an option of a connection
PATIENCE = 10  # seconds to wait for a server to answer, or for another's turn in a file

# What `drive-dashboard demo` makes, and `make run` shows when nothing else is named.
DEMO_FILE = Path(__file__).parents[2] / "var" / "made-up-thames-valley.sqlite"


class DatabaseNotUsable(Exception):
    """The database cannot be used; the message says why and what to do."""


def database_url(given: str | None = None, *, writing: bool = False) -> URL:
    """The URL given, or the one in the environment (for writing, if asked), or the demo's file."""
    named = os.environ.get(WRITE_VARIABLE) if writing else None
    text = given or named or os.environ.get(VARIABLE) or f"sqlite:///{DEMO_FILE}"
    variable = WRITE_VARIABLE if named and not given else VARIABLE
    try:
        url = make_url(text)
    except ArgumentError:
        raise DatabaseNotUsable(
            f"{variable} is not a database address. "
            "It looks like sqlite:////folder/file.sqlite or postgresql://user@host/name."
        ) from None
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    elif url.get_backend_name() != "sqlite":
        raise DatabaseNotUsable(
            f"{variable} names a {url.get_backend_name()} database. "
            "Only SQLite and PostgreSQL are supported."
        )
    if writing and named and not given:
        _require_one_database(url, database_url())
    return url


def _require_one_database(writing: URL, reading: URL) -> None:
    """Where the addresses alone say that they are two, nothing is written astray."""
    kind = writing.get_backend_name()
    if kind == reading.get_backend_name() and (
        kind != "sqlite" or _same_file(writing.database, reading.database)
    ):
        return
    raise DatabaseNotUsable(
        f"{WRITE_VARIABLE} and {VARIABLE} name two databases: what is written in the one would "
        f"not be seen in the other. Name one in both, or take {WRITE_VARIABLE} away."
    )


def _same_file(one: str | None, other: str | None) -> bool:
    return one == other or bool(one and other and Path(one).resolve() == Path(other).resolve())


def connect(url: URL, *, create: bool = False, alone: bool = False) -> Engine:
    """An engine for the database. SQLite keeps foreign keys and write-ahead logging on.

    `alone`: nobody else reads the file meanwhile, so it has no log beside it, and may lie on a
    network's disk. Raises DatabaseNotUsable where the file does not exist, unless `create` is
    given.
    """
    if url.get_backend_name() == "postgresql":
        url = url.update_query_dict({"connect_timeout": f"{PATIENCE}"} | dict(url.query))
        return create_engine(url, pool_pre_ping=True)
    if url.database:
        file = Path(url.database)
        if create:
            file.parent.mkdir(parents=True, exist_ok=True)
        elif not file.exists():
            raise DatabaseNotUsable(
                f"There is no database at {file}. "
                "Load records with 'drive-dashboard import' "
                "or make some with 'drive-dashboard demo'."
            )
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "connect", _journal_alone if alone else _journal_shared)
    event.listen(engine, "begin", _begin)
    if url.database and create:
        _for_its_owner_alone(engine, Path(url.database))
    elif url.database:
        _follow_file(engine, Path(url.database))
    return engine


def _for_its_owner_alone(engine: Engine, file: Path) -> None:
    """A file that is made now is nobody else's to read, nor what SQLite puts beside it."""

    @event.listens_for(engine, "do_connect")
    def made(*_: Any) -> None:
        file.touch(mode=0o600)


def _follow_file(engine: Engine, file: Path) -> None:
    """A file that was taken away is missed, and one put in its place is opened."""

    @event.listens_for(engine, "do_connect")
    def there(*_: Any) -> None:
        if not file.exists():  # the driver would make an empty one
            raise sqlite3.OperationalError("unable to open database file")

    @event.listens_for(engine, "connect")
    def opened(_connection: sqlite3.Connection, record: Any) -> None:
        record.info["file"] = _inode(file)

    @event.listens_for(engine, "checkout")
    def same(_connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        if record.info["file"] != _inode(file):
            raise DisconnectionError("another file has taken the place of this one")


def _inode(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not begin transactions of its own, or schema changes would commit halfway.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")


def _journal_shared(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")


def _journal_alone(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that will write: it waits its turn before it reads.

    SQLite refuses one that first read and then writes, without waiting, where somebody else wrote
    in between.
    """
    with engine.connect() as plain:
        connection = plain.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
