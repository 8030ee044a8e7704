"""Why the panel declines and defers, by the day of the decision."""

from datetime import date

from dashboard.access import Role, Viewer
from queries import decision_reasons

TABLES = """
areas
area_code | name   | county
B1        | Slough | berkshire

referrals
referral_id | area_code | received_on
R1          | B1        | 2026-01-02
R2          | B1        | 2026-01-02
R3          | B1        | 2026-01-02
R4          | B1        | 2026-01-02

referral_decisions
referral_id | decided_on | decision | reason
R1          | 2026-01-10 | defer    | more_information
R1          | 2026-01-20 | decline  | in_custody
R2          | 2026-01-20 | decline  | in_custody
R3          | 2026-01-20 | decline  |
R4          | 2026-01-20 | accept   | meets_criteria
"""


def test_each_decision_to_decline_or_defer_counts_by_its_reason(lens):
    rows = decision_reasons.reasons(lens(TABLES, "2026-01-31")).collect()
    found = {r["reason"]: (r["decisions"], r["declined"], r["deferred"]) for r in rows.to_dicts()}
    assert found == {
        "In custody": (2, 2, 0),
        "More information needed": (1, 0, 1),
        "Reason not recorded": (1, 1, 0),
    }
    assert decision_reasons.why_most(rows) == "2 of 3 were declined as “In custody”"


def test_decisions_of_other_days_are_left_out(lens):
    view = lens(TABLES, "2026-01-15", "2026-01-05")
    rows = decision_reasons.reasons(view).collect()
    assert list(rows["reason"]) == ["More information needed"]
    assert decision_reasons.why_most(rows) == "None was declined; one decision put off"


def test_the_numbers_equal_their_rows(made_up):
    view = made_up.lens(Viewer(Role.MANAGER, None), None, date(2026, 4, 1))
    for row in decision_reasons.reasons(view).collect().iter_rows(named=True):
        for part in ("decisions", "declined", "deferred"):
            rows = decision_reasons.reason_rows(view, row["reason"], part).collect()
            assert rows.height == row[part]
