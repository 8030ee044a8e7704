"""330 real cases load with the mapping that is shipped, and no change of code."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from small_service import Intake

from dashboard.intake import run_import

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / ".." / "shared" / "data" / "mdve.csv"
MAPPING = ROOT / "dashboard" / "intake" / "examples" / "mdve.toml"

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason="the records are not on this machine")


def test_329_are_loaded_and_the_one_without_a_date_is_rejected(intake: Intake) -> None:
    report = run_import(intake.url, [RECORDS], MAPPING)
    assert report.exit_code == 1
    referrals = report.tables["referrals"]
    assert (referrals.read, referrals.inserted, referrals.rejected) == (330, 329, 1)
    (rejected,) = report.rejections
    assert (rejected.file, rejected.row, rejected.column) == ("mdve.csv", 48, "YEAR")
    with RECORDS.open() as file:
        cases = [case for case in csv.DictReader(file) if case["YEAR"] != "NA"]
    months = Counter((1900 + int(case["YEAR"]), int(case["MONTH"]), 1) for case in cases)
    days = [day for (day,) in intake.rows("referrals", "received_on")]
    assert Counter((day.year, day.month, day.day) for day in days) == months
    assigned = Counter(route for (route,) in intake.rows("referrals", "route"))
    assert assigned == {"arrest": 93, "advise": 110, "separate": 126}
    delivered = Counter(reason for (reason,) in intake.rows("referral_decisions", "reason"))
    words = {"1": "arrest", "2": "advise", "3": "separate", "4": "other"}
    assert delivered == Counter(words[case["T_FINAL"]] for case in cases)
    assert intake.rows("areas", "area_code", "name", "county") == [
        ("MPLS", "Minneapolis", "minneapolis")
    ]
    assert run_import(intake.url, [RECORDS], MAPPING).tables["referrals"].unchanged == 329
