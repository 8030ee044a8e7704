"""The questions of the caseload screen, over small tables, by hand."""

from datetime import date

import polars as pl
import pytest

from queries import attention, timeline, waiting_list, workers

SERVICE = """
areas
area_code | name   | county
B1        | Slough | berkshire
O1        | Oxford | oxfordshire

agencies
agency_id | name
POL       | Police

case_managers
case_manager_id | name
W1              | Ada
W2              | Ben

case_manager_areas
case_manager_id | area_code | from_on
W1              | B1        | 2026-01-01
W2              | O1        | 2026-01-01

case_manager_hours
case_manager_id | from_on    | fte | caseload_target
W1              | 2026-01-01 | 0.1 | 10
W2              | 2026-01-01 | 1.0 | 10

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on
R1          | S1              | B1        | 2026-01-02
R2          | S1              | B1        | 2026-01-02
R3          | S1              | O1        | 2026-01-02
R4          | S1              | O1        | 2026-01-20
R5          | S1              | B1        | 2026-01-20

referral_decisions
referral_id | decided_on | decision
R4          | 2026-02-01 | accept
R5          | 2026-02-10 | accept

cases
case_id | referral_id | area_code | allocated_on | closed_on
C1      | R1          | B1        | 2026-01-05   |
C2      | R2          | B1        | 2026-01-15   |
C3      | R3          | O1        | 2026-01-05   |

assignments
case_id | case_manager_id | from_on
C1      | W1              | 2026-01-05
C2      | W1              | 2026-01-15
C3      | W2              | 2026-01-05

engagement
case_id | from_on    | engagement
C1      | 2026-01-05 | disrupt_only
C1      | 2026-02-01 | direct

risk_assessments
assessment_id | case_id | assessed_on | stage  | dash_score | idva_change
A1            | C1      | 2026-01-06  | intake | 16         |
A2            | C1      | 2026-02-20  | review | 12         | moderately_reduced
A3            | C2      | 2026-01-16  | intake | 5          |
A4            | C3      | 2026-01-06  | intake | 5          |

contacts
contact_id | case_id | occurred_on | kind      | outcome
K1         | C1      | 2026-01-10  | telephone | kept
K2         | C2      | 2026-02-27  | in_person | kept
K3         | C3      | 2026-02-20  | in_person | kept
K4         | C1      | 2026-02-10  | telephone | missed

reviews
review_id | case_id | due_on     | held_on
V1        | C1      | 2026-02-15 |
V2        | C3      | 2026-02-15 | 2026-02-14
V3        | C3      | 2026-02-25 |

partner_actions
action_id | case_id | agency_id | raised_on  | due_on
P1        | C1      | POL       | 2026-02-01 | 2026-02-10
"""
# As at 1 March. C1 is high-risk on 10 January, so a contact was due on the 17th: quiet since.


@pytest.fixture
def view(lens):
    return lens(SERVICE, as_at="2026-03-01")


def test_workers_against_their_own_target(view):
    rows = workers.workers(view).collect().to_dicts()
    assert [(r["name"], r["cases"], r["target"], r["standing"]) for r in rows] == [
        ("Ada", 2, 1, "1 over"),
        ("Ben", 1, 10, "9 free"),
    ]
    assert [(r["high_risk"], r["other"], r["quiet"], r["overdue"], r["longest"]) for r in rows] == [
        (0, 2, 1, 1, 55),
        (0, 1, 0, 1, 55),
    ]
    assert workers.over_target(pl.DataFrame(rows)) == (
        "Ada is over target; nine places are free elsewhere"
    )


def test_nothing_is_said_of_a_target_that_is_seen_in_part(lens):
    ben = "W2              | {}        | 2026-01-01"
    text = SERVICE.replace(ben.format("O1"), f"{ben.format('O1')}\n{ben.format('B1')}")
    whole = lens(text, as_at="2026-03-01")
    rows = workers.workers(whole).collect()
    assert rows.select("name", "target", "standing", "partly").rows() == [
        ("Ada", 1, "1 over", False),
        ("Ben", 10, "9 free", False),
    ]
    rows = workers.workers(whole.of(frozenset({"O1"}))).collect()
    assert rows.select("name", "cases", "target", "over", "standing").rows() == [
        ("Ben", 1, None, None, "part of caseload")
    ]
    assert workers.over_target(rows) == "All work in other districts too: see the whole county"


