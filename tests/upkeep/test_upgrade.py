"""A database of the first version, with records in it, is brought up to date without a loss."""

import pytest
import small_tables
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from one_family import TABLES
from sqlalchemy import Engine, inspect, select, text
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.database import connect
from dashboard.database import database_url as parsed
from dashboard.database.schema import SchemaState, schema_state, upgrade
from dashboard.database.tables import RECORDS, Base
from dashboard.snapshot import read_snapshot
from dashboard.upkeep.backup import restore

run = CliRunner()
MOMENT = "2025-03-01 09:30:00.000000"  # as times are kept
# What the first version kept of its own, a row of each table that it wrote.
OWN = (
    "INSERT INTO marks (name, value) VALUES ('version', '1')",
    "INSERT INTO codes (code_list, code, label, position) VALUES ('county', 'x', 'X', 9)",
    "INSERT INTO settings (name, value) VALUES ('caseload_target', '16')",
    "INSERT INTO people (person_id, name, email) VALUES (1, 'Ada', 'ada@example.org')",
    "INSERT INTO grants (grant_id, person_id, role, area, from_on, reason) "
    "VALUES (1, 1, 'manager', 'all', '2025-01-01', 'first')",
    "INSERT INTO imports (import_id, started_at, finished_at, loaded, files, counts) "
    "VALUES (1, :moment, :moment, :yes, '[]', '{}')",
    'INSERT INTO rejected_rows (import_id, file, "row", reason, content) '
    "VALUES (1, 'a.csv', 2, 'no', '{}')",
    "INSERT INTO audit (entry_id, at, who, what, details) VALUES (1, :moment, 'A', 'page', '{}')",
)


def older(url: str) -> Engine:
    """A database of the first version."""
    engine = connect(parsed(url), create=True)
    with engine.begin() as connection:
        upgrade(connection, "0001")
        small_tables.write_rows(connection, TABLES)
        for statement in OWN:
            connection.execute(text(statement), {"moment": MOMENT, "yes": True})
    return engine


def everything(engine: Engine) -> dict[str, list[str]]:
    """All rows of the tables that both versions have, as they are stored, columns by name."""
    found = {}
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            if name == "alembic_version":
                continue
            rows = connection.execute(text(f'SELECT * FROM "{name}"')).mappings()  # noqa: S608
            found[name] = sorted(
                str({key: row[key] for key in sorted(row) if row[key] is not None}) for row in rows
            )
    return {name: rows for name, rows in found.items() if rows}


@pytest.fixture
def engine(database_url, monkeypatch):
    monkeypatch.setenv("DRIVE_DATABASE_URL", database_url)
    made = older(database_url)
    yield made
    made.dispose()


def test_from_the_first_migration_to_the_last(engine):
    before = everything(engine)
    assert set(before) == {
        *("marks", "codes", "settings", "people", "grants", "imports", "rejected_rows", "audit"),
        *(name for name in RECORDS if f"\n{name}\n" in TABLES),
    }
    behind = run.invoke(app, ["check"])
    assert behind.exit_code == 2
    assert "check --migrate" in behind.stderr
    done = run.invoke(app, ["check", "--migrate"])
    assert done.exit_code == 0, done.output
    assert everything(engine) == before
    with engine.begin() as connection:
        assert schema_state(connection) is SchemaState.CURRENT
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    snapshot = read_snapshot(engine)
    assert snapshot.recorded("caseload")
    assert snapshot.settings.caseload_target == 16


def test_a_database_that_has_some_of_the_columns_to_come_gets_the_others(engine):
    with engine.begin() as connection:
        upgrade(connection, "0002")
        for name in ("slides", "decisions"):
            connection.execute(text(f"ALTER TABLE meetings ADD COLUMN {name} JSON"))
    done = run.invoke(app, ["check", "--migrate"])
    assert done.exit_code == 0, done.output
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_migration_that_fails_leaves_all_as_it_was(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE saved_views (who TEXT)"))  # stands in the way
    before = everything(engine)
    failed = run.invoke(app, ["check", "--migrate"])
    assert failed.exit_code == 2
    assert "Traceback" not in failed.output
    with engine.begin() as connection:
        assert schema_state(connection) is SchemaState.BEHIND
        assert "group_grants" not in inspect(connection).get_table_names()
    assert everything(engine) == before


def test_a_back_up_of_the_first_version_can_be_restored(tmp_path):
    old = older(f"sqlite:///{tmp_path}/back-up.sqlite")
    before = everything(old)
    old.dispose()
    new = connect(parsed(f"sqlite:///{tmp_path}/new.sqlite"), create=True)
    restore(tmp_path / "back-up.sqlite", new)
    assert everything(new) == before
    with new.connect() as connection:
        assert connection.scalars(select(Base.metadata.tables["cases"].c.case_id)).all()
