"""A sign-in begins with a fresh token and ends by time, idleness, signing out or withdrawal."""

from datetime import timedelta

import pytest
from signed_in_people import NOON, OWNER, TODAY, claims, trail
from sqlalchemy import delete, func, select

from dashboard.access import Role, granting
from dashboard.access.sign_ins import Limits, NotAdmitted, SignIns
from dashboard.database import DatabaseNotUsable
from dashboard.database.tables import SignIn

LIMITS = Limits(hours=10, idle_minutes=60)


class Database:
    """The small service's, which can be away."""

    def __init__(self, engine):
        self.engine, self.away = engine, False

    def __call__(self):
        if self.away:
            raise DatabaseNotUsable("away")
        return self.engine


@pytest.fixture
def database(service):
    return Database(service)


@pytest.fixture
def sign_ins(database, clock):
    return SignIns(database, clock)


def title(sign_ins, who=None, **how):
    with pytest.raises(NotAdmitted) as refused:
        sign_ins.hold(who or claims(), LIMITS, **how)
    return refused.value.title


def test_it_begins_and_is_in_the_trail(sign_ins, granted, service):
    granted(Role.MANAGER)
    granted(Role.DATA_STEWARD)
    assert sign_ins.hold(claims(), LIMITS).roles == (Role.MANAGER, Role.DATA_STEWARD)
    sign_ins.hold(claims(), LIMITS)
    assert [line[:2] for line in trail(service)].count(("ann@example.org", "sign-in")) == 1


def test_a_stranger_is_refused_and_that_is_in_the_trail(sign_ins, service):
    with pytest.raises(NotAdmitted) as refused:
        sign_ins.hold(claims(), LIMITS)
    assert refused.value.stranger
    assert "sub-of-ann@example.org" in refused.value.words
    assert trail(service) == [("ann@example.org", "refusal", {"why": "nothing granted"})]
    with service.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(SignIn)) == 0


def test_a_stranger_who_is_granted_something_comes_in_at_the_next_look(sign_ins, granted, clock):
    assert title(sign_ins) == "You have no access to this dashboard"
    granted(Role.MANAGER)
    clock.forward(seconds=11)
    assert sign_ins.hold(claims(), LIMITS).roles == (Role.MANAGER,)


@pytest.mark.parametrize(
    "times",
    [
        {"exp": NOON.timestamp()},
        {"exp": (NOON - timedelta(hours=1)).timestamp()},
        {"iat": (NOON + timedelta(minutes=5)).timestamp()},
        # However long the provider's word holds, it must be of now.
        {
            "iat": (NOON - timedelta(hours=11)).timestamp(),
            "exp": (NOON + timedelta(days=300)).timestamp(),
        },
    ],
)
def test_it_does_not_begin_with_a_token_that_is_not_fresh(sign_ins, granted, service, times):
    granted(Role.MANAGER)
    assert title(sign_ins, claims(**times)) == "Your sign-in is no longer fresh"
    assert trail(service)[-1] == ("ann@example.org", "refusal", {"why": "expired"})


def test_it_outlasts_its_token(sign_ins, granted, clock):
    granted(Role.MANAGER)
    for _ in range(19):
        sign_ins.hold(claims(), LIMITS)
        clock.forward(minutes=30)
    assert sign_ins.hold(claims(), LIMITS)  # at half past nine in the evening


def test_it_ends_after_its_hours(sign_ins, granted, clock):
    granted(Role.MANAGER)
    for _ in range(20):
        sign_ins.hold(claims(), LIMITS)
        clock.forward(minutes=30)
    assert title(sign_ins) == "Your time here is over for now"


def test_it_ends_when_nothing_is_done(sign_ins, granted, clock):
    granted(Role.MANAGER)
    sign_ins.hold(claims(), LIMITS)
    clock.forward(minutes=59)
    sign_ins.hold(claims(), LIMITS, active=False)  # an open page looks for itself
    clock.forward(minutes=1)
    assert title(sign_ins) == "You were away for a while"
    clock.forward(minutes=1)
    assert title(sign_ins, active=False) == "You were away for a while"


def test_a_running_meeting_is_not_cut_off(sign_ins, granted, clock):
    granted(Role.MEETING)
    sign_ins.hold(claims(), LIMITS)
    for _ in range(13 * 2):
        clock.forward(minutes=30)
        assert sign_ins.hold(claims(), LIMITS, active=False, meeting=True)
    clock.forward(hours=1)
    assert title(sign_ins, active=False, meeting=True) == "Your time here is over for now"


def test_signing_out_ends_it_in_every_window_and_process(sign_ins, database, granted, clock):
    granted(Role.MANAGER)
    other = SignIns(database, clock)
    sign_ins.hold(claims(), LIMITS)
    other.hold(claims(), LIMITS)
    sign_ins.end(claims())
    assert title(sign_ins) == "You have signed out"
    assert trail(database.engine)[-1] == ("ann@example.org", "sign-out", {})
    clock.forward(seconds=11)
    assert title(other) == "You have signed out"
    assert other.hold(claims(nonce="n2"), LIMITS)  # signed in anew


def test_a_withdrawn_grant_ends_it_within_a_minute(sign_ins, granted, service, clock):
    number = granted(Role.MANAGER)
    sign_ins.hold(claims(), LIMITS)
    with granting.changing(service) as connection:
        granting.withdraw(connection, OWNER, number, "left", TODAY)
    clock.forward(seconds=11)
    assert title(sign_ins, active=False) == "You have no access to this dashboard"
    assert trail(service)[-1] == ("ann@example.org", "refusal", {"why": "withdrawn"})


def test_a_grant_ends_at_midnight_in_london(sign_ins, granted, clock):
    granted(Role.MANAGER, end=TODAY + timedelta(days=1))
    late = {"iat": (NOON + timedelta(hours=11)).timestamp(), "exp": 4e9}
    clock.forward(hours=11, minutes=59)
    sign_ins.hold(claims(**late), LIMITS)
    clock.forward(minutes=2)
    assert title(sign_ins, claims(**late)) == "You have no access to this dashboard"


def test_other_processes_know_when_it_began_and_was_last_seen(
    sign_ins, database, granted, service, clock
):
    granted(Role.MANAGER)
    sign_ins.hold(claims(), LIMITS)
    clock.forward(minutes=50)
    sign_ins.hold(claims(), LIMITS)
    trail(service)  # all is written down
    clock.forward(minutes=50)
    other = SignIns(database, clock)
    assert other.hold(claims(), LIMITS)
    clock.forward(hours=9)
    assert title(SignIns(database, clock)) == "Your time here is over for now"


def test_while_the_database_is_away_what_was_granted_holds_an_hour(
    sign_ins, database, granted, clock
):
    granted(Role.MANAGER)
    granted(Role.MANAGER, email="ben@example.org")
    sign_ins.hold(claims(), LIMITS)
    database.away = True
    clock.forward(minutes=59)
    assert sign_ins.hold(claims(), LIMITS).roles == (Role.MANAGER,)
    assert title(sign_ins, claims("ben@example.org")) == "Nobody can be let in just now"
    clock.forward(minutes=2)
    assert title(sign_ins) == "Nobody can be let in just now"
    database.away = False
    assert sign_ins.hold(claims(), LIMITS)


def test_a_sign_in_that_was_forgotten_cannot_be_begun_again(sign_ins, granted, service, clock):
    granted(Role.MANAGER)
    sign_ins.hold(claims(), LIMITS)
    with service.begin() as connection:
        connection.execute(delete(SignIn))
    clock.forward(hours=2)
    assert title(sign_ins) == "Your sign-in is no longer fresh"
