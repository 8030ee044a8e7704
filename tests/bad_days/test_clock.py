"""The time zone of the computer means nothing; a clock that was set wrong does no lasting harm."""

import json
import os
import subprocess
from datetime import datetime, timedelta

import pytest
from served import COMMAND

from dashboard.intake import run_import
from dashboard.shell import visit
from dashboard.snapshot import snapshot as snapshots

pytestmark = pytest.mark.slow


def test_the_same_in_every_time_zone(file):
    told = []
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles", "Europe/London"):
        env = {**os.environ, "TZ": zone, "DRIVE_DATABASE_URL": f"sqlite:///{file}"}
        command = [COMMAND, "measures", "--json", "--by", "month"]
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        told.append(json.loads(done.stdout))
    assert told[0] == told[1] == told[2]
    assert told[0]["as_at"] == "2026-01-05"


def clock(by):
    """A clock that goes wrong by so much."""
    real = datetime.now

    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return real(tz) + by

    return Wrong


def test_set_back_for_a_while(file, screen, newest, monkeypatch, tmp_path):
    url = f"sqlite:///{file}"
    (tmp_path / "contacts.csv").write_text(
        "contact_id,case_id,occurred_on\nK1,C1,2026-02-01\nK2,C1,2026-01-10\n"
    )
    with monkeypatch.context() as wrong:
        # To 20 January 2026: what is after that day has not happened yet.
        back = datetime(2026, 1, 20) - datetime.now()  # noqa: DTZ001, DTZ005
        wrong.setattr(snapshots, "datetime", clock(back))
        wrong.setattr(visit, "datetime", clock(back))
        report = run_import(url, [tmp_path / "contacts.csv"], today=datetime(2026, 1, 20).date())  # noqa: DTZ001
        assert report.exit_code == 1
        assert report.tables["contacts"].inserted == 1
        assert "Records to 10 January 2026" in screen(url, anew=True)
    # The clock is right again: the refused row is loaded as soon as it comes again.
    assert run_import(url, [tmp_path / "contacts.csv"]).exit_code == 0
    newest()
    assert "Records to 1 February 2026" in screen(url)


def test_set_forward_for_a_while(file, screen, newest, monkeypatch):
    url = f"sqlite:///{file}"
    with monkeypatch.context() as wrong:
        wrong.setattr(snapshots, "datetime", clock(timedelta(days=400)))
        assert "Records to 5 January 2026" in screen(url, anew=True)
    # What was read then seems to come from the future; its age is not said below nothing.
    newest()
    away = file.with_suffix(".away")
    file.rename(away)
    newest()
    assert "Less than a minute old: the database cannot be reached" in screen(url)
    away.rename(file)
    newest()
    assert "Database away" not in screen(url)
