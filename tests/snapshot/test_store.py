"""One snapshot for each version; the last one goes on serving while the database is away."""

import pytest
from small_tables import write
from sqlalchemy import make_url

from dashboard.database import DatabaseNotUsable, connect, migrate
from dashboard.snapshot import Store

AREA = "areas\narea_code | name | county\n{} | {} | berkshire"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cases.sqlite"


@pytest.fixture
def store(file):
    engine = connect(make_url(f"sqlite:///{file}"), create=True)
    migrate(engine)
    with engine.begin() as connection:
        write(connection, AREA.format("B1", "Slough"))
    engine.dispose()
    return Store(f"sqlite:///{file}", file.parent / "snapshots")


def test_the_same_version_is_read_once(store):
    assert store.current() is store.current()


def test_a_new_version_is_read(store, file):
    first = store.current()
    with connect(make_url(f"sqlite:///{file}")).begin() as connection:
        write(connection, AREA.format("B2", "Reading"))
    second = store.newest()
    assert store.current() is second
    assert second.version == first.version + 1
    assert second.areas["name"].to_list() == ["Reading", "Slough"]


def test_the_last_snapshot_serves_while_the_database_is_away(store, file):
    first = store.current()
    away = file.with_suffix(".away")
    store._engine.dispose()
    file.rename(away)
    assert store.newest() is first
    assert store.away_since is not None
    file.unlink(missing_ok=True)
    away.rename(file)
    store._engine.dispose()
    assert store.newest() is first
    assert store.away_since is None


def test_without_a_database_from_the_start_it_says_so(tmp_path):
    with pytest.raises(DatabaseNotUsable, match="There is no database"):
        Store(f"sqlite:///{tmp_path}/none.sqlite").current()
