"""A mapping file: other headings, other codes, other shapes, one file for several tables."""

from datetime import date
from pathlib import Path

from small_service import Intake, reasons

ROOT = Path(__file__).parents[2]
EXPORT = (
    "Ref;Person;Made;Y;M;D;Alcohol;Drugs;Outcome;Source\n"
    "1;P1;03/25/2025;25;3;26;yes;;Agreed;Walk-in\n"
    "2;P2;03/26/2025;25;Mar;27;;;Put off;Police\n"
    "3;P3;26/03/2025;25;3;28;;yes;Agreed;Police\n"
    "4;P4;03/27/2025;25;;;;yes;Agreed;Police\n"
)

MAPPING = """
[codes.route]
walk_in = "Walk-in centre"

[[feed]]
file = "export"
table = "service_users"
[feed.columns]
service_user_id = "person"

[[feed]]
file = "export"
table = "needs"
when_filled = ["Alcohol"]
[feed.columns]
service_user_id = "Person"
need = { constant = "alcohol" }

[[feed]]
file = "export"
table = "needs"
when_filled = ["drugs"]
[feed.columns]
service_user_id = "Person"
need = { constant = "Drugs" }

[[feed]]
file = "export"
table = "referrals"
[feed.columns]
referral_id = "Ref"
service_user_id = "Person"
received_on = { heading = "Made", formats = ["%m/%d/%Y"] }
route = "Source"
[feed.codes.route]
"walk in" = "walk_in"

[[feed]]
file = "export"
table = "referral_decisions"
[feed.columns]
referral_id = "Ref"
decided_on = { year = "Y", month = "M", day = "D", century = 2000 }
decision = "Outcome"
[feed.codes.decision]
agreed = "accept"
"put off" = "defer"
"""


def test_one_file_feeds_several_tables_and_a_row_is_taken_whole_or_not_at_all(
    intake: Intake,
) -> None:
    report = intake.load({"Export.csv": EXPORT}, mapping=MAPPING)
    assert reasons(report) == [
        ("Export.csv", 4, "Made", "26/03/2025"),
        ("Export.csv", 5, "M", ""),
    ]
    assert report.rejections[0].reason == "is not a date of the form %m/%d/%Y"
    assert report.rejections[1].reason == "decided_on is required, and is missing here"
    assert intake.rows("referrals", "referral_id", "received_on", "route") == [
        ("1", date(2025, 3, 25), "walk_in"),
        ("2", date(2025, 3, 26), "operational_policing"),
    ]
    assert intake.rows("referral_decisions", "referral_id", "decided_on", "decision") == [
        ("1", date(2025, 3, 26), "accept"),
        ("2", date(2025, 3, 27), "defer"),
    ]
    assert intake.rows("service_users", "service_user_id") == [("P1",), ("P2",)]
    assert intake.rows("needs") == [("P1", "alcohol")]
    assert intake.rows("codes", "code_list", "code", "label") == [
        ("route", "walk_in", "Walk-in centre")
    ]
    counts = {name: (each.read, each.rejected) for name, each in report.tables.items()}
    assert counts == {
        "service_users": (4, 2),
        "needs": (3, 2),
        "referrals": (4, 2),
        "referral_decisions": (4, 2),
    }


def test_a_row_refused_late_for_one_table_is_refused_for_all(service: Intake) -> None:
    report = service.load(
        {"export.csv": "person,case,day\nS7,C1,2025-03-01\nS8,C1,2025-01-01\n"},
        mapping="""
        [[feed]]
        table = "service_users"
        columns = { service_user_id = "person" }
        [[feed]]
        table = "contacts"
        columns = { contact_id = "person", case_id = "case", occurred_on = "day" }
        """,
    )
    assert reasons(report) == [("export.csv", 3, "day", "2025-01-01")]
    assert service.rows("service_users", "service_user_id") == [("S1",), ("S2",), ("S7",)]


def test_headings_that_need_no_renaming_are_found_by_themselves(intake: Intake) -> None:
    intake.load(
        {"agencies.csv": "agency_id,title,sector,joined_on\nP1,Police,police,2025-01-01\n"},
        mapping="""
        [[feed]]
        file = "agencies.csv"
        table = "agencies"
        columns = { name = "title", joined_on = false }
        """,
    )
    assert intake.rows("agencies") == [("P1", "Police", "police", None)]


def test_rows_for_no_table_are_counted_in_a_note(service: Intake) -> None:
    report = service.load(
        {"needs.csv": "service_user_id,need\nS1,drugs\nS2,\n"},
        mapping='[[feed]]\ntable = "needs"\nwhen_filled = ["need"]\n',
    )
    assert (report.exit_code, report.tables["needs"].read) == (0, 1)
    assert report.notes == [
        "needs.csv: 1 of its rows fed no table: the columns named in when_filled are blank in them."
    ]


def test_words_for_nothing(intake: Intake) -> None:
    intake.load(
        {"agencies.csv": "agency_id,name,joined_on\nP1,Police,n/a\nP2,Health,unknown\n"},
        mapping='missing = ["N/A", "unknown"]',
    )
    assert intake.rows("agencies", "agency_id", "joined_on") == [("P1", None), ("P2", None)]


def test_codes_added_by_one_import_are_known_to_the_next(intake: Intake) -> None:
    files = {"agencies.csv": "agency_id,name,sector\nP1,Fire,Fire and rescue\n"}
    assert intake.load(files).exit_code == 2
    added = '[codes.sector]\nfire = "Fire and rescue"\n'
    assert intake.load(files, mapping=added).exit_code == 0
    assert intake.load(files, mapping=added).tables["agencies"].unchanged == 1
    assert intake.load(files).tables["agencies"].unchanged == 1
    assert intake.rows("codes", "code") == [("fire",)]


def test_other_words_for_ids(service: Intake) -> None:
    report = service.load(
        {"referrals.csv": "referral_id,area_code,received_on\nR5,reading ,2025-03-01\n"},
        mapping="""
        [[feed]]
        file = "referrals"
        table = "referrals"
        [feed.codes.area_code]
        "Reading" = "A1"
        """,
    )
    assert report.exit_code == 0
    assert ("R5", "A1") in service.rows("referrals", "referral_id", "area_code")


def test_the_example_in_the_documentation_loads(service: Intake) -> None:
    text = (ROOT / "dashboard" / "intake" / "MAPPING.md").read_text(encoding="utf-8")
    mapping = text.split("```toml\n")[1].split("```")[0]
    heading, _, row = [line for line in text.splitlines() if line.startswith("|")][:3]
    export = "\n".join(line.strip("| ").replace(" | ", ",") for line in (heading, row))
    report = service.load(
        {"export.csv": export, "areas.csv": "area_code,name,county\nE06000038,Reading,berkshire\n"},
        mapping=mapping,
    )
    assert report.exit_code == 0, report.as_text()
    assert report.notes == []
    assert ("1", "walk_in", "E06000038") in service.rows(
        "referrals", "referral_id", "route", "area_code"
    )
    assert service.rows("needs") == [("P1", "alcohol")]
