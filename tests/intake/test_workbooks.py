"""Excel workbooks with a sheet for each table."""

from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from small_service import Intake, reasons, workbook


def test_a_sheet_for_each_table(intake: Intake) -> None:
    content = workbook(
        {
            "Read me": [["Exported by the case system"]],
            "Cases": [
                ["Case ID", "Referral ID", "Allocated on", "Closed on"],
                [17, "R1", datetime.fromisoformat("2025-01-20T09:30"), None],
                [18.0, "R1", 45677, date(2025, 6, 1)],
            ],
            "referrals": [["referral_id", "received_on"], ["R1", "10/01/2025"]],
            "Sheet3": [],
        }
    )
    report = intake.load({"export.xlsx": content})
    assert report.exit_code == 0
    assert report.notes == [
        "Sheet Read me of export.xlsx was passed over: its name is not a table's."
    ]
    assert intake.rows("cases", "case_id", "allocated_on", "closed_on") == [
        ("17", date(2025, 1, 20), None),
        ("18", date(2025, 1, 20), date(2025, 6, 1)),
    ]


def test_ids_that_show_leading_noughts_keep_them(intake: Intake) -> None:
    def pad(book: Workbook) -> None:
        book["agencies"]["A2"].number_format = "00000"

    content = workbook({"agencies": [["agency_id", "name"], [123, "Police"]]}, pad)
    intake.load({"export.xlsx": content})
    assert intake.rows("agencies", "agency_id") == [("00123",)]


def test_formulas_and_errors_reject_their_rows(intake: Intake) -> None:
    def array(book: Workbook) -> None:
        book["agencies"]["B5"] = ArrayFormula("B5:B5", "=SUM(A1:A2)")

    content = workbook(
        {
            "agencies": [
                ["agency_id", "name"],
                ["P1", "Police"],
                ["P2", "=A1"],
                ["#REF!", "Housing"],
                ["P4", None],
            ]
        },
        array,
    )
    report = intake.load({"export.xlsx": content})
    assert reasons(report) == [
        ("export.xlsx [agencies]", 3, "name", "=A1"),
        ("export.xlsx [agencies]", 4, "agency_id", "#REF!"),
        ("export.xlsx [agencies]", 5, "name", "=SUM(A1:A2)"),
    ]
    assert intake.rows("agencies", "agency_id") == [("P1",)]


def test_rows_are_counted_as_the_spreadsheet_shows_them(intake: Intake) -> None:
    rows: list[list[Any]] = [["agency_id", "name"], ["P1", "Police"], [], [], ["P2", None]]
    content = workbook({"agencies": rows + [[None, None]] * 3000})
    report = intake.load({"export.xlsx": content})
    assert reasons(report) == [("export.xlsx [agencies]", 5, "name", "")]
    assert report.tables["agencies"].read == 2


def test_a_workbook_of_one_sheet_may_be_named_after_its_table(intake: Intake) -> None:
    content = workbook({"Sheet1": [["agency_id", "name"], ["P1", "Police"]]})
    assert intake.load({"Agencies.xlsx": content}).exit_code == 0
    assert intake.rows("agencies", "name") == [("Police",)]


def test_cells_formatted_far_beyond_the_table_are_no_columns(intake: Intake) -> None:
    def format_far(book: Workbook) -> None:
        book["agencies"].cell(row=1, column=16_000).number_format = "0.00"
        book["agencies"].cell(row=9000, column=2).number_format = "0.00"

    content = workbook({"agencies": [["agency_id", "name"], ["P1", "Police"]]}, format_far)
    assert intake.load({"export.xlsx": content}).exit_code == 0
    assert intake.rows("agencies", "agency_id") == [("P1",)]


CASES = [["case_id", "referral_id", "allocated_on"], ["C7", "R1", "2025-03-01"]]
REVIEWS = [["review_id", "case_id", "due_on"], ["V1", "C1", "2025-03-01"]]
RULE = """[[feed]]
file = "{file}"
table = "cases"
"""


def test_a_sheet_called_like_its_workbook_is_meant_by_that_name(service: Intake) -> None:
    report = service.load(
        {"export.xlsx": workbook({"Export": CASES, "reviews": REVIEWS})},
        mapping=RULE.format(file="export"),
    )
    assert report.exit_code == 0
    assert (report.tables["cases"].inserted, report.tables["reviews"].inserted) == (1, 1)
    whole = service.load(
        {"export.xlsx": workbook({"Export": CASES, "reviews": REVIEWS})},
        mapping=RULE.format(file="export.xlsx"),
    )
    assert "export.xlsx [reviews] lacks referral_id" in (whole.message or "")


def test_a_workbook_named_after_a_table_says_what_its_sheets_were_taken_for(
    service: Intake,
) -> None:
    report = service.load({"cases.xlsx": workbook({"reviews": REVIEWS})})
    assert report.tables["reviews"].inserted == 1
    assert report.notes == [
        "Sheet reviews of cases.xlsx was taken for reviews: a sheet's own name counts before that "
        "of its workbook."
    ]
    two = service.load({"cases.xlsx": workbook({"Sheet1": CASES, "Sheet2": CASES})})
    assert (
        "Sheet Sheet1 of cases.xlsx was passed over: its name is not a table's. The workbook's "
        "name counts only where it has one sheet."
    ) in (two.message or "")
