"""What is taken from tallies is what the rows themselves come to."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from dashboard.access import Role, Viewer
from queries.evaluate import evaluate
from queries.measure import Measure
from queries.measures import ALL
from queries.periods import DAY, Period, Periods, months, one
from queries.tally import Seen, has_tally, tallies
from queries.view import View

MANAGER = Viewer(Role.MANAGER, None)
days = st.dates(date(2024, 3, 1), date(2026, 12, 31))
DAY_0, WEEK = date(2026, 1, 5), timedelta(days=7)
WHO, WHERE = pl.Enum(list("abcd")), pl.Enum(list("xyz"))
AREAS = ("E06000036", "E06000038", "E06000042", "E07000178", "unknown")


class OnlyRows:
    """A view that has no tallies: every number is made of its rows."""

    def __init__(self, view: View) -> None:
        self.start, self.end, self.as_at = view.start, view.end, view.as_at
        self.numbers, self.records, self.recorded = view.numbers, view.records, view.recorded

    def tallies(self, measures: object) -> None:
        """None: nothing was added up before."""


@for_all(
    first=days,
    second=days,
    as_at=days,
    areas=st.one_of(st.none(), st.frozensets(st.sampled_from(AREAS))),
    by=st.sampled_from(([], ["area"], ["county"], ["county", "area"])),
    by_month=st.booleans(),
)
@settings(max_examples=60)
def test_tallies_say_what_the_rows_say(made_up, first, second, as_at, areas, by, by_month):
    view = made_up.lens(MANAGER, areas, as_at=as_at)
    start, end = sorted((first, second))
    periods = months(start, end) if by_month else one(start, end)
    told = evaluate(ALL, view, periods, by).collect()
    made = evaluate(ALL, OnlyRows(view), periods, by).collect()
    assert_frame_equal(told, made, check_exact=True)


def test_ones_own_cases_have_no_tally(made_up):
    own = made_up.lens(Viewer(Role.CASE_MANAGER, None, made_up.fullest_worker()))
    assert own.tallies([ALL[0]]) is None


SPELLS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),  # whose
        st.sampled_from("xyz"),  # where
        st.integers(0, 40),  # from which day on
        st.one_of(st.none(), st.integers(0, 20)),  # for how many days
        st.one_of(st.none(), st.integers(0, 5)),  # out of how many; not known
    ),
    max_size=25,
)
WEEKS = Periods(tuple(Period(DAY_0 + n * WEEK, DAY_0 + n * WEEK + 6 * DAY) for n in range(7)))


@for_all(
    spells=SPELLS,
    reads=st.sampled_from(("events", "state", "during")),
    as_at=st.integers(0, 60),
    group_of=st.sampled_from(([0, 0, 0], [0, 1, 2], [0, 1, 0], [1, -1, 0])),
)
@settings(max_examples=300)
def test_people_and_their_squares_are_those_of_a_plain_loop(spells, reads, as_at, group_of):
    rows = pl.LazyFrame(
        [
            (who, where, DAY_0 + on * DAY, None if n is None else DAY_0 + (on + n) * DAY, d)
            for who, where, on, n, d in spells
        ],
        {"who": WHO, "area": WHERE, "on": pl.Date, "to": pl.Date, "d": pl.Int32},
        orient="row",
    )
    same: dict[str, Any] = {"facts": "", "unit": "", "source": (), "reads": reads, "cluster": "who"}
    counted = Measure("", "", "", counts=pl.col("d") * 2, out_of=pl.col("d"), **same)
    measures = (
        replace(counted, interval="ratio"),
        replace(counted, out_of=None, fold="people", each="who"),
    )
    areas = [index for index, group in enumerate(group_of) if group >= 0]
    groups = [group_of[index] for index in areas]
    for measure in filter(has_tally, measures):
        (tally,) = tallies([measure], rows, 3)
        seen = Seen(tally, np.array(areas), 3, DAY_0 + as_at * DAY)
        found = seen.sums(reads, WEEKS, np.array(groups), 3)
        for week, group in product(range(7), range(3)):
            of_each: dict[str, list[int | None]] = {}
            for who, where, on, n, d in spells:
                holds = _holds(reads, on, n, week, as_at) and (reads == "events" or n != 0)
                if group_of["xyz".index(where)] == group and holds:
                    of_each.setdefault(who, []).append(d)
            if measure.fold == "people":
                assert found[group, week, 1] == sum(any(each) for each in of_each.values())
                continue
            ds = [sum(filter(None, each)) for each in of_each.values() if set(each) - {None}]
            squares = sum(d * d for d in ds)
            expected = [2 * sum(ds), sum(ds), len(ds), 4 * squares, 2 * squares, squares]
            assert found[group, week, 1:].tolist() == expected
            assert found[group, week, 0] == sum(map(len, of_each.values()))


def _holds(reads: str, on: int, length: int | None, week: int, as_at: int) -> bool:
    start, end = week * 7, week * 7 + 6
    if on > min(end, as_at):
        return False
    if reads == "events":
        return on >= start
    ended = None if length is None or on + length > as_at else on + length
    return ended is None or ended > (start if reads == "during" else end)
