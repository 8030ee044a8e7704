"""The same records give the same snapshot on SQLite and on PostgreSQL."""

from datetime import date

import polars.selectors as cs
import pytest

from dashboard.database import connect, migrate
from dashboard.database import database_url as parsed
from dashboard.demo import fill
from dashboard.snapshot import read_snapshot


def facts_of(url: str):
    snapshot = read_snapshot(connect(parsed(url)))
    return snapshot._facts


@pytest.fixture
def on_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path}/reference.sqlite"
    fill(url, cases=60, seed=3, today=date(2026, 6, 30))
    return facts_of(url)


def test_made_up_records(database_url, on_sqlite):
    fill(database_url, cases=60, seed=3, today=date(2026, 6, 30))
    found = facts_of(database_url)
    assert found.keys() == on_sqlite.keys()
    for name, frame in found.items():
        expected = on_sqlite[name]
        assert frame.schema == expected.schema, name
        # When it was loaded differs, and nothing else.
        rows = [each.select(~cs.datetime()) for each in (frame, expected)]
        columns = rows[0].select(~cs.nested()).columns
        assert rows[0].sort(columns).equals(rows[1].sort(columns)), name


def test_an_empty_database(database_url):
    engine = connect(parsed(database_url), create=True)
    migrate(engine)
    assert read_snapshot(engine).is_empty
