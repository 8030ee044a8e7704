"""--complete: what is no longer in the files is removed, unless something that stays needs it."""

from small_service import Intake, reasons

CONTACTS = "contact_id,case_id,occurred_on\n"


def test_rows_no_longer_in_the_files_are_removed(service: Intake) -> None:
    service.load({"contacts.csv": f"{CONTACTS}K1,C1,2025-03-01\nK2,C1,2025-03-02\n"})
    report = service.load({"contacts.csv": f"{CONTACTS}K2,C1,2025-03-02\n"}, complete=True)
    assert report.exit_code == 0
    assert report.as_dict()["tables"]["contacts"]["removed"] == 1
    assert service.rows("contacts", "contact_id") == [("K2",)]
    assert len(service.rows("cases")) == 2


def test_a_refused_row_does_not_remove_the_older_record(service: Intake) -> None:
    service.load({"contacts.csv": f"{CONTACTS}K1,C1,2025-03-01\nK2,C1,2025-03-02\n"})
    report = service.load(
        {"contacts.csv": f"{CONTACTS}K1,C1,never\nK3,C1,2025-03-03\n"}, complete=True
    )
    assert reasons(report) == [("contacts.csv", 2, "occurred_on", "never")]
    assert service.rows("contacts", "contact_id") == [("K1",), ("K3",)]


def test_with_a_refused_row_without_an_id_nothing_is_removed(service: Intake) -> None:
    service.load({"contacts.csv": f"{CONTACTS}K1,C1,2025-03-01\nK2,C1,2025-03-02\n"})
    service.load({"contacts.csv": f"{CONTACTS},C1,2025-03-01\nK2,C1,2025-03-02\n"}, complete=True)
    assert service.rows("contacts", "contact_id") == [("K1",), ("K2",)]


def test_a_removal_that_others_depend_on_is_refused(service: Intake) -> None:
    service.load({"contacts.csv": f"{CONTACTS}K1,C1,2025-03-01\n"})
    before = service.everything()
    report = service.load(
        {"cases.csv": "case_id,referral_id,allocated_on\nC2,R2,2025-02-20\n"}, complete=True
    )
    assert report.exit_code == 2
    assert report.message is not None
    assert "no longer have the case C1, but 1 row of contacts" in report.message
    assert service.everything() == before


def test_a_parent_and_its_children_can_go_together(service: Intake) -> None:
    service.load({"contacts.csv": f"{CONTACTS}K1,C1,2025-03-01\nK2,C2,2025-03-01\n"})
    report = service.load(
        {
            "cases.csv": "case_id,referral_id,allocated_on\nC2,R2,2025-02-20\n",
            "contacts.csv": f"{CONTACTS}K2,C2,2025-03-01\n",
        },
        complete=True,
    )
    assert report.exit_code == 0
    assert (report.tables["cases"].removed, report.tables["contacts"].removed) == (1, 1)


def test_sets_that_are_no_longer_named_go_too(service: Intake) -> None:
    head = "service_user_id,need\n"
    service.load({"needs.csv": f"{head}S1,drugs\nS2,drugs\n"})
    service.load({"needs.csv": f"{head}S2,alcohol\n"}, complete=True)
    assert service.rows("needs") == [("S2", "alcohol")]


def test_a_person_known_to_police_is_not_removed(service: Intake) -> None:
    service.load(
        {
            "comparison_people.csv": "person_id,index_on\nX1,2025-01-01\nX2,2025-01-01\n",
            "police_incidents.csv": "incident_id,person_id,occurred_on\nI1,X1,2025-02-01\n",
        }
    )
    report = service.load(
        {"comparison_people.csv": "person_id,index_on\nX2,2025-01-01\n"}, complete=True
    )
    assert report.exit_code == 2
    assert "police_incidents" in (report.message or "")


def test_a_file_without_rows_empties_its_table_only_where_that_is_said(service: Intake) -> None:
    service.load({"contacts.csv": f"{CONTACTS}K1,C1,2025-03-01\nK2,C1,2025-03-02\n"})
    for dry_run in (True, False):
        report = service.load({"contacts.csv": CONTACTS}, complete=True, dry_run=dry_run)
        assert report.exit_code == 2
        assert "would empty contacts of 2 rows" in (report.message or "")
    assert len(service.rows("contacts")) == 2
    report = service.load({"contacts.csv": CONTACTS}, complete=True, allow_empty=True)
    assert (report.exit_code, report.tables["contacts"].removed) == (0, 2)
    assert report.notes == ["EMPTIED by a file without rows: contacts of 2 rows."]
    # What is empty already is not emptied.
    assert service.load({"contacts.csv": CONTACTS}, complete=True).exit_code == 0


def test_what_goes_does_not_hold_back_what_is_corrected(service: Intake) -> None:
    service.load({"contacts.csv": f"{CONTACTS}K1,C1,2025-02-01\nK2,C2,2025-03-01\n"})
    report = service.load(
        {
            "cases.csv": "case_id,referral_id,allocated_on\nC1,R1,2025-02-15\nC2,R2,2025-02-20\n",
            "contacts.csv": f"{CONTACTS}K2,C2,2025-03-01\n",
        },
        complete=True,
    )
    assert report.exit_code == 0
    assert (report.tables["cases"].updated, report.tables["contacts"].removed) == (1, 1)
