"""A contact is due by risk after the last kept one; quiet cases wait for theirs.

Settings: every 7 days at high risk, 14 at medium, 28 at standard; high until assessed.
"""

from datetime import date

import polars as pl
from three_cases import PEOPLE

CONTACTS = """
risk_assessments
assessment_id | case_id | assessed_on | dash_score
A1            | C3      | 2026-01-10  | 11

contacts
contact_id | case_id | occurred_on | outcome
K1         | C3      | 2026-01-12  | kept
K2         | C3      | 2026-01-20  | missed
K3         | C3      | 2026-01-26  | kept
K4         | C3      | 2026-02-20  | kept
"""
# C1 and C2 are never contacted: due on 12 January (high until assessed), late.
# C3: allocated 5 January, due 12th, kept 12th: on time. At 11 it is medium from the 10th:
# due 26th, kept 26th: on time. Due 9 February, kept 20th: late. Due 6 March, never kept: late.


def test_on_time_by_the_day_it_was_due(measured):
    assert measured("contacts_on_time_rate", CONTACTS, "2026-01-01", "2026-01-31") == (2, 4, 0.5)
    assert measured("contacts_on_time_rate", CONTACTS, "2026-02-01", "2026-02-28") == (0, 1, 0)
    assert measured("contacts_on_time_rate", CONTACTS, "2026-03-01", "2026-03-31") == (0, 1, 0)


def test_nothing_is_due_after_closure(measured):
    closed_early = CONTACTS.replace("2026-02-20  | kept", "2026-01-27  | kept")
    assert measured("contacts_on_time_rate", closed_early, "2026-05-01", "2026-12-31") == (
        0,
        0,
        None,
    )


def test_a_late_contact_kept_after_the_day_looked_at_still_counts_as_late(measured):
    found = measured("contacts_on_time_rate", CONTACTS, "2026-02-01", "2026-02-28", "2026-02-10")
    assert found == (0, 1, 0)


def test_quiet_from_the_day_after_until_kept_or_closed(lens):
    view = lens(PEOPLE + CONTACTS.strip(), as_at="2026-12-31")
    rows = view.numbers("quiet").select(pl.col("case").cast(str), "last_kept_on", "on", "to")
    found = rows.sort("case", "on").collect().rows()
    day = date.fromisoformat
    assert found == [
        ("C1", day("2026-01-05"), day("2026-01-13"), day("2026-05-01")),
        ("C2", day("2026-01-05"), day("2026-01-13"), day("2026-05-01")),
        ("C3", day("2026-01-26"), day("2026-02-10"), day("2026-02-20")),
        ("C3", day("2026-02-20"), day("2026-03-07"), None),
    ]
