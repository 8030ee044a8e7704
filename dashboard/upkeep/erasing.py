"""One person's records, removed on request."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Engine, select

from dashboard.access.trail import What, note_with
from dashboard.database import writing
from dashboard.database.marks import move_version
from dashboard.database.schema import require_current
from dashboard.database.tables import RECORDS
from dashboard.intake.opening import take_turn
from dashboard.intake.shape import noun
from dashboard.upkeep.leaving import Leaving, remove_rejected


class Kind(StrEnum):
    """Who a person is to the service; the value is what the command line takes."""

    SERVICE_USER = "service-user"
    VICTIM_SURVIVOR = "victim-survivor"
    COMPARISON_PERSON = "comparison-person"

    @property
    def table(self) -> str:
        return _TABLES[self]

    @property
    def noun(self) -> str:
        return noun(self.table)


_TABLES = {
    Kind.SERVICE_USER: "service_users",
    Kind.VICTIM_SURVIVOR: "victim_survivors",
    Kind.COMPARISON_PERSON: "comparison_people",
}


class NotErased(Exception):
    """Nothing was erased; the message says why and what to do."""


@dataclass(frozen=True)
class Erasure:
    """What goes, or went: how many rows of each table, and how many rejected rows."""

    kind: Kind
    rows: dict[str, int]
    rejected: int

    @property
    def total(self) -> int:
        return sum(self.rows.values()) + self.rejected


def erase(
    engine: Engine, person: str, who: str, kind: Kind | None = None, *, dry_run: bool = False
) -> Erasure:
    """Remove everything that names a person, or belongs to what does, in one transaction.

    Of a service user that is their referrals and cases with all that is recorded in them, and
    what police and MARAC recorded; of a victim-survivor every row that names them. Victim-survivors
    of whom nothing else is recorded go with it. The trail says that it was done and how many rows
    went, and not whose. Raises NotErased where nobody, or more than one, has this id.
    """
    with engine.connect() as connection:
        require_current(connection)
    with writing(engine) as connection:
        take_turn(connection)
        kind = kind or _kind(connection, person)
        leaving = Leaving(connection)
        leaving.add(kind.table, [person] if _known(connection, kind, person) else [])
        leaving.complete()
        rejected = leaving.rejected()
        erasure = Erasure(kind, leaving.counts(), len(rejected))
        if not erasure.rows:
            raise NotErased(f"There is no {kind.noun} with this id. Nothing was erased.")
        if dry_run:
            connection.rollback()
            return erasure
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        leaving.remove()
        remove_rejected(connection, rejected)
        move_version(connection)
        details = {"kind": kind.noun, "rows": erasure.rows, "rejected rows": len(rejected)}
        note_with(connection, who, None, What.ERASURE, details, erasure.total)
    empty_log(engine)
    return erasure


def empty_log(engine: Engine) -> None:
    """Let nothing of what was removed stay in the log beside a SQLite file."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()


def _kind(connection: Connection, person: str) -> Kind:
    known = [kind for kind in Kind if _known(connection, kind, person)]
    if not known:
        raise NotErased("There is nobody with this id. Nothing was erased.")
    if len(known) > 1:
        choices = " or ".join(f"--kind {kind.value}" for kind in known)
        raise NotErased(
            f"A {' and a '.join(kind.noun for kind in known)} have this id. Say whom: {choices}."
        )
    return known[0]


def _known(connection: Connection, kind: Kind, person: str) -> bool:
    table = RECORDS[kind.table]
    (key,) = table.primary_key
    return connection.execute(select(key).where(key == person)).first() is not None
