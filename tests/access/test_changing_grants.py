"""Who may grant what: administrators, with a reason, never to themselves, and one always stays."""

from datetime import date

import pytest
from signed_in_people import OWNER, TODAY, trail
from sqlalchemy import func, select, text

from dashboard.access import Role, granting
from dashboard.access.granting import By, NotGranted, Wanted
from dashboard.database.tables import Grant, Person

BOSS = By("boss@example.org", Role.ADMINISTRATOR)


@pytest.fixture
def person(service):
    with granting.changing(service) as connection:
        return granting.add_person(connection, OWNER, "Ben", "Ben@Example.org", None)


def refused(service, make, words):
    """The change is refused in words, and neither it nor a line of the trail is kept."""
    before = trail(service)
    with service.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(Grant))
    with pytest.raises(NotGranted, match=words), granting.changing(service) as connection:
        make(connection)
    assert trail(service) == before
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
            "person": "ben@example.org",
            "did": "granted",
            "role": "manager",
            "area": "berkshire",
            "from": "2026-03-02",
            "to": "2026-09-01",
            "reason": "covers Slough",
        },
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(Role.MANAGER), "Give a reason"),
        (Wanted(Role.MANAGER, reason="  "), "Give a reason"),
        (Wanted(Role.MANAGER, "atlantis", reason="r"), "There is no area “atlantis”"),
        (Wanted(Role.OPCC, "berkshire", reason="r"), "held for the whole service"),
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


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_anything(service, person, granted, role):
    by, wanted = By("eve@example.org", role), Wanted(Role.MANAGER, reason="r")
    number = granted(Role.MANAGER)
    words = "Only administrators"
    refused(service, lambda c: granting.grant(c, by, person, wanted, TODAY), words)
    refused(service, lambda c: granting.withdraw(c, by, number, "r", TODAY), words)
    refused(service, lambda c: granting.add_person(c, by, "Eve", "e@example.org", None), words)
    refused(service, lambda c: granting.grant_group(c, by, "office", wanted), words)
    refused(
        service,
        lambda c: granting.withdraw_group(c, by, "office", Role.MANAGER, "all", "r"),
        words,
    )


def test_nobody_gives_a_role_to_themselves(service, person):
    ben = By("ben@example.org", Role.ADMINISTRATOR)
    wanted = Wanted(Role.MANAGER, reason="I would like to")
    refused(service, lambda c: granting.grant(c, ben, person, wanted, TODAY), "to themselves")


def test_nobody_gives_a_role_to_a_group_of_their_own(service):
    wanted = Wanted(Role.MANAGER, reason="r")
    own = frozenset({"office"})
    refused(
        service,
        lambda c: granting.grant_group(c, BOSS, "office", wanted, own),
        "to themselves",
    )


def test_the_last_administrator_stays(service, granted):
    first = granted(Role.ADMINISTRATOR, email="a@example.org")
    refused(
        service,
        lambda c: granting.withdraw(c, BOSS, first, "tidy up", TODAY),
        "last administrator",
    )
    # One whose role will end is no help: nobody would be left then.
    granted(Role.ADMINISTRATOR, email="b@example.org", end=date(2026, 4, 1))
    refused(
        service,
        lambda c: granting.withdraw(c, BOSS, first, "tidy up", TODAY),
        "last administrator",
    )
    granted(Role.ADMINISTRATOR, email="c@example.org")
    with granting.changing(service) as connection:
        granting.withdraw(connection, BOSS, first, "tidy up", TODAY)


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