@pytest.mark.parametrize("part", ["cases", "high_risk", "other", "quiet", "overdue"])
def test_a_workers_number_equals_the_cases_behind_it(view, part):
    for row in workers.workers(view).collect().to_dicts():
        behind = workers.cases_of(view, row["case_manager"], part).collect()
        assert behind.height == row[part]


def test_districts_in_place_of_workers(view):
    rows = workers.districts(view).collect()
    assert dict(zip(rows["name"], rows["standing"], strict=True)) == {
        "Slough": "1 over",
        "Oxford": "9 free",
    }


def test_waiting_longest_first(view):
    rows = waiting_list.waiting_list(view).collect()
    assert rows.select("referral", "area_name", "days").rows() == [
        ("R4", "Oxford", 28),
        ("R5", "Slough", 19),
    ]
    assert waiting_list.longest_wait(rows) == "Two wait, the longest 28 days"


def test_cases_that_need_attention(view):
    rows = attention.attention(view).collect()
    assert rows.select("case", "why", "last_kept_on", "days").rows() == [
        ("C1", attention.BOTH, date(2026, 1, 10), 50),
        ("C3", attention.OVERDUE, date(2026, 2, 20), 4),
    ]
    assert attention.who_needs_it(rows) == (
        "Two cases need attention: one is quiet, two have a review overdue, one is both"
    )


def test_the_timeline_of_a_case(view):
    rows = timeline.timeline(view, "C1").collect()

    def lane(name: str) -> list[tuple]:
        return rows.filter(pl.col("lane") == name).select("on", "mark", "text").rows()

    assert lane("Pathway") == [
        (date(2026, 1, 2), "step", "referred"),
        (date(2026, 1, 5), "step", "allocated"),
    ]
    assert lane("Engagement") == [
        (date(2026, 1, 5), "state_pale", "Disrupt only"),
        (date(2026, 2, 1), "state", "Direct"),
    ]
    assert lane("Contacts") == [
        (date(2026, 1, 10), "kept", "Telephone: Kept"),
        (date(2026, 1, 10), "late", "quiet 50 days"),
        (date(2026, 2, 10), "missed", "Telephone: Missed"),
    ]
    assert lane("Reviews") == [
        (date(2026, 2, 15), "late", "overdue 14 days"),
        (date(2026, 2, 15), "open", "due, not held"),
    ]
    assert [text for _, _, text in lane("DASH score")] == ["16", "12|IDVA: moderately reduced"]
    assert [mark for _, mark, _ in lane("Partners’ actions")] == ["open"]
    assert timeline.how_it_goes(rows, "C1") == (
        "C1: the DASH score fell from 16 to 12, no contact was kept for 50 days and a review is "
        "overdue 14 days"
    )


def events(*rows: tuple[str, date, str, str]) -> pl.DataFrame:
    schema = {"lane": pl.String, "on": pl.Date, "mark": pl.String, "text": pl.String}
    return pl.DataFrame(rows, schema, orient="row")


FELL = [
    ("DASH score", date(2026, 6, 1), "score", "15"),
    ("DASH score", date(2026, 9, 21), "score", "11|IDVA: reduced"),
]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [*FELL, ("Police incidents", date(2026, 9, 20), "event", "crime")],
            "C1: the DASH score fell from 15 to 11",
        ),
        (
            [
                *FELL,
                ("Police incidents", date(2026, 10, 25), "event", "crime"),
                ("Police incidents", date(2026, 10, 26), "event_pale", "no crime"),
                ("MARAC", date(2026, 10, 28), "event", "repeat, same pair"),
            ],
            "C1: one police crime and one MARAC repeat since the DASH score fell from 15 to 11 on "
            "21 September 2026",
        ),
        (
            [FELL[0], *[("Police incidents", date(2026, 7, 1), "event", "crime")] * 2],
            "C1: two police crimes since the only DASH score, 15, on 1 June 2026",
        ),
        (
            [("Police incidents", date(2026, 7, 1), "event", "crime")],
            "C1: one police crime and no DASH score is recorded",
        ),
    ],
)
def test_danger_since_the_last_score_comes_before_the_score(rows, said):
    assert timeline.how_it_goes(events(*rows), "C1") == said


def test_nobody_elses_case_has_a_timeline(view):
    assert timeline.timeline(view, "C9").collect().is_empty()
