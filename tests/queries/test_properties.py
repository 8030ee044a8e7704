"""What must hold of every measure, whatever the records."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dashboard.access import Role, Viewer
from dashboard.snapshot import Lens, Snapshot
from queries.behind import behind
from queries.evaluate import evaluate
from queries.measures import ALL, MEASURES
from queries.periods import Period, Periods, months, one
from queries.row_sums import rows_behind

MANAGER = Viewer(Role.MANAGER, None)
days = st.dates(date(2024, 3, 1), date(2026, 10, 31))


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    first, second = sorted((draw(days), draw(days)))
    return first, second


def look(snapshot: Snapshot, span: tuple[date, date], areas: frozenset[str] | None = None) -> Lens:
    return snapshot.lens(MANAGER, areas, span[0], span[1])


@for_all(span=spans())
@settings(max_examples=15)
def test_counts_add_up_over_districts_and_people_do_not_exceed_their_sum(made_up, span):
    view = look(made_up, span)
    counts = [m for m in ALL if m.out_of is None and m.fold != "median"]
    whole = evaluate(counts, view, one(*span)).collect()
    by_area = evaluate(counts, view, one(*span), ["area"]).collect()
    sums = by_area.group_by("measure").agg(pl.col("value").sum().alias("sum"))
    for row in whole.join(sums, on="measure").iter_rows(named=True):
        if MEASURES[row["measure"]].fold == "people":
            assert row["value"] <= row["sum"]
        else:
            assert row["value"] == row["sum"]


@for_all(span=spans())
@settings(max_examples=15)
def test_months_add_up_to_the_period_for_events(made_up, span):
    view = look(made_up, span)
    counts = [m for m in ALL if m.reads == "events" and m.out_of is None and m.fold == "sum"]
    whole = evaluate(counts, view, one(*span)).collect()
    monthly = evaluate(counts, view, months(*span)).collect()
    sums = monthly.group_by("measure").agg(pl.col("value").sum().alias("sum"))
    joined = whole.join(sums, on="measure")
    assert joined["value"].to_list() == joined["sum"].to_list()


@for_all(span=spans(), measure=st.sampled_from(ALL))
@settings(max_examples=60)
def test_a_number_equals_the_rows_behind_it(made_up, span, measure):
    view = look(made_up, span)
    row = evaluate([measure], view, one(*span)).collect().row(0, named=True)
    behind_it = rows_behind(measure, view, one(*span)).collect()
    listed = behind(measure, view, one(*span)).collect()
    if measure.key == "police_incidents_change":
        # Out of incidents, not of people: the rows' incidents before add up to it.
        assert behind_it["before"].sum() == row["denominator"]
        return
    expected = row["denominator"] if row["denominator"] is not None else row["value"]
    assert listed.height == expected
    if measure.fold == "sum" and measure.unit == "share":
        assert behind_it["contribution"].sum() == row["numerator"]


@for_all(span=spans())
@settings(max_examples=15)
def test_states_of_many_periods_equal_each_period_alone(made_up, span):
    view = look(made_up, span)
    states = [m for m in ALL if m.reads != "events"]
    together = evaluate(states, view, months(*span)).collect()
    periods = months(*span).each
    for index in {0, len(periods) // 2, len(periods) - 1}:
        alone = evaluate(states, view, Periods((periods[index],))).collect()
        same = together.filter(pl.col("period") == index)
        assert same["value"].to_list() == alone["value"].to_list()


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.key)
def test_reading_as_at_an_earlier_day_equals_records_cut_on_that_day(made_up, measure):
    """What is known later must not change what is said of a day, as it was known then."""
    day = date(2025, 6, 30)
    period = Period(date(2025, 4, 1), day)
    then = made_up.lens(MANAGER, None, period.start, period.end, as_at=day)
    later = made_up.lens(MANAGER, None, period.start, period.end)
    found = [
        evaluate([measure], view, Periods((period,))).collect().row(0, named=True)
        for view in (then, later)
    ]
    assert found[0] == found[1]


@for_all(
    starts=st.lists(st.integers(0, 60), min_size=1, max_size=30),
    lengths=st.lists(st.one_of(st.none(), st.integers(1, 40)), min_size=30, max_size=30),
    cuts=st.lists(st.integers(1, 60), min_size=2, max_size=6, unique=True),
)
def test_spells_are_placed_as_a_plain_loop_places_them(starts, lengths, cuts):
    base = date(2026, 1, 1)
    spells = [
        (base + timedelta(s), None if n is None else base + timedelta(s + n))
        for s, n in zip(starts, lengths, strict=False)
    ]
    frame = pl.LazyFrame(
        {"row": range(len(spells)), "on": [s[0] for s in spells], "to": [s[1] for s in spells]},
        schema={"row": pl.Int64, "on": pl.Date, "to": pl.Date},
    )
    edges = sorted(cuts)
    periods = Periods(
        tuple(Period(base + timedelta(a), base + timedelta(b - 1)) for a, b in pairwise(edges))
    )
    for during in (False, True):
        found = periods.hold(frame, during=during).select("row", "period").collect()
        expected = {
            (row, index)
            for row, (on, to) in enumerate(spells)
            for index, period in enumerate(periods.each)
            if on <= period.end and (to is None or to > (period.start if during else period.end))
        }
        assert set(found.rows()) == expected
