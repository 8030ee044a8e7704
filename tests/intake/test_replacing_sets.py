"""Rows without an id of their own replace all rows of the same case, worker or referral."""

from datetime import date

from small_service import Intake, reasons

HEAD = "case_id,case_manager_id,from_on,to_on\n"
HELD = f"{HEAD}C1,M1,2025-01-20,2025-03-01\nC1,M2,2025-03-01,\nC2,M1,2025-02-20,\n"


def held(service: Intake) -> list[tuple[str, str, str]]:
    found = service.rows("assignments", "case_id", "case_manager_id", "from_on")
    return [(case, worker, day.isoformat()) for case, worker, day in found]


def test_all_rows_of_the_same_case_are_replaced_and_no_others(service: Intake) -> None:
    service.load({"assignments.csv": HELD})
    report = service.load(
        {"assignments.csv": f"{HEAD}C1,M1,2025-01-20,2025-04-01\nC1,M2,2025-04-01,\n"}
    )
    assert report.exit_code == 0
    counts = report.tables["assignments"]
    assert (counts.updated, counts.inserted, counts.unchanged, counts.removed) == (1, 1, 0, 1)
    assert held(service) == [
        ("C1", "M1", "2025-01-20"),
        ("C1", "M2", "2025-04-01"),
        ("C2", "M1", "2025-02-20"),
    ]


def test_the_same_set_again_is_unchanged(service: Intake) -> None:
    service.load({"assignments.csv": HELD})
    version = service.version()
    counts = service.load({"assignments.csv": HELD}).tables["assignments"]
    assert (counts.unchanged, counts.removed) == (3, 0)
    assert service.version() == version


def test_a_refused_row_takes_nothing_from_what_was_accepted_before(service: Intake) -> None:
    service.load({"assignments.csv": HELD})
    report = service.load(
        {"assignments.csv": f"{HEAD}C1,M1,2025-01-20,2025-03-01\nC1,M9,2025-04-01,\n"}
    )
    assert reasons(report) == [("assignments.csv", 3, "case_manager_id", "M9")]
    assert held(service) == [
        ("C1", "M1", "2025-01-20"),
        ("C1", "M2", "2025-03-01"),
        ("C2", "M1", "2025-02-20"),
    ]


def test_but_an_accepted_row_replaces_an_older_one_that_it_overlaps(service: Intake) -> None:
    service.load({"assignments.csv": HELD})
    report = service.load({"assignments.csv": f"{HEAD}C1,M2,2025-02-01,\nC1,M9,2025-04-01,\n"})
    assert report.tables["assignments"].removed == 2
    assert held(service) == [("C1", "M2", "2025-02-01"), ("C2", "M1", "2025-02-20")]


def test_a_refused_row_that_does_not_say_whose_it_is_spares_every_set(service: Intake) -> None:
    service.load({"assignments.csv": HELD})
    service.load({"assignments.csv": f"{HEAD}C1,M1,2025-01-20,2025-03-01\n=A1,M2,2025-03-01,\n"})
    assert ("C1", "M2", "2025-03-01") in held(service)


def test_overlapping_periods_are_decided_by_the_days(service: Intake) -> None:
    report = service.load(
        {
            "assignments.csv": f"{HEAD}C1,M2,2025-02-01,2025-03-01\nC1,M1,2025-01-20,2025-02-15\n"
            "C1,M1,2025-03-01,\nC2,M1,2025-02-20,\nC2,M2,2025-06-01,\n",
            "case_manager_hours.csv": "case_manager_id,from_on,to_on,fte\n"
            "M1,2025-01-01,2025-06-01,1\nM1,2025-05-31,,0.5\nM2,2025-01-01,,0.8\n",
            "case_areas.csv": "case_id,area_code,from_on,to_on\nC1,A1,2025-01-20,2025-03-01\n"
            "C1,A2,2025-03-01,\n",
        }
    )
    assert reasons(report) == [
        ("assignments.csv", 2, "from_on", "2025-02-01"),
        ("assignments.csv", 6, "from_on", "2025-06-01"),
        ("case_manager_hours.csv", 3, "from_on", "2025-05-31"),
    ]
    assert report.rejections[0].reason == (
        "overlaps the period from 2025-01-20 to 2025-02-15 in row 3 of assignments.csv"
    )


def test_sets_of_every_kind(service: Intake) -> None:
    first = {
        "needs.csv": "service_user_id,need\nS1,alcohol\nS1,drugs\nS2,drugs\n",
        "engagement.csv": "case_id,from_on,engagement\nC1,2025-01-20,Disrupt only\n"
        "C1,2025-03-01,direct\n",
        "referral_decisions.csv": "referral_id,decided_on,decision\nR1,2025-01-11,Deferred\n"
        "R1,2025-01-18,accept\n",
        "targets.csv": "measure,area,from_on,to_on,value\n"
        "active_cases,all,2025-01-01,2025-06-01,9\nactive_cases,all,2025-06-01,,12\nactive_cases,A1,2025-01-01,,4\n",
    }
    assert service.load(first).exit_code == 0
    second = {
        "needs.csv": "service_user_id,need\nS1,drugs\n",
        "engagement.csv": "case_id,from_on,engagement\nC1,2025-03-01,direct\n",
        "referral_decisions.csv": "referral_id,decided_on,decision\nR1,2025-01-18,accept\n",
        "targets.csv": "measure,area,from_on,value\nactive_cases,all,2025-01-01,10\n",
    }
    report = service.load(second)
    assert {name: each.removed for name, each in report.tables.items()} == {
        "needs": 1,
        "engagement": 1,
        "referral_decisions": 1,
        "targets": 1,
    }
    assert service.rows("needs") == [("S1", "drugs"), ("S2", "drugs")]
    assert service.rows("engagement") == [("C1", date(2025, 3, 1), "direct")]
    # The column to_on is not in the second file, so the older row keeps what it said.
    assert service.rows("targets") == [
        ("active_cases", "A1", date(2025, 1, 1), None, 4.0),
        ("active_cases", "all", date(2025, 1, 1), date(2025, 6, 1), 10.0),
    ]


def test_people_linked_to_a_case_are_not_a_set(service: Intake) -> None:
    head = "case_id,victim_survivor_id,linked_on\n"
    people = {"victim_survivors.csv": "victim_survivor_id,age_group\nV1,adult\nV2,child\n"}
    service.load(people | {"case_victim_survivors.csv": f"{head}C1,V1,2025-01-20\n"})
    service.load({"case_victim_survivors.csv": f"{head}C1,V2,2025-01-20\n"})
    assert service.rows("case_victim_survivors", "victim_survivor_id") == [("V1",), ("V2",)]
