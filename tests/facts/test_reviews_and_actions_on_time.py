"""Reviews and partners' actions by the day they were due."""

REVIEWS = """
reviews
review_id | case_id | due_on     | held_on
V1        | C1      | 2026-03-01 | 2026-03-01
V2        | C1      | 2026-04-01 | 2026-04-02
V3        | C1      | 2026-06-01 |
V4        | C3      | 2026-03-15 |
V5        | C3      | 2026-01-04 | 2026-01-04
"""
# V3 is due after C1 closed on 1 May, V5 before C3 was allocated: neither counts.

ACTIONS = """
partner_actions
action_id | case_id | agency_id | raised_on  | due_on     | completed_on
P1        | C1      | POL       | 2026-02-01 | 2026-02-15 | 2026-02-15
P2        | C1      | POL       | 2026-02-01 | 2026-02-15 | 2026-02-16
P3        | C3      | POL       | 2026-02-01 | 2026-02-20 |
P4        | C3      | POL       | 2026-02-01 |            |
"""


def test_reviews(measured):
    assert measured("reviews_on_time_rate", REVIEWS, "2026-01-01", "2026-12-31") == (1, 3, 1 / 3)
    assert measured("reviews_on_time_rate", REVIEWS, "2026-04-01", "2026-04-30") == (0, 1, 0)


def test_actions(measured):
    key = "partner_actions_on_time_rate"
    assert measured(key, ACTIONS, "2026-01-01", "2026-12-31") == (1, 3, 1 / 3)


def test_nothing_due_is_no_rate(measured):
    assert measured("reviews_on_time_rate", REVIEWS, "2026-07-01", "2026-07-31") == (0, 0, None)


def test_no_such_record_at_all_is_unknown_and_not_zero(measured):
    found = measured("reviews_on_time_rate", ACTIONS, "2026-01-01", "2026-12-31")
    assert found == (None, None, None)
