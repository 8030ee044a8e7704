"""A back-up is one sound file that brings everything back, on either engine, or it is not there."""

import sqlite3
import stat
from datetime import date

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.database import DatabaseNotUsable, connect, migrate
from dashboard.database import database_url as parsed
from dashboard.database.tables import OWN, RECORDS
from dashboard.demo import fill
from dashboard.upkeep.backup import back_up, restore
from dashboard.upkeep.copying import NotCopied

run = CliRunner()


@pytest.fixture
def service(database_url):
    fill(database_url, cases=20, seed=4, today=date(2026, 6, 30))
    return database_url


def contents(url):
    """Every row of every table, as text."""
    engine = connect(parsed(url))
    with engine.connect() as connection:
        found = {
            name: sorted(map(str, connection.execute(select(table).order_by(*table.primary_key))))
            for name, table in (RECORDS | OWN).items()
            if name != "imports"  # times of day have a zone on one engine and none on the other
        }
    engine.dispose()
    return found


def test_back_and_forth(service, monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", service)
    file = tmp_path / "back-up.sqlite"
    done = run.invoke(app, ["backup", "--out", str(file)])
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.glob("*back-up*")] == ["back-up.sqlite"]
    before = contents(service)
    new = f"sqlite:///{tmp_path}/new.sqlite"
    monkeypatch.setenv("DRIVE_DATABASE_URL", new)
    done = run.invoke(app, ["restore", str(file)])
    assert done.exit_code == 0, done.output
    assert contents(new) == before
    assert run.invoke(app, ["check"]).exit_code == 0


def test_into_postgresql(postgresql_url, tmp_path):
    url = f"sqlite:///{tmp_path}/one.sqlite"
    fill(url, cases=20, seed=4, today=date(2026, 6, 30))
    file = tmp_path / "back-up.sqlite"
    back_up(connect(parsed(url)), file)
    target = connect(parsed(postgresql_url))
    restore(file, target)
    assert contents(postgresql_url) == contents(url)
    target.dispose()


def test_nothing_is_written_over(service, tmp_path):
    file = tmp_path / "back-up.sqlite"
    file.write_text("mine")
    with pytest.raises(NotCopied, match="ever written over"):
        back_up(connect(parsed(service)), file)
    assert file.read_text() == "mine"
    file.unlink()
    engine = connect(parsed(service))
    back_up(engine, file)
    with pytest.raises(NotCopied, match="already holds something"):
        restore(file, engine)
    engine.dispose()


def test_a_folder_that_is_not_there(service, tmp_path):
    with pytest.raises(NotCopied, match="No such file or directory"):
        back_up(connect(parsed(service)), tmp_path / "none" / "back-up.sqlite")


@pytest.mark.parametrize("damage", ["cut short", "other bytes", "not a database"])
def test_a_damaged_back_up_is_refused(damage, tmp_path):
    url = f"sqlite:///{tmp_path}/one.sqlite"
    fill(url, cases=20, seed=4, today=date(2026, 6, 30))
    file = tmp_path / "back-up.sqlite"
    back_up(connect(parsed(url)), file)
    content = file.read_bytes()
    half = len(content) // 2
    spoilt = {
        "cut short": content[:half],
        "other bytes": content[:4096] + bytes(len(content) - 4096),
        "not a database": b"a" * 5000,
    }[damage]
    file.write_bytes(spoilt)
    with pytest.raises(DatabaseNotUsable, match="is damaged"):
        restore(file, connect(parsed(f"sqlite:///{tmp_path}/new.sqlite"), create=True))
    assert not contents_exist(tmp_path / "new.sqlite")


def contents_exist(file):
    if not file.exists():
        return False
    with sqlite3.connect(file) as connection:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def test_a_back_up_can_be_read_from_a_disk_that_cannot_be_written(tmp_path):
    url = f"sqlite:///{tmp_path}/one.sqlite"
    fill(url, cases=20, seed=4, today=date(2026, 6, 30))
    file = tmp_path / "back-up.sqlite"
    back_up(connect(parsed(url)), file)
    before = file.read_bytes()
    file.chmod(0o400)
    restore(file, connect(parsed(f"sqlite:///{tmp_path}/new.sqlite"), create=True))
    assert file.read_bytes() == before


def test_a_schema_without_rows_may_be_restored_into(tmp_path):
    one = connect(parsed(f"sqlite:///{tmp_path}/one.sqlite"), create=True)
    migrate(one)
    with one.begin() as connection:
        connection.execute(text("INSERT INTO settings VALUES ('service_name', '\"Ours\"')"))
    back_up(one, tmp_path / "back-up.sqlite")
    two = connect(parsed(f"sqlite:///{tmp_path}/two.sqlite"), create=True)
    migrate(two)
    assert restore(tmp_path / "back-up.sqlite", two) == 1
