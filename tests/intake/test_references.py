"""What a row refers to is in the files or in the database, or the row is refused and says why."""

from small_service import SERVICE, Intake, reasons


def test_a_referenced_id_may_come_later_in_the_same_import(intake: Intake) -> None:
    # Files are read in the order of their names: agencies, areas, cases, contacts ... referrals.
    contacts = {"contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,2025-03-01\n"}
    assert intake.load(SERVICE | contacts).exit_code == 0
    assert intake.rows("contacts", "contact_id") == [("K1",)]


def test_a_reference_to_nothing_is_refused(service: Intake) -> None:
    report = service.load(
        {"contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,2025-03-01\nK2,C9,2025-03-01\n"}
    )
    assert reasons(report) == [("contacts.csv", 3, "case_id", "C9")]
    assert report.rejections[0].reason == "there is no case C9 in the files or in the database"


def test_a_row_that_refers_to_a_refused_row_is_refused_with_that_said(service: Intake) -> None:
    report = service.load(
        {
            "referrals.csv": "referral_id,received_on\nR3,never\n",
            "cases.csv": "case_id,referral_id,allocated_on\nC3,R3,2025-03-01\n",
            "contacts.csv": "contact_id,case_id,occurred_on\nK1,C3,2025-04-01\nK2,C1,2025-04-01\n",
        }
    )
    assert [each.file for each in report.rejections] == [
        "referrals.csv",
        "cases.csv",
        "contacts.csv",
    ]
    assert (
        "The last 2 rejected rows stand there only for referring to a rejected row: mend the "
        "others first, and load all of them again."
    ) in report.notes
    by_file = {each.file: each.reason for each in report.rejections}
    assert by_file["cases.csv"] == (
        "refers to referral R3, which was rejected (row 2 of referrals.csv)"
    )
    assert by_file["contacts.csv"] == "refers to case C3, which was rejected (row 2 of cases.csv)"
    assert service.rows("contacts", "contact_id") == [("K2",)]


def test_a_refused_correction_leaves_the_older_record_for_others_to_refer_to(
    service: Intake,
) -> None:
    report = service.load(
        {
            "cases.csv": "case_id,referral_id,allocated_on\nC1,R1,never\n",
            "contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,2025-04-01\n",
        }
    )
    assert reasons(report) == [("cases.csv", 2, "allocated_on", "never")]
    assert service.rows("contacts", "contact_id") == [("K1",)]


def test_people_of_police_and_marac_are_service_users_or_comparison_people(
    service: Intake,
) -> None:
    report = service.load(
        {
            "comparison_people.csv": "person_id,index_on\nX1,2025-01-01\n",
            "police_incidents.csv": "incident_id,person_id,occurred_on\n"
            "I1,S1,2025-01-01\nI2,X1,2025-01-01\nI3,Q1,2025-01-01\n",
        }
    )
    assert reasons(report) == [("police_incidents.csv", 4, "person_id", "Q1")]
    assert report.rejections[0].reason == (
        "there is no service user or comparison person Q1 in the files or in the database"
    )


def test_targets_and_annotations_are_for_a_district_a_county_or_all(service: Intake) -> None:
    report = service.load(
        {
            "targets.csv": "measure,area,from_on,value\nreferrals_received,A1,2025-01-01,5\n"
            "referrals_received,Berkshire,2025-01-01,6\nreferrals_received,Whole,2025-01-01,7\n"
            "referrals_received,Narnia,2025-01-01,8\n",
            "annotations.csv": "on,area,text\n2025-03-01,all,New panel\n2025-03-01,A9,Nowhere\n",
        }
    )
    assert reasons(report) == [
        ("annotations.csv", 3, "area", "A9"),
        ("targets.csv", 5, "area", "Narnia"),
    ]
    assert service.rows("targets", "area", "value") == [("A1", 5), ("all", 7), ("berkshire", 6)]
