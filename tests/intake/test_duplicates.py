"""The same row twice is folded; the same id with other content is refused."""

from small_service import Intake, reasons

HEAD = "contact_id,case_id,occurred_on,kind\n"


def test_an_identical_second_row_is_folded(service: Intake) -> None:
    report = service.load(
        {"contacts.csv": f"{HEAD}K1,C1,2025-03-01,visit\nK1, C1,01/03/2025,In person\n"}
    )
    assert report.exit_code == 0
    counts = report.tables["contacts"]
    assert (counts.read, counts.inserted, counts.unchanged) == (2, 1, 1)


def test_the_same_id_with_other_content_later_in_the_file_is_refused(service: Intake) -> None:
    report = service.load(
        {
            "contacts.csv": f"{HEAD}K1,C1,2025-03-01,visit\nK2,C1,2025-03-01,\n"
            "K1,C1,2025-03-02,visit\nK1,C1,2025-03-01,visit\n"
        }
    )
    assert reasons(report) == [("contacts.csv", 4, "contact_id", "K1")]
    assert report.rejections[0].reason == (
        "row 2 of contacts.csv has the same contact_id with other content"
    )
    assert service.rows("contacts", "contact_id", "occurred_on")[0][1].isoformat() == "2025-03-01"
    assert (report.tables["contacts"].inserted, report.tables["contacts"].unchanged) == (2, 1)


def test_a_refused_row_does_not_stand_in_the_way_of_a_later_one(service: Intake) -> None:
    report = service.load({"contacts.csv": f"{HEAD}K1,C1,never,visit\nK1,C1,2025-03-01,visit\n"})
    assert reasons(report) == [("contacts.csv", 2, "occurred_on", "never")]
    assert service.rows("contacts", "contact_id") == [("K1",)]


def test_an_empty_value_is_other_content_too(service: Intake) -> None:
    report = service.load({"contacts.csv": f"{HEAD}K1,C1,2025-03-01,visit\nK1,C1,2025-03-01,\n"})
    assert reasons(report) == [("contacts.csv", 3, "contact_id", "K1")]


def test_the_same_annotation_twice_is_one(service: Intake) -> None:
    text = "on,area,text\n2025-03-01,all,New panel\n2025-03-01,whole,New panel\n"
    counts = service.load({"annotations.csv": text}).tables["annotations"]
    assert (counts.inserted, counts.unchanged) == (1, 1)
