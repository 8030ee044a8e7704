"""One person's records go, all of them and nobody else's; the trail does not say whose."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import small_tables
from one_family import TABLES
from sqlalchemy import insert, select
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.database import connect, marks, migrate
from dashboard.database import database_url as parsed
from dashboard.database.tables import RECORDS, AuditEntry, Import, RejectedRow
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.files import Files
from dashboard.upkeep.erasing import Kind, NotErased, erase

run = CliRunner()


@pytest.fixture
def engine(database_url):
    made = connect(parsed(database_url), create=True)
    migrate(made)
    with made.begin() as connection:
        small_tables.write(connection, TABLES)
    yield made
    made.dispose()


def ids(engine):
    """The keys of every row, by table."""
    with engine.connect() as connection:
        found = {
            name: {
                "/".join(map(str, row)) for row in connection.execute(select(*table.primary_key))
            }
            for name, table in RECORDS.items()
        }
    return {name: keys for name, keys in found.items() if keys}


def gone(before, after):
    found = {name: before[name] - after.get(name, set()) for name in before}
    return {name: keys for name, keys in found.items() if keys}


OF_S1 = {
    "service_users": {"S1"},
    "needs": {"S1/housing"},
    "referrals": {"R1"},
    "referral_decisions": {"R1/2024-01-03/accept"},
    "cases": {"C1"},
    "assignments": {"C1/2024-01-05"},
    "engagement": {"C1/2024-01-05"},
    "victim_survivors": {"V1"},  # nothing else is recorded of V1; V2 has another case
    "case_victim_survivors": {"C1/V1", "C1/V2"},
    "safety_contacts": {"SC1"},
    "contacts": {"K1"},
    "risk_assessments": {"A1"},
    "partner_actions": {"P1"},
    "marac_referrals": {"M1"},
    "police_incidents": {"I1"},
}
OF_V2 = {
    "victim_survivors": {"V2"},
    "case_victim_survivors": {"C1/V2", "C2/V2"},
    "safety_contacts": {"SC2"},
    "risk_assessments": {"A2"},
}
OF_X1 = {
    "comparison_people": {"X1"},
    "marac_referrals": {"M2"},
    "police_incidents": {"I2"},
    "victim_survivors": {"V3"},
}


@pytest.mark.parametrize(("person", "expected"), [("S1", OF_S1), ("V2", OF_V2), ("X1", OF_X1)])
def test_what_goes_and_nothing_else(engine, person, expected):
    before = ids(engine)
    done = erase(engine, person, "a tester")
    assert gone(before, ids(engine)) == expected
    assert done.rows == {name: len(keys) for name, keys in expected.items()}


def test_a_dry_run_says_the_same_and_does_nothing(engine):
    before = ids(engine)
    with engine.connect() as connection:
        version = marks.version(connection)
    planned = erase(engine, "S1", "a tester", dry_run=True)
    assert ids(engine) == before
    with engine.connect() as connection:
        assert marks.version(connection) == version
        assert connection.execute(select(AuditEntry)).first() is None
    assert erase(engine, "S1", "a tester") == planned


def test_the_trail_says_that_it_was_done_and_not_whose(engine):
    erase(engine, "S1", "a tester")
    with engine.connect() as connection:
        entry = connection.execute(select(AuditEntry)).one()
        assert marks.version(connection) == 2
    assert (entry.who, entry.what, entry.rows) == ("a tester", "erasure", 16)
    assert entry.details["kind"] == "service user"
    written = json.dumps(entry.details)
    assert not any(f'"{each}"' in written for each in ("S1", "R1", "C1", "V1"))


def test_rejected_rows_that_name_them_go_too(engine):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    values = {
        "started_at": moment,
        "finished_at": moment,
        "loaded": True,
        "files": [],
        "counts": {},
    }
    with engine.begin() as connection:
        connection.execute(insert(Import).values(import_id=1, **values))
        for row, case in enumerate(("C1", "C2", " C1 "), start=2):
            connection.execute(
                insert(RejectedRow).values(
                    import_id=1, file="contacts.csv", row=row, reason="no", content={"case": case}
                )
            )
    assert erase(engine, "S1", "a tester").rejected == 2
    with engine.connect() as connection:
        assert connection.scalars(select(RejectedRow.row)).all() == [3]


def test_nobody_is_erased_by_mistake(engine):
    before = ids(engine)
    for person, kind in (("S9", None), ("C1", None), ("", None), ("V1", Kind.SERVICE_USER)):
        with pytest.raises(NotErased, match="Nothing was erased"):
            erase(engine, person, "a tester", kind)
    assert ids(engine) == before


def test_an_id_of_two_kinds_must_be_told_apart(engine):
    with engine.begin() as connection:
        connection.execute(
            RECORDS["comparison_people"].insert(),
            {"person_id": "S1", "index_on": datetime(2024, 1, 1, tzinfo=UTC).date()},
        )
    with pytest.raises(NotErased, match="--kind service-user or --kind comparison-person"):
        erase(engine, "S1", "a tester")
    # What police and MARAC recorded may be the other's: it stays while that one does.
    done = erase(engine, "S1", "a tester", Kind.SERVICE_USER)
    assert "police_incidents" not in done.rows
    assert erase(engine, "S1", "a tester").rows["police_incidents"] == 1


def test_no_byte_of_it_stays_in_a_file(tmp_path):
    url = f"sqlite:///{tmp_path}/one.sqlite"
    engine = connect(parsed(url), create=True)
    migrate(engine)
    with engine.begin() as connection:
        small_tables.write(connection, TABLES.replace("S1", "SU-TO-BE-ERASED"))
    erase(engine, "SU-TO-BE-ERASED", "a tester")
    engine.dispose()
    for file in Path(tmp_path).glob("one.sqlite*"):
        assert b"SU-TO-BE-ERASED" not in file.read_bytes(), file


def test_snapshot_files_that_hold_it_are_removed(engine, database_url, monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", database_url)
    monkeypatch.setenv("DRIVE_SNAPSHOT_FOLDER", str(tmp_path / "snapshots"))
    files = Files(parsed(database_url))
    snapshot = read_snapshot(engine)
    assert files.write(snapshot)
    run.invoke(app, ["erase", "S1", "--dry-run"])
    assert files.read(snapshot.state) is not None
    run.invoke(app, ["erase", "S1"])
    assert files.read(None) is None
    assert list((tmp_path / "snapshots").rglob("*.arrow")) == []


def test_on_the_command_line(engine, database_url, monkeypatch):
    monkeypatch.setenv("DRIVE_DATABASE_URL", database_url)
    trial = run.invoke(app, ["erase", "S1", "--dry-run"])
    assert trial.exit_code == 0, trial.output
    assert "This was a dry run" in trial.stdout
    done = run.invoke(app, ["erase", "S1"])
    assert done.exit_code == 0, done.output
    assert "Erased: 16 rows of one service user" in done.stdout
    again = run.invoke(app, ["erase", "S1"])
    assert again.exit_code == 2
    assert "nobody with this id" in again.stderr
