"""The disk is full, or can only be read: an import says so and loads nothing; screens go on."""

import subprocess

import psycopg
import pytest
import small_tables
from one_case import SERVICE, engine_of
from sqlalchemy import func, make_url, select

from dashboard.database import connect, migrate
from dashboard.database.tables import Contact, Import
from dashboard.intake import run_import
from dashboard.snapshot import Store

pytestmark = pytest.mark.slow

MANY = "contact_id,case_id,occurred_on\n" + "".join(
    f"K{number},C1,2026-02-01\n" for number in range(60_000)
)


@pytest.fixture
def contacts(tmp_path):
    (tmp_path / "contacts.csv").write_text(MANY)
    return [tmp_path / "contacts.csv"]


def loaded(url):
    with engine_of(url).connect() as connection:
        return [
            connection.scalar(select(func.count()).select_from(table))
            for table in (Contact, Import)
        ]


def moved(file, place):
    """The database of one case, on another disk."""
    copy = place / file.name
    copy.write_bytes(file.read_bytes())
    return f"sqlite:///{copy}"


def test_a_full_disk(file, small_disk, contacts, tmp_path):
    url = moved(file, small_disk)
    store = Store(url, tmp_path / "snapshots")
    first = store.newest()
    report = run_import(url, contacts)
    assert report.exit_code == 2
    assert "disk of the database is full" in report.message
    assert "Nothing was loaded" in report.message
    assert loaded(url) == [0, 0]
    assert store.newest() is first
    subprocess.run(["mount", "-o", "remount,size=60m", small_disk], check=True)
    assert run_import(url, contacts).exit_code == 0
    assert loaded(url) == [60_000, 1]
    assert store.newest().version == first.version + 1


def test_a_disk_that_can_only_be_read(file, small_disk, contacts, tmp_path):
    url = moved(file, small_disk)
    store = Store(url, tmp_path / "snapshots")
    first = store.newest()
    store._engine.dispose()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    report = run_import(url, contacts)
    assert report.exit_code == 2
    assert "Nothing was loaded" in report.message
    assert "can only be read" in report.message or "cannot be opened" in report.message
    # Screens go on with what was read, also those of a server that is started now.
    assert store.newest() is first
    assert Store(url, tmp_path / "snapshots").newest().version == first.version
    subprocess.run(["mount", "-o", "remount,rw,size=60m", small_disk], check=True)
    assert run_import(url, contacts).exit_code == 0
    assert store.newest().version == first.version + 1


def test_a_full_disk_under_postgresql(postgresql_server, small_disk, contacts):
    if getattr(postgresql_server, "system_user", None) is None:
        pytest.skip("Only a server of the test's own, run by another user, gets a small disk.")
    place = small_disk / "tables"
    place.mkdir()
    subprocess.run(["chown", postgresql_server.system_user, place], check=True)
    small_disk.chmod(0o711)
    # An empty database of the service needs some 12 MB.
    subprocess.run(["mount", "-o", "remount,size=14m", small_disk], check=True)
    uri = postgresql_server.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
        connection.execute("CREATE DATABASE on_a_small_disk TABLESPACE small")
    url = postgresql_server.get_uri("on_a_small_disk")
    try:
        engine = engine_of(url)
        migrate(engine)
        with engine.begin() as connection:
            small_tables.write(connection, SERVICE)
        engine.dispose()
        report = run_import(url, contacts)
        assert report.exit_code == 2
        assert "disk of the database is full" in report.message
        assert loaded(url) == [0, 0]
        subprocess.run(["mount", "-o", "remount,size=90m", small_disk], check=True)
        assert run_import(url, contacts).exit_code == 0
        assert loaded(url) == [60_000, 1]
    finally:
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute("DROP DATABASE on_a_small_disk WITH (FORCE)")
            connection.execute("DROP TABLESPACE small")


def test_no_room_for_the_snapshots_file(file, small_disk):
    (small_disk / "filler").write_bytes(bytes(3_000_000))
    store = Store(f"sqlite:///{file}", small_disk)
    assert store.newest().latest is not None
    with connect(make_url(f"sqlite:///{file}")).begin() as connection:
        small_tables.write(connection, "service_users\nservice_user_id\nS2")
    assert store.newest().version == 2
