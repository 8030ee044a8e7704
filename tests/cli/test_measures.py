"""`drive-dashboard measures`: what other programs rely on."""

import json
import shutil
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.database import connect, database_url
from dashboard.database.tables import AuditEntry
from queries.measures import ALL

run = CliRunner()


@pytest.fixture
def measures(made_up_database, monkeypatch):
    """Runs `measures` on the made-up service; gives exit code, standard output and error."""
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)

    def call(*options: str) -> Any:
        return run.invoke(app, ["measures", *options])

    return call


def document(result: Any) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def values(rows: list[dict[str, Any]], key: str, by: str) -> dict[str, Any]:
    return {row[by]: row["value"] for row in rows if row["key"] == key}


def test_the_document_and_its_rows_have_the_names_that_callers_use(measures):
    found = document(measures("--json"))
    assert found["as_at"] == "2026-10-31"
    assert found["from"] == "2024-03-21"
    assert found["to"] == "2026-10-31"
    assert found["made_up"] is True
    assert found["release"] is None
    assert len(found["areas"]) == 13
    assert [row["key"] for row in found["rows"]] == [measure.key for measure in ALL]
    for row in found["rows"]:
        assert {
            "key", "title", "unit", "value", "numerator", "denominator", "lower", "upper",
            "suppressed", "partial",
        } <= row.keys()  # fmt: skip


def test_every_key_of_the_plan_is_there(measures):
    keys = {row["key"] for row in document(measures("--json"))["rows"]}
    assert keys >= {
        "referrals_received", "referrals_accepted", "days_referral_to_allocation",
        "cases_allocated", "active_cases", "unallocated_cases", "cases_closed",
        "planned_completion_rate", "direct_engagement_rate", "high_risk_active_cases",
        "mean_dash_score", "risk_reduced_rate", "adult_victim_survivors",
        "child_victim_survivors", "idva_engaged_rate", "contacts_on_time_rate",
        "reviews_on_time_rate", "physical_abuse_reduction", "sexual_abuse_reduction",
        "harassment_stalking_reduction", "jealous_controlling_reduction", "marac_heard",
        "marac_repeat_rate", "police_incidents_change", "partner_actions_on_time_rate",
    }  # fmt: skip


@pytest.mark.parametrize("by", ["area", "county"])
def test_counts_of_records_add_up_over_areas(measures, by):
    whole = document(measures("--json"))["rows"]
    parts = document(measures("--json", "--by", by))["rows"]
    for key in ("referrals_received", "active_cases", "cases_closed", "unallocated_cases"):
        total = next(row["value"] for row in whole if row["key"] == key)
        assert sum(values(parts, key, by).values()) == total


def test_by_month_and_week_name_their_periods_and_mark_the_unfinished(measures):
    days = ("--from", "2026-08-15", "--to", "2026-10-07")
    months = document(measures("--json", "--by", "month", *days))["rows"]
    found = [(r["month"], r["partial"]) for r in months if r["key"] == "referrals_received"]
    assert found == [("2026-08", True), ("2026-09", False), ("2026-10", True)]
    weeks = document(measures("--json", "--by", "week", "--from", "2026-09-30", *days[2:]))["rows"]
    found = [(r["week"], r["partial"]) for r in weeks if r["key"] == "referrals_received"]
    assert found == [("2026-09-28", True), ("2026-10-05", True)]


def test_a_county_is_the_sum_of_its_districts(measures):
    county = document(measures("--json", "--area", "berkshire"))["rows"]
    areas = document(measures("--json", "--by", "area", "--area", "berkshire"))["rows"]
    total = next(row["value"] for row in county if row["key"] == "referrals_received")
    by_area = values(areas, "referrals_received", "area")
    assert set(by_area) == {f"E060000{n}" for n in (36, 37, 38, 39, 40, 41)}
    assert sum(by_area.values()) == total


@pytest.mark.parametrize("name", ["E06000039", "Slough", "slough"])
def test_a_district_is_named_by_code_or_name(measures, name):
    assert document(measures("--json", "--area", name))["areas"] == ["E06000039"]


def test_a_case_manager_sees_their_own(measures):
    every = document(measures("--json", "--by", "case_manager"))["rows"]
    by_worker = values(every, "active_cases", "case_manager")
    worker = max((each for each in by_worker if each), key=lambda each: by_worker[each])
    own = document(measures("--json", "--role", "case_manager", "--case-manager", worker))["rows"]
    assert next(r["value"] for r in own if r["key"] == "active_cases") == by_worker[worker]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--area", "Buckinghamshire"), "'E06000060' (district) or 'buckinghamshire-mk' (county)"),
        (("--area", "Atlantis"), "There is no area called 'Atlantis'"),
        (("--role", "opcc"), "No protected numbers have been released yet"),
        (("--role", "meeting"), "No protected numbers have been released yet"),
        (("--role", "data_steward"), "no numbers of its own"),
        (("--role", "regional_lead", "--by", "case_manager"), "does not see numbers by"),
        (("--role", "case_manager"), "needs --case-manager"),
        (("--by", "year"), "--by takes area, county, month, week, case_manager"),
        (("--as-at", "2999-01-01"), "lies in the future"),
        (("--from", "2026-05-01", "--to", "2026-04-01"), "The period ends before it starts"),
    ],
)
def test_what_cannot_be_had_is_refused_in_words(measures, options, words):
    result = measures(*options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_a_table_says_that_it_is_made_up(measures):
    result = measures()
    assert result.exit_code == 0
    assert "No real person is described" in result.stdout
    assert "Referrals received" in result.stdout


def test_who_printed_what_is_in_the_trail(measures, made_up_database, monkeypatch, tmp_path):
    own = tmp_path / "own.sqlite"
    shutil.copy(made_up_database.removeprefix("sqlite:///"), own)
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{own}")
    found = document(run.invoke(app, ["measures", "--area", "reading", "--by", "month", "--json"]))
    with connect(database_url()).connect() as connection:
        last = connection.execute(
            select(AuditEntry.__table__).order_by(AuditEntry.entry_id.desc())
        ).first()
    assert (last.what, last.role) == ("download", "manager")
    assert last.details == {"measures": "month", "area": ["reading"]}
    assert last.rows == len(found["rows"])


def test_without_a_trail_nothing_is_printed(made_up_database, monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
    monkeypatch.setenv("DRIVE_DATABASE_WRITE_URL", f"sqlite:///{tmp_path}")  # no file
    result = run.invoke(app, ["measures"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_a_database_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    result = run.invoke(app, ["measures", "--json"])
    assert result.exit_code == 2
    assert "There is no database" in result.stderr
