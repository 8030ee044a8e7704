"""Sign-ins: how long one lasts, when it ends, and what holds while the database is away.

A sign-in begins with a fresh token of the provider. From then on the dashboard's own clock
counts: it ends after a set time, after a set time without anybody doing anything, by signing
out, or when nothing is granted any more.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.access.aside import aside
from dashboard.access.claims import Claims
from dashboard.access.grants import Access, access_of
from dashboard.access.trail import What, note, note_with
from dashboard.database import DatabaseNotUsable, writing
from dashboard.database.tables import SignIn

LONDON = ZoneInfo("Europe/London")
CHECKED = timedelta(seconds=10)  # how long grants that were read are taken as they are
AWAY = timedelta(minutes=60)  # how long they hold while the database cannot be asked
WRITTEN = timedelta(seconds=60)  # how often the last sight of somebody is written down
MEETING = timedelta(hours=4)  # a meeting that is on screen may outlast the set time by this
CLOCKS = timedelta(minutes=2)  # by which the provider's clock may be ahead


class NotAdmitted(Exception):
    """Nobody comes in like this: a title and words that say why.

    `again`: signing in anew may help; `stranger`: they are signed in, and nothing is granted.
    """

    def __init__(
        self, title: str, words: str, *, again: bool = True, stranger: bool = False
    ) -> None:
        super().__init__(words)
        self.title = title
        self.words = words
        self.again = again
        self.stranger = stranger


@dataclass(frozen=True)
class Limits:
    """The settings that a sign-in lives by."""

    hours: float
    idle_minutes: float


@dataclass(frozen=True)
class _Held:
    """A sign-in as this process knows it."""

    access: Access | None
    started_at: datetime
    seen_at: datetime
    ended: bool
    read_at: datetime  # when the database was asked
    written_at: datetime  # when `seen_at` was


class SignIns:
    """The sign-ins that this process holds. `database` gives an engine to write with."""

    def __init__(
        self,
        database: Callable[[], Engine],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._now = now
        self._held: dict[str, _Held] = {}
        self._one = threading.Lock()

    def hold(
        self, claims: Claims, limits: Limits, *, active: bool = True, meeting: bool = False
    ) -> Access:
        """What the person may do now. `active`: they did something; `meeting`: one is on screen.

        Raises NotAdmitted.
        """
        now = self._now()
        known = self._held.get(claims.digest)
        held = self._keep(claims.digest, self._read(claims, known, limits, now))
        _still(held, limits, meeting, now)
        if held.access is None:
            raise _nothing_granted(claims)
        if active or meeting:
            self._seen(claims.digest, held, now)
        return held.access

    def end(self, claims: Claims) -> None:
        """Sign out: this sign-in never holds again, in any window."""
        now = self._now()
        held = self._held.get(claims.digest)
        if held:
            self._keep(claims.digest, replace(held, ended=True))
        aside(lambda: _write_end(self._database(), claims, now))

    def _keep(self, digest: str, held: _Held) -> _Held:
        with self._one:
            before = self._held.get(digest)
            if before:  # another window of the same person may have moved on meanwhile
                held = replace(
                    held,
                    seen_at=max(held.seen_at, before.seen_at),
                    ended=held.ended or before.ended,
                )
            self._held[digest] = held
            return held

    def _read(self, claims: Claims, known: _Held | None, limits: Limits, now: datetime) -> _Held:
        if known and timedelta() <= now - known.read_at < CHECKED:
            return known
        try:
            return self._asked(claims, known, limits, now)
        except IntegrityError:  # another process began this very sign-in at the same moment
            return self._asked(claims, known, limits, now)
        except (SQLAlchemyError, DatabaseNotUsable) as problem:
            # While the database is away, what was last read holds; nobody new comes in.
            if known is None or now - known.read_at >= AWAY:
                raise NotAdmitted(
                    "Nobody can be let in just now",
                    "The database that says who may see what cannot be reached. Try again in a "
                    "few minutes.",
                    again=False,
                ) from problem
            return known

    def _asked(self, claims: Claims, known: _Held | None, limits: Limits, now: datetime) -> _Held:
        """What the database says; a sign-in that it does not know begins, or is refused."""
        database = self._database()
        with database.connect() as connection:
            row = connection.execute(
                select(SignIn.started_at, SignIn.seen_at, SignIn.ended_at).where(
                    SignIn.digest == claims.digest
                )
            ).first()
            access = access_of(connection, claims, now.astimezone(LONDON).date())
        if row is None:
            if not _fresh(claims, limits, now):
                aside(lambda: note(database, claims.who, None, What.REFUSAL, {"why": "expired"}))
                raise NotAdmitted(
                    "Your sign-in is no longer fresh",
                    "What the sign-in provider said of you has expired. Sign in again.",
                )
            with writing(database) as connection:
                return _begin(connection, claims, access, now)
        if access is None and known and known.access:
            with writing(database) as connection:
                note_with(connection, claims.who, None, What.REFUSAL, {"why": "withdrawn"})
        seen, ended = _utc(row.seen_at), row.ended_at is not None
        return _Held(
            access, _utc(row.started_at), seen, ended, now, known.written_at if known else seen
        )

    def _seen(self, digest: str, held: _Held, now: datetime) -> None:
        """They are here: kept at once, written down now and then."""
        write = now - held.written_at >= WRITTEN
        self._keep(digest, replace(held, seen_at=now, written_at=now if write else held.written_at))
        if write:
            aside(lambda: _write_seen(self._database(), digest, now))


def _still(held: _Held, limits: Limits, meeting: bool, now: datetime) -> None:
    if held.ended:
        raise NotAdmitted("You have signed out", "Sign in again to go on.")
    most = timedelta(hours=limits.hours) + (MEETING if meeting else timedelta())
    if now - held.started_at >= most:
        raise NotAdmitted(
            "Your time here is over for now",
            f"A sign-in lasts {limits.hours:g} hours. Sign in again to go on.",
        )
    if not meeting and now - held.seen_at >= timedelta(minutes=limits.idle_minutes):
        raise NotAdmitted(
            "You were away for a while",
            f"After {limits.idle_minutes:g} minutes in which nothing is done, the dashboard "
            "closes itself. Sign in again to go on.",
        )


def _fresh(claims: Claims, limits: Limits, now: datetime) -> bool:
    """Whether a sign-in may begin with this token."""
    longest = timedelta(hours=limits.hours)
    return now - longest < claims.issued_at <= now + CLOCKS and claims.expires_at > now


def _begin(connection: Connection, claims: Claims, access: Access | None, now: datetime) -> _Held:
    """A new sign-in, or the refusal of one; either is in the trail."""
    if access is None:
        # Written down and kept, though nobody comes in.
        note_with(connection, claims.who, None, What.REFUSAL, {"why": "nothing granted"})
        return _Held(None, now, now, False, now, now)
    connection.execute(delete(SignIn).where(SignIn.started_at < now - timedelta(days=30)))
    connection.execute(
        insert(SignIn).values(digest=claims.digest, who=claims.who, started_at=now, seen_at=now)
    )
    roles = ", ".join(role.value for role in access.roles)
    note_with(connection, claims.who, None, What.SIGN_IN, {"roles": roles})
    return _Held(access, now, now, False, now, now)


def _write_end(database: Engine, claims: Claims, now: datetime) -> None:
    with writing(database) as connection:
        connection.execute(
            update(SignIn).where(SignIn.digest == claims.digest).values(ended_at=now)
        )
        note_with(connection, claims.who, None, What.SIGN_OUT, {})


def _write_seen(database: Engine, digest: str, now: datetime) -> None:
    with writing(database) as connection:
        connection.execute(update(SignIn).where(SignIn.digest == digest).values(seen_at=now))


def _nothing_granted(claims: Claims) -> NotAdmitted:
    known = claims.email or "no verified e-mail address"
    return NotAdmitted(
        "You have no access to this dashboard",
        f"You are signed in as {claims.name} ({known}; subject {claims.subject}), and nothing is "
        "granted to you.",
        stranger=True,
    )


def _utc(moment: datetime) -> datetime:
    """SQLite gives times without their zone; they are UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
