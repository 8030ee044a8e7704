"""What is taken from tallies is what the rows themselves come to."""

from datetime import date

import polars as pl
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dashboard.access import Role, Viewer
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import months, one
from queries.tally import adds_up

MANAGER = Viewer(Role.MANAGER, None)
ADDING = [measure for measure in ALL if adds_up(measure)]
days = st.dates(date(2024, 3, 1), date(2026, 12, 31))
AREAS = ("E06000036", "E06000038", "E06000042", "E07000178", "unknown")


@for_all(
    first=days,
    second=days,
    as_at=days,
    areas=st.one_of(st.none(), st.frozensets(st.sampled_from(AREAS))),
    by_month=st.booleans(),
)
@settings(max_examples=40)
def test_tallies_say_what_the_rows_say(made_up, first, second, as_at, areas, by_month):
    # Groups of case managers have no tally: their rows are read, and then added up here.
    view = made_up.lens(MANAGER, areas, as_at=as_at)
    start, end = sorted((first, second))
    periods = months(start, end) if by_month else one(start, end)
    sums = pl.col("numerator", "denominator").sum()
    for by in ([], ["area"], ["county"]):
        keys = ["measure", "period", *by]
        told = evaluate(ADDING, view, periods, by).collect().group_by(keys).agg(sums)
        rows = evaluate(ADDING, view, periods, [*by, "case_manager"]).collect()
        both = rows.group_by(keys).agg(sums).join(told, on=keys, how="full", suffix=" told")
        for name in ("numerator", "denominator"):
            assert both.filter(
                pl.col(name).fill_null(0) != pl.col(f"{name} told").fill_null(0)
            ).is_empty()
