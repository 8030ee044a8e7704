"""Records that contradict each other: each rule finds its own breaches, and nothing else."""

import polars as pl
import pytest
from three_cases import PEOPLE

from dashboard.facts.contradictions import RULES

SOUND = """
victim_survivors
victim_survivor_id | age_group
V1                 | adult

case_victim_survivors
case_id | victim_survivor_id | linked_on
C3      | V1                 | 2026-01-05

contacts
contact_id | case_id | occurred_on | outcome
K1         | C3      | 2026-02-01  | kept

reviews
review_id | case_id | due_on     | held_on
RV1       | C3      | 2026-02-01 | 2026-02-03
RV2       | C3      | 2026-03-01 | 2026-02-20

risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage  | dash_score | risk_level
A1            | C3      | V1                 | 2026-01-06  | intake | 9          | high
A2            | C3      |                    | 2026-01-06  | intake | 14         | high
"""
PLACED = """
areas
area_code | name   | county
B1        | Slough | berkshire

case_managers
case_manager_id | name | left_on
W1              | Ada  | 2026-03-01

service_users
service_user_id
S1
S2

referrals
referral_id | service_user_id | area_code | received_on | withdrawn_on
R1          | S1              | B1        | 2026-01-02  |
R2          | S2              | B1        | 2026-01-02  | 2026-01-20

cases
case_id | referral_id | area_code | allocated_on | closed_on
C1      | R1          | B1        | 2026-01-05   | 2026-05-01
C3      | R1          | B1        | 2026-01-05   |

assignments
case_id | case_manager_id | from_on    | to_on
C1      | W1              | 2026-01-05 | 2026-05-01
C3      | W1              | 2026-01-05 |
"""

CONTACT = """
contacts
contact_id | case_id | occurred_on
K1         | C1      | 2026-05-01
K2         | C1      | 2026-05-02
"""
HELD_LATE = """
reviews
review_id | case_id | due_on     | held_on
RV1       | C1      | 2026-04-01 | 2026-05-01
RV2       | C1      | 2026-05-01 | 2026-05-03
"""
HELD_EARLY = """
reviews
review_id | case_id | due_on     | held_on
RV1       | C3      | 2026-02-01 | 2026-02-01
RV2       | C3      | 2026-03-01 | 2026-01-31
RV3       | C3      | 2026-04-01 | 2026-03-01
"""
ASSESSED_LATE = """
risk_assessments
assessment_id | case_id | assessed_on | stage
A1            | C1      | 2026-05-02  | review
A2            | C1      | 2026-05-02  | exit
A3            | C1      | 2026-05-01  | intake
"""
LEVEL = """
risk_assessments
assessment_id | case_id | assessed_on | dash_score | risk_level
A1            | C3      | 2026-02-01  | 14         | medium
A2            | C3      | 2026-02-01  | 13         | medium
A3            | C3      | 2026-02-02  | 10         | standard
A4            | C3      | 2026-02-02  | 9          | standard
A5            | C3      | 2026-02-02  | 20         |
"""
LINKED = """
victim_survivors
victim_survivor_id | age_group
V1                 | adult
V2                 | child

case_victim_survivors
case_id | victim_survivor_id | linked_on
C1      | V1                 | 2026-05-01
C1      | V2                 | 2026-05-02
"""
ONE_LINKED = """
victim_survivors
victim_survivor_id | age_group
V1                 | adult
V2                 | adult

case_victim_survivors
case_id | victim_survivor_id | linked_on
C3      | V1                 | 2026-01-05

"""
SAFETY = (
    ONE_LINKED
    + """safety_contacts
contact_id | case_id | victim_survivor_id | contacted_on
X1         | C3      | V1                 | 2026-02-01
X2         | C3      | V2                 | 2026-02-02
"""
)
NAMES = (
    ONE_LINKED
    + """risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on
A1            | C3      | V1                 | 2026-02-01
A2            | C3      | V2                 | 2026-02-02
A3            | C3      |                    | 2026-02-02
"""
)
WITHDRAWN = """
referral_decisions
referral_id | decided_on | decision
R1          | 2026-01-04 | accept
R2          | 2026-01-21 | accept
"""

