"""What all tests share: fresh databases, and small tables turned into views of them."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
import small_tables
from hypothesis import HealthCheck, settings
from postgresql_servers import Server, a_database, a_server
from sqlalchemy import make_url

from dashboard.access import Role, Viewer
from dashboard.database import connect, migrate
from dashboard.demo import fill
from dashboard.disclosure import making
from dashboard.snapshot import Lens, Snapshot, read_snapshot
from dashboard.snapshot.releasing import make_release

# The same examples each time, so that what one computer accepts the next does too, however slow.
settings.register_profile(
    "the same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("the same")

MADE_UP_TODAY = date(2026, 10, 31)


@pytest.fixture(scope="session", autouse=True)
def snapshot_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Snapshot files of the tests, and of the servers they start, stay among the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("snapshots")
        patch.setenv("DRIVE_SNAPSHOT_FOLDER", str(folder))
        yield folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """The PostgreSQL server of this test run, started when first asked for."""
    with a_server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """The address of an empty database on PostgreSQL."""
    with a_database(postgresql_server) as name:
        yield postgresql_server.get_uri(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is missing (SQLite) or empty (PostgreSQL)."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/case-database.sqlite"
    return str(request.getfixturevalue("postgresql_url"))


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


@pytest.fixture(scope="session")
def released_database(made_up_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The made-up service with one release, made 16 days after its last records; read only.

    It is hidden and rounded as always but not attacked, which takes long and is tested elsewhere.
    """
    file = shutil.copy(
        make_url(made_up_database).database or "", tmp_path_factory.mktemp("released") / "r.sqlite"
    )
    url = f"sqlite:///{file}"
    engine = connect(make_url(url))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "withhold", lambda *_: {})
        assert make_release(engine, read_snapshot(engine), datetime(2026, 11, 16, tzinfo=UTC))
    engine.dispose()
    return url


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
