"""The records of some people alone: of whom something changed, and of all who are tied to them.

No fact of a person rests on the records of somebody who is not tied to them by a row, so what is
derived from these records alone is what would be derived from all.
"""

from collections.abc import Container, Iterable, Iterator, Mapping

import polars as pl
from sqlalchemy import Column, Connection, Table, select

from dashboard.database.moves import about
from dashboard.database.tables import RECORDS
from dashboard.facts.reading import typed

# Ids by kind.
Connected = Mapping[str, frozenset[str]]
# The kind of each column's ids, what a row belongs to before all else first. A service user is a
# person of police and MARAC, too.
_KIND = {
    "case_id": "case_id",
    "referral_id": "referral_id",
    "service_user_id": "person_id",
    "person_id": "person_id",
    "victim_survivor_id": "victim_survivor_id",
}
_AT_ONCE = 500  # ids in one question


def connected(connection: Connection, ids: Mapping[str, Iterable[str]]) -> Connected:
    """All who are tied to these ids (by their column) by rows that name both, however far."""
    found: dict[str, set[str]] = {kind: set() for kind in _KIND.values()}
    fresh: dict[str, set[str]] = {kind: set() for kind in found}
    for column, named in ids.items():
        fresh[_KIND[column]] |= set(named)
    while any(fresh.values()):
        for kind, each in fresh.items():
            found[kind] |= each
        reached: dict[str, set[str]] = {kind: set() for kind in found}
        for one, other in _ties():
            for part in _parts(fresh[_KIND[one.name]]):
                named = connection.scalars(select(other).where(one.in_(part)).distinct())
                reached[_KIND[other.name]].update(each for each in named if each)
        fresh = {kind: each - found[kind] for kind, each in reached.items()}
    return {kind: frozenset(each) for kind, each in found.items()}


def read_some(
    connection: Connection, tables: Iterable[Table], people: Connected, unread: Container[str]
) -> dict[str, pl.DataFrame]:
    """Each table by its name: the rows about these people, and all rows where it is about nobody.

    `unread`: columns to leave out, as `table.column`.
    """
    return {table.name: _read(connection, table, people, unread) for table in tables}


def _read(
    connection: Connection, table: Table, people: Connected, unread: Container[str]
) -> pl.DataFrame:
    columns = [column for column in table.columns if str(column) not in unread]
    asked = [select(*columns)]
    if named := sorted(about(table), key=lambda column: list(_KIND).index(column.name)):
        # Every row names its own by the first of these; who else it names is tied to that.
        ids = people[_KIND[named[0].name]]
        asked = [select(*columns).where(named[0].in_(part)) for part in _parts(ids)]
    rows = [tuple(row) for question in asked for row in connection.execute(question)]
    names = [column.name for column in columns]
    frame = pl.DataFrame(rows, names, orient="row", infer_schema_length=None)
    return frame.select(typed(column) for column in columns)


def _ties() -> Iterator[tuple[Column[str], Column[str]]]:
    """Pairs of columns of one table, each way: whoever one names is tied to whom the other does."""
    for table in RECORDS.values():
        columns = about(table)
        yield from ((one, other) for one in columns for other in columns if one is not other)


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