_ASSIGNED = "2026-01-05 | 2026-05-01"
_TO_W1 = "C3      | W1              | 2026-01-05 |"
_C3 = "C3      | R1          | B1        | 2026-01-05   |"
_NEVER = """
referral_decisions
referral_id | decided_on | decision
R1          | 2026-01-03 | defer
R1          | 2026-01-05 | accept
R2          | 2026-01-03 | defer
"""
BROKEN = [
    ("Contact after the case was closed", PLACED + CONTACT, [("K2", "2026-05-02")]),
    ("Review held after the case was closed", PLACED + HELD_LATE, [("RV2", "2026-05-03")]),
    ("Review held before an earlier one was due", PLACED + HELD_EARLY, [("RV2", "2026-01-31")]),
    (
        "Intake or review assessment after the case was closed",
        PLACED + ASSESSED_LATE,
        [("A1", "2026-05-02")],
    ),
    (
        "Risk level below that of its DASH score",
        PLACED + LEVEL,
        [("A1", "2026-02-01"), ("A3", "2026-02-02")],
    ),
    ("Victim-survivor linked after the case was closed", PLACED + LINKED, [("V2", "2026-05-02")]),
    (
        "Safety contact with somebody not linked to the case",
        PLACED + SAFETY,
        [("X2", "2026-02-02")],
    ),
    (
        "Risk assessment names somebody not linked to the case",
        PLACED + NAMES,
        [("A2", "2026-02-02")],
    ),
    (
        "Closed case still assigned to a case manager",
        PLACED.replace(_ASSIGNED, "2026-01-05 |"),
        [("C1", "2026-05-01")],
    ),
    (
        "Case assigned to a case manager who had left",
        PLACED.replace(_TO_W1, _TO_W1.replace("2026-01-05", "2026-03-01")),
        [("C3", "2026-03-01")],
    ),
    ("Referral accepted after it was withdrawn", PLACED + WITHDRAWN, [("R2", "2026-01-21")]),
    (
        "Case allocated after its referral was withdrawn",
        PLACED.replace(_C3, "C3      | R2          | B1        | 2026-01-21   |"),
        [("C3", "2026-01-21")],
    ),
    (
        "Case allocated before its referral was accepted",
        PLACED.replace(_C3, "C3      | R2          | B1        | 2026-01-06   |") + _NEVER,
        [("C3", "2026-01-06")],
    ),
]


def test_every_rule_is_tried_here():
    assert [rule for rule, *_ in BROKEN] == list(RULES)


@pytest.mark.parametrize(("rule", "text", "expected"), BROKEN, ids=[each[0] for each in BROKEN])
def test_a_rule_finds_the_records_that_break_it_and_no_others(lens, rule, text, expected):
    found = lens(text, "2026-12-31").numbers("contradictions").collect()
    assert found["rule"].unique().to_list() == [rule]
    assert found.select("record", pl.col("on").cast(str)).rows() == expected
    assert found["area"].unique().to_list() == ["B1"]


def test_what_is_sound_contradicts_nothing(lens):
    assert lens(PLACED + SOUND, "2026-12-31").numbers("contradictions").collect().is_empty()


def test_a_breach_belongs_to_the_case_manager_and_says_what_stands_there(lens):
    row = (
        lens(PLACED + CONTACT, "2026-12-31").numbers("contradictions").collect().row(0, named=True)
    )
    assert (row["case"], row["case_manager"], row["table"]) == ("C1", "W1", "contacts")
    assert row["found"] == "contact on 2 May 2026, case closed on 1 May 2026"


def test_referrals_without_any_decision_are_a_hole_and_no_contradiction(lens):
    # The three cases are closed and still assigned; none of their referrals was ever decided.
    found = lens(PEOPLE, "2026-12-31").numbers("contradictions").collect()
    assert found["rule"].unique().to_list() == ["Closed case still assigned to a case manager"]


def test_a_breach_later_than_the_as_at_day_is_not_there(lens):
    assert lens(PLACED + CONTACT, "2026-05-01").numbers("contradictions").collect().is_empty()
