"""On PostgreSQL one role reads and another writes, as dashboard/database/roles.sql makes them."""

import os
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

import dashboard.database
from dashboard.access.trail import TrailNotWritten, What, note
from dashboard.cli import app
from dashboard.database import connect
from dashboard.database import database_url as parsed
from dashboard.database.tables import AuditEntry
from dashboard.snapshot import Store

# Roles belong to a whole server, which may be somebody's: these are the test run's own.
READER, WRITER = (f"drive_test_{os.getpid()}_{name}" for name in ("reader", "writer"))
SQL = Path(dashboard.database.__file__).with_name("roles.sql").read_text()
ROLES = SQL.replace("drive_reader", READER).replace("drive_writer", WRITER)
FILES = {
    "areas": "area_code,name,county\nA1,Reading,berkshire\n",
    "service_users": "service_user_id\nS1\n",
    "referrals": "referral_id,service_user_id,area_code,received_on\nR1,S1,A1,2025-02-10\n",
    "cases": "case_id,referral_id,allocated_on\nC1,R1,2025-02-20\n",
}
run = CliRunner()


@pytest.fixture
def addresses(postgresql_url, monkeypatch):
    """Those of the reader and of the writer, for a database as the guide sets it up."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(ROLES)
        connection.execute(ROLES)  # it may be run again
        for role in (READER, WRITER):
            connection.execute(f"ALTER ROLE {role} PASSWORD 'tests-only'")
    url = make_url(postgresql_url)
    reader, writer = (
        url.set(username=name, password="tests-only").render_as_string(hide_password=False)  # noqa: S106
        for name in (READER, WRITER)
    )
    monkeypatch.setenv("DRIVE_DATABASE_URL", reader)
    monkeypatch.setenv("DRIVE_DATABASE_WRITE_URL", writer)
    yield reader, writer
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        for role in (READER, WRITER):
            connection.execute(f"DROP OWNED BY {role} CASCADE")
            connection.execute(f"DROP ROLE {role}")


@pytest.fixture
def loaded(addresses, tmp_path):
    """The same with a small service, loaded on the command line."""
    for name, content in FILES.items():
        (tmp_path / f"{name}.csv").write_text(content)
    done = run.invoke(app, ["import", str(tmp_path)])
    assert done.exit_code == 0, done.output
    return addresses


def test_the_writer_makes_the_tables_and_the_reader_serves_from_them(loaded):
    snapshot = Store().current()
    assert snapshot.latest == date(2025, 2, 20)
    assert snapshot.recorded("referrals")


CHANGES = (
    "INSERT INTO settings (name, value) VALUES ('service_name', '\"x\"')",
    "UPDATE cases SET closed_on = NULL",
    "DELETE FROM audit",
    "TRUNCATE contacts",
    "CREATE TABLE mine (a int)",
    "CREATE TEMPORARY TABLE mine (a int)",
    "DROP TABLE needs",
    f"ALTER ROLE {READER} SUPERUSER",
    f"GRANT {WRITER} TO {READER}",
)


def test_the_reader_can_change_nothing(loaded):
    engine = connect(parsed(loaded[0]))
    for first in ("SELECT 1", "SET default_transaction_read_only = off"):
        for statement in CHANGES:
            with engine.connect() as connection:
                connection.execute(text(first))
                connection.commit()
                with pytest.raises(DBAPIError) as refused:
                    connection.execute(text(statement))
                assert refused.value.orig.sqlstate in ("25006", "42501"), statement
    engine.dispose()


def test_the_trail_is_written_by_the_writer_and_not_by_the_reader(loaded):
    reader, writer = (connect(parsed(each)) for each in loaded)
    with pytest.raises(TrailNotWritten):
        note(reader, "a tester", None, What.PAGE, {"page": "rollout"})
    note(writer, "a tester", None, What.PAGE, {"page": "rollout"})
    with reader.connect() as connection:
        pages = select(AuditEntry.who).where(AuditEntry.what == What.PAGE)
        assert connection.scalars(pages).all() == ["a tester"]
    reader.dispose()
    writer.dispose()


def test_who_has_neither_role_cannot_connect(loaded, postgresql_url):
    stranger = f"drive_test_{os.getpid()}_stranger"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {stranger} LOGIN PASSWORD 'tests-only'")
        url = make_url(postgresql_url).set(username=stranger, password="tests-only")  # noqa: S106
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(url.render_as_string(hide_password=False))
        connection.execute(f"DROP ROLE {stranger}")


def test_check_says_who_reads_and_who_writes(loaded, monkeypatch):
    done = run.invoke(app, ["check"])
    assert done.exit_code == 0, done.output
    assert f"Read as {READER}, which can only read; written as {WRITER}." in done.stdout
    assert "tests-only" not in done.output
    monkeypatch.setenv("DRIVE_DATABASE_WRITE_URL", loaded[0])
    done = run.invoke(app, ["check"])
    assert done.exit_code == 2
    assert f"{READER} cannot write" in done.stderr


def test_an_import_as_the_reader_is_refused_in_words(loaded, monkeypatch, tmp_path):
    monkeypatch.delenv("DRIVE_DATABASE_WRITE_URL")
    done = run.invoke(app, ["import", str(tmp_path)])
    assert done.exit_code == 2
    assert "name a role that may write in DRIVE_DATABASE_WRITE_URL" in done.stderr
    assert "Nothing was loaded" in done.stderr


def test_back_up_needs_the_reader_alone(loaded, monkeypatch, tmp_path):
    monkeypatch.delenv("DRIVE_DATABASE_WRITE_URL")
    done = run.invoke(app, ["backup", "--out", str(tmp_path / "back-up.sqlite")])
    assert done.exit_code == 0, done.output


def test_made_up_records_too(addresses):
    done = run.invoke(app, ["demo", "--cases", "20", "--today", "2026-06-30"])
    assert done.exit_code == 0, done.output
    assert Store().current().made_up
