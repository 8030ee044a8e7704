"""Victim-survivors are people: once each, however many cases they are linked to."""

import pytest

LINKS = """
case_victim_survivors
case_id | victim_survivor_id | linked_on  | unlinked_on | idva_engaged_on
C1      | V1                 | 2026-01-05 |             | 2026-02-01
C3      | V1                 | 2026-01-10 |             |
C3      | V2                 | 2026-01-10 | 2026-03-01  |
C3      | V3                 | 2026-01-10 |             |
"""


@pytest.mark.parametrize(
    ("day", "adults", "children", "engaged"),
    [
        ("2026-01-05", 1, 0, (0, 1, 0)),
        ("2026-01-10", 2, 1, (0, 2, 0)),
        # Engaged on one of two links: the person is engaged.
        ("2026-02-01", 2, 1, (1, 2, 0.5)),
        ("2026-03-01", 2, 0, (1, 2, 0.5)),
        # C1 closed on 1 May; V1 is still linked to C3, where no engagement is recorded.
        ("2026-05-01", 2, 0, (0, 2, 0)),
    ],
)
def test_people_linked_on_a_day(measured, day, adults, children, engaged):
    assert measured("adult_victim_survivors", LINKS, day, day)[0] == adults
    assert measured("child_victim_survivors", LINKS, day, day)[0] == children
    assert measured("idva_engaged_rate", LINKS, day, day) == engaged


def test_people_linked_on_any_day_of_a_period(measured):
    key = "child_victim_survivors_in_period"
    assert measured(key, LINKS, "2026-02-28", "2026-06-30")[0] == 1
    assert measured(key, LINKS, "2026-03-01", "2026-06-30")[0] == 0
