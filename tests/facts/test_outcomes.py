"""Before and after, each on the day its second half exists."""

ABUSE = """
abuse_assessments
assessment_id | case_id | assessed_on | stage  | abuse_type | severity
A1            | C1      | 2026-01-08  | intake | physical   | high
A2            | C1      | 2026-04-20  | exit   | physical   | none
A3            | C1      | 2026-01-08  | intake | sexual     | none
A4            | C1      | 2026-04-20  | exit   | sexual     | none
A5            | C2      | 2026-01-08  | intake | physical   | standard
A6            | C2      | 2026-04-25  | exit   | physical   | moderate
A7            | C3      | 2026-01-08  | intake | physical   | high
"""

RATINGS = """
risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage | idva_change
A1            | C1      | V1                 | 2026-04-20  | exit  | significantly_reduced
A2            | C1      | V3                 | 2026-04-20  | exit  | moderately_reduced
A3            | C2      | V1                 | 2026-04-20  | exit  | significantly_reduced
A4            | C2      | V3                 | 2026-05-10  | exit  | no_change
A5            | C3      | V1                 | 2026-04-20  | exit  | significantly_reduced
"""

INCIDENTS = """
police_incidents
incident_id | person_id | occurred_on | is_crime
I1          | S1        | 2025-07-06  | yes
I2          | S1        | 2025-07-07  | yes
I3          | S1        | 2026-01-04  | yes
I4          | S1        | 2026-01-04  | no
I5          | S1        | 2026-01-05  | yes
I6          | S1        | 2026-05-01  | yes
I7          | S1        | 2026-10-29  | yes
I8          | S1        | 2026-10-30  | yes
I9          | S2        | 2026-01-04  | yes
"""


def test_reduction_counts_users_of_a_type_with_both_assessments(measured):
    key = "physical_abuse_reduction"
    # Two used it at intake and have an exit assessment, one still uses it.
    assert measured(key, ABUSE, "2026-04-01", "2026-04-30") == (1, 2, 0.5)
    assert measured(key, ABUSE, "2026-04-01", "2026-04-24") == (1, 1, 1)
    assert measured("sexual_abuse_reduction", ABUSE, "2026-04-01", "2026-04-30") == (0, 0, None)


def test_the_least_favourable_rating_decides_once_closed_and_rated(measured):
    key = "risk_reduced_rate"
    # C1 counts when it closes on 1 May, C2 when its last rating comes on the 10th; C3 is open.
    assert measured(key, RATINGS, "2026-05-01", "2026-05-09") == (1, 1, 1)
    assert measured(key, RATINGS, "2026-05-01", "2026-05-31") == (1, 2, 0.5)


def test_police_incidents_182_days_before_allocation_and_after_closure(measured):
    # Before 5 January: from 7 July 2025, I2 and I3. After 1 May until 29 October: I6 and I7.
    # The follow-up is complete on 30 October. C2 died.
    key = "police_incidents_change"
    assert measured(key, INCIDENTS, "2026-10-01", "2026-10-29") == (0, 0, None)
    assert measured(key, INCIDENTS, "2026-10-30", "2026-10-30") == (0, 2, 0)


MARAC = """
comparison_people
person_id | area_code | index_on
X1        | B1        | 2026-01-01

marac_referrals
marac_id | person_id | victim_survivor_id | area_code | referred_on | heard_on
M1       | S1        | V1                 | B1        | 2025-02-01  | 2025-02-10
M2       | S1        | V1                 | B1        | 2026-02-01  | 2026-02-10
M3       | S1        | V3                 | B1        | 2026-02-05  | 2026-02-10
M4       | S2        | V1                 | B1        | 2025-01-31  | 2025-02-10
M5       | S2        | V1                 | B1        | 2026-02-01  | 2026-02-10
M6       | S3        |                    | O1        | 2026-02-01  | 2026-02-10
M7       | X1        | V1                 | B1        | 2026-02-01  | 2026-02-10
M8       | S3        | V3                 | O1        | 2026-02-01  |
"""


def test_a_marac_repeat_is_the_same_pair_within_twelve_months(measured):
    # M2 repeats M1 to the day; M3 is another pair; M5 comes a day too late; M6 names nobody;
    # M7 is a comparison person; M8 was not heard.
    assert measured("marac_heard", MARAC, "2026-02-01", "2026-02-28")[0] == 4
    assert measured("marac_repeat_rate", MARAC, "2026-02-01", "2026-02-28") == (1, 3, 1 / 3)
