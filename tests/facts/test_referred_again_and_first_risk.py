"""What a referral carries that no cut may change: referred before, and the first risk level."""

from datetime import date

import polars as pl
from three_cases import PEOPLE

MORE = (
    PEOPLE
    + """
service_users
service_user_id
S1
S2
S3

referrals
referral_id | service_user_id | area_code | received_on
R1          | S1              | B1        | 2026-01-02
R2          | S2              | B1        | 2026-01-02
R3          | S3              | O1        | 2026-01-02
R4          | S1              | O1        | 2026-03-02
R5          |                 | O1        | 2026-03-03

risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage  | dash_score | risk_level
A1            | C1      | V1                 | 2026-01-10  | intake |            |
A2            | C1      | V1                 | 2026-01-20  | intake | 9          | standard
A3            | C1      | V3                 | 2026-01-20  | intake | 15         | high
A4            | C2      | V1                 | 2026-01-12  | intake | 8          | standard
A5            | C2      | V1                 | 2026-02-12  | review | 20         | high
"""
)


def referrals(lens, as_at="2026-12-31"):
    rows = lens(MORE, as_at).numbers("referrals").with_columns(pl.col("referral").cast(pl.String))
    return {row["referral"]: row for row in rows.collect().iter_rows(named=True)}


def test_a_person_referred_before_is_known_whatever_the_area(lens):
    rows = referrals(lens)
    assert [rows[each]["again"] for each in ("R1", "R2", "R3", "R4")] == [False, False, False, True]
    assert rows["R4"]["previous_on"] == date(2026, 1, 2)
    # A referral that names nobody may be of anyone.
    assert rows["R5"]["again"] is None


def test_the_first_assessment_with_a_level_decides_and_the_highest_of_its_day(lens):
    rows = referrals(lens)
    found = {key: (row["first_assessed_on"], row["first_high_risk"]) for key, row in rows.items()}
    assert found["R1"] == (date(2026, 1, 20), True)
    assert found["R2"] == (date(2026, 1, 12), False)
    assert found["R3"] == (None, None)
    assert found["R4"] == (None, None)


def test_an_assessment_after_the_as_at_date_is_not_known_yet(lens):
    assert referrals(lens, "2026-01-15")["R1"]["first_assessed_on"] is None
