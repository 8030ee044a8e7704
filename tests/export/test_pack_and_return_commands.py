"""`drive-dashboard pack` and `return`: files for a role, and refusals in words."""

import csv
import io
import shutil
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pypdf
import pytest
import small_tables
from pptx import Presentation
from sqlalchemy import make_url, select
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.database import connect
from dashboard.database.tables import AuditEntry
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releasing import make_release

run = CliRunner()


def service() -> str:
    """22 referrals of 2025-26 in Slough, 16 days apart, all but one by the police; one later."""
    received = [date(2025, 4, 3) + timedelta(days=16 * index) for index in range(22)]
    received.append(date(2026, 4, 10))
    people = "\n".join(f"P{n}" for n in range(len(received)))
    referrals = "\n".join(
        f"Q{n} | P{n} | B1 | {on.isoformat()} | {'POL' if n else 'HOU'}"
        for n, on in enumerate(received)
    )
    return f"""
areas
area_code | name   | county    | population
B1        | Slough | berkshire | 160713

agencies
agency_id | name    | sector
POL       | Police  | police
HOU       | Housing | housing

service_users
service_user_id
{people}

referrals
referral_id | service_user_id | area_code | received_on | agency_id
{referrals}
"""


@pytest.fixture(scope="module")
def released_url(empty_database, tmp_path_factory) -> str:
    """A small real service with one release, through March 2026."""
    file = shutil.copy(empty_database, tmp_path_factory.mktemp("pack") / "service.sqlite")
    url = f"sqlite:///{file}"
    engine = connect(make_url(url))
    with engine.begin() as connection:
        small_tables.write(connection, service())
    make_release(engine, read_snapshot(engine), datetime(2026, 4, 20, tzinfo=UTC))
    engine.dispose()
    return url


@pytest.fixture
def command(released_url, monkeypatch):
    monkeypatch.setenv("DRIVE_DATABASE_URL", released_url)
    return lambda *options: run.invoke(app, [str(option) for option in options])


@pytest.mark.parametrize(
    ("role", "kind"), [("manager", "xlsx"), ("opcc", "pptx"), ("opcc", "pdf"), ("meeting", "xlsx")]
)
def test_a_pack_says_its_role_and_its_protection(command, tmp_path, kind, role):
    out = tmp_path / "into" / f"pack.{kind}"
    result = command("pack", "--out", out, "--role", role)
    assert result.exit_code == 0, result.output
    said = _texts(out)
    titles = {"manager": "Manager", "opcc": "OPCC office", "meeting": "Partnership meeting"}
    assert f"as {titles[role]}" in said
    assert ("Protected numbers: no count of 1 to 4 is shown" in said) == (role != "manager")
    assert ("True counts" in said) == (role == "manager")
    assert "2023" not in said  # the financial year of the launch, 21 March 2024, began before it


def _texts(out) -> str:
    if out.suffix == ".pdf":
        return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(out).pages).split())
    if out.suffix == ".pptx":
        slides = Presentation(out).slides
        return " ".join(s.text_frame.text for p in slides for s in p.shapes if s.has_text_frame)
    book = openpyxl.load_workbook(out)
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell)


