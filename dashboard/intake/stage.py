"""The rows of an import in temporary tables of the same connection, until they are loaded.

Every row read stands here, refused or not, so that a row that refers to a refused one can be told
so. All checks are made here, by the database, whatever the size of the files.
"""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    text,
    update,
)

from dashboard.database.tables import RECORDS
from dashboard.intake.feeds import Feed
from dashboard.intake.problems import Finding, Rejections

NEW, CHANGED, SAME, REPEATED = "new", "changed", "same", "repeated"


class Stage:
    """The staged rows of each table.

    A staged table has its table's columns, and: `seq` (the order of reading), `feed`, `source`,
    `row`, `rejected` (0 or 1), `clashed` (1: it comes back with the reason that another row has
    its key) and `state` (what loading the row will do, once that is known).
    """

    def __init__(self, connection: Connection, feeds: list[Feed], labels: list[str]) -> None:
        self.connection = connection
        self.labels = labels
        self.feeds = feeds
        self.rejections = Rejections()
        self._metadata = MetaData()
        self._seq = count(1)
        # In the order in which their rows can be written.
        fed = {feed.table.name: feed.table for feed in feeds}
        self.real: dict[str, Table] = {name: fed[name] for name in RECORDS if name in fed}
        self.staged = {name: self._twin(table) for name, table in self.real.items()}
        self._refused = self.temporary(
            "newly_refused", Column("source", Integer), Column("row", Integer)
        )

    def temporary(self, name: str, *columns: Column[Any]) -> Table:
        """A new temporary table, gone when the transaction ends."""
        table = Table(
            name, self._metadata, *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DROP"
        )
        table.create(self.connection)
        return table

    def _twin(self, table: Table) -> Table:
        return self.temporary(
            f"staged_{table.name}",
            Column("seq", BigInteger, primary_key=True, autoincrement=False),
            Column("feed", Integer),
            Column("source", Integer),
            Column("row", Integer),
            Column("rejected", Integer),
            Column("clashed", Integer),
            Column("state", String),
            *(Column(column.name, column.type) for column in table.columns),
        )

    def put(self, feed: Feed, records: list[dict[str, Any]]) -> None:
        """Stage the rows that a feed has read."""
        if not records:
            return
        for record in records:
            record["seq"] = next(self._seq)
            record["feed"] = feed.number
            record["source"] = feed.source
        self.connection.execute(insert(self.staged[feed.table.name]), records)

    def complete(self) -> None:
        """All rows are staged: index them, and let absent columns keep what the database has."""
        for name, table in self.real.items():
            staged = self.staged[name]
            Index(f"{staged.name}_key", *(staged.c[key.name] for key in table.primary_key)).create(
                self.connection
            )
            Index(f"{staged.name}_place", staged.c.source, staged.c.row).create(self.connection)
        if self.connection.dialect.name == "postgresql":
            for staged in self.staged.values():
                self.connection.execute(text(f"ANALYZE {staged.name}"))
        for feed in self.feeds:
            if not feed.absent:
                continue
            table, staged = self.real[feed.table.name], self.staged[feed.table.name]
            self.connection.execute(
                update(staged)
                .where(staged.c.feed == feed.number, same_key(table, table, staged))
                .values({name: table.c[name] for name in feed.absent})
            )

    def reject(self, findings: Iterable[Finding]) -> bool:
        """Refuse rows, each in all the tables that it feeds. Whether there were any."""
        places = set()
        for finding in findings:
            self.rejections.add(finding)
            places.add((finding.source, finding.row))
        if not places:
            return False
        refused = self._refused
        self.connection.execute(delete(refused))
        self.connection.execute(
            insert(refused), [{"source": source, "row": row} for source, row in sorted(places)]
        )
        for staged in self.staged.values():
            self.connection.execute(
                update(staged)
                .where(
                    staged.c.rejected == 0,
                    staged.c.source == refused.c.source,
                    staged.c.row == refused.c.row,
                )
                .values(rejected=1)
            )
        return True

    def finding(self, row: Any, column: str, reason: str) -> Finding:
        """A finding about a selected staged row; it has `feed`, `source`, `row` and the column."""
        value = row._mapping[column]
        feed = self.feeds[row.feed]
        heading = next(
            (r.headings[0] for r in feed.readers if r.column == column and r.headings), column
        )
        return Finding(row.source, row.row, heading, None if value is None else str(value), reason)

    def place(self, row: Any) -> str:
        """Where a staged row stands, in words."""
        return f"row {row.row} of {self.labels[row.source]}"

    def unreadable(self, table: str, columns: Iterable[str]) -> bool:
        """Whether a refused row of the table does not say what these columns of it were."""
        staged = self.staged[table]
        unsaid = or_(*(staged.c[column].is_(None) for column in columns))
        found = select(staged.c.seq).where(staged.c.rejected == 1, unsaid).limit(1)
        return self.connection.execute(found).first() is not None

    def has(self, table: str, match: Mapping[str, ColumnElement[Any]], *, rejected: int = 0) -> Any:
        """That a staged row of the table, refused or not, has these values in these columns."""
        staged = self.staged[table].alias()
        return exists(
            select(staged.c.seq).where(
                staged.c.rejected == rejected,
                *(staged.c[column] == value for column, value in match.items()),
            )
        )


def keys(table: Table) -> list[str]:
    """The columns of the table's own key."""
    return [column.name for column in table.primary_key]


def same_key(table: Table, one: Any, other: Any) -> ColumnElement[bool]:
    """That two rows of a table, staged or not, have the same key."""
    return and_(*(one.c[key] == other.c[key] for key in keys(table)))


def differs(table: Table, one: Any, other: Any) -> list[ColumnElement[bool]]:
    """For each column beside the key: that two rows differ in it."""
    return [
        one.c[column.name].is_distinct_from(other.c[column.name])
        for column in table.columns
        if not column.primary_key
    ]
