"""Each meeting keeps the release that it was shown, whatever is released later."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, insert, make_url

from dashboard.database import connect, migrate
from dashboard.database.tables import Release
from dashboard.snapshot.meetings import keep, show_newer, shown

FIRST, SECOND = date(2026, 11, 17), date(2026, 11, 24)


@pytest.fixture
def engine(database_url) -> Engine:
    found = connect(make_url(database_url), create=True)
    migrate(found)
    return found


def release(engine: Engine, number: int, made: date) -> None:
    nothing: dict[str, object] = {}
    with engine.begin() as connection:
        connection.execute(
            insert(Release).values(
                release_id=number,
                made_at=datetime(made.year, made.month, made.day, 9, tzinfo=UTC),
                through=made,
                rules=nothing,
                cuts=nothing,
                withheld=[],
                counted=nothing,
            )
        )


def test_without_a_release_there_is_nothing_to_show(engine):
    found = shown(engine, FIRST)
    assert (found.release_id, found.previous_id, found.kept) == (None, None, False)


def test_a_meeting_that_was_kept_opens_exactly_as_it_was(engine):
    release(engine, 1, date(2026, 11, 15))
    keep(engine, FIRST, 1)
    release(engine, 2, date(2026, 11, 20))
    again = shown(engine, FIRST)
    assert (again.release_id, again.kept, again.newer) == (1, True, True)
    following = shown(engine, SECOND)
    assert (following.release_id, following.previous_id, following.kept) == (2, 1, False)
    assert not following.newer


def test_newer_numbers_are_shown_only_when_asked_for(engine):
    release(engine, 1, date(2026, 11, 15))
    keep(engine, FIRST, 1)
    release(engine, 2, date(2026, 11, 17))
    keep(engine, FIRST, 2)  # opened again: it stays
    assert shown(engine, FIRST).release_id == 1
    show_newer(engine, FIRST, 2)
    assert (shown(engine, FIRST).release_id, shown(engine, FIRST).newer) == (2, False)


def test_a_day_without_a_meeting_has_the_last_release_made_by_then(engine):
    release(engine, 1, date(2026, 11, 10))
    release(engine, 2, date(2026, 11, 20))
    assert shown(engine, FIRST).release_id == 1
    assert shown(engine, date(2026, 11, 1)).release_id is None
    # The meeting before was never held: the release before stands for it.
    assert shown(engine, SECOND).previous_id == 1
