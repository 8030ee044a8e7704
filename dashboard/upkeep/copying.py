"""Every row of one case database into another, on either engine, and compared afterwards.

The copy is one transaction and reads one moment of the source: people may go on working there.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

import psycopg
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    Row,
    String,
    Table,
    collate,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import migrate
from dashboard.database.schema import SchemaState, require_current, schema_state
from dashboard.database.tables import Base
from dashboard.database.trouble import words_for

# Told what is being done, and to which table.
Progress = Callable[[str, str], None]
ROWS = 5_000  # written at once


class NotCopied(Exception):
    """Nothing was copied; the message says why and what to do."""


def copy_database(source: Engine, target: Engine, progress: Progress | None = None) -> int:
    """Copy all tables into a database that is missing or empty; the number of rows.

    Raises NotCopied, in words, and leaves the target without a row, where the target holds any,
    where it cannot hold what the source does, or where a row differs in the end.
    """
    tell = progress or (lambda _what, _table: None)
    try:
        with target.connect() as connection:
            require_empty(connection)
        with a_moment_of(source) as reading:
            require_current(reading)
            migrate(target)
            with target.begin() as writing:
                for table in Base.metadata.sorted_tables:
                    tell("Copying", table.name)
                    _copy(table, reading, writing)
                _number_on(writing)
                rows = 0
                for table in Base.metadata.sorted_tables:
                    tell("Comparing", table.name)
                    rows += compare(table, reading, writing)
        return rows
    except SQLAlchemyError as problem:
        why = words_for(problem) or str(getattr(problem, "orig", problem)).strip().splitlines()[0]
        raise NotCopied(f"{why.rstrip('.')}. Nothing was copied.") from problem


def a_moment_of(engine: Engine) -> Connection:
    """A connection that sees one moment of the database, however long it reads; to be closed."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def require_empty(connection: Connection) -> None:
    """Raises NotCopied where the database holds anything at all."""
    state = schema_state(connection)
    if state is SchemaState.EMPTY:
        return
    if state is not SchemaState.FOREIGN:
        there = state is SchemaState.CURRENT and not any(
            connection.execute(select(1).select_from(table).limit(1)).first()
            for table in Base.metadata.sorted_tables
        )
        if there:
            return
    raise NotCopied(
        "The target already holds something, and nothing is ever written over it. "
        "Name a database that is new or empty."
    )


def compare(table: Table, one: Connection, other: Connection) -> int:
    """Compare two databases' rows of a table, value by value; their number. Raises NotCopied."""
    rows = 0
    for first, second in zip_longest(_rows(table, one), _rows(table, other)):
        if first != second:
            raise NotCopied(
                f"Row {rows + 1:,} of {table.name}, in the order of its key, is not the same in "
                "both databases. Nothing was copied. Try again; if it stays so, report it."
            )
        rows += 1
    return rows


def _copy(table: Table, reading: Connection, writing: Connection) -> None:
    if writing.dialect.name == "postgresql":
        _stream(table, reading, writing)
        return
    names = table.columns.keys()
    batch: list[dict[str, Any]] = []
    for row in _rows(table, reading):
        batch.append(dict(zip(names, row, strict=True)))
        if len(batch) == ROWS:
            writing.execute(insert(table), batch)
            batch = []
    if batch:
        writing.execute(insert(table), batch)


def _stream(table: Table, reading: Connection, writing: Connection) -> None:
    # Ten times as fast as inserting; the driver writes the values of every type but JSON.
    quote = writing.dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in table.columns)
    documents = [isinstance(column.type, JSON) for column in table.columns]
    cursor: Any = writing.connection.cursor()
    try:
        with cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
            for row in _rows(table, reading):
                copy.write_row(
                    [
                        json.dumps(value) if is_json and value is not None else value
                        for value, is_json in zip(row, documents, strict=True)
                    ]
                )
    except psycopg.Error as problem:
        why = str(problem).strip().splitlines()[0]
        raise NotCopied(f"A row of {table.name}: {why}. Nothing was copied.") from problem


def _rows(table: Table, connection: Connection) -> Iterator[tuple[Any, ...]]:
    """All rows in the order of their key, which is the same on both engines; times in UTC."""
    bytewise = connection.dialect.name == "postgresql"
    order = [
        collate(key, "C") if bytewise and isinstance(key.type, String) else key
        for key in table.primary_key
    ]
    chosen = select(table).order_by(*order)
    found = connection.execute(chosen, execution_options={"yield_per": ROWS})
    times = [
        number for number, column in enumerate(table.columns) if isinstance(column.type, DateTime)
    ]
    return (_in_utc(row, times) for row in found)


def _in_utc(row: Row[Any], times: list[int]) -> tuple[Any, ...]:
    values = list(row)
    for number in times:
        at: datetime | None = values[number]
        if at is not None:  # SQLite keeps no zone; what is written is UTC
            values[number] = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return tuple(values)


def _number_on(writing: Connection) -> None:
    """PostgreSQL counts its numbers itself; the next must follow the last that was copied."""
    if writing.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        key = table.autoincrement_column
        if key is not None and _counted(key):
            last = select(func.max(key)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, key.name)
            writing.execute(
                select(func.setval(sequence, func.coalesce(last, text("1")), last.is_not(None)))
            )


def _counted(key: Column[Any]) -> bool:
    return isinstance(key.type, Integer) and not key.foreign_keys
