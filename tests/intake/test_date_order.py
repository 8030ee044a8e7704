"""Days that contradict each other, within a row and between tables."""

import pytest
from small_service import Intake, reasons

HEADS = {
    "referrals": "referral_id,received_on,screened_on,withdrawn_on",
    "cases": "case_id,referral_id,allocated_on,plan_agreed_on,planned_end_on,closed_on",
    "contacts": "contact_id,case_id,occurred_on",
    "reviews": "review_id,case_id,due_on,held_on",
    "risk_assessments": "assessment_id,case_id,assessed_on,dash_score",
    "referral_decisions": "referral_id,decided_on,decision",
    "partner_actions": "action_id,case_id,agency_id,raised_on,due_on,completed_on",
    "case_managers": "case_manager_id,name,started_on,left_on",
}


# R1 was received on 10 January 2025, and its case C1 allocated on the 20th.
@pytest.mark.parametrize(
    ("table", "right", "wrong", "column", "reason"),
    [
        ("cases", "X,R1,2025-02-01,,,2025-02-01", "Y,R1,2025-02-01,,,2025-01-31", "closed_on",
         "is before allocated_on (2025-02-01)"),
        ("cases", "X,R1,2025-02-01,2025-02-01,,", "Y,R1,2025-02-01,2025-01-31,,", "plan_agreed_on",
         "is before allocated_on (2025-02-01)"),
        ("cases", "X,R1,2025-01-10,,,", "Y,R1,2025-01-09,,,", "allocated_on",
         "is before the referral was received (2025-01-10)"),
        ("referrals", "X,2025-02-01,2025-02-01,", "Y,2025-02-01,2025-01-31,", "screened_on",
         "is before received_on (2025-02-01)"),
        ("referral_decisions", "R1,2025-01-10,accept", "R2,2025-02-09,accept", "decided_on",
         "is before the referral was received (2025-02-10)"),
        ("contacts", "X,C1,2025-01-20", "Y,C1,2025-01-19", "occurred_on",
         "is before the case was allocated (2025-01-20)"),
        ("reviews", "X,C1,2025-01-01,2025-01-20", "Y,C1,2025-01-01,2025-01-19", "held_on",
         "is before the case was allocated (2025-01-20)"),
        ("risk_assessments", "X,C1,2025-01-20,24", "Y,C1,2025-01-19,24", "assessed_on",
         "is before the case was allocated (2025-01-20)"),
        ("risk_assessments", "X,C1,2025-01-20,0", "Y,C1,2025-01-20,25", "dash_score",
         "dash_score must be between 0 and 24"),
        ("partner_actions", "X,C1,P1,2025-02-01,,2025-02-01", "Y,C1,P1,2025-02-01,,2025-01-31",
         "completed_on", "is before raised_on (2025-02-01)"),
        ("case_managers", "X,Ann,2025-02-01,2025-03-01", "Y,Ann,2025-02-01,2025-01-31", "left_on",
         "is before started_on (2025-02-01)"),
    ],
)  # fmt: skip
def test_the_later_day_is_refused(
    service: Intake, table: str, right: str, wrong: str, column: str, reason: str
) -> None:
    before = len(service.rows(table))
    report = service.load({f"{table}.csv": f"{HEADS[table]}\n{right}\n{wrong}\n"})
    value = wrong.split(",")[HEADS[table].split(",").index(column)]
    assert reasons(report) == [(f"{table}.csv", 3, column, value)]
    assert report.rejections[0].reason == reason
    assert len(service.rows(table)) == before + 1


def test_the_day_in_the_files_goes_before_the_one_in_the_database(service: Intake) -> None:
    files = {
        "cases.csv": "case_id,referral_id,allocated_on\nC1,R1,2025-01-15\nC2,R2,2025-03-15\n",
        "contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,2025-01-16\nK2,C2,2025-03-14\n",
    }
    report = service.load(files)
    assert reasons(report) == [("contacts.csv", 3, "occurred_on", "2025-03-14")]


def test_a_correction_may_not_pass_what_is_already_recorded(service: Intake) -> None:
    service.load({"contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,2025-02-01\n"})
    report = service.load(
        {"cases.csv": "case_id,referral_id,allocated_on\nC1,R1,2025-03-01\nC2,R2,2025-03-01\n"}
    )
    assert reasons(report) == [("cases.csv", 2, "allocated_on", "2025-03-01")]
    assert report.rejections[0].reason == (
        "is after occurred_on of contacts in the database (2025-02-01)"
    )


def test_a_reason_for_closure_needs_a_day_of_closure(service: Intake) -> None:
    report = service.load(
        {
            "cases.csv": "case_id,referral_id,allocated_on,closed_on,closure_reason\n"
            "C1,R1,2025-01-20,,custody\nC2,R2,2025-02-20,2025-03-01,custody\n"
        }
    )
    assert reasons(report) == [("cases.csv", 2, "closure_reason", "custody")]
    assert report.rejections[0].reason == "is given, but closed_on is missing"
