"""`serve` refuses what would not be safe; `check` says how the database stands."""

import pytest
from typer.testing import CliRunner

from dashboard import serve
from dashboard.access import Role
from dashboard.cli import app

run = CliRunner()


@pytest.fixture
def started(monkeypatch, released_database):
    """What would have been started: nothing is."""
    calls = []
    monkeypatch.setenv("DRIVE_DATABASE_URL", released_database)
    monkeypatch.setattr(serve, "start", lambda *given: calls.append(given))
    return calls


def test_without_sign_in_it_must_be_said_so(started):
    result = run.invoke(app, ["serve"])
    assert result.exit_code == 2
    assert "--without-sign-in manager" in result.stderr
    assert started == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])  # noqa: S104
def test_without_sign_in_only_this_computer_is_served(started, host):
    result = run.invoke(app, ["serve", "--host", host, "--without-sign-in", "manager"])
    assert result.exit_code == 2
    assert "this computer only" in result.stderr
    assert started == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_computer_is_served(started, host):
    result = run.invoke(
        app, ["serve", "--host", host, "--port", "8600", "--without-sign-in", "manager"]
    )
    assert result.exit_code == 0
    assert started == [(host, 8600, Role.MANAGER)]


def test_real_records_have_no_case_manager_without_sign_in(started, monkeypatch, given, tmp_path):
    given("areas\narea_code | name | county\nB1 | Slough | berkshire")
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/given-0.sqlite")
    result = run.invoke(app, ["serve", "--without-sign-in", "case_manager"])
    assert result.exit_code == 2
    assert "nobody knows whose" in result.stderr


PROVIDER = {
    "DRIVE_OIDC_METADATA_URL": "https://login.example.org/.well-known/openid-configuration",
    "DRIVE_OIDC_CLIENT_ID": "drive",
    "DRIVE_OIDC_CLIENT_SECRET": "secret",
    "DRIVE_OIDC_ADDRESS": "https://drive.example.org/",
    "DRIVE_OIDC_COOKIE_SECRET": "c" * 32,
}


@pytest.fixture
def with_provider(monkeypatch):
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)


def test_with_sign_in_it_may_be_served_to_others(started, with_provider):
    result = run.invoke(app, ["serve", "--host", "0.0.0.0", "--port", "8600"])  # noqa: S104
    assert result.exit_code == 0
    assert started == [("0.0.0.0", 8600, None)]  # noqa: S104


def test_nobody_is_let_in_past_a_sign_in(started, with_provider):
    result = run.invoke(app, ["serve", "--without-sign-in", "manager"])
    assert result.exit_code == 2
    assert "past it" in result.stderr
    assert started == []


@pytest.mark.parametrize("missing", PROVIDER)
def test_sign_in_is_never_half_set_up(started, with_provider, monkeypatch, missing):
    monkeypatch.delenv(missing)
    for words in (["serve"], ["serve", "--without-sign-in", "manager"]):
        result = run.invoke(app, words)
        assert result.exit_code == 2
        assert missing in result.stderr
    assert started == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DRIVE_OIDC_COOKIE_SECRET", "open sesame", "too short"),
        ("DRIVE_OIDC_ADDRESS", "http://drive.example.org", "must start with https://"),
        ("DRIVE_OIDC_METADATA_URL", "http://localhost.evil.example", "must start with https://"),
    ],
)
def test_a_sign_in_that_is_not_safe_is_refused(
    started, with_provider, monkeypatch, name, value, words
):
    monkeypatch.setenv(name, value)
    result = run.invoke(app, ["serve"])
    assert result.exit_code == 2
    assert words in result.stderr
    assert "sesame" not in result.stderr


@pytest.mark.parametrize(
    ("address", "base"),
    [("https://drive.example.org", "/drive"), ("https://drive.example.org/drive", "")],
)
def test_who_signs_in_comes_back_below_the_path_or_it_is_refused(
    started, with_provider, monkeypatch, address, base
):
    monkeypatch.setenv("DRIVE_OIDC_ADDRESS", address)
    monkeypatch.setenv("DRIVE_BASE_PATH", base)
    result = run.invoke(app, ["serve"])
    assert result.exit_code == 2
    assert "would come back to no page" in result.stderr
    assert started == []


def test_an_address_with_its_path_is_served(started, with_provider, monkeypatch):
    monkeypatch.setenv("DRIVE_OIDC_ADDRESS", "https://drive.example.org/drive/")
    monkeypatch.setenv("DRIVE_BASE_PATH", "/drive")
    assert run.invoke(app, ["serve"]).exit_code == 0
    assert started == [("127.0.0.1", 8501, None)]


def test_check_says_how_people_sign_in(started, with_provider):
    result = run.invoke(app, ["check"])
    assert "https://drive.example.org/oauth2callback" in result.stdout
    assert "secret" not in result.stdout.lower()


def test_check_of_the_released_database(started):
    result = run.invoke(app, ["check"])
    assert result.exit_code == 0
    assert "Records: made up" in result.stdout
    assert "Last record: 2026-10-31." in result.stdout


def test_check_of_a_database_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    result = run.invoke(app, ["check"])
    assert result.exit_code == 2
    assert "There is no database" in result.stderr


@pytest.mark.parametrize("command", ["check", "measures", "demo"])
def test_a_server_that_is_not_there_is_said_in_words(monkeypatch, command):
    monkeypatch.setenv("DRIVE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    result = run.invoke(app, [command])
    assert result.exit_code == 2
    assert "cannot be reached" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_demo_fills_an_empty_database_once(monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/demo.sqlite")
    command = ["demo", "--cases", "40", "--seed", "2", "--today", "2026-06-30"]
    first = run.invoke(app, command)
    assert first.exit_code == 0
    assert "up to 2026-06-30" in first.stdout
    second = run.invoke(app, command)
    assert second.exit_code == 2
    assert "already holds records" in second.stderr
