"""A SQLite file that is taken away is missed, and another in its place is read."""

import pytest
from sqlalchemy import insert, make_url, select
from sqlalchemy.exc import OperationalError

from dashboard.database import connect, migrate, unreachable
from dashboard.database.tables import Setting


def made(file, name):
    engine = connect(make_url(f"sqlite:///{file}"), create=True)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(insert(Setting).values(name="service_name", value=name))
    engine.dispose()


def said(engine):
    with engine.connect() as connection:
        return connection.scalar(select(Setting.value))


def test_taken_away_and_replaced(tmp_path):
    file, other = tmp_path / "one.sqlite", tmp_path / "other.sqlite"
    made(file, "First")
    made(other, "Second")
    engine = connect(make_url(f"sqlite:///{file}"))
    assert said(engine) == "First"
    file.rename(tmp_path / "away.sqlite")
    with pytest.raises(OperationalError) as missing:
        said(engine)
    assert "cannot be opened" in str(unreachable(missing.value))
    assert not file.exists()  # no empty one was made in its place
    other.rename(file)
    assert said(engine) == "Second"
    engine.dispose()
