"""--dry-run reports what an import would do, and writes nothing."""

from pathlib import Path

from small_service import SERVICE, TODAY, Intake, reasons

from dashboard.intake import run_import

FILES = {
    "contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,2025-03-01\nK2,C9,2025-03-01\n",
    "cases.csv": "case_id,referral_id,allocated_on\nC1,R1,2025-01-21\n",
}


def test_the_report_is_that_of_the_import_and_nothing_is_written(service: Intake) -> None:
    before, version = service.everything(), service.version()
    rehearsed = service.load(FILES, dry_run=True)
    assert service.everything() == before
    assert service.version() == version
    assert len(service.rows("imports")) == 1
    assert service.rows("rejected_rows") == []
    real = service.load(FILES)
    assert rehearsed.exit_code == real.exit_code == 1
    assert rehearsed.tables == real.tables
    assert reasons(rehearsed) == reasons(real) == [("contacts.csv", 3, "case_id", "C9")]


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    for name, content in SERVICE.items():
        (tmp_path / name).write_text(content)
    database = tmp_path / "folder" / "case-database.sqlite"
    report = run_import(f"sqlite:///{database}", [tmp_path], dry_run=True, today=TODAY)
    assert report.exit_code == 0
    assert report.tables["cases"].inserted == 2
    assert not database.parent.exists()


def test_an_empty_database_stays_empty(intake: Intake) -> None:
    assert intake.load(SERVICE, dry_run=True).exit_code == 0
    assert intake.load(SERVICE, dry_run=True).tables["cases"].inserted == 2
    assert intake.load(SERVICE).tables["cases"].inserted == 2
