"""What somebody may do on a day: their grants that hold, and those of their groups."""

from datetime import date, timedelta

import pytest
from signed_in_people import OWNER, TODAY, claims

from dashboard.access import Role, Viewer, granting, group_granting
from dashboard.access.grants import access_of
from dashboard.database.tables import Grant, Person

ANN = "ann@example.org"


@pytest.fixture
def may(service):
    def look(who=None, today=TODAY):
        with service.connect() as connection:
            found = access_of(connection, who or claims(), today)
        return found.viewers if found else ()

    return look


def test_nobody_is_let_in_without_a_grant(may):
    assert may() == ()


def test_a_county_is_its_districts(may, granted):
    granted(Role.MANAGER, "berkshire")
    assert may() == (Viewer(Role.MANAGER, frozenset({"B1", "B2"}), None, ANN),)


def test_several_grants_of_a_role_are_the_union_of_their_areas(may, granted):
    granted(Role.MANAGER, "B1")
    granted(Role.MANAGER, "O1")
    assert may() == (Viewer(Role.MANAGER, frozenset({"B1", "O1"}), None, ANN),)


def test_everywhere_is_more_than_any_area(may, granted):
    granted(Role.MANAGER, "B1")
    granted(Role.MANAGER)
    assert may() == (Viewer(Role.MANAGER, None, None, ANN),)


def test_each_role_has_its_own_areas(may, granted):
    granted(Role.REGIONAL_LEAD, "O1")
    granted(Role.MANAGER, "B1")
    assert may() == (
        Viewer(Role.MANAGER, frozenset({"B1"}), None, ANN),
        Viewer(Role.REGIONAL_LEAD, frozenset({"O1"}), None, ANN),
    )


def test_a_case_manager_is_one_of_the_records(may, granted):
    granted(Role.CASE_MANAGER, worker="CM-2")
    assert may() == (Viewer(Role.CASE_MANAGER, None, "CM-2", ANN),)


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2026-03-09", False), ("2026-03-10", True), ("2026-03-19", True), ("2026-03-20", False)],
)
def test_a_grant_holds_from_its_first_day_to_before_its_last(may, granted, day, holds):
    granted(Role.MANAGER, start=date(2026, 3, 10), end=date(2026, 3, 20))
    assert bool(may(today=date.fromisoformat(day))) == holds


def test_a_withdrawn_grant_holds_no_longer(may, granted, service):
    number = granted(Role.MANAGER)
    with granting.changing(service) as connection:
        granting.withdraw(connection, OWNER, number, "left", TODAY)
    assert may() == ()


def test_an_address_that_nobody_verified_gives_nothing(may, granted):
    granted(Role.MANAGER)
    assert may(claims(email_verified=False)) == ()


def test_where_a_subject_is_kept_the_address_alone_gives_nothing(may, service):
    with service.begin() as connection:
        connection.execute(
            Person.__table__.insert().values(person_id=1, name="Ann", email=ANN, subject="s-1")
        )
        connection.execute(_row(1))
    assert may(claims(sub="s-1"))
    assert may(claims(sub="s-1", email_verified=False))
    assert may(claims(sub="somebody else, given the address later")) == ()


def _row(person, role="manager", area="all", worker=None):
    return Grant.__table__.insert().values(
        person_id=person,
        role=role,
        area=area,
        case_manager_id=worker,
        from_on=TODAY - timedelta(days=1),
        reason="written by hand",
    )


@pytest.mark.parametrize(
    ("role", "area", "worker"),
    [
        ("manager", "atlantis", None),
        ("manager", "", None),
        ("case_manager", "all", None),
        ("opcc", "berkshire", None),
        ("meeting", "B1", None),
        ("data_steward", "B1", None),
        ("administrator", "B1", None),
        ("king", "all", None),
    ],
)
def test_a_grant_that_cannot_be_gives_nothing(may, service, role, area, worker):
    with service.begin() as connection:
        connection.execute(
            Person.__table__.insert().values(person_id=1, name="Ann", email=ANN, subject=None)
        )
        connection.execute(_row(1, role, area, worker))
    assert may() == ()


def test_a_group_gives_what_it_was_granted(may, service):
    with granting.changing(service) as connection:
        wanted = granting.Wanted(Role.REGIONAL_LEAD, "berkshire", reason="all of the office")
        group_granting.grant_group(connection, OWNER, "office", wanted)
    assert may(claims(groups=["office", "choir"])) == (
        Viewer(Role.REGIONAL_LEAD, frozenset({"B1", "B2"}), None, ANN),
    )
    assert may(claims(groups=["choir"])) == ()


def test_own_grants_and_those_of_groups_come_together(may, granted, service):
    granted(Role.MANAGER, "O1")
    with granting.changing(service) as connection:
        wanted = granting.Wanted(Role.MANAGER, "B1", reason="all of the office")
        group_granting.grant_group(connection, OWNER, "office", wanted)
    (viewer,) = may(claims(groups=["office"]))
    assert viewer.areas == {"B1", "O1"}
