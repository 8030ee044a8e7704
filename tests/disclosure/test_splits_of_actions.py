"""Partners' actions by kind of agency in the release: counted, tied and put together again."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from dashboard.disclosure import Release, Rules
from dashboard.disclosure.attack import Attack, Known
from dashboard.disclosure.counts import AVERAGES, counted
from dashboard.disclosure.cuts import Cut
from dashboard.disclosure.hiding import SHOWN, SMALL, WITHHELD, withhold
from dashboard.disclosure.protection import protected
from dashboard.disclosure.ties import Shape, tied

OVERDUE, DONE, DUE = (
    "partner_actions_overdue",
    "partner_actions_on_time_rate",
    "partner_actions_on_time_rate.out_of",
)
START, END = date(2026, 1, 1), date(2026, 3, 31)
BEFORE = START - timedelta(days=1)
SHAPE = Shape(frozenset({OVERDUE}), frozenset(), [[DONE, DUE]], {})
TABLES = """
areas
area_code | name   | county
B1        | Slough | berkshire

agencies
agency_id | name             | sector
POL       | Police           | police
HOU       | Housing, Slough  | housing
HOX       | Housing, Oxford  | housing

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on
R1          | S1              | B1        | 2026-01-02

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-01-05

partner_actions
action_id | case_id | agency_id | kind        | raised_on  | due_on     | completed_on
P1        | C1      | POL       | enforcement | 2026-01-10 | 2026-02-01 | 2026-01-20
P2        | C1      | POL       | enforcement | 2026-02-10 | 2026-02-20 | 2026-02-25
P3        | C1      | HOU       |             | 2026-01-10 | 2026-01-20 |
P4        | C1      | HOX       |             | 2026-01-10 | 2026-03-31 |
"""


def test_they_are_counted_by_quarter_for_all_agencies_of_a_kind(lens):
    quarter = Cut("whole", "quarter", START, END)
    rows = counted(lens(TABLES, "2026-06-30"), [quarter]).filter(split="agency")
    found = {(row["part"], row["value"]): row["count"] for row in rows.to_dicts()}
    assert found == {
        (DUE, "Police"): 2,
        (DONE, "Police"): 1,
        (DUE, "Housing"): 2,
        (DONE, "Housing"): 0,
        (OVERDUE, "Housing"): 1,  # the other is due on the last day
    }


def of(part, value=None, day=None):
    split = None if value is None else "agency"
    days = (START, END) if day is None else (day, day)
    return (part, split, value), "", *days


def at(system, *unknowns):
    return [system.index[unknown] for unknown in unknowns]


@pytest.mark.parametrize(
    ("police", "housing", "education", "withheld"),
    [(20, 10, 3, 0), (8, 8, 1, 1)],  # 33 as 35, and 17 as 15: at least 16 of at most 17
    ids=["hidden by rounding", "given away"],
)
def test_the_kinds_of_agency_make_the_whole(police, housing, education, withheld):
    total = police + housing + education
    kinds = {"Police": police, "Housing": housing, "Education": education}
    system = tied({of(DUE): total} | {of(DUE, each): n for each, n in kinds.items()}, SHAPE)
    states = np.array([SHOWN, SHOWN, SHOWN, SMALL], np.int8)
    none = np.zeros(4, bool)
    withhold(system, states, none, none, Rules(), lambda _: 1.0)
    assert (states == WITHHELD).sum() == withheld


def test_what_was_not_done_in_time_is_a_count_of_its_own():
    system = tied({of(DUE, "Police"): 20, of(DONE, "Police"): 18}, SHAPE)
    assert system.differences == {tuple(at(system, of(DUE, "Police"), of(DONE, "Police")))}


@pytest.mark.parametrize(("before", "given_away"), [(0, True), (7, False)])
def test_overdue_is_no_more_than_was_overdue_before_and_fell_due_undone(before, given_away):
    late, then = of(OVERDUE, "Police", END), of(OVERDUE, "Police", BEFORE)
    counts = {of(DUE, "Police"): 6, of(DONE, "Police"): 5, then: before, late: 1}
    system = tied(counts, SHAPE)
    low, high = (np.array(list(counts.values()), float) for _ in range(2))
    (hidden,) = at(system, late)
    low[hidden], high[hidden] = 1, 4
    target = ((hidden, 1),)
    found = Attack(system, Known(low, high)).given_away([target])
    assert (found == [target]) == given_away


def test_a_share_of_a_split_is_put_together_from_its_own_parts():
    days = {"start": START, "end": END}
    rows = [
        {"part": part, "split": split, "value": value, "level": "whole", "cut": "quarter", **days,
         "area": "", "count": count}
        for part, split, value, count in (
            (DUE, None, None, 41), (DONE, None, None, 22), (DUE, "agency", "Police", 21),
            (DONE, "agency", "Police", 13), (DUE, "agency", "Housing", 20),
            (DONE, "agency", "Housing", 3),
        )
    ]  # fmt: skip
    counts = protected(pl.DataFrame(rows), Rules()).drop("count")
    averages = pl.DataFrame(schema={**AVERAGES, "average": pl.Float64})
    release = Release(1, datetime(2026, 4, 14, tzinfo=UTC), END, Rules(), True, counts, averages)
    columns = ("part", "numerator", "denominator", "value", "suppressed")
    assert release.cells.filter(measure=DONE).select(columns).rows() == [
        (None, 20, 40, 0.5, False),
        ("Housing", None, 20, None, True),
        ("Police", 15, 20, 0.75, False),
    ]
