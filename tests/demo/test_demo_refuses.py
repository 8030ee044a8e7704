"""A database with records is left alone; what cannot be made is refused in words."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard.database.connection import DatabaseNotUsable, connect, database_url
from dashboard.database.marks import is_made_up, version
from dashboard.database.schema import migrate
from dashboard.demo import fill
from dashboard.demo import recipe as the_recipe

TODAY = date(2026, 10, 31)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new.sqlite'}"


def test_the_database_is_marked_and_its_version_moves(url: str) -> None:
    fill(url, cases=20, today=TODAY)
    with connect(database_url(url)).connect() as connection:
        assert is_made_up(connection)
        assert version(connection) == 1
        imports = connection.execute(text("SELECT files, loaded, counts FROM imports")).one()
    assert imports.files == '["made-up records"]'
    assert imports.loaded
    assert '"cases": {"read": 20, "inserted": 20' in imports.counts


def test_a_database_with_one_record_is_refused_and_left_as_it_was(url: str) -> None:
    engine = connect(database_url(url), create=True)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO case_managers VALUES ('W1', 'Ada', NULL, NULL)"))
    with pytest.raises(DatabaseNotUsable, match="already holds records"):
        fill(url, cases=20, today=TODAY)
    with engine.connect() as connection:
        assert not is_made_up(connection)
        assert connection.scalar(text("SELECT count(*) FROM areas")) == 0


def test_what_fails_halfway_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(the_recipe, "_write_comparison", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        fill(url, cases=20, today=TODAY)
    with connect(database_url(url)).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM cases")) == 0
        assert not is_made_up(connection)
        indexes = "SELECT count(*) FROM sqlite_master WHERE name = 'ix_contacts_case_id'"
        assert connection.scalar(text(indexes)) == 1


def test_before_launch_there_is_nothing_to_make(url: str) -> None:
    with pytest.raises(ValueError, match="went live on 2024-03-21"):
        fill(url, today=date(2024, 3, 20))


def test_in_the_first_days_no_case_can_be_made(url: str) -> None:
    with pytest.raises(ValueError, match="Choose a later day"):
        fill(url, cases=20, today=date(2024, 3, 22))


def test_a_service_without_cases_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="At least one case"):
        fill(url, cases=0, today=TODAY)
