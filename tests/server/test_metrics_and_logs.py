"""What is counted and written down while it runs: no record is in it."""

import json
import logging
import sys
from datetime import datetime

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from dashboard.serving import metrics
from dashboard.serving.errors import LETTERS, new_number, on_error
from dashboard.serving.logs import OneLine, without_values
from dashboard.snapshot import Store
from dashboard.snapshot.snapshot import LONDON


def told(store):
    registry = CollectorRegistry()
    registry.register(metrics.OfTheRecords(lambda: store))
    families = text_string_to_metric_families(generate_latest(registry).decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_age_and_imports_are_told(monkeypatch, released_database):
    monkeypatch.setenv("DRIVE_DATABASE_URL", released_database)
    store = Store(released_database)
    assert "drive_snapshot_age_seconds" not in {name for name, *_ in told(store)}
    snapshot = store.current()
    said = told(store)
    assert said["drive_database_reachable",] == 1
    assert said["drive_snapshot_version",] == snapshot.version
    age = (datetime.now(LONDON) - snapshot.read_at).total_seconds()
    assert said["drive_snapshot_age_seconds",] == pytest.approx(age, abs=30)
    assert said["drive_imports_total", "loaded"] == 1
    assert said["drive_imports_total", "refused"] == 0
    assert said["drive_last_import_rows", "rejected"] == 0
    assert said["drive_last_import_rows", "inserted"] > 1000


def test_a_database_that_is_away_is_told_so(monkeypatch, tmp_path):
    url = f"sqlite:///{tmp_path}/none.sqlite"
    monkeypatch.setenv("DRIVE_DATABASE_URL", url)
    assert told(Store(url)) == {("drive_database_reachable",): 0}


def test_runs_are_timed_by_page_also_those_that_fail():
    def runs():
        return metrics.REGISTRY.get_sample_value("drive_page_seconds_count", {"page": "a-test"})

    with metrics.page_run(lambda: "a-test"):
        pass
    with pytest.raises(ValueError, match="x"), metrics.page_run(lambda: "a-test"):
        raise ValueError("x")
    assert runs() == 2


def test_a_failed_page_gives_a_number_to_the_person_and_to_the_log(caplog):
    shown = []
    problem = KeyError("SU-00123 of Slough")
    with caplog.at_level(logging.ERROR, "dashboard"):
        assert on_error(shown.append, lambda: "caseload", lambda: "Ann")(problem) is True
    (record,) = caplog.records
    line = OneLine().format(record)
    entry = json.loads(line)
    assert entry["page"] == "caseload"
    assert entry["error"]["kind"] == "KeyError"
    assert "\n" not in line
    assert "SU-00123" not in line
    assert "Slough" not in line
    (words,) = shown
    assert f"Tell Ann the number {entry['number']}" in words
    assert "KeyError" not in words


def test_a_number_can_be_read_out():
    assert len(new_number()) == 4
    assert set("".join(new_number() for _ in range(200))) <= set(LETTERS)
    assert not set("01OIL") & set(LETTERS)


def test_an_error_that_comes_with_a_log_line_is_shortened():
    try:
        raise ValueError("case 'C-77' of person SU00012 on 2026-01-02 is wrong\nparameters: X1")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", (), None)
        record.exc_info = sys.exc_info()
    entry = json.loads(OneLine().format(record))
    assert entry["message"] == "It failed"
    assert "says: case – of person – on – is wrong" in entry["exc_info"]
    assert "C-77" not in entry["exc_info"]
    assert "SU00012" not in entry["exc_info"]
    assert "X1" not in entry["exc_info"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("disk is full", "disk is full"),
        ('no such column: "C-1"', "no such column: –"),
        ("row 17 of referrals.csv", "row – of referrals.csv"),
        ("first line\nsecond", "first line"),
        ("", ""),
    ],
)
def test_values_are_left_out(text, kept):
    assert without_values(text) == kept
