"""What a number is put beside: the period just before and the same a year earlier."""

from datetime import date

import polars as pl
import pytest

from queries.comparisons import beside
from queries.periods import Period, before, just_before

REFERRALS = """
areas
area_code | name   | county
B1        | Slough | berkshire

agencies
agency_id | name    | sector
A         | Police  | police
B         | Housing | housing
C         | Refuge  | other

referrals
referral_id | area_code | received_on | agency_id
R1          | B1        | 2025-01-10  | C
R2          | B1        | 2026-01-10  | B
R3          | B1        | 2026-02-10  | A
R4          | B1        | 2026-02-11  | A
"""


def look(view):
    def count(then):
        rows = view.numbers("referrals").filter(then.rows)
        return rows.group_by("agency_name").agg(n=pl.len().cast(pl.Int64))

    rows = beside(view, "referrals", "agency_name", "n", count).sort("agency_name").collect()
    return [
        tuple(row) for row in rows.select("agency_name", "n", "just_before", "year_earlier").rows()
    ]


def test_a_group_of_any_of_the_periods_has_its_row_and_nothing_is_zero(lens):
    view = lens(REFERRALS, "2026-02-28", "2026-02-01")
    # February 2025 is known, since records begin in January 2025, and had none.
    assert look(view) == [("Housing", 0, 1, 0), ("Police", 2, 0, 0)]


def test_each_group_has_both_earlier_periods(lens):
    view = lens(REFERRALS, "2026-02-28", "2026-01-01", "2026-01-31")
    # January 2025 began before the first record: it is not known in full.
    assert look(view) == [("Housing", 1, 0, None), ("Refuge", 0, 0, None)]


def test_before_the_first_record_nothing_is_known(lens):
    view = lens(REFERRALS, "2025-01-31", "2025-01-10")
    assert look(view) == [("Refuge", 1, None, None)]


def test_what_came_of_earlier_records_is_read_as_long_after_their_period(lens):
    view = lens(REFERRALS, "2026-03-10", "2026-02-01", "2026-02-28")
    days = []
    beside(
        view,
        "referrals",
        "agency_name",
        "n",
        lambda then: (
            days.append((then.period, then.as_at))
            or pl.LazyFrame(schema={"agency_name": pl.String, "n": pl.Int64})
        ),
    )
    assert days == [
        (Period(date(2026, 2, 1), date(2026, 2, 28)), date(2026, 3, 10)),
        (Period(date(2026, 1, 1), date(2026, 1, 31)), date(2026, 2, 10)),
        (Period(date(2025, 2, 1), date(2025, 2, 28)), date(2025, 3, 10)),
    ]


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2026-04-01", "2026-10-31", "2025-09-01", "2026-03-31"),
        ("2026-04-01", "2026-11-21", "2025-08-09", "2026-03-31"),
        ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("2026-03-02", "2026-03-31", "2026-01-31", "2026-03-01"),
    ],
)
def test_just_before_is_as_long_and_ends_the_day_before(start, end, first, last):
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert just_before(period) == Period(date.fromisoformat(first), date.fromisoformat(last))


def test_a_financial_year_so_far_is_compared_with_the_year_before():
    so_far = Period(date(2026, 4, 1), date(2026, 11, 21))
    assert before(so_far) == Period(date(2025, 4, 1), date(2025, 11, 21))
