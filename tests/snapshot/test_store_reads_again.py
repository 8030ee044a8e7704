"""The store reads the database again when records or imports moved, and not otherwise."""

from datetime import UTC, datetime

from sqlalchemy import insert, make_url
from three_cases import PEOPLE

from dashboard.database import connect, marks
from dashboard.database.tables import Import
from dashboard.snapshot import Store


def test_an_import_that_changed_nothing_is_seen_too(given, tmp_path):
    given(PEOPLE)
    url = f"sqlite:///{tmp_path}/given-0.sqlite"
    store = Store(url, tmp_path / "snapshots")
    first = store.current()
    assert store.current() is first
    with connect(make_url(url)).begin() as connection:
        now = datetime.now(UTC)
        values = {"started_at": now, "finished_at": now, "loaded": False, "files": [], "counts": {}}
        connection.execute(insert(Import).values(**values))
    second = store.newest()
    assert second is not first
    assert second.version == first.version
    assert store.newest() is second
    with connect(make_url(url)).begin() as connection:
        marks.move_version(connection)
    assert store.newest().version == first.version + 1
