"""Records that leave the database for good, with everything that refers to them.

What goes is first written down by its keys in temporary tables, so that it can be counted before
anything is removed. A row goes whole or not at all; nobody else's row is changed.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)

from dashboard.database.tables import RECORDS, RejectedRow
from dashboard.intake.shape import Reference, references
from dashboard.intake.stage import keys, same_key

# Records whose ids may also stand in rejected rows.
_NAMED = (
    "service_users",
    "comparison_people",
    "victim_survivors",
    "referrals",
    "cases",
    "marac_referrals",
    "police_incidents",
)


class Leaving:
    """The records that are to go, within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._metadata = MetaData()
        self._gone = {name: self._temporary(table) for name, table in RECORDS.items()}

    def add(self, table: str, ids: Iterable[str]) -> None:
        """Let records go by their ids."""
        gone = self._gone[table]
        (key,) = keys(gone)
        rows = [{key: each} for each in ids]
        if rows:
            self._connection.execute(insert(gone), rows)

    def complete(self) -> None:
        """Add what refers to them, and the victim-survivors of whom nothing else is left."""
        self._follow()
        people = RECORDS["victim_survivors"]
        self._put(
            people,
            select(people.c.victim_survivor_id).where(
                or_(*self._named(people, leaving=True)),
                *(~each for each in self._named(people, leaving=False)),
            ),
        )

    def counts(self) -> dict[str, int]:
        """How many rows of each table go; tables without any are left out."""
        counted = {
            name: self._connection.scalar(select(func.count()).select_from(gone)) or 0
            for name, gone in self._gone.items()
        }
        return {name: rows for name, rows in counted.items() if rows}

    def rejected(self) -> list[dict[str, Any]]:
        """The keys of rejected rows in which one of their ids stands, in whatever column."""
        ids = {
            value
            for name in _NAMED
            for value in self._connection.scalars(select(*self._gone[name].c))
        }
        kept = self._connection.execute(
            select(RejectedRow.import_id, RejectedRow.file, RejectedRow.row, RejectedRow.content)
        )
        return [
            {"import_id": row.import_id, "file": row.file, "row": row.row}
            for row in kept
            if any(str(value).strip() in ids for value in row.content.values())
        ]

    def remove(self) -> None:
        """Remove them, children first."""
        for name, table in reversed(RECORDS.items()):
            goes = exists(select(literal(1)).where(same_key(table, table, self._gone[name])))
            self._connection.execute(delete(table).where(goes))
        self._metadata.drop_all(self._connection)

    def _follow(self) -> None:
        for child in RECORDS.values():  # parents come before their children
            for reference in references(child):
                goes = self._goes(reference)
                if goes is not None:
                    self._put(child, select(*child.primary_key).where(goes))

    def _goes(self, reference: Reference) -> ColumnElement[bool] | None:
        """That the row's owner goes, and no other that may have the same id stays."""
        owners = [name for name, column in reference.to if column in self._gone[name].c]
        if not set(owners) & set(_NAMED):
            return None
        value = reference.table.c[reference.column]
        goes = [value.in_(select(*self._gone[name].c)) for name in owners]
        if len(owners) == 1:
            return goes[0]
        stays = [
            value.in_(select(*RECORDS[name].primary_key))
            & value.not_in(select(*self._gone[name].c))
            for name in owners
        ]
        return or_(*goes) & ~or_(*stays)

    def _named(self, people: Table, *, leaving: bool) -> list[ColumnElement[bool]]:
        """For each table that names such a person: that a row of it that goes (or stays) does."""
        found: list[ColumnElement[bool]] = []
        for child in RECORDS.values():
            for reference in references(child):
                if reference.to[0][0] != people.name:
                    continue
                goes = exists(
                    select(literal(1)).where(same_key(child, child, self._gone[child.name]))
                )
                ours = child.c[reference.column] == people.c.victim_survivor_id
                found.append(exists(select(literal(1)).where(ours, goes if leaving else ~goes)))
        return found

    def _put(self, table: Table, chosen: Select[Any]) -> None:
        gone = self._gone[table.name]
        known = exists(select(literal(1)).where(same_key(table, table, gone)))
        self._connection.execute(insert(gone).from_select(keys(table), chosen.where(~known)))

    def _temporary(self, table: Table) -> Table:
        gone = Table(
            f"going_{table.name}",
            self._metadata,
            *(Column(key.name, key.type, primary_key=True) for key in table.primary_key),
            prefixes=["TEMPORARY"],
            postgresql_on_commit="DROP",
        )
        gone.create(self._connection)
        return gone


def remove_rejected(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Remove rejected rows by their keys."""
    for row in rows:
        connection.execute(
            delete(RejectedRow).where(
                *(RejectedRow.__table__.c[name] == value for name, value in row.items())
            )
        )
