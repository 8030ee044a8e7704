"""When the places will be full: the fan, the dates and the words."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_services import AS_AT, service

from queries import words
from queries.runway import ASSUMES, Projection, project, what_ifs, when_full

SERVICE = service(1)
NOW = len(SERVICE.open_ages)


def projected(capacity, of=SERVICE, **options):
    return project(of.open_ages, of.stays, of.weekly_allocations, capacity, AS_AT, **options)


def test_the_fan_begins_with_the_cases_open_now_and_has_a_row_a_week():
    frame = projected(NOW + 20).frame
    assert frame.columns == ["on", "median", "lower", "upper"]
    assert frame["on"].to_list() == [AS_AT + timedelta(weeks=week) for week in range(27)]
    assert frame.row(0) == (AS_AT, NOW, NOW, NOW)
    assert (frame["lower"] <= frame["median"]).all()
    assert (frame["median"] <= frame["upper"]).all()
    width = frame["upper"] - frame["lower"]
    assert 0 < width[4] < width[13] < width[26]


def test_the_same_data_give_the_same_fan():
    one, again = projected(NOW + 20), projected(NOW + 20)
    assert one.frame.equals(again.frame)
    assert (one.not_before, one.by) == (again.not_before, again.by)
    assert not projected(NOW + 20, seed=7).frame.equals(one.frame)


def test_without_closures_ahead_only_arrivals_count():
    # 1,000 cases of 400 days, 20 of which closed on their first day: nobody closes at 400 days.
    # Ten allocations each week: 26 weeks bring 260, less the 2% or so who close at once.
    stays = pl.DataFrame({"days": [0] * 20 + [400] * 980, "closed": [True] * 20 + [False] * 980})
    of = replace(
        SERVICE, open_ages=np.full(980, 400), stays=stays, weekly_allocations=np.full(26, 10)
    )
    last = projected(2000, of=of).frame.row(-1, named=True)
    assert last["median"] == pytest.approx(980 + 260 * 0.98, abs=20)
    assert last["lower"] < 980 + 260 * 0.98 < last["upper"]


def test_cases_close_at_the_age_at_which_cases_have_closed():
    # All 200 past cases closed at 100 days; 50 open ones are 50 days old, none arrive.
    stays = pl.DataFrame({"days": [100] * 200 + [50] * 50, "closed": [True] * 200 + [False] * 50})
    of = replace(
        SERVICE, open_ages=np.full(50, 50), stays=stays, weekly_allocations=np.zeros(26, dtype=int)
    )
    frame = projected(60, of=of).frame
    assert frame["median"].to_list()[:7] == [50] * 7
    assert frame["upper"].to_list()[9] <= 3


def test_the_dates_count_the_paths_that_have_been_full_at_any_time(monkeypatch):
    # Ten paths: the first fills five places in week 1 only, the second in week 2 only, ...
    paths = 4 + np.eye(10, 27, k=1, dtype=int)
    monkeypatch.setattr("queries.runway._simulate", lambda *_: (paths, 1.0))
    projection = projected(5, of=replace(SERVICE, open_ages=SERVICE.open_ages[:4]))
    assert projection.not_before == AS_AT + timedelta(days=1)
    assert projection.by == AS_AT + timedelta(weeks=9)


def test_the_dates_are_the_first_day_of_a_week_and_the_last_of_one():
    projection = projected(NOW + 10)
    frame = projection.frame
    # A tenth of paths above the capacity in one week have filled by then at the latest.
    crossing = frame.filter(pl.col("upper") > NOW + 10)["on"].min()
    assert AS_AT < projection.not_before <= crossing
    assert (projection.not_before - AS_AT).days % 7 == 1
    later = projected(NOW + 30)
    assert later.not_before is None or later.not_before >= projection.not_before
    soon = projected(NOW + 2, more_allocated=3)
    assert soon.not_before == AS_AT + timedelta(days=1)
    assert (soon.by - AS_AT).days % 7 == 0
    assert soon.by > soon.not_before


@pytest.mark.parametrize(
    ("places", "full"),
    [(NOW, True), (NOW - 5, True), (NOW + 0.5, True), (NOW + 1, False), (NOW + 0.99999999, False)],
)
def test_full_is_when_no_whole_place_is_left(places, full):
    projection = projected(places)
    assert projection.already_full is full
    assert (when_full(projection) == "already full") is full


def test_an_empty_service_fills_too():
    # Twenty closed cases and none open: eight a week, who stay about 200 days, for 20 places.
    stays = pl.DataFrame({"days": [200] * 20, "closed": [True] * 20})
    of = replace(SERVICE, open_ages=np.array([]), stays=stays, weekly_allocations=np.full(26, 8))
    projection = projected(20, of=of)
    assert projection.frame.row(0) == (AS_AT, 0, 0, 0)
    assert AS_AT < projection.not_before < projection.by < AS_AT + timedelta(weeks=8)


def test_another_pace_moves_the_dates_its_own_way():
    paces = what_ifs(SERVICE.open_ages, SERVICE.stays, SERVICE.weekly_allocations, NOW + 8, AS_AT)
    as_now, fewer, closed, more = paces.values()
    assert list(paces) == [
        "As now",
        "One fewer allocated a week",
        "One more closed a week",
        "One more allocated a week",
    ]
    assert as_now.frame.equals(projected(NOW + 8).frame)
    ends = [each.frame["median"][-1] for each in (fewer, as_now, more)]
    assert ends[0] < ends[1] < ends[2]
    assert closed.frame["median"][-1] < ends[1]
    # Of 26 fewer or more, those who would have closed within the half-year make no difference.
    assert 13 <= ends[2] - ends[1] <= 26
    assert 13 <= ends[1] - ends[0] <= 26
    assert as_now.allocated == SERVICE.weekly_allocations.mean()
    assert [each.allocated - as_now.allocated for each in (fewer, closed, more)] == [-1, 0, 1]
    assert [each.closed - as_now.closed for each in (fewer, closed, more)] == [0, 1, 0]


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 30), st.floats(0.1, 5))
def test_a_slower_pace_never_gives_an_earlier_date(seed, room, by):
    of = service(seed, a_week=2)
    horizon = date.max

    def dates(**pace):
        projection = projected(len(of.open_ages) + room, of=of, **pace)
        return projection.not_before or horizon, projection.by or horizon

    as_now = dates()
    for slower in (dates(more_allocated=-by), dates(more_closed=by)):
        assert slower[0] >= as_now[0]
        assert slower[1] >= as_now[1]
    faster = dates(more_allocated=by)
    assert faster[0] <= as_now[0]
    assert faster[1] <= as_now[1]


def test_too_little_to_go_by_is_said_and_not_drawn():
    young = replace(SERVICE, weekly_allocations=SERVICE.weekly_allocations[:7])
    few = replace(SERVICE, stays=SERVICE.stays.sort("closed").head(NOW + 19))
    for of, said in [
        (young, "too early to say: seven weeks of allocations, eight are needed"),
        (few, "too early to say: 19 closed cases, 20 are needed"),
    ]:
        projection = projected(NOW + 20, of=of)
        assert projection.frame.is_empty()
        assert projection.frame.columns == ["on", "median", "lower", "upper"]
        assert projection.not_before is projection.by is None
        assert when_full(projection) == said
    enough = replace(SERVICE, stays=SERVICE.stays.sort("closed").head(NOW + 20))
    assert projected(NOW + 20, of=enough).missing is None


def test_a_full_service_is_full_however_little_is_known():
    young = replace(SERVICE, weekly_allocations=SERVICE.weekly_allocations[:3])
    assert when_full(projected(NOW, of=young)) == "already full"


@pytest.mark.parametrize("capacity", [None, 0, 0.4, float("nan")])
def test_without_places_there_is_no_date(capacity):
    assert when_full(projected(capacity)) == "no places are recorded"


@pytest.mark.parametrize(
    ("not_before", "by", "said"),
    [
        (
            date(2027, 1, 11),
            date(2027, 3, 14),
            "full not before 11 January 2027, and by 14 March 2027",
        ),
        (
            date(2027, 1, 11),
            None,
            "full not before 11 January 2027, and perhaps not within 26 weeks",
        ),
        (None, None, "not full within 26 weeks"),
    ],
)
def test_the_date_in_words_is_a_range(not_before, by, said):
    assert when_full(Projection(pl.DataFrame(), 210, 26, False, not_before, by)) == said


def test_where_there_is_little_room_the_words_are_fewer_and_still_true():
    narrow = words.NARROW
    dates = Projection(pl.DataFrame(), 210, 26, False, date(2027, 9, 28), date(2027, 11, 30))
    assert when_full(dates, narrow) == "not full before 28 September 2027"
    assert when_full(replace(dates, by=None), narrow) == "may be full from 28 September 2027"
    early = Projection(pl.DataFrame(), 210, 26, missing="too early to say: " + "x" * 40)
    assert when_full(early, narrow) == "too early to say"
    assert when_full(replace(early, missing="no places are recorded"), narrow) == (
        "no places are recorded"
    )
    longest = replace(dates, by=None, not_before=date(2027, 9, 28))
    assert len(when_full(longest)) <= words.TITLE


def test_what_it_assumes_is_one_text():
    assert "as in the last half-year" in ASSUMES


def test_the_work_does_not_grow_with_the_cases():
    # A hundred times the cases are drawn in groups: the fan is narrow, and memory bounded.
    of = service(3, a_week=300)
    assert len(of.open_ages) > 9_000
    last = projected(len(of.open_ages) * 2, of=of).frame.row(-1, named=True)
    assert (last["upper"] - last["lower"]) / last["median"] < 0.3


def test_the_share_of_futures_that_fill_stands_beside_the_days():
    assert projected(NOW).fills == 1  # it is full already
    assert projected(10 * NOW).fills == 0
    shares = [projected(NOW + more).fills for more in range(0, 40, 4)]
    assert shares == sorted(shares, reverse=True)
    assert projected(NOW, of=replace(SERVICE, stays=SERVICE.stays[:1])).fills is None
