"""Who may grant what: administrators, with a reason, never to themselves, and one always stays."""

from datetime import date

import pytest
from signed_in_people import OWNER, TODAY, trail
from sqlalchemy import func, select, text

from dashboard.access import Role, granting, group_granting
from dashboard.access.granting import By, NotGranted, Wanted
from dashboard.database.tables import Grant, Person

BOSS = By("boss@example.org", Role.ADMINISTRATOR)


@pytest.fixture
def person(service):
    with granting.changing(service) as connection:
        return granting.add_person(connection, OWNER, "Ben", "Ben@Example.org", None)


def refused(service, make, words, *lines):
    """The change is refused in words and not kept; these lines are all that the trail gets."""
    before = trail(service)
    with service.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(Grant))
    with pytest.raises(NotGranted, match=words), granting.changing(service) as connection:
        make(connection)
    assert trail(service) == [*before, *lines]
    with service.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Grant)) == count


def test_a_grant_and_its_line_in_the_trail(service, person):
    with granting.changing(service) as connection:
        wanted = Wanted(Role.MANAGER, "berkshire", None, date(2026, 9, 1), None, "covers Slough")
        granting.grant(connection, BOSS, person, wanted, TODAY)
    assert trail(service)[-1] == (
        "boss@example.org",
        "grant",
        {
            "did": "granted",
            "number": 1,
            "person": "ben@example.org",
            "role": "manager",
            "area": "berkshire",
            "from": "2026-03-02",
            "to": "2026-09-01",
            "reason": "covers Slough",
        },
    )


def test_a_withdrawal_says_in_the_trail_which_grant_it_was(service, granted):
    number = granted(Role.MANAGER, "B1", end=date(2026, 9, 1))
    with granting.changing(service) as connection:
        granting.withdraw(connection, BOSS, number, " left ", TODAY)
    assert trail(service)[-1] == (
        "boss@example.org",
        "grant",
        {
            "did": "withdrew",
            "number": 1,
            "person": "ann@example.org",
            "role": "manager",
            "area": "B1",
            "from": "2026-03-02",
            "to": "2026-09-01",
            "reason": "left",
        },
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        (None, date(2026, 3, 11)),
        (date(2026, 3, 31), None),
        (date(2026, 3, 20), date(2026, 3, 21)),
    ],
)
def test_a_role_in_an_area_is_held_once_at_a_time(service, granted, start, end):
    granted(Role.MANAGER, "B1", start=date(2026, 3, 10), end=date(2026, 4, 1))
    with pytest.raises(NotGranted) as refusal:
        granted(Role.MANAGER, "B1", start=start, end=end)
    assert str(refusal.value) == (
        "This person has the role Manager for this area already, from 10 March 2026, until "
        "before 1 April 2026 (number 1). To change it, withdraw that one first, then grant it "
        "again."
    )


def test_a_role_is_held_again_before_after_and_beside(service, granted):
    first = granted(Role.MANAGER, "B1", start=date(2026, 3, 10), end=date(2026, 4, 1))
    assert [
        granted(Role.MANAGER, "B1", start=date(2026, 4, 1)),
        granted(Role.MANAGER, "B1", end=date(2026, 3, 10)),
        granted(Role.MANAGER, "B2"),
        granted(Role.REGIONAL_LEAD, "B1"),
        granted(Role.MANAGER, "B1", email="ben@example.org"),
    ] == [2, 3, 4, 5, 6]
    with granting.changing(service) as connection:
        granting.withdraw(connection, BOSS, first, "left", TODAY)
    assert granted(Role.MANAGER, "B1", start=date(2026, 3, 10), end=date(2026, 4, 1)) == 7


def test_a_case_manager_is_granted_once(service, granted):
    granted(Role.CASE_MANAGER, worker="CM-1")
    with pytest.raises(NotGranted, match=r"without an end \(number 1\)"):
        granted(Role.CASE_MANAGER, worker="CM-1")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(Role.MANAGER), "Give a reason"),
        (Wanted(Role.MANAGER, reason="  "), "Give a reason"),
        (Wanted(Role.MANAGER, "atlantis", reason="r"), "There is no area “atlantis”"),
        (Wanted(Role.CASE_MANAGER, reason="r"), "Say which case manager"),
        (Wanted(Role.CASE_MANAGER, case_manager="CM-9", reason="r"), "no case manager “CM-9”"),
        (Wanted(Role.MANAGER, case_manager="CM-1", reason="r"), "Only the role case manager"),
        (Wanted(Role.MANAGER, to_on=TODAY, reason="r"), "would end before it begins"),
        (
            Wanted(Role.MANAGER, from_on=date(2025, 1, 1), to_on=date(2026, 1, 1), reason="r"),
            "would end before it begins",
        ),
    ],
)
def test_what_cannot_be_granted(service, person, wanted, words):
    refused(service, lambda c: granting.grant(c, BOSS, person, wanted, TODAY), words)


def line_of_refusal(by, why, tried, **said):
    return (by.who, "refusal", {"why": why, "tried": tried, **said})


