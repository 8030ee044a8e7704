"""Records that were reduced to counts are gone; what was released of them stays as it was."""

import shutil
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import make_url

from dashboard.access import Role, Viewer
from dashboard.database import connect
from dashboard.disclosure import making
from dashboard.disclosure.corrections import corrections
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releasing import made_from
from dashboard.upkeep.retention import retain

pytestmark = pytest.mark.slow


def test_released_numbers_outlive_their_records(made_up_database, made_up, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "withhold", lambda *_: {})  # it takes long, and is tested elsewhere
    file = shutil.copy(make_url(made_up_database).database or "", tmp_path / "retained.sqlite")
    engine = connect(make_url(f"sqlite:///{file}"))
    first = made_from(made_up, None, datetime(2025, 9, 20, tzinfo=UTC))
    assert retain(engine, 14, "a test", date(2026, 10, 31)).rows["referrals"] > 100
    since = read_snapshot(engine)
    engine.dispose()
    second = made_from(since, first, datetime(2026, 11, 16, tzinfo=UTC))
    kept = first.release.cells.join(
        second.release.cells, on=first.release.cells.columns, how="anti", nulls_equal=True
    )
    assert kept.is_empty(), kept
    assert second.release.through > first.release.through
    told = corrections(first, since.lens(Viewer(Role.MANAGER, None)))
    assert told.is_empty(), told
