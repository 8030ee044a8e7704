"""A wrong password, a database of an older or a newer program: said in words, waited out."""

import os

import psycopg
import pytest
from sqlalchemy import make_url, text
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.database import connect

run = CliRunner()
BAD = "wrong-pass" + "word"


@pytest.mark.slow
def test_a_wrong_password(postgresql_server, postgresql_url, monkeypatch, tmp_path):
    data = getattr(postgresql_server, "pgdata", None)
    if data is None:
        pytest.skip("Only a server of the test's own is told to ask for passwords.")
    role = f"drive_test_{os.getpid()}_locked"
    rules = data / "pg_hba.conf"
    before = rules.read_text()
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'tests-only'")
        rules.write_text(f"local all {role} scram-sha-256\n{before}")
        connection.execute("SELECT pg_reload_conf()")
    url = make_url(postgresql_url).set(username=role, password=BAD)
    monkeypatch.setenv("DRIVE_DATABASE_URL", url.render_as_string(hide_password=False))
    (tmp_path / "needs.csv").write_text("service_user_id,need\nS1,housing\n")
    try:
        commands = (["check"], ["measures"], ["import", str(tmp_path)], ["backup", "--out", "x"])
        for command in commands:
            done = run.invoke(app, command)
            assert done.exit_code == 2, command
            assert "refuses the name or the password" in done.stderr
            assert BAD not in done.output
            assert "Traceback" not in done.output
    finally:
        rules.write_text(before)
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(f"DROP ROLE {role}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("revision", "words"),
    [("0001", "older version of this program"), ("9999", "newer version of this program")],
)
def test_behind_or_ahead_in_migrations(
    file, screen, newest, tmp_path, monkeypatch, revision, words
):
    url = f"sqlite:///{file}"
    assert "Records to 5 January 2026" in screen(url, anew=True)

    def stand_at(number):
        with connect(make_url(url)).begin() as connection:
            right = connection.scalar(text("SELECT version_num FROM alembic_version"))
            connection.execute(
                text("UPDATE alembic_version SET version_num = :number"), {"number": number}
            )
            connection.execute(text("UPDATE marks SET value = 'moved' WHERE name = 'stamp'"))
        return right

    right = stand_at(revision)
    newest()
    # Who is at work goes on with what was read; who starts now is told what to do.
    assert "Records to 5 January 2026" in screen(url)
    monkeypatch.setenv("DRIVE_SNAPSHOT_FOLDER", str(tmp_path / "none yet"))
    assert words in screen(url, anew=True)
    (tmp_path / "needs.csv").write_text("service_user_id,need\nS1,housing\n")
    done = run.invoke(app, ["import", str(tmp_path / "needs.csv")])
    assert done.exit_code == 2
    assert words in done.stderr
    stand_at(right)
    assert "Records to 5 January 2026" in screen(url)
