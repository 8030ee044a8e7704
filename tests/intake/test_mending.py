"""Rejected rows that come back unmended take nothing from what was accepted."""

from datetime import date
from pathlib import Path

import pytest
from small_service import Intake, reasons, workbook
from test_rejected_files import written

HEAD = "referral_id,service_user_id,area_code,received_on,screened_on,eligible\n"
TWICE = {
    "referrals.csv": f"{HEAD}R9,S1,A1,2025-03-01,2025-03-05,yes\nR9,S2,A2,2025-03-02,,\n",
}
GOOD = ("R9", "S1", "A1", date(2025, 3, 1), date(2025, 3, 5), True)
COLUMNS = HEAD.strip().split(",")
IN_PLACE = (
    "the loaded record has the same referral_id with other content; to put this row in its place, "
    "empty its rejected_reason"
)
WIDE = "contact_id,case_id,occurred_on\nK1,C1,2025-03-01,in,Reading\nK2,C1,never\n"


def test_an_id_taken_by_another_row_is_refused_again_and_again(
    service: Intake, tmp_path: Path
) -> None:
    service.load(TWICE)
    for again in ("first", "second"):
        file = written(service, tmp_path / again)
        report = service.load({**file})
        assert reasons(report) == [("referrals.csv", 2, "referral_id", "R9")]
        assert report.rejections[0].reason == IN_PLACE
        assert report.tables["referrals"].updated == 0
        assert GOOD in service.rows("referrals", *COLUMNS)


def test_mending_another_cell_of_it_does_not_help(service: Intake, tmp_path: Path) -> None:
    service.load({"referrals.csv": TWICE["referrals.csv"].replace("2025-03-02", "never")})
    file = written(service, tmp_path / "out")["referrals.csv"]
    assert "also referral_id: row 2 of referrals.csv has the same referral_id" in file
    report = service.load({"referrals.csv": file.replace(",never,", ",2025-03-02,")})
    assert [each.reason for each in report.rejections] == [IN_PLACE]
    assert GOOD in service.rows("referrals", *COLUMNS)


def test_with_an_id_of_its_own_it_is_new(service: Intake, tmp_path: Path) -> None:
    service.load(TWICE)
    file = written(service, tmp_path / "out")["referrals.csv"]
    report = service.load({"referrals.csv": file.replace("R9,S2", "R10,S2")})
    assert (report.exit_code, report.tables["referrals"].inserted) == (0, 1)
    assert GOOD in service.rows("referrals", *COLUMNS)


def test_with_its_reason_emptied_it_takes_the_place(service: Intake, tmp_path: Path) -> None:
    service.load(TWICE)
    head, row = written(service, tmp_path / "out")["referrals.csv"].splitlines()
    settled = ",".join(row.split(",")[:7]) + ",\n"
    report = service.load({"referrals.csv": f"{head}\n{settled}"})
    assert (report.exit_code, report.tables["referrals"].updated) == (0, 1)
    assert ("R9", "S2", "A2", date(2025, 3, 2), None, None) in service.rows("referrals", *COLUMNS)


def test_what_was_refused_for_an_agency_corrects_its_record_once_that_is_there(
    service: Intake, tmp_path: Path
) -> None:
    head = "referral_id,received_on,agency_id\n"
    service.load({"referrals.csv": f"{head}R1,2025-01-10,P9\n"})
    file = written(service, tmp_path / "out")
    service.load({"agencies.csv": "agency_id,name\nP9,Fire\n"})
    assert service.load({**file}).tables["referrals"].updated == 1


def test_cells_beyond_the_headings_stay_until_they_are_mended(
    service: Intake, tmp_path: Path
) -> None:
    report = service.load({"contacts.csv": WIDE})
    assert reasons(report)[0] == ("contacts.csv", 2, None, "in, Reading")
    file = written(service, tmp_path / "out")["contacts.csv"]
    assert file.splitlines()[:2] == [
        "contact_id,case_id,occurred_on,rejected_row,rejected_reason",
        "K1,C1,2025-03-01,2,the row has more cells than there are headings,in,Reading",
    ]
    again = service.load({"contacts.csv": file})
    assert reasons(again) == reasons(report)
    assert written(service, tmp_path / "again")["contacts.csv"] == file
    mended = file.replace(",in,Reading", "").replace("never", "2025-03-02")
    assert service.load({"contacts.csv": mended}).tables["contacts"].inserted == 2


def test_and_in_a_workbook_that_they_were_saved_as(service: Intake, tmp_path: Path) -> None:
    service.load({"contacts.csv": WIDE})
    file = written(service, tmp_path / "out")["contacts.csv"]
    sheet = [line.split(",") for line in file.splitlines()[:2]]
    report = service.load({"contacts.xlsx": workbook({"contacts": sheet})})
    assert reasons(report) == [("contacts.xlsx [contacts]", 2, None, "in, Reading")]


def test_a_sheet_that_its_workbook_names_comes_back_in_both_names(
    service: Intake, tmp_path: Path
) -> None:
    sheets = {"Sheet1": [["agency_id", "name"], ["P5", None]]}
    service.load({"agencies.xlsx": workbook(sheets)})
    ((name, content),) = written(service, tmp_path / "out").items()
    assert name == "agencies.xlsx [Sheet1].csv"
    assert service.load({name: content.replace("P5,", "P5,Fire")}).exit_code == 0


def test_all_faults_of_a_row_are_told_at_once(service: Intake) -> None:
    head = "referral_id,service_user_id,received_on,agency_id,screened_on,eligible\n"
    report = service.load(
        {
            "referrals.csv": f"{head}R9,S1,2025-03-02,P9,2025-03-01,perhaps\n",
            "cases.csv": "case_id,referral_id,allocated_on,closure_reason\nC9,R1,2025-01-09,tired\n"
            "C8,R9,2025-03-05,tired\n",
        }
    )
    said = {(each.file, each.row): each.reason for each in report.rejections}
    assert said["referrals.csv", 2] == (
        "is neither yes nor no; also screened_on: is before received_on (2025-03-02); "
        "also agency_id: there is no agency P9 in the files or in the database"
    )
    assert said["cases.csv", 2].endswith(
        "; also allocated_on: is before the referral was received (2025-01-10)"
    )
    # Its referral may be mended with it, so that is no fault of its own.
    assert "R9" not in said["cases.csv", 3]


@pytest.mark.parametrize("day", ["1899-12-31", "31/12/1899", "21/03/0189"])
def test_a_day_before_all_others_is_too_early(service: Intake, day: str) -> None:
    report = service.load({"contacts.csv": f"contact_id,case_id,occurred_on\nK1,C1,{day}\n"})
    assert [each.reason for each in report.rejections] == [
        "is too early (the first day that is taken is 1900-01-01)"
    ]


def test_a_heading_with_a_slip_brings_what_was_meant(service: Intake) -> None:
    report = service.load({"referrals.csv": "referral_id,recieved_on\nR9,2025-03-01\n"})
    assert "Did you mean received_on by recieved_on?" in (report.message or "")
    report = service.load(
        {"referrals.csv": "referral_id,received_on,screend_on,colour\nR9,2025-03-01,,\n"}
    )
    assert report.notes == [
        "referrals.csv: columns not used: screend_on (did you mean screened_on?), colour."
    ]
