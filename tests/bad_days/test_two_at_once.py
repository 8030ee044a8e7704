"""Two imports at once, two dashboards over one database: one after the other, and both see it."""

import subprocess
import sys

import pytest
import small_tables
from one_case import SERVICE, engine_of
from served import COMMAND, until
from sqlalchemy import func, make_url, select, text

from dashboard.database import connect, connection, migrate
from dashboard.database.tables import Contact, Import
from dashboard.intake import opening, run_import
from dashboard.intake.opening import take_turn

pytestmark = pytest.mark.slow


@pytest.fixture
def service(database_url):
    """The address of a database with one case, of each kind."""
    engine = connect(
        make_url(database_url).set(drivername=engine_of_kind(database_url)), create=True
    )
    migrate(engine)
    with engine.begin() as writing:
        small_tables.write(writing, SERVICE)
    engine.dispose()
    return database_url


def engine_of_kind(url):
    return "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"


def contacts(folder, prefix, rows=3_000):
    folder.mkdir()
    lines = "".join(f"{prefix}{number},C1,2026-02-01\n" for number in range(rows))
    (folder / "contacts.csv").write_text(f"contact_id,case_id,occurred_on\n{lines}")
    return folder


def test_two_imports_at_once_both_load(service, tmp_path):
    folders = [contacts(tmp_path / name, name) for name in ("A", "B")]
    started = [
        subprocess.Popen(
            [COMMAND, "import", folder],
            env={"DRIVE_DATABASE_URL": service, "PATH": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for folder in folders
    ]
    for each in started:
        _, said = each.communicate(timeout=300)
        assert each.returncode == 0, said
    with engine_of(service).connect() as reading:
        assert reading.scalar(select(func.count()).select_from(Contact)) == 6_000
        assert reading.scalars(select(Import.import_id)).all() == [1, 2]


def test_who_waits_too_long_is_told_so(service, tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE", 1)
    monkeypatch.setattr(connection, "PATIENCE", 1)
    folder = contacts(tmp_path / "A", "A", 3)
    engine = engine_of(service)
    with engine.begin() as first:
        take_turn(first)
        report = run_import(service, [folder])
    assert report.exit_code == 2
    assert "The database is busy" in report.message
    assert "Nothing was loaded" in report.message
    assert run_import(service, [folder]).exit_code == 0
    engine.dispose()


def test_a_server_that_ends_an_import_halfway_has_loaded_nothing(postgresql_url, tmp_path):
    engine = engine_of(postgresql_url)
    migrate(engine)
    with engine.begin() as writing:
        small_tables.write(writing, SERVICE)

    def cut_off(what, _rows):
        if what == "Loading":
            with engine.begin() as other:
                other.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                        "datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )

    folder = contacts(tmp_path / "A", "A", 3)
    report = run_import(postgresql_url, [folder], progress=cut_off)
    assert report.exit_code == 2
    assert "Nothing was loaded" in report.message
    assert run_import(postgresql_url, [folder]).exit_code == 0
    engine.dispose()


def test_two_dashboards_over_one_database(file, serving, tmp_path):
    url = f"sqlite:///{file}"
    both = [serving(url), serving(url)]
    for each in both:
        until(lambda each=each: each.records_to() == "2026-01-05")
    folder = contacts(tmp_path / "A", "A", 3)
    done = subprocess.run(
        [sys.executable, COMMAND, "import", folder],
        env={"DRIVE_DATABASE_URL": url, "PATH": ""},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    for each in both:
        until(lambda each=each: each.records_to() == "2026-02-01")
        assert each.state() == "stale"  # they are months old, and it says so
        assert "Traceback" not in each.said
