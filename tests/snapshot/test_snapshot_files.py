"""Snapshot files: the same again, private, replaced when superseded, and noticed when damaged."""

import stat

import pytest
from sqlalchemy import make_url
from three_cases import PEOPLE

from dashboard.database import connect, database_url, marks
from dashboard.snapshot import Store, snapshot_of, store
from dashboard.snapshot.files import Files


@pytest.fixture
def url(given, tmp_path):
    given(PEOPLE)
    return f"sqlite:///{tmp_path}/given-0.sqlite"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "snapshots"


def only(folder):
    """The one snapshot in the folder, and nothing half written."""
    (of_database,) = folder.iterdir()
    (found,) = [each for each in of_database.iterdir() if each.is_dir()]
    return found


def test_what_is_written_is_read_again(made_up, folder):
    files = Files(make_url("sqlite:///somewhere"), folder)
    assert files.read(made_up.state) is None
    assert files.write(made_up)
    found = files.read(made_up.state)
    for name, frame in made_up._facts.items():
        assert found._facts[name].schema == frame.schema, name
        assert found._facts[name].equals(frame), name
    for each in (
        "version",
        "state",
        "read_at",
        "whole_at",
        "made_up",
        "settings",
        "first",
        "latest",
    ):
        assert getattr(found, each) == getattr(made_up, each), each


def test_nobody_else_may_read_them(url, folder):
    Store(url, folder).current()
    place = only(folder)
    assert {stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()} == {0o600}
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_a_second_process_reads_the_file_and_not_the_database(url, folder, monkeypatch):
    first = Store(url, folder).current()
    monkeypatch.setattr(store, "read_snapshot", None)
    assert Store(url, folder).current().read_at == first.read_at


def test_a_command_takes_the_file_while_it_is_of_the_records_as_they_are(url, folder, monkeypatch):
    monkeypatch.setenv("DRIVE_SNAPSHOT_FOLDER", str(folder))
    engine = connect(database_url(url))
    assert list(folder.glob("*")) == []  # a command leaves no files behind
    assert snapshot_of(engine).version == 1
    assert list(folder.glob("*")) == []
    kept = Store(url, folder).current()
    assert snapshot_of(engine).read_at == kept.read_at
    with engine.begin() as connection:
        marks.move_version(connection)
    assert snapshot_of(engine).version == kept.version + 1


def test_a_newer_version_takes_the_place_of_the_file(url, folder):
    shared = Store(url, folder)
    shared.current()
    before = only(folder)
    with connect(make_url(url)).begin() as connection:
        marks.move_version(connection)
    shared.newest()
    assert only(folder) != before


def test_other_records_of_the_same_version_are_not_mistaken_for_these(url, folder):
    Store(url, folder).current()
    with connect(make_url(url)).begin() as connection:
        marks._write(connection, marks.STAMP, "of another database in the same place")
        connection.exec_driver_sql("UPDATE service_users SET serial = 1")
    assert "of another database" in Store(url, folder).current().state


@pytest.mark.parametrize("damage", ["changed", "cut", "removed", "contents"])
def test_a_damaged_file_is_noticed_and_the_database_read(url, folder, damage, caplog):
    first = Store(url, folder).current()
    place = only(folder)
    file = place / ("contents.json" if damage == "contents" else "caseload.arrow")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.unlink()
    if damage != "removed":
        file.write_bytes(content[:-20] if damage == "cut" else content)
    found = Store(url, folder).current()
    assert "is not good" in caplog.text
    assert found.read_at > first.read_at
    assert found._facts["caseload"].equals(first._facts["caseload"])
    assert Store(url, folder).current().read_at == found.read_at


def test_the_file_serves_while_the_database_is_away_from_the_start(url, folder, tmp_path):
    first = Store(url, folder).current()
    (tmp_path / "given-0.sqlite").rename(tmp_path / "away")
    alone = Store(url, folder)
    assert alone.current().read_at == first.read_at
    assert alone.away_since is not None


def test_without_a_place_for_files_the_snapshot_is_kept_in_memory(url, tmp_path, caplog):
    (tmp_path / "a file").write_text("")
    kept = Store(url, tmp_path / "a file" / "folder")
    assert kept.current() is kept.current()
    assert "cannot be kept as a file" in caplog.text
