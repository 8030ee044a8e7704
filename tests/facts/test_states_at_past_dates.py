"""Active cases, engagement, risk and caseloads as they were on any past day, from dated rows."""

from datetime import date

import pytest

from queries.evaluate import evaluate, values_of
from queries.measures import MEASURES
from queries.periods import one

SERVICE = """
areas
area_code | name   | county      | population
B1        | Slough | berkshire   | 160713
O1        | Oxford | oxfordshire | 165184

case_managers
case_manager_id | name
W1              | Ada
W2              | Ben

service_users
service_user_id
S1
S2

referrals
referral_id | service_user_id | area_code | received_on
R1          | S1              | B1        | 2026-01-02
R2          | S2              | B1        | 2026-01-10

cases
case_id | referral_id | area_code | allocated_on | closed_on  | closure_reason
C1      | R1          | B1        | 2026-01-05   | 2026-05-01 | planned_completion
C2      | R2          | B1        | 2026-02-01   |            |

case_areas
case_id | area_code | from_on    | to_on
C1      | B1        | 2026-01-05 | 2026-03-01
C1      | O1        | 2026-03-01 |

assignments
case_id | case_manager_id | from_on    | to_on
C1      | W1              | 2026-01-05 | 2026-02-15
C1      | W2              | 2026-02-20 |
C2      | W2              | 2026-02-01 |

engagement
case_id | from_on    | engagement
C1      | 2026-01-05 | disrupt_only
C1      | 2026-02-10 | direct

risk_assessments
assessment_id | case_id | assessed_on | stage  | dash_score | risk_level
A1            | C1      | 2026-01-08  | intake | 16         | high
A2            | C1      | 2026-04-01  | review | 12         | medium
A3            | C2      | 2026-02-03  | intake | 11         | high
"""
STATES = [
    "active_cases",
    "high_risk_active_cases",
    "mean_dash_score",
    "direct_engagement_rate",
]


@pytest.mark.parametrize(
    ("day", "active", "high", "dash", "direct", "engagement_known"),
    [
        # Allocated on the 5th: active on that day, not before.
        ("2026-01-04", 0, 0, None, None, 0),
        ("2026-01-05", 1, 0, None, 0.0, 1),
        ("2026-01-08", 1, 1, 16.0, 0.0, 1),
        # C2 is high-risk by judgement at 11; its engagement was never recorded.
        ("2026-02-09", 2, 2, 13.5, 0.0, 1),
        ("2026-02-10", 2, 2, 13.5, 1.0, 1),
        # C1 reassessed at 12, medium.
        ("2026-04-01", 2, 1, 11.5, 1.0, 1),
        ("2026-04-30", 2, 1, 11.5, 1.0, 1),
        # Closed on 1 May: not active on that day.
        ("2026-05-01", 1, 1, 11.0, None, 0),
    ],
)
def test_states_on_a_day(lens, day, active, high, dash, direct, engagement_known):
    view = lens(SERVICE, as_at="2026-06-30")
    on = date.fromisoformat(day)
    found = values_of(evaluate([MEASURES[k] for k in STATES], view, one(on, on)).collect())
    assert found["active_cases"]["value"] == active
    assert found["high_risk_active_cases"]["value"] == high
    assert found["mean_dash_score"]["value"] == dash
    assert found["direct_engagement_rate"]["value"] == direct
    assert found["direct_engagement_rate"]["denominator"] == engagement_known


@pytest.mark.parametrize("day", ["2026-01-06", "2026-02-12", "2026-03-15", "2026-05-20"])
def test_reading_as_at_a_day_equals_reading_that_day_later(lens, day):
    keys = [MEASURES[key] for key in STATES]
    on = date.fromisoformat(day)
    later = lens(SERVICE, as_at="2026-06-30")
    then = later.over(on, on, as_at=on)
    assert (
        evaluate(keys, then, one(on, on))
        .collect()
        .equals(evaluate(keys, later, one(on, on)).collect())
    )


def test_a_moved_case_belongs_to_each_area_for_its_own_time(lens):
    view = lens(SERVICE, as_at="2026-06-30")

    def active_by_area(day: str) -> dict[str, float]:
        on = date.fromisoformat(day)
        rows = evaluate([MEASURES["active_cases"]], view, one(on, on), ["area"]).collect()
        return dict(zip(rows["area"].cast(str), rows["value"], strict=True))

    assert active_by_area("2026-02-28") == {"B1": 2, "O1": 0}
    assert active_by_area("2026-03-01") == {"B1": 1, "O1": 1}
    for day in ("2026-02-28", "2026-03-01"):
        on = date.fromisoformat(day)
        whole = evaluate([MEASURES["active_cases"]], view, one(on, on)).collect()
        assert whole["value"].to_list() == [2]  # once each, wherever they are


def test_a_case_between_two_workers_is_held_by_nobody(lens):
    view = lens(SERVICE, as_at="2026-06-30")

    def active_by_worker(day: str) -> dict[str | None, float]:
        on = date.fromisoformat(day)
        rows = evaluate([MEASURES["active_cases"]], view, one(on, on), ["case_manager"]).collect()
        return dict(zip(rows["case_manager"].cast(str), rows["value"], strict=True))

    assert active_by_worker("2026-02-14") == {"W1": 1, "W2": 1}
    assert active_by_worker("2026-02-15") == {None: 1, "W2": 1}
    assert active_by_worker("2026-02-20") == {"W2": 2}


VICTIM_SURVIVORS = """
victim_survivors
victim_survivor_id | age_group
V1                 | adult
V2                 | adult
"""


@pytest.mark.parametrize(
    ("assessed", "scores"),
    [
        (
            """
A1            | C1      | V1                 | 2026-01-08  | 16
A2            | C1      | V2                 | 2026-01-20  | 9
A3            | C1      | V1                 | 2026-03-10  | 7
""",
            {"2026-01-19": 16, "2026-01-20": 16, "2026-03-10": 9},
        ),
        # What names nobody stands beside the latest of each, until the case's next.
        (
            """
A1            | C1      | V1                 | 2026-01-08  | 8
A2            | C1      | V2                 | 2026-01-08  | 9
A3            | C1      |                    | 2026-01-20  | 16
A4            | C1      | V1                 | 2026-03-10  | 7
""",
            {"2026-01-19": 9, "2026-01-20": 16, "2026-03-09": 16, "2026-03-10": 9},
        ),
        # One without a score tells nothing of it, and ends nothing.
        (
            """
A1            | C1      | V1                 | 2026-01-08  | 8
A2            | C1      | V2                 | 2026-01-08  | 9
A3            | C1      |                    | 2026-01-20  | 16
A4            | C1      | V1                 | 2026-03-10  |
""",
            {"2026-03-10": 16},
        ),
    ],
)
def test_with_two_victim_survivors_the_highest_of_their_latest_scores_counts(
    lens, assessed, scores
):
    head = SERVICE.split("risk_assessments\n")[0]
    heading = "assessment_id | case_id | victim_survivor_id | assessed_on | dash_score"
    tables = f"{head}{VICTIM_SURVIVORS}\nrisk_assessments\n{heading}{assessed}"
    view = lens(tables, as_at="2026-06-30")

    def score(day: str) -> object:
        on = date.fromisoformat(day)
        found = evaluate([MEASURES["mean_dash_score"]], view, one(on, on)).collect()
        return found["value"].item()

    assert {day: score(day) for day in scores} == scores
