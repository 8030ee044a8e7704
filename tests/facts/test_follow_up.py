"""Events before and after count from the day on which both windows have grown to take them in."""

import polars as pl
from three_cases import PEOPLE

# C1 (S1): allocated 5 January, closed 1 May. S2 died. 182 days of police, 365 of MARAC.
RECORDS = """
comparison_people
person_id | area_code | index_on   | end_on
X1        | B1        | 2026-01-05 | 2026-05-01
X2        |           | 2026-01-05 |

marac_referrals
marac_id | person_id | victim_survivor_id | area_code | referred_on | heard_on
M1       | S1        | V1                 | B1        | 2024-12-20  | 2025-01-04
M2       | S1        | V1                 | B1        | 2025-01-02  | 2025-01-05
M3       | S1        | V1                 | O1        | 2026-01-02  | 2026-01-05
M4       | S1        | V3                 | B1        | 2026-04-20  | 2026-05-01
M5       | S3        | V3                 | O1        | 2026-08-01  | 2026-08-10
M6       | S2        | V3                 | B1        | 2026-06-01  | 2026-06-10
M7       | X1        |                    | B1        | 2026-02-01  | 2026-02-10

police_incidents
incident_id | person_id | occurred_on | is_crime
I1          | S1        | 2025-07-06  | yes
I2          | S1        | 2025-07-07  | yes
I3          | S1        | 2026-01-04  | yes
I4          | S1        | 2026-01-04  |
I5          | S1        | 2026-01-05  | yes
I6          | S1        | 2026-05-01  | yes
I7          | S1        | 2026-10-29  | yes
I8          | S1        | 2026-10-30  | yes
I9          | S2        | 2026-01-04  | yes
I10         | X1        | 2026-01-03  | yes
I11         | X2        | 2026-01-03  | yes
"""


def events(lens, facts: str, *columns: str, as_at: str = "2027-12-31") -> list[tuple]:
    view = lens(PEOPLE + RECORDS.strip(), as_at=as_at)
    found = view.numbers(facts).select(pl.col("on").cast(pl.String), *columns)
    return sorted(found.collect().rows(), key=str)


def test_incidents_of_service_users(lens):
    # I1 is 183 days before, I5 during the case, I8 a day too late; S2 died.
    assert events(lens, "followup_incidents", "is_crime", "before", "after") == [
        ("2026-05-02", False, 1, 0),
        ("2026-05-02", True, 0, 1),
        ("2026-05-02", True, 1, 0),
        ("2026-10-30", True, 0, 1),
        ("2026-10-30", True, 1, 0),
    ]


def test_complete_it_is_the_published_measure(lens, measured):
    view = lens(PEOPLE + RECORDS.strip(), as_at="2026-10-30")
    crimes = view.numbers("followup_incidents").filter("is_crime")
    assert crimes.select(pl.col("before", "after").sum()).collect().row(0) == (2, 2)
    assert measured("police_incidents_change", RECORDS, "2026-10-30", "2026-10-30") == (0, 2, 0)


def test_incidents_of_comparison_people_stand_apart(lens):
    # X2 is observed still, so that nothing is before or after yet.
    assert events(lens, "comparison_followup_incidents", "person", "before", "after") == [
        ("2026-05-03", "X1", 1, 0)
    ]


def test_hearings_around_a_case(lens):
    # M1 is 366 days before allocation, M2 365; M3 is heard on the day of allocation.
    assert events(lens, "followup_hearings", "before", "after") == [
        ("2026-05-02", 0, 1),
        ("2027-05-01", 1, 0),
    ]


def test_hearings_by_phase(lens):
    found = events(lens, "hearings_by_phase", pl.col("case", "phase").cast(pl.String), "repeat")
    assert found == [
        ("2026-01-05", "C1", "Before", True),  # M2 repeats M1
        ("2026-01-05", "C1", "During", True),  # M3 repeats M2, a year later to the day
        ("2026-05-01", "C1", "After", False),
        ("2026-08-10", "C3", "During", False),
    ]


def test_what_was_before_is_where_the_case_began(lens):
    # M3 was heard elsewhere; the phases are the person's, not the meeting's.
    found = events(lens, "hearings_by_phase", pl.col("area").cast(pl.String))
    assert [area for _, area in found] == ["B1", "B1", "B1", "O1"]


def test_hearings_of_comparison_people_without_a_named_victim_survivor(lens):
    found = events(lens, "comparison_hearings_by_phase", "person", "repeat")
    assert found == [("2026-02-10", "X1", None)]


def test_comparison_people_belong_to_an_area_and_to_no_worker(lens):
    people = lens(PEOPLE + RECORDS.strip(), as_at="2026-12-31").numbers("comparison_people")
    found = people.select("person", pl.col("area", "county", "case_manager").cast(pl.String))
    assert found.sort("person").collect().rows() == [
        ("X1", "B1", "berkshire", None),
        ("X2", "unknown", "unknown", None),
    ]
