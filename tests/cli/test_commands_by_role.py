"""The commands that give out numbers allow and deny by the same table as the screens."""

import pytest
from typer.testing import CliRunner

from dashboard.access import PAGES, Role
from dashboard.cli import app

run = CliRunner()
WITH_NUMBERS = {role for page in PAGES if page.path == "risk" for role in page.roles}
WITHOUT = [role for role in Role if not (role in WITH_NUMBERS or role.protected)]


def test_the_roles_without_numbers_about_cases():
    assert WITHOUT == [Role.DATA_STEWARD, Role.ADMINISTRATOR]
    assert {role for role in Role if role.sees_records} == WITH_NUMBERS - {Role.OPCC}


@pytest.mark.parametrize("role", WITHOUT)
@pytest.mark.parametrize("words", [["measures"], ["pack"], ["return"]])
def test_without_numbers_on_screen_there_are_none_by_command(
    monkeypatch, made_up_database, tmp_path, role, words
):
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
    out = [] if words == ["measures"] else ["--out", str(tmp_path / "out.xlsx")]
    result = run.invoke(app, [*words, *out, "--role", role.value])
    assert result.exit_code == 2
    assert role.value in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.OPCC, Role.MEETING])
def test_who_sees_no_case_managers_gets_no_numbers_by_case_manager(
    monkeypatch, made_up_database, role
):
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
    command = ["measures", "--by", "case_manager", "--role", role.value]
    result = run.invoke(app, command)
    assert result.exit_code == 2
    assert result.stdout == ""
