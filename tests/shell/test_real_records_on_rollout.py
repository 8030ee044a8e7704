"""330 real cases that nobody here made up: loaded with a mapping alone, shown without a label."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import dashboard
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.cli import app
from dashboard.shell import visit

ROOT = Path(dashboard.__file__).parents[1]
RECORDS = ROOT.parent / "shared" / "data" / "mdve.csv"
MAPPING = ROOT / "dashboard" / "intake" / "examples" / "mdve.toml"

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason="mdve.csv is not beside this project")


@pytest.fixture
def loaded(monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/mdve.sqlite")
    result = CliRunner().invoke(app, ["import", str(RECORDS), "--mapping", str(MAPPING), "--json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert report["tables"]["referrals"]["inserted"] == 329
    assert [each["row"] for each in report["rejections"]] == [48]


def test_measures_by_month_are_the_files_own_counts(loaded):
    with RECORDS.open(newline="") as file:
        months = [(row["YEAR"], row["MONTH"]) for row in csv.DictReader(file)]
    own = Counter(f"19{y}-{int(m):02}" for y, m in months if y != "NA" and m != "NA")
    result = CliRunner().invoke(app, ["measures", "--by", "month", "--json"])
    rows = json.loads(result.stdout)["rows"]
    found = {row["month"]: row["value"] for row in rows if row["key"] == "referrals_received"}
    assert {month: value for month, value in found.items() if value} == own
    assert sum(found.values()) == 329


def test_rollout_shows_them_without_a_made_up_label(loaded, monkeypatch):
    monkeypatch.setenv(WITHOUT_SIGN_IN, "manager")
    visit.store.clear()
    page = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60).run()
    page.switch_page("../pages/rollout.py").run()
    visit.store.clear()
    assert not page.exception
    assert page.title[0].value == "329 referrals since launch"
    said = " ".join(element.value for element in [*page.markdown, *page.caption])
    assert "invented" not in said
    assert "Made-up" not in said
    # No case was ever loaded: not known, and not 0.
    assert [metric.value for metric in page.metric][1:] == ["Not known"] * 4
