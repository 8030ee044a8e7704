"""The schema's state: made, current, behind, ahead, somebody else's; the same on both engines."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from dashboard.database import DatabaseNotUsable, connect, migrate
from dashboard.database import database_url as parsed
from dashboard.database.schema import (
    MIGRATIONS,
    SchemaState,
    require_current,
    revisions,
    schema_state,
)
from dashboard.database.tables import OWN, RECORDS, Base

PLANNED = {
    "areas": "area_code name county population population_year",
    "agencies": "agency_id name sector joined_on",
    "case_managers": "case_manager_id name started_on left_on",
    "case_manager_areas": "case_manager_id area_code from_on to_on",
    "case_manager_hours": "case_manager_id from_on to_on fte caseload_target",
    "service_users": "service_user_id sex year_of_birth serial high_harm",
    "needs": "service_user_id need",
    "referrals": "referral_id service_user_id area_code received_on agency_id route screened_on "
    "eligible withdrawn_on",
    "referral_decisions": "referral_id decided_on decision reason",
    "cases": "case_id referral_id area_code allocated_on plan_agreed_on planned_end_on closed_on "
    "closure_reason",
    "case_areas": "case_id area_code from_on to_on",
    "engagement": "case_id from_on engagement",
    "assignments": "case_id case_manager_id from_on to_on",
    "victim_survivors": "victim_survivor_id age_group sex",
    "case_victim_survivors": "case_id victim_survivor_id relationship linked_on unlinked_on "
    "idva_engaged_on lives_with",
    "safety_contacts": "contact_id case_id victim_survivor_id contacted_on outcome",
    "contacts": "contact_id case_id occurred_on kind outcome",
    "reviews": "review_id case_id due_on held_on",
    "risk_assessments": "assessment_id case_id victim_survivor_id assessed_on stage dash_score "
    "risk_level judgement idva_change",
    "abuse_assessments": "assessment_id case_id victim_survivor_id assessed_on stage abuse_type "
    "severity",
    "partner_actions": "action_id case_id agency_id kind raised_on due_on completed_on",
    "marac_referrals": "marac_id person_id victim_survivor_id area_code referred_on heard_on",
    "police_incidents": "incident_id person_id occurred_on is_crime category",
    "comparison_people": "person_id area_code index_on end_on",
    "targets": "measure area from_on to_on value",
    "annotations": "on area text",
}


@pytest.fixture
def engine(database_url):
    made = connect(parsed(database_url), create=True)
    yield made
    made.dispose()


def test_the_tables_are_those_of_the_import_contract():
    assert {name: " ".join(table.columns.keys()) for name, table in RECORDS.items()} == PLANNED


def test_migrations_make_exactly_the_models(engine):
    migrate(engine)
    with engine.begin() as connection:
        assert schema_state(connection) is SchemaState.CURRENT
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert set(inspect(connection).get_table_names()) == {
            *RECORDS,
            *OWN,
            "alembic_version",
        }


def test_revisions_are_those_of_the_migrations_in_their_order():
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert revisions() == [each.revision for each in scripts.walk_revisions()][::-1]


def test_migrating_twice_changes_nothing(engine):
    migrate(engine)
    migrate(engine)
    with engine.begin() as connection:
        assert schema_state(connection) is SchemaState.CURRENT


def test_an_empty_database(engine):
    with engine.begin() as connection:
        assert schema_state(connection) is SchemaState.EMPTY
        with pytest.raises(DatabaseNotUsable, match="drive-dashboard import"):
            require_current(connection)


def test_a_database_newer_than_the_program_is_refused_in_words(engine):
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with engine.begin() as connection:
        assert schema_state(connection) is SchemaState.AHEAD
        with pytest.raises(DatabaseNotUsable, match="newer version of this program"):
            require_current(connection)
    with pytest.raises(DatabaseNotUsable, match="will not touch it"):
        migrate(engine)


def test_somebody_elses_database_is_left_alone(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    with pytest.raises(DatabaseNotUsable, match="not those of this program"):
        migrate(engine)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["recipes"]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO cases (case_id, referral_id, allocated_on) "
        "VALUES ('C1', 'nobody', '2026-01-01')",
        "INSERT INTO areas (area_code, name, county, population) VALUES ('A', 'A', 'a', -1)",
        "INSERT INTO service_users (service_user_id, sex) VALUES ('S', 'unheard of')",
        "INSERT INTO referrals (referral_id, received_on, screened_on) "
        "VALUES ('R', '2026-01-02', '2026-01-01')",
    ],
    ids=[
        "a reference to nothing",
        "an impossible number",
        "an unknown code",
        "an impossible order",
    ],
)
def test_the_database_itself_holds_what_must_hold(engine, statement):
    migrate(engine)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(statement))


def test_sqlite_keeps_foreign_keys_and_a_write_ahead_log(tmp_path):
    engine = connect(parsed(f"sqlite:///{tmp_path}/a.sqlite"), create=True)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("not an address", "not a database address"),
        ("mysql://host/name", "Only SQLite and PostgreSQL"),
    ],
)
def test_addresses_that_cannot_be_used_are_refused_in_words(given, words):
    with pytest.raises(DatabaseNotUsable, match=words):
        parsed(given)
