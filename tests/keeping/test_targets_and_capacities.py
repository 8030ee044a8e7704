"""Targets and hours are changed on a page: one at a time holds, and what was before is kept."""

from datetime import date

import pytest
from kept import changed, rows, told

from dashboard.access import Role, Viewer
from dashboard.database import marks
from dashboard.database.tables import CaseManagerHours, Target
from dashboard.keeping.changes import NotKept, history
from dashboard.keeping.periods import remove_capacity, remove_target, set_capacity, set_target

APRIL, JUNE, JULY = date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1)


def targets(engine):
    return rows(engine, Target, "measure", "area", "from_on", "to_on", "value")


def test_a_target_holds_up_to_its_last_day(engine, manager):
    set_target(engine, manager, "referrals_received", "berkshire", APRIL, JUNE, 40)

    assert targets(engine) == [("referrals_received", "berkshire", APRIL, JULY, 40.0)]


def test_the_target_of_the_same_first_day_is_replaced_and_remembered(engine, manager):
    set_target(engine, manager, "referrals_received", "all", APRIL, None, 40)
    set_target(engine, manager, "referrals_received", "all", APRIL, JUNE, 45)

    row = {"measure": "referrals_received", "area": "all", "from_on": "2026-04-01"}
    first = {**row, "to_on": None, "value": 40}
    second = {**row, "to_on": "2026-07-01", "value": 45}
    assert targets(engine) == [("referrals_received", "all", APRIL, JULY, 45.0)]
    assert changed(engine) == [("target", None, first), ("target", first, second)]


def test_what_holds_until_changed_ends_where_the_next_begins(engine, manager):
    set_target(engine, manager, "referrals_received", "all", APRIL, None, 40)
    set_target(engine, manager, "referrals_received", "all", JULY, None, 45)

    row = {"measure": "referrals_received", "area": "all"}
    first = {**row, "from_on": "2026-04-01", "to_on": None, "value": 40}
    second = {**row, "from_on": "2026-07-01", "to_on": None, "value": 45}
    assert [each[2:] for each in targets(engine)] == [(APRIL, JULY, 40.0), (JULY, None, 45.0)]
    assert changed(engine) == [
        ("target", None, first),
        ("target", first, {**first, "to_on": "2026-07-01"}),
        ("target", None, second),
    ]


def test_the_whole_has_no_target_beside_those_of_all_its_counties(engine, manager):
    def aim(area, value, measure="referrals_received", from_on=APRIL):
        set_target(engine, manager, measure, area, from_on, JUNE, value)

    aim("berkshire", 40)
    aim("all", 90)  # the other county has none yet
    aim("oxfordshire", 30)

    with pytest.raises(NotKept, match="Change those of the counties"):
        aim("all", 95)
    set_target(engine, manager, "referrals_received", "all", JULY, None, 95)  # none holds then
    for area in ("berkshire", "oxfordshire", "all"):
        aim(area, 14, "days_to_idva")  # no sum of its counties

    assert [row[1] for row in targets(engine) if row[0] == "referrals_received"] == [
        "all",
        "all",
        "berkshire",
        "oxfordshire",
    ]


def test_two_targets_cannot_hold_on_one_day(engine, manager):
    set_target(engine, manager, "referrals_received", "R", APRIL, JUNE, 40)

    with pytest.raises(NotKept, match="holds from 1 April 2026 to 30 June 2026"):
        set_target(engine, manager, "referrals_received", "R", JUNE, None, 50)
    set_target(engine, manager, "referrals_received", "R", JULY, None, 50)

    assert [row[-1] for row in targets(engine)] == [40.0, 50.0]


@pytest.mark.parametrize(
    ("area", "words"),
    [("all", "own areas only"), ("oxfordshire", "own areas only"), ("nowhere", "no such area")],
)
def test_a_target_is_set_within_the_viewers_areas_only(engine, of_berkshire, area, words):
    with pytest.raises(NotKept, match=words):
        set_target(engine, of_berkshire, "referrals_received", area, APRIL, None, 40)

    assert targets(engine) == []
    assert told(engine) == []


def test_a_county_that_is_all_theirs_may_be_set(engine, of_berkshire):
    set_target(engine, of_berkshire, "referrals_received", "berkshire", APRIL, None, 40)

    assert len(targets(engine)) == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.ADMINISTRATOR}))
def test_no_other_role_sets_a_target(engine, role):
    with pytest.raises(NotKept, match="cannot change this"):
        set_target(engine, Viewer(role, None), "referrals_received", "all", APRIL, None, 40)


def test_a_target_is_taken_away_and_its_history_stays(engine, manager):
    set_target(engine, manager, "active_cases", "all", APRIL, None, 210)
    remove_target(engine, manager, "active_cases", "all", APRIL)

    assert targets(engine) == []
    assert [(before is None, after is None) for _, before, after in changed(engine)] == [
        (True, False),
        (False, True),
    ]
    with pytest.raises(NotKept, match="no longer there"):
        remove_target(engine, manager, "active_cases", "all", APRIL)


def test_impossible_targets_are_refused_in_words(engine, manager):
    with pytest.raises(NotKept, match="0 or more"):
        set_target(engine, manager, "active_cases", "all", APRIL, None, -1)
    with pytest.raises(NotKept, match="last day is before the first"):
        set_target(engine, manager, "active_cases", "all", JUNE, APRIL, 1)


def test_hours_of_a_case_manager(engine, of_berkshire):
    set_capacity(engine, of_berkshire, "W1", APRIL, JUNE, 0.5, None)
    set_capacity(engine, of_berkshire, "W1", JULY, None, 1, 16)
    remove_capacity(engine, of_berkshire, "W1", APRIL)

    found = rows(engine, CaseManagerHours, "case_manager_id", "from_on", "fte", "caseload_target")
    assert found == [("W1", JULY, 1.0, 16.0)]


def test_hours_of_somebody_who_also_works_elsewhere_are_not_theirs_to_change(engine, of_berkshire):
    with pytest.raises(NotKept, match="does not work in your areas alone"):
        set_capacity(engine, of_berkshire, "W2", APRIL, None, 1, None)


def test_impossible_hours_are_refused_in_words(engine, manager):
    with pytest.raises(NotKept, match="half time"):
        set_capacity(engine, manager, "W1", APRIL, None, 37.5, None)


def test_a_change_moves_the_version_and_is_told_once_without_content(engine, manager):
    with engine.connect() as connection:
        was = marks.version(connection)
    set_target(engine, manager, "active_cases", "all", APRIL, None, 210)

    with engine.connect() as connection:
        assert marks.version(connection) == was + 1
        assert [row["who"] for row in history(connection, "target")] == ["kim@example.org"]
    assert told(engine) == [("kim@example.org", "manager", {"what": "target", "done": "added"})]
