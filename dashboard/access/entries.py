"""Reading the trail, and letting go of what is older than it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, delete, func, select

from dashboard.access.roles import Role
from dashboard.access.trail import What
from dashboard.database.tables import AuditEntry

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
    """What to look for: days (both included), a part of who it was, a kind."""

    start: date | None = None
    end: date | None = None
    who: str = ""
    what: What | None = None


def entries(connection: Connection, search: Search, most: int | None = None) -> Iterator[Entry]:
    """The lines that match, the latest first."""
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
            at=_local(row.at),
            who=row.who,
            role=Role(row.role).label if row.role in set(Role) else "",
            what=row.what,
            details=in_words(row.details),
            rows=row.rows,
        )


def count(connection: Connection, search: Search) -> int:
    """How many lines match."""
    return connection.scalar(_matching(select(func.count(AuditEntry.entry_id)), search)) or 0


def let_go(connection: Connection, years: int, now: datetime) -> int:
    """Remove what is older than the trail is kept for; nothing else is ever removed from it."""
    before = now - timedelta(days=365.25 * years)
    return connection.execute(delete(AuditEntry).where(AuditEntry.at < before)).rowcount


def in_words(details: Any) -> str:
    """Details as one line: `page: risk; filters: area: berkshire`."""
    if isinstance(details, dict):
        return "; ".join(f"{name}: {in_words(value)}" for name, value in details.items())
    if isinstance(details, list):
        return ", ".join(in_words(each) for each in details)
    return "" if details is None else str(details)


def _matching(chosen: Select[Any], search: Search) -> Select[Any]:
    if search.start:
        chosen = chosen.where(AuditEntry.at >= _midnight(search.start))
    if search.end:
        chosen = chosen.where(AuditEntry.at < _midnight(search.end + timedelta(days=1)))
    if search.who.strip():
        chosen = chosen.where(AuditEntry.who.icontains(search.who.strip(), autoescape=True))
    if search.what:
        chosen = chosen.where(AuditEntry.what == search.what)
    return chosen


def _midnight(day: date) -> datetime:
    """The moment at which a day begins in London, in UTC as the times are kept."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _local(moment: datetime) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(LONDON).replace(tzinfo=None)
