"""Partner actions are overdue from the day after they were due, until done or the case closes."""

import pytest

ACTIONS = """
partner_actions
action_id | case_id | agency_id | kind        | raised_on  | due_on     | completed_on
P1        | C1      | POL       | enforcement | 2026-01-10 | 2026-02-01 | 2026-02-10
P2        | C1      | POL       | disclosure  | 2026-01-10 | 2026-02-01 | 2026-02-01
P3        | C1      | POL       | tenancy     | 2026-01-10 | 2026-02-01 |
P4        | C3      | POL       | recall      | 2026-01-10 |            |
"""


@pytest.mark.parametrize(
    ("day", "overdue"),
    [("2026-02-01", 0), ("2026-02-02", 2), ("2026-02-10", 1), ("2026-04-30", 1), ("2026-05-01", 0)],
)
def test_overdue_on_a_day(measured, day, overdue):
    assert measured("partner_actions_overdue", ACTIONS, day, day)[0] == overdue


def test_what_was_done_later_was_still_overdue_as_at_then(measured):
    found = measured("partner_actions_overdue", ACTIONS, "2026-02-05", "2026-02-05", "2026-02-05")
    assert found[0] == 2


def test_actions_asked_for_count_on_the_day_they_are_raised(measured):
    assert measured("partner_actions_raised", ACTIONS, "2026-01-10", "2026-01-10")[0] == 4


def test_days_to_the_first_decision_are_the_middle_value(measured):
    decisions = """
referral_decisions
referral_id | decided_on | decision
R1          | 2026-01-03 | defer
R1          | 2026-01-20 | accept
R2          | 2026-01-06 | accept
R3          | 2026-01-12 | decline
"""
    # Received on 2 January: 1, 4 and 10 days; the later acceptance of R1 is not its first.
    found = measured("days_referral_to_decision", decisions, "2026-01-01", "2026-01-31")
    assert found == (None, 3, 4)


def test_days_to_a_marac_hearing_are_the_middle_value(measured):
    hearings = """
marac_referrals
marac_id | person_id | victim_survivor_id | referred_on | heard_on
M1       | S1        | V1                 | 2026-02-01  | 2026-02-11
M2       | S2        | V1                 | 2026-02-01  | 2026-02-21
M3       | S3        | V3                 | 2026-02-01  |
"""
    found = measured("days_marac_to_hearing", hearings, "2026-02-01", "2026-02-28")
    assert found == (None, 2, 15)
