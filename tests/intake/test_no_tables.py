"""A file that is no table stops the whole import with one clear sentence; nothing is loaded."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from small_service import SERVICE, TODAY, Intake

from dashboard.intake import run_import

GOOD = {"agencies.csv": "agency_id,name\nP1,Police\n"}


def zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("letter.txt", "hello")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cases.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "cases.csv is a PDF document"),
        ("cases.csv", b"\x89PNG\r\n\x1a\n", "cases.csv is a picture"),
        ("cases.csv", b"\x00\x01\x02\x03" * 200, "holds no text that can be read"),
        ("cases.csv", b"case_id\n\x81\x8d\xff", "holds no text that can be read"),
        ("cases.csv", b"", "cases.csv is empty"),
        ("cases.csv", b"\n \n,,\n", "cases.csv is empty"),
        ("cases.csv", b"\xef\xbb\xbf", "cases.csv is empty"),
        ("cases.csv", b"<!DOCTYPE html><table>", "cases.csv is a web page"),
        ("cases.csv", b"Dear all,\nplease find\n", "lacks case_id, referral_id, allocated_on"),
        ("cases.csv", ",".join(f"c{i}" for i in range(300)).encode(), "has 300 columns"),
        ("cases.csv", b"case_id,Case ID,referral_id,allocated_on\n", "'case_id' 2 times"),
        ("cases.csv", b'case_id,referral_id,allocated_on\n"C1\nC2\n', "is never closed"),
        ("cases.csv", zipped(), "is a zip file, but no Excel workbook"),
        ("cases.xlsx", zipped()[:60], "cases.xlsx is damaged"),
        ("cases.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("cases.xls", OLE, "is an old Excel"),
    ],
    # A made workbook holds the time of day, and the name of a test must not.
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_one_sentence_and_nothing_loaded(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    for file, text in GOOD.items():
        (tmp_path / file).write_text(text)
    (tmp_path / name).write_bytes(content)
    database = tmp_path / "case-database.sqlite"
    report = run_import(f"sqlite:///{database}", [tmp_path], today=TODAY)
    assert report.exit_code == 2
    assert said in (report.message or "")
    assert report.tables == {}
    # Nothing was loaded: the very next import finds the database without the good file's row.
    (tmp_path / name).unlink()
    after = run_import(f"sqlite:///{database}", [tmp_path / "agencies.csv"], today=TODAY)
    assert after.tables["agencies"].inserted == 1


def test_a_folder_without_tables_and_a_path_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    url = f"sqlite:///{tmp_path}/case-database.sqlite"
    report = run_import(url, [tmp_path], today=TODAY)
    assert report.exit_code == 2
    assert "No table was found" in (report.message or "")
    assert "notes.csv was passed over" in (report.message or "")
    report = run_import(url, [tmp_path / "nowhere"], today=TODAY)
    assert report.message == f"There is no file or folder {tmp_path / 'nowhere'}."
    report = run_import(url, [tmp_path / "notes.csv"], today=TODAY)
    assert "notes.csv is not named after a table" in (report.message or "")


def test_other_files_in_a_folder_are_passed_over_with_a_note(intake: Intake) -> None:
    report = intake.load(SERVICE | {"notes.csv": "a,b\n", "letter.pdf": b"%PDF-1.7"})
    assert report.exit_code == 0
    assert report.notes == [
        "letter.pdf was passed over: its name is not a table's.",
        "notes.csv was passed over: its name is not a table's.",
    ]


def test_every_row_rejected_loads_nothing_but_keeps_the_rows(service: Intake) -> None:
    before, version = service.everything(), service.version()
    report = service.load({"contacts.csv": "contact_id,case_id,occurred_on\nK1,C9,2025-03-01\n"})
    assert report.exit_code == 2
    assert report.as_dict()["error"] == "Every row was rejected, so nothing was loaded."
    assert report.as_dict()["tables"]["contacts"]["rejected"] == 1
    assert service.everything() == before
    assert service.version() == version
    assert service.rows("rejected_rows", "file", "row", "content") == [
        ("contacts.csv", 2, {"contact_id": "K1", "case_id": "C9", "occurred_on": "2025-03-01"})
    ]


def test_a_heading_without_rows_is_a_table(service: Intake) -> None:
    report = service.load({"contacts.csv": "contact_id,case_id,occurred_on\n"})
    assert report.exit_code == 0
    assert report.tables["contacts"].read == 0
