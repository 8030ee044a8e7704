"""Refused rows come back as files that can be mended and loaded again."""

import csv
from pathlib import Path

import pytest
from small_service import Intake, reasons, workbook
from test_mapping import EXPORT, MAPPING

from dashboard.database.connection import connect
from dashboard.database.connection import database_url as as_url
from dashboard.intake import NotLoadable, write_rejected


def written(intake: Intake, folder: Path, number: int | None = None) -> dict[str, str]:
    engine = connect(as_url(intake.url))
    paths = write_rejected(engine, number, folder)
    engine.dispose()
    return {path.name: path.read_text(encoding="utf-8-sig") for path in paths}


def test_mended_and_loaded_again_with_the_same_mapping(intake: Intake, tmp_path: Path) -> None:
    intake.load({"Export.csv": EXPORT}, mapping=MAPPING)
    (content,) = written(intake, tmp_path / "out").values()
    assert content.splitlines() == [
        "Ref,Person,Made,Y,M,D,Alcohol,Drugs,Outcome,Source,rejected_row,rejected_reason",
        "3,P3,26/03/2025,25,3,28,,yes,Agreed,Police,4,Made: is not a date of the form %m/%d/%Y",
        "4,P4,03/27/2025,25,,,,yes,Agreed,Police,5,"
        '"M: decided_on is required, and is missing here"',
    ]
    mended = content.replace("26/03/2025", "03/26/2025").replace("25,,,", "25,3,29,")
    report = intake.load({"Export.csv": mended}, mapping=MAPPING)
    assert report.exit_code == 0
    assert [row[0] for row in intake.rows("referrals", "referral_id")] == ["1", "2", "3", "4"]
    assert intake.rows("needs") == [("P1", "alcohol"), ("P3", "drugs"), ("P4", "drugs")]


def test_a_mended_row_joins_its_set_and_does_not_replace_it(
    service: Intake, tmp_path: Path
) -> None:
    head = "case_id,case_manager_id,from_on,to_on\n"
    service.load({"assignments.csv": f"{head}C1,M1,2025-01-20,2025-03-01\nC1,M9,2025-03-01,\n"})
    content = written(service, tmp_path / "out")["assignments.csv"]
    report = service.load({"assignments.csv": content.replace("C1,M9", "C1,M2")})
    assert report.exit_code == 0
    assert service.rows("assignments", "case_manager_id") == [("M1",), ("M2",)]
    refused = service.load({"assignments.csv": content}, complete=True)
    assert "not the whole of its table" in (refused.message or "")


def test_a_formula_is_made_harmless_and_a_value_so_marked_is_read_as_it_was(
    service: Intake, tmp_path: Path
) -> None:
    service.load(
        {"agencies.csv": 'agency_id,name,reason\nP5,"=cmd()",a\nP6,,"-b, ""c"""\nP7,Fire,\n'}
    )
    content = written(service, tmp_path / "out")["agencies.csv"]
    rows = list(csv.reader(content.splitlines()))
    assert rows[0] == ["agency_id", "name", "reason", "rejected_row", "rejected_reason"]
    assert rows[1][:3] == ["P5", "'=cmd()", "a"]
    assert rows[2][:3] == ["P6", "", '\'-b, "c"']
    assert service.load({"agencies.csv": content.replace("P6,", "P6,Six")}).exit_code == 0
    assert ("P5", "=cmd()") in service.rows("agencies", "agency_id", "name")


def test_rows_of_a_sheet_come_as_a_file_named_after_both(service: Intake, tmp_path: Path) -> None:
    sheets = {
        "Agencies": [["agency_id", "name"], ["P5", None], ["P6", "Fire"]],
        "reviews": [["review_id", "case_id", "due_on"], ["V1", "C9", "2025-01-01"]],
    }
    service.load({"export.xlsx": workbook(sheets)})
    files = written(service, tmp_path / "out")
    assert sorted(files) == ["export.xlsx [Agencies].csv", "export.xlsx [reviews].csv"]
    mended = files["export.xlsx [Agencies].csv"].replace("P5,", "P5,Health")
    assert service.load({"export.xlsx [Agencies].csv": mended}).exit_code == 0


@pytest.mark.parametrize("named", ["export.xlsx", "export", "Sheet1"])
def test_rows_of_a_sheet_load_again_whichever_way_the_mapping_names_it(
    service: Intake, tmp_path: Path, named: str
) -> None:
    chart = f'[[feed]]\nfile = "{named}"\ntable = "agencies"\n[feed.columns]\nagency_id = "Ref"\n'
    sheets = {"Sheet1": [["Ref", "name"], ["P5", "Fire"], ["P6", None]]}
    service.load({"export.xlsx": workbook(sheets)}, mapping=chart)
    ((name, content),) = written(service, tmp_path / "out").items()
    report = service.load({name: content.replace("P6,", "P6,Rail")}, mapping=chart)
    assert (report.exit_code, report.tables["agencies"].inserted) == (0, 1)


def test_refused_again_it_says_only_the_new_reason(service: Intake, tmp_path: Path) -> None:
    service.load(
        {"contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,never\nK2,C1,2025-03-01\n"}
    )
    first = written(service, tmp_path / "first")["contacts.csv"]
    report = service.load({"contacts.csv": first.replace("never", "2025-12-01")})
    assert reasons(report) == [("contacts.csv", 2, "occurred_on", "2025-12-01")]
    assert written(service, tmp_path / "second")["contacts.csv"].splitlines() == [
        "contact_id,case_id,occurred_on,rejected_row,rejected_reason",
        "K1,C1,2025-12-01,2,occurred_on: is in the future (today is 2025-06-30)",
    ]


def test_without_rejected_rows_there_is_nothing_to_write(service: Intake, tmp_path: Path) -> None:
    with pytest.raises(NotLoadable, match="Import 1 rejected no rows"):
        written(service, tmp_path / "out")
    with pytest.raises(NotLoadable, match="There is no such import"):
        written(service, tmp_path / "out", 99)
