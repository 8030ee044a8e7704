"""The made-up service's headline numbers, frozen: a change here must be meant.

Seed 1, today 31 October 2026, default size. The counts were read from the tables by hand with SQL
(see each query); the rest was checked once against them and is frozen as it was.
"""

import sqlite3
from datetime import date

import pytest

from dashboard.access import Role, Viewer
from queries.evaluate import evaluate, values_of
from queries.measures import ALL
from queries.periods import one

START, END = date(2026, 4, 1), date(2026, 10, 31)
# What the same question gives in plain SQL, written without a look at the facts.
SQL = {
    "referrals_received": "SELECT count(*) FROM referrals "
    "WHERE received_on BETWEEN :start AND :end",
    "cases_allocated": "SELECT count(*) FROM cases WHERE allocated_on BETWEEN :start AND :end",
    "cases_closed": "SELECT count(*) FROM cases WHERE closed_on BETWEEN :start AND :end",
    "active_cases": "SELECT count(*) FROM cases WHERE allocated_on <= :end "
    "AND (closed_on IS NULL OR closed_on > :end)",
    "referrals_accepted": "SELECT count(*) FROM (SELECT min(decided_on) AS first FROM "
    "referral_decisions WHERE decision = 'accept' GROUP BY referral_id) "
    "WHERE first BETWEEN :start AND :end",
    "adult_victim_survivors": "SELECT count(DISTINCT victim_survivor_id) FROM "
    "case_victim_survivors JOIN cases USING (case_id) JOIN victim_survivors "
    "USING (victim_survivor_id) WHERE age_group = 'adult' AND allocated_on <= :end "
    "AND (closed_on IS NULL OR closed_on > :end) AND linked_on <= :end "
    "AND (unlinked_on IS NULL OR unlinked_on > :end)",
    "child_victim_survivors": "SELECT count(DISTINCT victim_survivor_id) FROM "
    "case_victim_survivors JOIN cases USING (case_id) JOIN victim_survivors "
    "USING (victim_survivor_id) WHERE age_group = 'child' AND allocated_on <= :end "
    "AND (closed_on IS NULL OR closed_on > :end) AND linked_on <= :end "
    "AND (unlinked_on IS NULL OR unlinked_on > :end)",
    "reviews_on_time_rate": "SELECT avg(held_on IS NOT NULL AND held_on <= due_on) FROM reviews "
    "JOIN cases USING (case_id) WHERE due_on BETWEEN :start AND :end AND due_on >= allocated_on "
    "AND (closed_on IS NULL OR due_on < closed_on)",
    "partner_actions_on_time_rate": "SELECT avg(completed_on IS NOT NULL AND "
    "completed_on <= due_on) FROM partner_actions WHERE due_on BETWEEN :start AND :end",
    "planned_completion_rate": "SELECT avg(closure_reason = 'planned_completion') FROM cases "
    "WHERE closed_on BETWEEN :start AND :end AND closure_reason <> 'deceased'",
    "marac_heard": "SELECT count(*) FROM marac_referrals JOIN service_users "
    "ON person_id = service_user_id WHERE heard_on BETWEEN :start AND :end",
}


@pytest.fixture(scope="module")
def found(made_up):
    view = made_up.lens(Viewer(Role.MANAGER, None), None, START, END)
    return values_of(evaluate(ALL, view, one(START, END)).collect())


@pytest.mark.parametrize("key", SQL)
def test_measures_agree_with_plain_sql(found, made_up_database, key):
    database = sqlite3.connect(made_up_database.removeprefix("sqlite:///"))
    expected = database.execute(SQL[key], {"start": str(START), "end": str(END)}).fetchone()[0]
    assert expected
    assert found[key]["value"] == pytest.approx(expected, abs=1e-12)


# Numerator and denominator.
FROZEN: dict[str, tuple[float | None, float | None]] = {
    "referrals_received": (265, None),
    "referrals_accepted": (163, None),
    "days_referral_to_allocation": (None, 155),
    "cases_allocated": (155, None),
    "active_cases": (191, None),
    "unallocated_cases": (12, None),
    "cases_closed": (169, None),
    "planned_completion_rate": (123, 167),
    "direct_engagement_rate": (98, 191),
    "high_risk_active_cases": (120, None),
    "mean_dash_score": (2539, 190),
    "risk_reduced_rate": (126, 149),
    "adult_victim_survivors": (217, None),
    "child_victim_survivors": (368, None),
    "idva_engaged_rate": (161, 217),
    "contacts_on_time_rate": (4384, 4890),
    "reviews_on_time_rate": (325, 411),
    "physical_abuse_reduction": (93, 116),
    "sexual_abuse_reduction": (46, 53),
    "harassment_stalking_reduction": (76, 105),
    "jealous_controlling_reduction": (93, 130),
    "marac_heard": (153, None),
    "marac_repeat_rate": (62, 153),
    "police_incidents_change": (-41, 187),
    "partner_actions_on_time_rate": (378, 494),
}


@pytest.mark.parametrize("key", FROZEN)
def test_headline_numbers_are_as_they_were(found, key):
    numerator, denominator = FROZEN[key]
    assert found[key]["numerator"] == numerator
    assert found[key]["denominator"] == denominator
