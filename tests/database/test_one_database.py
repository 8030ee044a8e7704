"""Reading and writing are of one database, and a file that is made is its owner's alone."""

import stat

import pytest

from dashboard.database import DatabaseNotUsable, connect, database_url, migrate
from dashboard.database.connection import VARIABLE, WRITE_VARIABLE


@pytest.mark.parametrize("other", ["sqlite:///{}/b.sqlite", "postgresql://drive@localhost/drive"])
def test_addresses_of_two_databases_are_refused(monkeypatch, tmp_path, other):
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/a.sqlite")
    monkeypatch.setenv(WRITE_VARIABLE, other.format(tmp_path))
    with pytest.raises(DatabaseNotUsable, match="name two databases"):
        database_url(writing=True)
    assert database_url().database == f"{tmp_path}/a.sqlite"


def test_two_addresses_of_one_file_are_one_database(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/a.sqlite")
    monkeypatch.setenv(WRITE_VARIABLE, f"sqlite:///{tmp_path}/b/../a.sqlite")
    assert database_url(writing=True).database == f"{tmp_path}/b/../a.sqlite"


def test_a_file_that_is_made_is_its_owners_alone(tmp_path):
    engine = connect(database_url(f"sqlite:///{tmp_path}/made.sqlite"), create=True)
    migrate(engine)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    engine.dispose()
    assert modes["made.sqlite"] == 0o600
    assert set(modes.values()) == {0o600}
