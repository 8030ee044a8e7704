"""Records in: loaded once, changed when corrected, and reported to the row."""

import json
from datetime import date
from pathlib import Path

from small_service import SERVICE, TODAY, Intake, reasons

from dashboard.database.connection import connect
from dashboard.database.connection import database_url as as_url
from dashboard.intake import run_import, write_rejected


def test_a_folder_of_files_is_loaded_in_any_order_of_names(intake: Intake) -> None:
    report = intake.load(SERVICE)
    assert report.exit_code == 0
    assert json.loads(report.as_json())["tables"]["cases"] == {
        "read": 2,
        "inserted": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
    }
    assert json.loads(report.as_json())["rejections"] == []
    assert intake.rows("cases") == [
        ("C1", "R1", None, date(2025, 1, 20), None, None, None, None),
        ("C2", "R2", None, date(2025, 2, 20), None, None, None, None),
    ]


def test_the_same_files_twice_change_nothing(service: Intake) -> None:
    before, version = service.everything(), service.version()
    report = service.load(SERVICE)
    assert report.exit_code == 0
    assert {(each.read, each.unchanged) for each in report.tables.values()} == {(2, 2), (1, 1)}
    assert service.everything() == before
    assert service.version() == version


def test_a_corrected_row_updates_and_moves_the_version(service: Intake) -> None:
    version = service.version()
    report = service.load(
        {
            "cases.csv": "case_id,referral_id,allocated_on,closed_on,closure_reason\n"
            "C1,R1,2025-01-20,2025-06-01,Planned\nC2,R2,2025-02-20,,\n"
        }
    )
    cases = report.tables["cases"]
    assert (cases.read, cases.updated, cases.unchanged, cases.inserted) == (2, 1, 1, 0)
    assert service.rows("cases", "case_id", "closed_on", "closure_reason") == [
        ("C1", date(2025, 6, 1), "planned_completion"),
        ("C2", None, None),
    ]
    assert service.version() == version + 1


def test_a_blank_cell_takes_a_value_away_but_an_absent_column_does_not(service: Intake) -> None:
    head = "service_user_id,sex,year_of_birth\n"
    service.load({"service_users.csv": f"{head}S1,male,1980\nS2,male,1990\n"})
    report = service.load({"service_users.csv": "service_user_id,sex\nS1,\nS2,female\nS3,male\n"})
    assert report.exit_code == 0
    assert service.rows("service_users", "service_user_id", "sex", "year_of_birth") == [
        ("S1", None, 1980),
        ("S2", "female", 1990),
        ("S3", "male", None),
    ]


def test_headings_and_file_names_are_read_as_people_write_them(intake: Intake) -> None:
    report = intake.load(
        {
            "Case Managers.CSV": "\ufeffNAME ;Case-Manager ID; Shoe size;LeftOn\n"
            " Ann ; 007 ;38; 01/06/2025 00:00\n"
        }
    )
    assert report.exit_code == 0
    assert intake.rows("case_managers") == [("007", "Ann", None, date(2025, 6, 1))]
    assert report.notes == ["Case Managers.CSV: columns not used: Shoe size."]


def test_every_problem_of_a_row_is_said_in_one_entry(service: Intake) -> None:
    report = service.load(
        {
            "contacts.csv": "contact_id,case_id,occurred_on,kind,outcome\n"
            "K1,C1,2025-03-01,Home visit,Attended\n"
            "K2,C1,31/02/2025,Home visit,perhaps\n"
            "K3,,2025-03-01,,\n"
            "K4,C1,=TODAY(),,\n"
            "K5,C1,01/07/2025,,\n"
            "K6,C1,2025-03-01,,,extra\n"
        }
    )
    assert report.exit_code == 1
    assert reasons(report) == [
        ("contacts.csv", 3, "occurred_on", "31/02/2025"),
        ("contacts.csv", 4, "case_id", ""),
        ("contacts.csv", 5, "occurred_on", "=TODAY()"),
        ("contacts.csv", 6, "occurred_on", "01/07/2025"),
        ("contacts.csv", 7, None, "extra"),
    ]
    said = [each.reason for each in report.rejections]
    assert said[0] == (
        "is not a date (ISO, or day first, such as 2025-03-21 or 21/03/2025); also outcome: "
        "is not one of the known codes: kept, missed, cancelled"
    )
    assert said[1] == "case_id is required, and is missing here"
    assert said[2].startswith("is a formula")
    assert said[3] == "is in the future (today is 2025-06-30)"
    assert service.rows("contacts") == [("K1", "C1", date(2025, 3, 1), "in_person", "kept")]
    counts = report.tables["contacts"]
    assert (counts.read, counts.inserted, counts.rejected) == (6, 1, 5)


