"""Made-up records keep every rule that real ones must keep to be loaded."""

import sqlite3
from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from made_up import Service
from sqlalchemy import Date

from dashboard.database.code_lists import BY_NAME
from dashboard.database.tables import RECORDS

AHEAD = {"planned_end_on", "due_on"}  # days planned, which may lie ahead
PLANS = {"targets"}


@pytest.fixture(params=["service", "large"])
def made(request: pytest.FixtureRequest) -> Service:
    found: Service = request.getfixturevalue(request.param)
    return found


def test_every_reference_leads_somewhere(made: Service) -> None:
    connection = sqlite3.connect(made.file)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_every_table_has_rows(made: Service) -> None:
    assert {name for name in RECORDS if made.read(name).is_empty()} == set()
    assert {name: len(made.read(name)) for name in RECORDS} == made.summary.tables


@pytest.mark.parametrize("table", [name for name in RECORDS if name not in PLANS])
def test_nothing_happens_after_today(made: Service, table: str) -> None:
    frame = made.read(table)
    for column in RECORDS[table].columns:
        if isinstance(column.type, Date) and column.name not in AHEAD:
            assert (frame[column.name].drop_nulls() <= made.today).all(), column.name


@pytest.mark.parametrize("table", RECORDS)
def test_every_code_is_in_its_list(made: Service, table: str) -> None:
    for column in RECORDS[table].columns:
        if "codes" in column.info:
            known = BY_NAME[column.info["codes"]].values
            assert set(made.read(table)[column.name].drop_nulls()) <= set(known)


@pytest.mark.parametrize(
    "table", ["referrals", "cases", "service_users", "victim_survivors", "contacts", "reviews"]
)
def test_ids_sort_in_the_order_they_were_given(made: Service, table: str) -> None:
    ids = made.read(table).to_series(0)
    assert ids.str.len_chars().n_unique() == 1
    assert ids.str.extract(r"(\d+)$").cast(pl.Int64).to_list() == list(range(1, len(ids) + 1))


def test_referrals_come_from_launch_on_and_from_agencies_that_have_joined(made: Service) -> None:
    referrals = made.read("referrals")
    assert referrals["received_on"].min() >= date(2024, 3, 21)  # type: ignore[operator]
    from_agency = referrals.join(made.read("agencies"), on="agency_id")
    assert (from_agency["received_on"] >= from_agency["joined_on"]).all()


def test_the_pathway_is_in_order(made: Service) -> None:
    referrals = made.read("referrals")
    decisions = made.read("referral_decisions").join(referrals, on="referral_id")
    assert (decisions["decided_on"] >= decisions["screened_on"]).all()
    assert (decisions["decided_on"].dt.weekday() == 3).all()
    accepted = decisions.filter(pl.col("decision") == "accept").select("referral_id", "decided_on")
    cases = made.read("cases")
    allocated = cases.join(accepted, on="referral_id", validate="1:1")
    assert len(allocated) == len(cases)
    assert (allocated["allocated_on"] >= allocated["decided_on"]).all()
    gone = allocated.join(referrals, on="referral_id")["withdrawn_on"]
    assert gone.is_null().all()


def test_after_an_acceptance_or_a_refusal_nothing_more_is_decided(made: Service) -> None:
    last = made.read("referral_decisions").sort("referral_id", "decided_on")
    not_last = last.filter(pl.col("referral_id").shift(-1) == pl.col("referral_id"))
    assert set(not_last["decision"]) == {"defer"}


@pytest.mark.parametrize(
    ("table", "day"),
    [
        ("assignments", "from_on"),
        ("engagement", "from_on"),
        ("case_areas", "from_on"),
        ("reviews", "held_on"),
        ("risk_assessments", "assessed_on"),
        ("abuse_assessments", "assessed_on"),
        ("case_victim_survivors", "linked_on"),
        ("case_victim_survivors", "idva_engaged_on"),
        ("safety_contacts", "contacted_on"),
        ("partner_actions", "raised_on"),
    ],
)
def test_work_lies_within_its_case(made: Service, table: str, day: str) -> None:
    work = made.read(table).join(made.read("cases"), on="case_id").drop_nulls(day)
    assert (work[day] >= work["allocated_on"]).all()
    assert (work[day] <= work["closed_on"].fill_null(made.today)).all()


def test_each_case_is_held_by_one_worker_from_allocation_to_closure(made: Service) -> None:
    spells = made.read("assignments").join(made.read("cases"), on="case_id")
    for (_,), of_case in spells.group_by("case_id"):
        rows = of_case.sort("from_on").to_dicts()
        assert rows[0]["from_on"] == rows[0]["allocated_on"]
        assert rows[-1]["to_on"] == rows[-1]["closed_on"]
        assert all(before["to_on"] == then["from_on"] for before, then in pairwise(rows))


def test_nobody_holds_a_case_before_starting_or_after_leaving(made: Service) -> None:
    spells = made.read("assignments").join(made.read("case_managers"), on="case_manager_id")
    assert (spells["from_on"] >= spells["started_on"]).all()
    left = spells.drop_nulls("left_on")
    assert (left["to_on"] <= left["left_on"]).all()
    assert len(left) > 0
