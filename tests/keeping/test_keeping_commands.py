"""`annotate` and `targets`: set, listed, removed, refused in words."""

import pytest
from typer.testing import CliRunner

from dashboard.cli import app


@pytest.fixture
def run(service_url, monkeypatch):
    monkeypatch.setenv("DRIVE_DATABASE_URL", service_url)

    def invoke(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, words)
        return result.exit_code, result.output

    return invoke


def test_a_target_is_set_listed_and_removed(run):
    days = ("--from", "2026-04-01", "--to", "2027-03-31")
    assert run("targets", "referrals_received", "450", *days) == (0, "Set.\n")

    code, listed = run("targets")
    assert (code, listed.split()) == (
        0,
        ["referrals_received", "all", "2026-04-01", "to", "2027-03-31", "450"],
    )
    gone = run("targets", "referrals_received", "--from", "2026-04-01", "--remove")
    assert gone == (0, "Removed.\n")
    assert run("targets") == (0, "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("referrals", "1", "--from", "2026-04-01"), "is not a measure that has targets"),
        (("active_cases", "1"), "Give a value and its first day"),
        (("active_cases", "1", "--from", "2026-04-01", "--area", "Oz"), "is not one area"),
    ],
)
def test_a_target_that_cannot_be_set_is_refused_in_words(run, words, says):
    code, said = run("targets", *words)

    assert code == 2
    assert says in said


def test_a_note_is_added_listed_and_removed(run):
    assert run("annotate", "New route", "--on", "2026-06-01", "--area", "Reading") == (
        0,
        "Noted.\n",
    )
    assert run("annotate")[1].split() == ["2026-06-01", "R", "New", "route"]
    again = run("annotate", "New route", "--on", "2026-06-01", "--area", "R")
    assert (again[0], "noted already" in again[1]) == (2, True)
    gone = run("annotate", "New route", "--on", "2026-06-01", "--area", "R", "--remove")
    assert gone == (0, "Removed.\n")
