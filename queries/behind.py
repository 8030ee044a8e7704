"""The records behind a number: the same rows that were counted, as people read them."""

import polars as pl

from queries.measure import Measure
from queries.periods import Period, Periods
from queries.row_sums import rows_behind
from queries.view import View
from queries.workers import UNASSIGNED

# For each kind of fact, the columns of its list with their headings, in order.
COLUMNS: dict[str, dict[str, str]] = {
    "referrals": {
        "referral": "Referral",
        "area_name": "Area",
        "on": "Received",
        "agency_name": "Agency",
        "route": "Route",
    },
    "referral_traits": {
        "referral": "Referral",
        "area_name": "Area",
        "on": "Received",
        "agency_name": "Agency",
        "holds": "Holds",
    },
    "referral_steps": {
        "referral": "Referral",
        "area_name": "Area",
        "from_on": "From",
        "to_on": "To",
        "days": "Days",
    },
    "acceptances": {
        "referral": "Referral",
        "area_name": "Area",
        "received_on": "Received",
        "on": "Accepted",
        "agency_name": "Agency",
    },
    "decisions": {
        "referral": "Referral",
        "area_name": "Area",
        "received_on": "Received",
        "on": "Decided",
        "days": "Days",
        "decision": "Decision",
        "reason": "Reason",
    },
    "waiting": {
        "referral": "Referral",
        "area_name": "Area",
        "received_on": "Received",
        "on": "Accepted",
        "agency_name": "Agency",
    },
    "allocations": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "received_on": "Received",
        "on": "Allocated",
        "days": "Days",
    },
    "caseload": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "allocated_on": "Allocated",
        "engagement": "Engagement",
        "risk_level": "Risk",
        "dash_score": "DASH (of 24)",
    },
    "score_changes": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "allocated_on": "Allocated",
        "intake": "At intake",
        "dash_score": "Latest",
        "score_change": "Change",
    },
    "closures": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "on": "Closed",
        "reason": "Reason",
        "days_open": "Days open",
    },
    "exit_ratings": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "on": "Closed and rated",
        "change": "IDVA’s rating",
    },
    "links": {
        "victim_survivor": "Victim-survivor",
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "relationship": "Relationship",
    },
    "idva_engagements": {
        "victim_survivor": "Victim-survivor",
        "case": "Case",
        "area_name": "Area",
        "linked_on": "Linked",
        "on": "IDVA engaged",
        "days": "Days",
    },
    "link_starts": {
        "victim_survivor": "Victim-survivor",
        "case": "Case",
        "area_name": "Area",
        "on": "Linked",
        "engaged_on": "IDVA engaged",
    },
    "safety_contacts_due": {
        "victim_survivor": "Victim-survivor",
        "case": "Case",
        "area_name": "Area",
        "on": "Due",
        "on_time": "In time",
    },
    "safety_states": {
        "victim_survivor": "Victim-survivor",
        "case": "Case",
        "area_name": "Area",
        "standing": "Standing",
        "last_reached_on": "Last reached",
    },
    "contacts_due": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "on": "Due",
        "on_time": "On time",
    },
    "reviews_due": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "on": "Due",
        "on_time": "On time",
    },
    "abuse_pairs": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "on": "Both assessed by",
        "contribution": "Fewer",
    },
    "severity_pairs": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "abuse_type": "Abuse",
        "at_intake": "At intake",
        "at_exit": "At exit",
        "on": "Both assessed by",
    },
    "abuse": {
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "abuse_type": "Abuse",
        "stage": "Stage",
        "severity": "Severity",
        "on": "Assessed",
    },
    "marac": {
        "case": "Case",
        "area_name": "Area",
        "referred_on": "Referred",
        "on": "Heard",
        "repeat": "Repeat",
    },
    "followups": {
        "case": "Case",
        "area_name": "Area",
        "on": "Followed up until",
        "before": "Crimes before",
        "after": "Crimes after",
    },
    "followup_incidents": {
        "case": "Case",
        "area_name": "Area",
        "occurred_on": "Crime on",
        "on": "Counts from",
    },
    "hearings_by_phase": {
        "case": "Case",
        "area_name": "Area",
        "occurred_on": "Heard",
        "repeat": "Repeat",
    },
    "people_by_phase": {
        "who": "Service user",
        "cases": "Cases",
        "case": "Latest case",
        "area_name": "Area",
        "days": "Days observed",
        "hearings": "Hearings",
    },
    "comparison_people": {
        "person": "Comparison person",
        "area_name": "Area",
        "on": "Followed up until",
        "before": "Events before",
        "after": "Events after",
    },
    "agency_days": {
        "on": "Day",
        "what": "With",
        "record": "Referral or case",
        "area_name": "Area",
    },
    "actions": {
        "case": "Case",
        "agency_name": "Agency",
        "kind": "Action",
        "area_name": "Area",
        "on": "Raised",
        "due_on": "Due",
        "completed_on": "Done",
    },
    "actions_overdue": {
        "case": "Case",
        "agency_name": "Agency",
        "kind": "Action",
        "area_name": "Area",
        "raised_on": "Raised",
        "due_on": "Due",
    },
    "actions_due": {
        "case": "Case",
        "agency_name": "Agency",
        "kind": "Action",
        "area_name": "Area",
        "on": "Due",
        "completed_on": "Done",
        "on_time": "On time",
    },
}


# Facts whose lists are of one day: the one on which the view is read, or its period's last.
_AS_AT = ("caseload", "waiting")
_LAST_DAY = ("links", "safety_states", "actions_overdue")


def day_of(facts: str, view: View) -> Period | None:
    """The day that a list of these facts is of; None where it is of a period."""
    if facts in _AS_AT:
        return Period(view.as_at, view.as_at)
    return Period(view.end, view.end) if facts in _LAST_DAY else None


def behind(measure: Measure, view: View, periods: Periods) -> pl.LazyFrame:
    """The rows of a number, with the columns of `COLUMNS` for its facts; ids are text.

    Where a number counts people, one row a person.
    """
    rows = rows_behind(measure, view, periods)
    if measure.each is not None:
        rows = rows.sort("contribution", descending=True).unique(
            measure.each, keep="first", maintain_order=True
        )
    return as_list(rows, measure.facts, view)


def as_list(rows: pl.LazyFrame, facts: str, view: View) -> pl.LazyFrame:
    """Rows of facts with names for what they refer to, and only the columns of their list."""
    names = view.numbers("case_managers").select("case_manager", "name")
    areas = view.numbers("areas").select("area", area_name="name")
    columns = COLUMNS[facts]
    return (
        rows.join(areas, on="area", how="left")
        .join(names, on="case_manager", how="left")
        .with_columns(pl.col("name").fill_null(UNASSIGNED))
        .select(pl.col(name).cast(pl.String) if name in _IDS else pl.col(name) for name in columns)
        .sort(list(columns))
    )


_IDS = (
    "case",
    "who",
    "person",
    "referral",
    "victim_survivor",
    "engagement",
    "risk_level",
    "reason",
    "change",
    "abuse_type",
    "at_intake",
    "at_exit",
    "stage",
    "severity",
)
