"""The database that an import goes into: made if need be, and held by one import at a time."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, false, text, update
from sqlalchemy.engine import URL, make_url

from dashboard.database.connection import PATIENCE, connect
from dashboard.database.schema import SchemaState, migrate, require_current, schema_state
from dashboard.database.tables import Mark


@contextmanager
def opened(url: URL, *, dry_run: bool) -> Iterator[Engine]:
    """The database, created and migrated if it is missing or empty; else it must be current.

    A dry run against one that is missing or empty uses a passing one instead.
    """
    with ExitStack() as stack:
        engine = _existing(url)
        if engine is None:
            if dry_run:
                passing = tempfile.TemporaryDirectory(prefix="drive-dry-run-")
                url = make_url(f"sqlite:///{stack.enter_context(passing)}/empty.sqlite")
            engine = connect(url, create=True)
            migrate(engine)
        stack.callback(engine.dispose)
        with engine.connect() as connection:
            require_current(connection)
        yield engine


def _existing(url: URL) -> Engine | None:
    """The database, unless it is missing or empty."""
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).exists()):
        return None
    engine = connect(url)
    with engine.connect() as connection:
        if schema_state(connection) is not SchemaState.EMPTY:
            return engine
    engine.dispose()
    return None


def take_turn(connection: Connection) -> None:
    """Take the right to write before reading anything: one import at a time.

    Whoever waits longer than a while for another to end is told so by the database.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
        connection.execute(text("LOCK TABLE imports IN EXCLUSIVE MODE"))
        connection.execute(text("SET LOCAL lock_timeout = DEFAULT"))
    else:
        connection.execute(update(Mark).where(false()).values(value=""))