def granting_of(person, role="manager", area="all", reason="r"):
    said = {"person": person, "role": role, "area": area}
    return {**said, "from": "2026-03-02", "to": None, "reason": reason}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_anything(service, person, granted, role):
    by, wanted = By("eve@example.org", role), Wanted(Role.MANAGER, reason="r")
    number = granted(Role.MANAGER)

    def only_administrators(make, tried, **said):
        line = line_of_refusal(by, "not an administrator", tried, **said)
        refused(service, make, "Only administrators", line)

    only_administrators(
        lambda c: granting.grant(c, by, person, wanted, TODAY),
        "grant",
        **granting_of("ben@example.org"),
    )
    only_administrators(
        lambda c: granting.withdraw(c, by, number, "r", TODAY),
        "withdraw",
        number=number,
        **granting_of("ann@example.org"),
    )
    only_administrators(
        lambda c: granting.add_person(c, by, "Eve", "e@example.org", None),
        "add",
        person="e@example.org",
    )
    group = {"group": "office", "role": "manager", "area": "all", "reason": "r"}
    only_administrators(
        lambda c: group_granting.grant_group(c, by, "office", wanted), "grant", **group
    )
    only_administrators(
        lambda c: group_granting.withdraw_group(c, by, "office", Role.MANAGER, "all", "r"),
        "withdraw",
        **group,
    )


def test_a_role_of_the_whole_service_is_not_held_for_an_area(service, person):
    wanted = Wanted(Role.ADMINISTRATOR, "B1", reason="r")
    refused(
        service,
        lambda c: granting.grant(c, BOSS, person, wanted, TODAY),
        "The role Administrator is held for the whole service, not for an area",
        line_of_refusal(
            BOSS,
            "held for the whole service only",
            "grant",
            **granting_of("ben@example.org", "administrator", "B1"),
        ),
    )


def test_nobody_gives_a_role_to_themselves(service, person):
    ben = By("ben@example.org", Role.ADMINISTRATOR)
    wanted = Wanted(Role.MANAGER, reason="I would like to")
    refused(
        service,
        lambda c: granting.grant(c, ben, person, wanted, TODAY),
        "to themselves",
        line_of_refusal(
            ben,
            "a role for themselves",
            "grant",
            **granting_of("ben@example.org", reason="I would like to"),
        ),
    )


def test_nobody_gives_a_role_to_a_group_of_their_own(service):
    wanted = Wanted(Role.MANAGER, reason="r")
    own = frozenset({"office"})
    group = {"group": "office", "role": "manager", "area": "all", "reason": "r"}
    refused(
        service,
        lambda c: group_granting.grant_group(c, BOSS, "office", wanted, own),
        "to themselves",
        line_of_refusal(BOSS, "a role for themselves", "grant", **group),
    )


def test_the_last_administrator_stays(service, granted):
    first = granted(Role.ADMINISTRATOR, email="a@example.org")
    line = line_of_refusal(
        BOSS,
        "the last administrator",
        "withdraw",
        number=first,
        **granting_of("a@example.org", "administrator", reason="tidy up"),
    )

    def withdraw(connection):
        granting.withdraw(connection, BOSS, first, "tidy up", TODAY)

    refused(service, withdraw, "last administrator", line)
    # One whose role will end is no help: nobody would be left then.
    granted(Role.ADMINISTRATOR, email="b@example.org", end=date(2026, 4, 1))
    refused(service, withdraw, "last administrator", line)
    granted(Role.ADMINISTRATOR, email="c@example.org")
    with granting.changing(service) as connection:
        withdraw(connection)


def test_what_is_withdrawn_cannot_be_withdrawn_again(service, granted):
    number = granted(Role.MANAGER)
    with granting.changing(service) as connection:
        granting.withdraw(connection, BOSS, number, "left", TODAY)
    refused(service, lambda c: granting.withdraw(c, BOSS, number, "left", TODAY), "no such role")


def test_one_person_is_one_case_manager_at_a_time(service, granted):
    granted(Role.CASE_MANAGER, worker="CM-1", end=date(2026, 4, 1))
    with pytest.raises(NotGranted, match="another case manager at that time"):
        granted(Role.CASE_MANAGER, worker="CM-2")
    granted(Role.CASE_MANAGER, worker="CM-2", start=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("name", "email", "subject", "words"),
    [
        ("", "a@example.org", None, "name"),
        ("Ann", "", "", "e-mail address"),
        ("Ann", "not an address", None, "is not an e-mail address"),
        ("Ann", "BEN@example.org", None, "already there"),
    ],
)
def test_a_person_must_be_known_by_something(service, person, name, email, subject, words):
    refused(service, lambda c: granting.add_person(c, BOSS, name, email, subject), words)


def test_without_a_trail_nothing_is_changed(service, person):
    with service.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO gone"))
    wanted = Wanted(Role.MANAGER, reason="r")
    with (
        pytest.raises(NotGranted, match="nothing was changed"),
        granting.changing(service) as connection,
    ):
        granting.grant(connection, BOSS, person, wanted, TODAY)
    with service.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Grant)) == 0
        assert connection.scalar(select(func.count()).select_from(Person)) == 1
