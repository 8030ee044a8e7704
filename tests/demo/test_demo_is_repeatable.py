"""The same size, seed and day give the same records, on either engine."""

from datetime import date
from pathlib import Path

import pytest
from made_up import TODAY, make, read_table

from dashboard.database.tables import RECORDS
from dashboard.demo import fill


def test_same_size_seed_and_day_give_the_same_records(tmp_path: Path) -> None:
    first = make(tmp_path, 150, 7, TODAY)
    (tmp_path / "again").mkdir()
    again = make(tmp_path / "again", 150, 7, TODAY)
    for table in RECORDS:
        assert first.read(table).equals(again.read(table)), table


@pytest.mark.parametrize(("seed", "today"), [(8, TODAY), (7, date(2026, 9, 30))])
def test_another_seed_or_day_gives_others(tmp_path: Path, seed: int, today: date) -> None:
    first, other = make(tmp_path, 150, 7, TODAY), make(tmp_path, 150, seed, today)
    assert not first.read("contacts").equals(other.read("contacts"))


def test_both_engines_hold_the_same(tmp_path: Path, database_url: str) -> None:
    fill(database_url, cases=150, seed=7, today=TODAY)
    expected = make(tmp_path, 150, 7, TODAY)
    for table in RECORDS:
        assert read_table(database_url, table).equals(expected.read(table)), table
