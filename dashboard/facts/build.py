"""All facts of one version of the database, in the order in which they rest on each other."""

import polars as pl
from sqlalchemy import Connection

from dashboard.facts import (
    caseload,
    contacts,
    contradictions,
    follow_up,
    holdings,
    outcomes,
    partners,
    referrals,
    risk,
    safety,
)
from dashboard.facts.belonging import Belonging
from dashboard.facts.kept import kept
from dashboard.facts.records import Records, read_records
from dashboard.facts.victim_survivors import links

Facts = dict[str, pl.DataFrame]


def build_facts(connection: Connection) -> Facts:
    """Read the database and derive every fact. Frames are sorted by `on`."""
    records = read_records(connection)
    belonging = Belonging(records)
    cases = caseload.lives(records)
    assessed = risk.assessments(records, belonging)
    referred = referrals.referrals(records, belonging, assessed)
    engaged = caseload.engagements(records, belonging)
    active = caseload.caseload(records, belonging, assessed, engaged)
    closed = caseload.closures(records, belonging)
    made = contacts.contacts(records, belonging)
    clocked = contacts.clock(made, cases, assessed, records.settings)
    reviewed = contacts.reviews(records, belonging)
    abuse = outcomes.abuse(records, belonging)
    paired = outcomes.severity_pairs(belonging, abuse)
    raised = partners.actions(records, belonging)
    marac_referred = partners.marac_referrals(records, belonging)
    started = safety.link_starts(records, cases, belonging)
    reached = safety.safety_contacts(records, belonging)
    safety_clock = safety.clock(records, reached, cases)
    came_in = holdings.imports(connection)
    return _reference(records) | {
        "referrals": referred,
        "decisions": referrals.decisions(records, referred),
        "acceptances": referrals.acceptances(referred),
        "waiting": referrals.waiting(referred),
        "allocations": referrals.allocations(records, belonging, referred),
        "caseload": active,
        "closures": closed,
        "exit_ratings": outcomes.exit_ratings(records, belonging, assessed),
        "links": links(records, active),
        "link_starts": started,
        "idva_engagements": safety.idva_engagements(started, belonging),
        "safety_contacts": reached,
        "safety_contacts_due": safety.safety_contacts_due(safety_clock, belonging),
        "safety_states": safety.safety_states(safety_clock, active),
        "contacts_due": contacts.contacts_due(clocked, belonging),
        "quiet": contacts.quiet(clocked, active),
        "reviews_due": contacts.reviews_due(reviewed, cases),
        "reviews_overdue": contacts.reviews_overdue(reviewed, active),
        "abuse_pairs": outcomes.abuse_pairs(records, belonging, paired),
        "severity_pairs": paired,
        "followups": outcomes.followups(records, belonging, closed),
        **follow_up.of_service_users(records, belonging, cases, closed),
        **follow_up.of_comparison_people(records, belonging),
        "marac": partners.marac(marac_referred),
        "actions_due": partners.actions_due(raised, belonging),
        "actions_overdue": partners.actions_overdue(raised, active),
        "places": caseload.places(records, belonging),
        "contacts": made,
        "reviews": reviewed,
        "assessments": assessed.sort("on", "case"),
        "abuse": abuse,
        "engagements": engaged,
        "actions": raised,
        "marac_referrals": marac_referred,
        "incidents": partners.incidents(records, belonging),
        "assignments": caseload.assignments(records, belonging),
        "contradictions": contradictions.contradictions(records, belonging),
        "tables": holdings.tables(records, came_in),
        "imports": came_in,
        **kept(connection, records, belonging),
    }


def _reference(records: Records) -> Facts:
    """Facts without a place of their own: who and where there is, what is aimed for, notes."""
    return {
        "areas": records.areas.with_columns(
            pl.col("area").cast(records.area_type), pl.col("county").cast(records.county_type)
        ),
        "agencies": records["agencies"].rename({"name": "agency_name"}),
        "case_managers": records["case_managers"],
        "targets": records["targets"].rename({"area": "for_area", "from_on": "on", "to_on": "to"}),
        "annotations": records["annotations"].rename({"area": "for_area"}),
    }
