"""`users` sets up the first people; `audit` prints the trail, and CSV that calculates nothing."""

import csv
import io
import shutil

import pytest
from typer.testing import CliRunner

from dashboard.access import Role
from dashboard.access.aside import settled
from dashboard.access.trail import What, note
from dashboard.cli import app
from dashboard.database import connect, database_url

run = CliRunner()


@pytest.fixture
def commands(monkeypatch, empty_database, tmp_path):
    file = shutil.copy(empty_database, tmp_path / "case.sqlite")
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{file}")
    return lambda *words: run.invoke(app, list(words))


def test_the_first_administrator(commands):
    assert commands("users", "list").stdout.startswith("Nobody yet")
    assert commands("users", "add", "Boss@Example.org", "--name", "The Boss").exit_code == 0
    granted = commands(
        *("users", "grant", "boss@example.org", "--role", "administrator"),
        *("--reason", "set-up"),
    )
    assert (granted.exit_code, granted.stdout) == (0, "Granted, as number 1.\n")
    listed = commands("users", "list").stdout
    assert "boss@example.org" in listed
    assert "Administrator" in listed
    said = commands("audit", "--what", "grant").stdout
    assert "at the command line" in said
    assert "set-up" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grant", "eve@example.org", "--role", "manager", "--reason", "r"], "Nobody is known"),
        (["add", "no address", "--name", "Eve"], "is not an e-mail address"),
        (["withdraw", "7", "--reason", "r"], "no such role"),
        (["withdraw-group", "office", "--role", "opcc", "--reason", "r"], "does not have"),
        (["grant-group", "office", "--role", "case_manager", "--reason", "r"], "one person"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(commands, words, said):
    result = commands("users", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_somebody_is_known_by_the_providers_id(commands):
    assert commands("users", "add", "subject:o-7", "--name", "Ann").exit_code == 0
    result = commands("users", "grant", "subject:o-7", "--role", "opcc", "--reason", "r")
    assert result.exit_code == 0


def test_the_trail_as_csv_calculates_nothing_and_is_itself_in_the_trail(commands):
    engine = connect(database_url())
    note(engine, "=1+1", Role.MANAGER, What.DOWNLOAD, {"file": "x.csv"}, 3)
    result = commands("audit", "--csv", "--what", "download")
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert [row["Who"] for row in rows] == ["'=1+1"]
    assert [row["Rows"] for row in rows] == ["3"]
    assert "audit.csv" in commands("audit", "--what", "download").stdout


def test_the_trail_is_searched_by_day_and_person(commands):
    engine = connect(database_url())
    note(engine, "ann@example.org", Role.MANAGER, What.PAGE, {"page": "risk"})
    note(engine, "ben@example.org", Role.MANAGER, What.PAGE, {"page": "risk"})
    assert "ben@" not in commands("audit", "--who", "ANN").stdout
    assert "ann@" not in commands("audit", "--to", "2020-01-01").stdout
    assert "ann@" in commands("audit", "--from", "2020-01-01").stdout


def test_what_was_done_to_somebody_is_found_by_their_name(commands):
    commands("users", "add", "bh@example.org", "--name", "Benjamin Hill")
    commands("users", "add", "cy@example.org", "--name", "Cy Dale")
    found = commands("audit", "--who", "benjamin").stdout
    assert "person: bh@example.org" in found
    assert "cy@" not in found


def test_a_role_is_granted_once_and_an_act_refused_is_in_the_trail(commands):
    commands("users", "add", "boss@example.org", "--name", "The Boss")
    boss = ("users", "grant", "boss@example.org", "--role", "administrator", "--reason", "r")
    assert commands(*boss).exit_code == 0
    again = commands(*boss)
    assert again.exit_code == 2
    assert "has the role Administrator for this area already" in again.stderr
    assert commands("users", "withdraw", "1", "--reason", "tidy").exit_code == 2
    settled()
    said = commands("audit", "--what", "refusal", "--csv").stdout
    assert "why: the last administrator; tried: withdraw; grant number: 1" in said


def test_a_database_that_is_not_there_is_said_in_words(monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    for words in (["users", "list"], ["users", "add", "a@b.org", "--name", "A"], ["audit"]):
        result = run.invoke(app, words)
        assert result.exit_code == 2
        assert "There is no database" in result.stderr


def test_an_import_is_in_the_trail_and_a_trial_is_not(commands, tmp_path):
    (tmp_path / "areas.csv").write_text("area_code,name,county\nB1,Slough,berkshire\n")
    assert commands("import", str(tmp_path / "areas.csv"), "--dry-run").exit_code == 0
    assert "import: 1" not in commands("audit").stdout
    assert commands("import", str(tmp_path / "areas.csv")).exit_code == 0
    (line,) = [each for each in commands("audit").stdout.splitlines() if "import: 1" in each]
    assert "at the command line" in line
    assert "Slough" not in line
