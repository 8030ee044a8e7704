"""Reading the trail, and letting go of what is older than it is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, delete, func, or_, select

from dashboard.access.trail import What
from dashboard.access.wording import in_words, role_in_words
from dashboard.database.tables import AuditEntry, Person

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Entry:
    """A line of the trail; `at` is local time."""

    at: datetime
    who: str
    role: str
    what: str
    details: str
    rows: int | None


@dataclass(frozen=True)
class Search:
    """What to look for: days (both included), a kind, and a part of who did it or whom it befell.

    `who` is a part of an address, of a group, or of the name of somebody who is known.
    """

    start: date | None = None
    end: date | None = None
    who: str = ""
    what: What | None = None


def entries(
    connection: Connection, search: Search, areas: Mapping[str, str], most: int | None = None
) -> Iterator[Entry]:
    """The lines that match, the latest first. `areas`: names to say for areas' keys."""
    chosen = _matching(
        select(
            AuditEntry.at,
            AuditEntry.who,
            AuditEntry.role,
            AuditEntry.what,
            AuditEntry.details,
            AuditEntry.rows,
        ),
        search,
    )
    for row in connection.execute(chosen.order_by(AuditEntry.entry_id.desc()).limit(most)):
        yield Entry(
            at=local(row.at),
            who=row.who,
            role=role_in_words(row.role or ""),
            what=row.what,
            details=in_words(row.details, areas),
            rows=row.rows,
        )


def count(connection: Connection, search: Search) -> int:
    """How many lines match."""
    return connection.scalar(_matching(select(func.count(AuditEntry.entry_id)), search)) or 0


def let_go(connection: Connection, years: int, now: datetime) -> int:
    """Remove what is older than the trail is kept for; nothing else is ever removed from it."""
    before = now - timedelta(days=365.25 * years)
    return connection.execute(delete(AuditEntry).where(AuditEntry.at < before)).rowcount


def _matching(chosen: Select[Any], search: Search) -> Select[Any]:
    if search.start:
        chosen = chosen.where(AuditEntry.at >= _midnight(search.start))
    if search.end:
        chosen = chosen.where(AuditEntry.at < _midnight(search.end + timedelta(days=1)))
    if who := search.who.strip():
        chosen = chosen.where(_concerns(who))
    if search.what:
        chosen = chosen.where(AuditEntry.what == search.what)
    return chosen


def _concerns(text: str) -> ColumnElement[bool]:
    """Lines of what somebody did, and of what was done to them or their group.

    The trail knows people by address or subject only; whoever is called so has one of these.
    """
    called = Person.name.icontains(text, autoescape=True)
    addresses = select(Person.email).where(called, Person.email.is_not(None))
    subjects = select("subject " + Person.subject).where(called, Person.subject.is_not(None))
    told = [AuditEntry.who, *(AuditEntry.details[key].as_string() for key in ("person", "group"))]
    return or_(
        *(each.icontains(text, autoescape=True) for each in told),
        *(each.in_(found) for each in told[:2] for found in (addresses, subjects)),
    )


def _midnight(day: date) -> datetime:
    """The moment at which a day begins in London, in UTC as the times are kept."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """A stored moment in London's time; SQLite gives it without its zone, and it is UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(LONDON).replace(tzinfo=None)
