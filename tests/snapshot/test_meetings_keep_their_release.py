"""Each meeting keeps the release that it was shown, whatever is released later."""

from datetime import UTC, date, datetime, time

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Engine, insert, make_url

from dashboard.database import connect, migrate
from dashboard.database.settings import Settings
from dashboard.database.tables import Meeting, Release
from dashboard.disclosure import Release as Released
from dashboard.disclosure import ReleasedView, Rules
from dashboard.snapshot.meetings import Agenda, keep, next_meeting, show_newer, shown

FIRST, SECOND = date(2026, 11, 17), date(2026, 11, 24)
TEN = time(10)
AGENDA = Agenda(("waiting", "decisions"), ("Who chairs in January",))
OWN = {
    "areas": pl.DataFrame({"area": ["B1", "unknown"], "known": [True, False]}).with_columns(
        pl.col("area").cast(pl.Enum(["B1", "unknown"]))
    ),
    "targets": pl.DataFrame({"on": [date(2026, 4, 1)], "value": [38.5]}),
    "annotations": pl.DataFrame(schema={"on": pl.Date, "text": pl.String}),
    "places": pl.DataFrame({"county": ["berkshire"], "places": [40.0]}),
}


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
    keep(engine, FIRST, 1, AGENDA, OWN)
    release(engine, 2, date(2026, 11, 20))
    again = shown(engine, FIRST, TEN)
    assert (again.release_id, again.kept, again.newer) == (1, True, True)
    assert again.agenda == AGENDA
    assert again.own is not None
    assert again.own.keys() == OWN.keys()
    for name, frame in OWN.items():
        assert_frame_equal(again.own[name], frame)
    following = shown(engine, SECOND, TEN)
    assert (following.release_id, following.previous_id, following.kept) == (2, 1, False)
    assert following.previous_on == FIRST
    assert not following.newer


def test_newer_numbers_are_shown_only_when_asked_for(engine):
    release(engine, 1, date(2026, 11, 15))
    keep(engine, FIRST, 1, AGENDA, OWN)
    release(engine, 2, date(2026, 11, 17))
    keep(engine, FIRST, 2, Agenda((), ()), {})  # opened again: it stays
    assert shown(engine, FIRST, TEN).release_id == 1
    more = OWN | {"places": OWN["places"].with_columns(places=pl.lit(44.0))}
    show_newer(engine, FIRST, 2, more)
    newer = shown(engine, FIRST, TEN)
    assert (newer.release_id, newer.newer, newer.agenda) == (2, False, AGENDA)
    assert newer.own is not None
    assert newer.own["places"]["places"].to_list() == [44.0]


def test_a_meeting_is_viewed_beside_what_the_service_said_then(engine):
    release(engine, 1, date(2026, 11, 15))
    keep(engine, FIRST, 1, AGENDA, OWN)
    again = shown(engine, FIRST, TEN)
    counts = pl.DataFrame(schema={"start": pl.Date})
    one, two = (
        Released(number, datetime(2026, 11, 15, tzinfo=UTC), FIRST, Rules(), True, counts, counts)
        for number in (1, 2)
    )
    now = OWN | {"targets": OWN["targets"].clear()}
    assert again.view(ReleasedView(one, now)).numbers("targets").collect().height == 1
    # Another release is viewed as now.
    assert again.view(ReleasedView(two, now)).numbers("targets").collect().height == 0
    assert again.settings(Settings()).meeting_slides == AGENDA.slides


def test_a_meeting_of_before_that_was_kept_is_shown_with_what_is_now(engine):
    release(engine, 1, date(2026, 11, 15))
    with engine.begin() as connection:
        connection.execute(
            insert(Meeting).values(
                on=FIRST, release_id=1, opened_at=datetime(2026, 11, 17, tzinfo=UTC)
            )
        )
    found = shown(engine, FIRST, TEN)
    assert (found.kept, found.agenda, found.own) == (True, None, None)
    assert found.settings(Settings()) == Settings()


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
