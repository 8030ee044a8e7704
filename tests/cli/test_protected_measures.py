"""`drive-dashboard measures` for roles with protected numbers: the release’s list only."""

import json

import pytest
from typer.testing import CliRunner

from dashboard.cli import app

run = CliRunner()


@pytest.fixture
def measures(released_database, monkeypatch):
    monkeypatch.setenv("DRIVE_DATABASE_URL", released_database)
    return lambda *options: run.invoke(app, ["measures", "--role", "opcc", *options])


def document(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_answer_names_its_release_and_says_what_is_hidden(measures):
    found = document(measures("--json"))
    assert found["release"] == 1
    assert (found["from"], found["to"]) == ("2024-03-01", "2026-10-31")
    assert {"referrals_received", "planned_completion_rate"} <= {
        row["key"] for row in found["rows"]
    }
    for row in found["rows"]:
        assert isinstance(row["suppressed"], bool)
        assert row["value"] is None or not row["suppressed"]


def test_no_count_of_1_to_4_and_only_multiples_of_5(measures):
    for options in (["--by", "month"], ["--by", "area"], ["--area", "berkshire"]):
        for row in document(measures("--json", *options))["rows"]:
            for name in ("numerator", "denominator"):
                assert row[name] is None or row[name] % 5 == 0, row


def test_a_quarter_of_a_county(measures):
    found = document(
        measures("--area", "berkshire", "--from", "2026-07-01", "--to", "2026-09-30", "--json")
    )
    assert len(found["areas"]) == 6
    assert (found["from"], found["to"]) == ("2026-07-01", "2026-09-30")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--from", "2026-07-01", "--to", "2026-09-29"], "whole periods only"),
        (["--from", "2026-07-01"], "whole periods only"),
        (["--as-at", "2026-09-30"], "leave out --as-at"),
        (["--area", "reading", "--area", "oxford"], "one area at a time"),
        (["--area", "reading", "--by", "month"], "whole area only"),
        (["--area", "reading", "--from", "2026-09-01", "--to", "2026-09-30"], "whole periods only"),
        (["--by", "month", "--from", "2026-09-02"], "whole periods only"),
        (["--area", "berkshire", "--by", "area"], "without --area"),
        (["--by", "case_manager"], "does not see numbers by case manager"),
    ],
)
def test_anything_else_is_refused_in_words(measures, options, words):
    result = measures(*options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not result.stdout


def test_before_the_first_release_it_says_when_that_comes(made_up_database, monkeypatch):
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
    result = run.invoke(app, ["measures", "--role", "meeting"])
    assert result.exit_code == 2
    assert "14 April 2024" in result.stderr