def test_what_was_protected_on_screen_is_protected_in_the_workbook(command, tmp_path):
    out = tmp_path / "pack.xlsx"
    days = ("--from", "2025-04-01", "--to", "2026-03-31")
    assert command("pack", "--out", out, "--role", "opcc", *days).exit_code == 0
    book = openpyxl.load_workbook(out)
    cells = {
        str(cell)
        for sheet in book.worksheets[1:-1]
        for row in sheet.iter_rows(min_row=5, values_only=True)
        for cell in row
    }
    assert "20" in cells  # 22 referrals, rounded
    assert "too few to show" in cells  # the one from housing
    assert not cells & {"21", "22", "6"}  # 22 and its quarters, as they are


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--area", "B1", "--from", "2025-04-02", "--to", "2025-06-30"), "released periods only"),
        (("--as-at", "2026-01-31"), "--as-at cannot be chosen"),
        (("--area", "B1", "--area", "berkshire"), "one area at a time"),
        (("--area", "Atlantis"), "has no area 'Atlantis'"),
    ],
)
def test_another_cut_is_refused_in_words_for_protected_roles(command, tmp_path, options, said):
    result = command("pack", "--out", tmp_path / "pack.pdf", "--role", "opcc", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("pack", "--out", "x.docx"), "is no .pptx, .pdf or .xlsx"),
        (("pack", "--out", "x.pdf", "--from", "2026-02-01", "--to", "2026-01-01"), "ends before"),
        (("pack", "--out", "x.pdf", "--area", "Atlantis"), "no area called 'Atlantis'"),
        (("pack", "--out", "x.pdf", "--role", "administrator"), "has no numbers of its own"),
        (("pack", "--out", "x.pdf", "--as-at", "2999-01-01"), "lies in the future"),
        (("pack", "--out", "x.pdf", "--from", "2999-01-01"), "is later than the records"),
        (("pack", "--out", "x.pdf", "--from", "2019-01-01", "--to", "2019-02-01"), "not started"),
        (("return", "--out", "x.csv", "--quarter", "2019-Q2"), "not started by 30 June 2019"),
        (("return", "--out", "x.pdf"), "is no .xlsx or .csv"),
        (("return", "--out", "x.csv", "--quarter", "2025-Q2", "--year", "2025-26"), "not both"),
        (("return", "--out", "x.csv", "--role", "opcc", "--quarter", "2025-Q2"), "by financial"),
        (("return", "--out", "x.csv", "--role", "opcc", "--year", "2026-27"), "not been released"),
        (("return", "--out", "x.csv", "--role", "case_manager"), "is of areas"),
    ],
)
def test_what_cannot_be_had_is_refused_in_words(command, options, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = command(*options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert not list(tmp_path.iterdir())


def test_a_return_of_true_counts_as_csv(command, tmp_path):
    out = tmp_path / "return.csv"
    assert command("return", "--out", out, "--year", "2025-26").exit_code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [(row["Period"], row["Area"], row["Referrals received"]) for row in rows[:2]] == [
        ("2025-26 Q1", "Thames Valley", "6"),
        ("2025-26 Q1", "Slough", "6"),
    ]
    assert [row["Referrals received"] for row in rows[2::2]] == ["6", "6", "4"]
    assert rows[0]["Referrals from Housing"] == "1"


def test_a_protected_return_is_the_whole_year_rounded_and_hides_what_is_few(command, tmp_path):
    out = tmp_path / "return.xlsx"
    assert command("return", "--out", out, "--role", "opcc").exit_code == 0
    book = openpyxl.load_workbook(out)
    assert book["Cover"]["A1"].value.endswith(": Return, 2025-26")
    sheet = book["Return"]
    headings, row = sheet.iter_rows(min_row=5, max_row=6, values_only=True)
    found = dict(zip(headings, row, strict=True))
    assert (found["Period"], found["Area"]) == ("2025-26", "Thames Valley")
    assert found["Referrals received"] == 20
    assert found["Referrals from Housing"] == "too few to show"
    assert sheet.max_row == 6


def test_what_leaves_is_written_down_with_its_filters(command, released_url, tmp_path):
    command("pack", "--out", tmp_path / "written.xlsx", "--area", "B1")
    with connect(make_url(released_url)).connect() as connection:
        entries = [row.details for row in connection.execute(select(AuditEntry.__table__))]
    (own,) = [entry for entry in entries if entry.get("file") == "written.xlsx"]
    assert own == {"pack": "xlsx", "area": ["B1"], "file": "written.xlsx"}


def test_without_a_release_it_is_said_since_when_the_first_is_due(
    empty_database, tmp_path, monkeypatch
):
    file = shutil.copy(empty_database, tmp_path / "new.sqlite")
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{file}")
    engine = connect(make_url(f"sqlite:///{file}"))
    with engine.begin() as connection:
        small_tables.write(connection, service())
    result = run.invoke(app, ["pack", "--out", str(tmp_path / "x.pdf"), "--role", "meeting"])
    assert result.exit_code == 2
    assert "the first have been due since" in result.stderr
