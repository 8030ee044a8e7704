"""A database to load records into: empty, or with a small service in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql_servers import Server, a_database
from small_service import SERVICE, Intake

# What is read from files before any database is asked; on the second engine among the long tests.
OF_FILES = {
    *("test_areas_by_name", "test_date_order", "test_mapping", "test_no_tables"),
    *("test_rejected_files", "test_workbooks"),
}


@pytest.hookimpl(tryfirst=True)  # before the long tests are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in OF_FILES and "postgresql" in item.name:
            item.add_marker(pytest.mark.slow)


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
    with a_database(server, template) as name:
        yield _intake(server.get_uri(name), tmp_path)


@pytest.fixture(scope="session")
def sqlite_service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("service")
    _load_service(f"sqlite:///{folder}/service.sqlite", folder)
    return folder / "service.sqlite"


@pytest.fixture(scope="session")
def postgresql_service(
    postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str]]:
    with a_database(postgresql_server) as template:
        url = postgresql_server.get_uri(template)
        _load_service(url, tmp_path_factory.mktemp("service"))
        yield postgresql_server, template


def _load_service(url: str, folder: Path) -> None:
    report = _intake(url, folder).load(SERVICE)
    assert report.exit_code == 0, report.as_text()


def _intake(url: str, folder: Path) -> Intake:
    (folder / "files").mkdir()
    return Intake(url, folder / "files")
