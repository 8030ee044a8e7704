"""Connecting to the case database, which `DRIVE_DATABASE_URL` names."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

VARIABLE = "DRIVE_DATABASE_URL"
# What `drive-dashboard demo` makes, and `make run` shows when nothing else is named.
DEMO_FILE = Path(__file__).parents[2] / "var" / "made-up-thames-valley.sqlite"


class DatabaseNotUsable(Exception):
    """The database cannot be used; the message says why and what to do."""


def unreachable(problem: Exception) -> DatabaseNotUsable:
    """What a failure of the database itself means to people."""
    reason = str(problem.__cause__ or problem).strip().splitlines()[0]
    return DatabaseNotUsable(
        f"The database cannot be reached: {reason}. "
        f"Check that it runs and that {VARIABLE} names it."
    )


def database_url(given: str | None = None) -> URL:
    """The URL given, or the one in the environment, or the demo's file."""
    text = given or os.environ.get(VARIABLE) or f"sqlite:///{DEMO_FILE}"
    try:
        url = make_url(text)
    except ArgumentError:
        raise DatabaseNotUsable(
            f"{VARIABLE} is not a database address. "
            "It looks like sqlite:////folder/file.sqlite or postgresql://user@host/name."
        ) from None
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    elif url.get_backend_name() != "sqlite":
        raise DatabaseNotUsable(
            f"{VARIABLE} names a {url.get_backend_name()} database. "
            "Only SQLite and PostgreSQL are supported."
        )
    return url


def connect(url: URL, *, create: bool = False) -> Engine:
    """An engine for the database. SQLite keeps foreign keys and write-ahead logging on.

    Raises DatabaseNotUsable where the file does not exist, unless `create` is given.
    """
    if url.get_backend_name() == "postgresql":
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
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not begin transactions of its own, or schema changes would commit halfway.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 10000")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