def test_a_formula_in_a_column_that_is_not_used_rejects_its_row_too(service: Intake) -> None:
    report = service.load(
        {"agencies.csv": "agency_id,name,days\nP2,Probation,3\nP3,Housing,=A1+1\n"}
    )
    assert reasons(report) == [("agencies.csv", 3, "days", "=A1+1")]
    assert service.rows("agencies", "agency_id") == [("P1",), ("P2",)]


def test_planned_days_may_lie_ahead_and_past_ones_may_not(service: Intake) -> None:
    report = service.load(
        {
            "reviews.csv": "review_id,case_id,due_on,held_on\nV1,C1,2026-01-01,\n"
            "V2,C1,2025-05-01,2025-07-01\n",
            "assignments.csv": "case_id,case_manager_id,from_on,to_on\n"
            "C1,M1,2025-01-20,2025-12-31\nC2,M1,2025-07-01,\n",
            "case_managers.csv": "case_manager_id,name,started_on\nM3,Three,2025-09-01\n",
        }
    )
    assert reasons(report) == [
        ("assignments.csv", 3, "from_on", "2025-07-01"),
        ("reviews.csv", 3, "held_on", "2025-07-01"),
    ]


def test_a_county_that_is_not_known_is_added_to_the_list(intake: Intake) -> None:
    intake.load({"areas.csv": "area_code,name,county\nA1,Minneapolis,Hennepin County\n"})
    assert intake.rows("areas", "county") == [("hennepin-county",)]
    assert intake.rows("codes", "code_list", "code", "label") == [
        ("county", "hennepin-county", "Hennepin County")
    ]
    again = intake.load({"areas.csv": "area_code,name,county\nA1,Minneapolis,hennepin county\n"})
    assert again.tables["areas"].unchanged == 1


def test_the_text_report_shows_the_first_rejections_and_says_where_the_rest_are(
    service: Intake,
) -> None:
    bad = "".join(f"K{number},C9,2025-03-01\n" for number in range(30))
    report = service.load(
        {"contacts.csv": f"contact_id,case_id,occurred_on\nK,C1,2025-03-01\n{bad}"}
    )
    text = report.as_text()
    assert text.count("Rejected:") == 20
    assert "... and 10 more rejected rows." in text
    assert f"drive-dashboard rejected --import {report.import_id} --out FOLDER" in text
    assert len(json.loads(report.as_json())["rejections"]) == 30


def test_an_import_is_written_down(service: Intake) -> None:
    ((number, loaded, files, counts),) = service.rows(
        "imports", "import_id", "loaded", "files", "counts"
    )
    assert (number, loaded, files) == (1, True, sorted(SERVICE))
    assert counts["areas"]["inserted"] == 2


def test_cells_beyond_the_headings(service: Intake) -> None:
    report = service.load(
        {"agencies.csv": "agency_id,name,,\nP5,Fire,see note,\nP6,Rail, Road,,and sea\n"}
    )
    assert reasons(report) == [("agencies.csv", 3, None, "and sea")]
    assert report.rejections[0].reason == "the row has more cells than there are headings"


def test_folders_with_files_of_the_same_name(service: Intake, tmp_path: Path) -> None:
    for county, agency in (("north", "P7"), ("south", "P8")):
        (tmp_path / county).mkdir()
        text = f"agency_id,name\n{agency},Fire\n{agency}x,\n"
        (tmp_path / county / "agencies.csv").write_text(text)
    folders = [tmp_path / "north", tmp_path / "south", tmp_path / "north"]
    report = run_import(service.url, folders, today=TODAY)
    assert reasons(report) == [
        ("north/agencies.csv", 3, "name", ""),
        ("south/agencies.csv", 3, "name", ""),
    ]
    engine = connect(as_url(service.url))
    written = write_rejected(engine, None, tmp_path / "out")
    engine.dispose()
    assert [str(path.relative_to(tmp_path / "out")) for path in written] == [
        "north/agencies.csv",
        "south/agencies.csv",
    ]
