"""Each meeting keeps the release that it was shown, whatever is released later."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import Engine, insert, make_url

from dashboard.database import connect, migrate
from dashboard.database.settings import Settings
from dashboard.database.tables import Release
from dashboard.snapshot.meetings import Agenda, keep, next_meeting, show_newer, shown

FIRST, SECOND = date(2026, 11, 17), date(2026, 11, 24)
TEN = time(10)
AGENDA = Agenda(("waiting", "decisions"), ("Who chairs in January",))


@pytest.fixture
def engine(database_url) -> Engine:
    found = connect(make_url(database_url), create=True)
    migrate(found)
    return found


def release(engine: Engine, number: int, made: date, hour: int = 9) -> None:
    nothing: dict[str, object] = {}
    with engine.begin() as connection:
        connection.execute(
            insert(Release).values(
                release_id=number,
                made_at=datetime(made.year, made.month, made.day, hour, tzinfo=UTC),
                through=made,
                rules=nothing,
                cuts=nothing,
                withheld=[],
                counted=nothing,
            )
        )


def test_without_a_release_there_is_nothing_to_show(engine):
    found = shown(engine, FIRST, TEN)
    assert (found.release_id, found.previous_id, found.kept) == (None, None, False)


def test_a_meeting_that_was_kept_opens_exactly_as_it_was(engine):
    release(engine, 1, date(2026, 11, 15))
    keep(engine, FIRST, 1, AGENDA)
    release(engine, 2, date(2026, 11, 20))
    again = shown(engine, FIRST, TEN)
    assert (again.release_id, again.kept, again.newer) == (1, True, True)
    assert again.agenda == AGENDA
    following = shown(engine, SECOND, TEN)
    assert (following.release_id, following.previous_id, following.kept) == (2, 1, False)
    assert following.previous_on == FIRST
    assert not following.newer


def test_newer_numbers_are_shown_only_when_asked_for(engine):
    release(engine, 1, date(2026, 11, 15))
    keep(engine, FIRST, 1, AGENDA)
    release(engine, 2, date(2026, 11, 17))
    keep(engine, FIRST, 2, Agenda((), ()))  # opened again: it stays
    assert shown(engine, FIRST, TEN).release_id == 1
    show_newer(engine, FIRST, 2)
    assert (shown(engine, FIRST, TEN).release_id, shown(engine, FIRST, TEN).newer) == (2, False)


def test_a_day_without_a_meeting_has_the_last_release_made_by_then(engine):
    release(engine, 1, date(2026, 11, 10))
    release(engine, 2, date(2026, 11, 20))
    assert shown(engine, FIRST, TEN).release_id == 1
    assert shown(engine, date(2026, 11, 1), TEN).release_id is None
    # The meeting before was never held: the release before stands for it.
    assert shown(engine, SECOND, TEN).previous_id == 1


def test_what_is_released_after_its_time_belongs_to_the_next_meeting(engine):
    release(engine, 1, FIRST, hour=9)
    release(engine, 2, FIRST, hour=11)
    assert shown(engine, FIRST, TEN).release_id == 1
    assert shown(engine, SECOND, TEN).release_id == 2


def test_the_first_release_of_all_is_shown_on_its_day_though_it_came_after_the_time(engine):
    release(engine, 1, FIRST, hour=11)
    assert shown(engine, FIRST, TEN).release_id == 1


@pytest.mark.parametrize(("today", "on"), [(17, 17), (18, 24), (23, 24)])
def test_the_next_meeting_is_today_or_the_next_day_of_that_name(today, on):
    assert next_meeting(Settings(), date(2026, 11, today)) == date(2026, 11, on)
