"""A district may be given by its name where its code belongs, if just one has that name."""

import pytest
from small_service import SERVICE, Intake, reasons

REFERRALS = "referral_id,area_code,received_on\n"


@pytest.mark.parametrize("said", ["Reading", " READING ", "A1"])
def test_a_name_is_taken_as_its_code(service: Intake, said: str) -> None:
    report = service.load({"referrals.csv": f"{REFERRALS}R5,{said},2025-03-01\n"})
    assert report.exit_code == 0
    assert ("R5", "A1") in service.rows("referrals", "referral_id", "area_code")
    noted = [note for note in report.notes if "by name" in note]
    assert noted == (
        []
        if said == "A1"
        else [f"Districts given by name were taken by their codes: {said.strip()} (A1)."]
    )


def test_names_of_the_same_import_count_whichever_file_comes_first(intake: Intake) -> None:
    named = {name: text.replace(",A1,2", ",Reading,2") for name, text in SERVICE.items()}
    assert named != SERVICE
    assert intake.load(named).exit_code == 0
    assert intake.rows("referrals", "referral_id", "area_code") == [("R1", "A1"), ("R2", "A2")]


def test_a_name_of_two_districts_or_of_none_is_refused(service: Intake) -> None:
    report = service.load(
        {
            "areas.csv": "area_code,name,county\nA3,Reading,oxfordshire\n",
            "referrals.csv": f"{REFERRALS}R5,Reading,2025-03-01\nR6,Sloth,2025-03-01\n",
        }
    )
    assert reasons(report) == [
        ("referrals.csv", 2, "area_code", "Reading"),
        ("referrals.csv", 3, "area_code", "Sloth"),
    ]


def test_a_code_is_never_taken_for_a_name(service: Intake) -> None:
    report = service.load(
        {
            "areas.csv": "area_code,name,county\nA3,A1,oxfordshire\n",
            "referrals.csv": f"{REFERRALS}R5,A1,2025-03-01\n",
        }
    )
    assert report.exit_code == 0
    assert ("R5", "A1") in service.rows("referrals", "referral_id", "area_code")


def test_the_same_row_by_name_and_by_code_is_one(service: Intake) -> None:
    head = "case_manager_id,area_code,from_on\n"
    report = service.load(
        {"case_manager_areas.csv": f"{head}M1,Reading,2025-01-01\nM1,A1,2025-01-01\n"}
    )
    assert report.exit_code == 0
    assert service.rows("case_manager_areas", "case_manager_id", "area_code") == [("M1", "A1")]


def test_a_target_keeps_a_county_and_all(service: Intake) -> None:
    head = "measure,area,from_on,value\n"
    content = f"{head}referrals_received,berkshire,2025-01-01,9\n" + (
        "referrals_received,all,2025-01-01,20\nreferrals_received,Oxford,2025-01-01,5\n"
    )
    assert service.load({"targets.csv": content}).exit_code == 0
    assert service.rows("targets", "area") == [("A2",), ("all",), ("berkshire",)]
