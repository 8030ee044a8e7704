"""The fields that measures need: who should have each, and what suffers where it is missing.

Only what is missing by mistake is a hole: a closing date that is empty says that a case is open.
So each field is asked of the rows that should have it.
"""

from dataclasses import dataclass

import polars as pl

NO_AREA = "unknown"


@dataclass(frozen=True, eq=False)
class Field:
    """One field, or one record that another should have.

    `facts`: the rows that should have it, those of them where `applies`. It is there where `has`
    holds, or where the row's case is in the facts `found_in`. `state`: read of what lasts on the
    period's last day, not of what happened in it. `weakens`: keys of measures; `cut`: only these
    numbers by this.
    """

    key: str
    title: str
    table: str
    facts: str
    weakens: tuple[str, ...]
    has: pl.Expr | None = None
    found_in: str | None = None
    applies: pl.Expr | None = None
    state: bool = False
    cut: str = ""


def _given(column: str) -> pl.Expr:
    return pl.col(column).is_not_null()


_PLACED = pl.col("area") != NO_AREA
REDUCTIONS = (
    "physical_abuse_reduction",
    "sexual_abuse_reduction",
    "harassment_stalking_reduction",
    "jealous_controlling_reduction",
)
_ALIVE = ~pl.col("deceased")

FIELDS: tuple[Field, ...] = (
    Field(
        "referral_area",
        "Area of a referral",
        "referrals",
        "referrals",
        ("referrals_received", "referrals_accepted", "unallocated_cases"),
        has=_PLACED,
        cut="area",
    ),
    Field(
        "referral_agency",
        "Agency that referred",
        "referrals",
        "referrals",
        ("referrals_received", "referrals_accepted"),
        has=_given("agency_name"),
        cut="agency",
    ),
    Field(
        "referral_route",
        "Route of a referral",
        "referrals",
        "referrals",
        ("referrals_received",),
        has=_given("route"),
        cut="route",
    ),
    Field(
        "referral_person",
        "Person referred",
        "referrals",
        "referrals",
        ("police_incidents_change", "marac_heard", "marac_repeat_rate"),
        has=_given("service_user"),
    ),
    Field(
        "case_area",
        "Area of a case",
        "cases",
        "allocations",
        ("cases_allocated", "active_cases", "cases_closed"),
        has=_PLACED,
        cut="area",
    ),
    Field(
        "case_manager",
        "Case manager of an active case",
        "assignments",
        "caseload",
        ("active_cases", "high_risk_active_cases"),
        has=_given("case_manager"),
        state=True,
        cut="case manager",
    ),
    Field(
        "engagement",
        "Engagement of an active case",
        "engagement",
        "caseload",
        ("direct_engagement_rate",),
        has=_given("direct"),
        state=True,
    ),
    Field(
        "risk_level",
        "Risk of an active case",
        "risk_assessments",
        "caseload",
        ("high_risk_active_cases", "high_risk_rate", "contacts_on_time_rate"),
        has=_given("high_risk"),
        state=True,
    ),
    Field(
        "dash_score",
        "DASH score of an assessment",
        "risk_assessments",
        "assessments",
        ("mean_dash_score", "high_risk_rate"),
        has=_given("dash_score"),
    ),
    Field(
        "closure_reason",
        "Reason of a closure",
        "cases",
        "closures",
        ("planned_completion_rate", "police_incidents_change"),
        has=_given("reason"),
    ),
    Field(
        "exit_rating",
        "IDVA’s rating at exit of a closed case",
        "risk_assessments",
        "closures",
        ("risk_reduced_rate",),
        found_in="exit_ratings",
        applies=_ALIVE,
    ),
    Field(
        "abuse_at_both",
        "Abuse at intake and exit of a closed case",
        "abuse_assessments",
        "closures",
        REDUCTIONS,
        found_in="abuse_pairs",
        applies=_ALIVE,
    ),
    Field(
        "abuse_severity",
        "Severity of abuse assessed",
        "abuse_assessments",
        "abuse",
        REDUCTIONS,
        has=_given("severity"),
    ),
    Field(
        "contact_outcome",
        "Outcome of a contact",
        "contacts",
        "contacts",
        ("contacts_on_time_rate",),
        has=_given("outcome"),
    ),
    Field(
        "safety_contact_outcome",
        "Outcome of a safety contact",
        "safety_contacts",
        "safety_contacts",
        ("safety_contacts_on_time_rate",),
        has=_given("outcome"),
    ),
    Field(
        "marac_pair",
        "Victim-survivor of a MARAC referral",
        "marac_referrals",
        "marac_referrals",
        ("marac_repeat_rate",),
        has=_given("repeat"),
    ),
    Field(
        "incident_crime",
        "Whether a service user’s police incident is a crime",
        "police_incidents",
        "incidents",
        ("police_incidents_change",),
        has=_given("is_crime"),
    ),
    Field(
        "action_due",
        "Day by which an action is due",
        "partner_actions",
        "actions",
        ("partner_actions_on_time_rate", "partner_actions_overdue"),
        has=_given("due_on"),
    ),
    Field(
        "action_kind",
        "Kind of action asked of a partner",
        "partner_actions",
        "actions",
        ("partner_actions_raised",),
        has=_given("kind"),
        cut="kind",
    ),
)
BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}
