"""Accepted, waiting, allocated: each on its own day."""

from datetime import date

import pytest

from queries.evaluate import evaluate
from queries.measures import MEASURES
from queries.periods import Period, Periods

DECISIONS = """
referral_decisions
referral_id | decided_on | decision
R1          | 2026-01-03 | defer
R1          | 2026-01-04 | accept
R2          | 2026-01-04 | accept
R3          | 2026-01-04 | decline
R3          | 2026-01-05 | accept
"""


def test_an_acceptance_counts_once_on_its_first_day(measured):
    assert measured("referrals_accepted", DECISIONS, "2026-01-01", "2026-01-04")[0] == 2
    assert measured("referrals_accepted", DECISIONS, "2026-01-05", "2026-01-31")[0] == 1


@pytest.mark.parametrize(("day", "waiting"), [("03", 0), ("04", 2), ("05", 0)])
def test_waiting_from_acceptance_until_allocation(measured, day, waiting):
    # All three are allocated on 5 January.
    found = measured("unallocated_cases", DECISIONS, f"2026-01-{day}", f"2026-01-{day}")
    assert found[0] == waiting


def test_waiting_ends_with_withdrawal(lens):
    view = lens(
        """
referrals
referral_id | received_on | withdrawn_on
R1          | 2026-01-02  | 2026-01-20
R2          | 2026-01-02  |

referral_decisions
referral_id | decided_on | decision
R1          | 2026-01-10 | accept
R2          | 2026-01-10 | accept
R2          | 2026-01-25 | decline
""",
        as_at="2026-03-01",
    )
    days = [date(2026, 1, day) for day in (9, 10, 19, 20, 24, 25)]
    rows = evaluate(
        [MEASURES["unallocated_cases"]], view, Periods(tuple(Period(d, d) for d in days))
    ).collect()
    assert list(rows["value"]) == [0, 2, 2, 1, 1, 0]


def test_days_to_allocation_is_the_middle_value(measured):
    found = measured("days_referral_to_allocation", DECISIONS, "2026-01-01", "2026-01-31")
    assert found == (None, 3, 3)


def test_planned_completion_leaves_out_those_who_died(measured):
    found = measured("planned_completion_rate", DECISIONS, "2026-05-01", "2026-05-31")
    assert found == (1, 1, 1)
    assert measured("cases_closed", DECISIONS, "2026-05-01", "2026-05-31")[0] == 2
