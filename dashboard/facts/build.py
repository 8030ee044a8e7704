"""All facts of one version of the database, in the order in which they rest on each other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

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
from dashboard.facts.reading import SIDE_BY_SIDE
from dashboard.facts.records import Records, read_records
from dashboard.facts.victim_survivors import links

Facts = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class _Ground:
    """What most facts rest on; `changed` are the days on which the risk of a case did."""

    records: Records
    belonging: Belonging
    cases: pl.DataFrame
    assessed: pl.DataFrame
    changed: pl.DataFrame
    active: pl.DataFrame
    closed: pl.DataFrame


def build_facts(connection: Connection) -> Facts:
    """Read the database and derive every fact. Frames are sorted by `on`."""
    records = read_records(connection)
    return derived(connection, records, holdings.held(records))


def derived(connection: Connection, records: Records, held: pl.DataFrame) -> Facts:
    """Every fact of these records; `held` is what the tables hold as a whole."""
    belonging = Belonging(records)
    assessed = risk.assessments(records, belonging)
    changed = risk.risk_changes(assessed)
    engaged = caseload.engagements(records, belonging)
    active = caseload.caseload(records, belonging, changed, engaged)
    closed = caseload.closures(records, belonging)
    cases = caseload.lives(records)
    ground = _Ground(records, belonging, cases, assessed, changed, active, closed)
    came_in = holdings.imports(connection)
    facts = _reference(records) | {
        "caseload": active,
        "closures": closed,
        "engagements": engaged,
        "assessments": assessed.sort("on", "case"),
        "tables": holdings.tables(held, came_in),
        "imports": came_in,
        **kept(connection, records, belonging),
    }
    with ThreadPoolExecutor(SIDE_BY_SIDE) as workers:
        for part in workers.map(lambda part: part(ground), _PARTS):
            facts |= part
    return facts


def _of_safety(ground: _Ground) -> Facts:
    records, belonging = ground.records, ground.belonging
    reached = safety.safety_contacts(records, belonging)
    clock = safety.clock(records, reached, ground.cases)
    return {
        "safety_contacts": reached,
        "safety_contacts_due": safety.safety_contacts_due(clock, belonging),
        "safety_states": safety.safety_states(clock, ground.active),
    }


def _of_links(ground: _Ground) -> Facts:
    records, belonging = ground.records, ground.belonging
    started = safety.link_starts(records, ground.cases, belonging)
    return {
        "links": links(records, ground.active),
        "link_starts": started,
        "idva_engagements": safety.idva_engagements(started, belonging),
    }


def _of_contacts(ground: _Ground) -> Facts:
    records, belonging, active = ground.records, ground.belonging, ground.active
    made = contacts.contacts(records, belonging)
    clock = contacts.clock(made, ground.cases, ground.changed, records.settings)
    reviewed = contacts.reviews(records, belonging)
    return {
        "contacts": made,
        "contacts_due": contacts.contacts_due(clock, belonging),
        "quiet": contacts.quiet(clock, active),
        "reviews": reviewed,
        "reviews_due": contacts.reviews_due(reviewed, ground.cases),
        "reviews_overdue": contacts.reviews_overdue(reviewed, active),
    }


def _of_referrals(ground: _Ground) -> Facts:
    records, belonging = ground.records, ground.belonging
    referred = referrals.referrals(records, belonging, ground.changed)
    return {
        "referrals": referred,
        "decisions": referrals.decisions(records, referred),
        "acceptances": referrals.acceptances(referred),
        "waiting": referrals.waiting(referred),
        "allocations": referrals.allocations(records, belonging, referred),
        "assignments": caseload.assignments(records, belonging),
        "places": caseload.places(records, belonging),
    }


def _of_outcomes(ground: _Ground) -> Facts:
    records, belonging, closed = ground.records, ground.belonging, ground.closed
    abuse = outcomes.abuse(records, belonging)
    paired = outcomes.severity_pairs(belonging, abuse)
    return {
        "abuse": abuse,
        "severity_pairs": paired,
        "abuse_pairs": outcomes.abuse_pairs(records, belonging, paired),
        "exit_ratings": outcomes.exit_ratings(records, belonging, ground.assessed),
        "followups": outcomes.followups(records, belonging, closed),
        **follow_up.of_service_users(records, belonging, ground.cases, closed),
        **follow_up.of_comparison_people(records, belonging),
    }


def _of_partners(ground: _Ground) -> Facts:
    records, belonging = ground.records, ground.belonging
    raised = partners.actions(records, belonging)
    referred = partners.marac_referrals(records, belonging)
    return {
        "actions": raised,
        "actions_due": partners.actions_due(raised, belonging),
        "actions_overdue": partners.actions_overdue(raised, ground.active),
        "marac_referrals": referred,
        "marac": partners.marac(referred),
        "incidents": partners.incidents(records, belonging),
    }


def _of_contradictions(ground: _Ground) -> Facts:
    found = contradictions.contradictions(ground.records, ground.belonging)
    return {"contradictions": found}


# None rests on another, so they are derived side by side, what takes longest first.
_PARTS = (
    _of_safety,
    _of_outcomes,
    _of_contacts,
    _of_partners,
    _of_referrals,
    _of_contradictions,
    _of_links,
)


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
