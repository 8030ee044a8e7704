"""The commands: exit codes, JSON that is nothing but JSON, and files of rejected rows."""

import json
from pathlib import Path

import pytest
import typer
from small_service import SERVICE
from typer.testing import CliRunner

from dashboard.intake.command import import_records, rejected

app = typer.Typer()
app.command("import")(import_records)
app.command()(rejected)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/case-database.sqlite")
    folder = tmp_path / "export"
    folder.mkdir()
    for name, content in SERVICE.items():
        (folder / name).write_text(content)
    return folder


def test_all_loaded(folder: Path) -> None:
    result = CliRunner().invoke(app, ["import", str(folder), "--json"])
    assert result.exit_code == 0
    assert result.stderr == ""
    report = json.loads(result.stdout)
    assert report["rejections"] == []
    assert report["tables"]["areas"]["inserted"] == 2


def test_some_rejected(folder: Path) -> None:
    (folder / "reviews.csv").write_text("review_id,case_id,due_on\nV1,C9,2025-01-01\n")
    result = CliRunner().invoke(app, ["import", str(folder), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["rejections"] == [
        {
            "file": "reviews.csv",
            "row": 2,
            "column": "case_id",
            "value": "C9",
            "reason": "there is no case C9 in the files or in the database",
        }
    ]
    out = folder / "mend"
    result = CliRunner().invoke(app, ["rejected", "--out", str(out)])
    assert result.exit_code == 0
    assert result.stdout == f"{out / 'reviews.csv'}\n"
    assert (out / "reviews.csv").exists()


def test_nothing_loaded(folder: Path) -> None:
    (folder / "reviews.csv").write_bytes(b"%PDF-1.7")
    result = CliRunner().invoke(app, ["import", str(folder), "--json"])
    assert result.exit_code == 2
    report = json.loads(result.stdout)
    assert (report["tables"], report["rejections"]) == ({}, [])
    assert report["error"].startswith("reviews.csv is a PDF document")
    result = CliRunner().invoke(app, ["import", str(folder)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("reviews.csv is a PDF document")


def test_rejected_rows_of_an_import_that_had_none(folder: Path) -> None:
    CliRunner().invoke(app, ["import", str(folder)])
    result = CliRunner().invoke(app, ["rejected", "--import", "1", "--out", str(folder)])
    assert result.exit_code == 2
    assert result.stderr == "Import 1 rejected no rows.\n"


def test_a_complete_file_without_rows_is_refused_unless_allowed(folder: Path) -> None:
    assert CliRunner().invoke(app, ["import", str(folder)]).exit_code == 0
    (folder / "cases.csv").write_text("case_id,referral_id,allocated_on\n")
    asked = ["import", str(folder / "cases.csv"), "--complete"]
    result = CliRunner().invoke(app, [*asked, "--dry-run"])
    assert result.exit_code == 2
    assert "would empty cases of 2 rows" in result.stderr
    result = CliRunner().invoke(app, [*asked, "--allow-empty"])
    assert result.exit_code == 0
    assert "EMPTIED by a file without rows: cases of 2 rows." in result.stdout
