"""Whole tables of the case database as typed columns; no row passes through Python.

Two connections read side by side. Each sees the database as it was when it began, and neither is
used unless it sees the very records that the caller's connection sees.

PostgreSQL is read through Arrow. A SQLite file is only ever opened with Python's own SQLite: when
a second library closes it, this process loses its locks on the file, an import's among them.
"""

import logging
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter
from typing import Any

import adbc_driver_manager
import polars as pl
from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, Table
from sqlalchemy.engine import URL

from dashboard.database import DatabaseNotUsable, marks

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 2
WORTH_SAYING = 100_000  # rows of a table from which its reading is told in the log
_AT_ONCE = 50_000  # rows that SQLite writes into one text a column: more leave the cache
_END, _NEVER = "\x1e", "\x1f"  # between the cells of it, and what is in none
Columns = list[Column[Any]]
_STAMP = f"SELECT value FROM marks WHERE name = '{marks.STAMP}'"  # noqa: S608 - our own name


class Moved(Exception):
    """Records changed while they were being read: begin again."""


def read_columns(
    connection: Connection, tables: Iterable[Table], unread: Container[str] = ()
) -> dict[str, pl.DataFrame]:
    """Each table by its name, as `connection` sees it. Raises Moved, or DatabaseNotUsable.

    `unread`: columns to leave out, as `table.column`.
    """
    expected, url = marks.stamp(connection), connection.engine.url
    wanted = list(tables)
    try:
        with ExitStack() as stack:
            free: SimpleQueue[_InAFile | _OnAServer] = SimpleQueue()
            for _ in range(min(SIDE_BY_SIDE, len(wanted))):
                free.put(reader := stack.enter_context(_reader(url, expected)))

            def read(table: Table) -> pl.DataFrame:
                reader = free.get()
                try:
                    return reader.read(table, [c for c in table.columns if str(c) not in unread])
                finally:
                    free.put(reader)

            workers = stack.enter_context(ThreadPoolExecutor(SIDE_BY_SIDE))
            # The largest first, so that neither connection ends long before the other.
            found = {t.name: workers.submit(read, t) for t in sorted(wanted, key=reader.size)[::-1]}
            return {table.name: found[table.name].result() for table in wanted}
    except (adbc_driver_manager.Error, sqlite3.Error) as problem:
        reason = str(problem).strip().splitlines()[0]
        raise DatabaseNotUsable(f"The database cannot be read: {reason}") from problem


@contextmanager
def _reader(url: URL, expected: str) -> Iterator["_InAFile | _OnAServer"]:
    """A reader in a transaction of its own. Raises Moved if that sees other records."""
    reader: _InAFile | _OnAServer
    with ExitStack() as stack:
        if url.get_backend_name() == "sqlite":
            file = Path(str(url.database)).resolve().as_uri()
            opened = sqlite3.connect(f"{file}?mode=ro", uri=True, check_same_thread=False)
            reader = _InAFile(stack.enter_context(closing(opened)))
        else:
            address = url.set(drivername="postgresql").render_as_string(hide_password=False)
            from adbc_driver_postgresql import dbapi  # half a second, which only it needs

            connection: Any = dbapi.connect(address)
            reader = _OnAServer(stack.enter_context(connection))
        if reader.stamp() != expected:
            raise Moved
        yield reader


class _InAFile:
    """SQLite writes each column of many rows into one text, which is then cut at its signs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.isolation_level = None
        connection.text_factory = bytes
        connection.execute("BEGIN")

    def stamp(self) -> str:
        found = self._connection.execute(_STAMP).fetchone()
        return found[0].decode() if found else ""

    def size(self, table: Table) -> int:
        """The highest number of a row."""
        sql = f'SELECT max(rowid) FROM "{table.name}"'  # noqa: S608 - our own name
        return self._connection.execute(sql).fetchone()[0] or 0

    def read(self, table: Table, columns: Columns) -> pl.DataFrame:
        began = perf_counter()
        starts = range(0, self.size(table) + 1, _AT_ONCE)
        typed = pl.concat((self._part(table, columns, start) for start in starts), rechunk=True)
        _say(table, typed, began)
        return typed

    def _part(self, table: Table, columns: Columns, start: int) -> pl.DataFrame:
        found = self._cells(table, columns, start, _cell)
        if found is None:  # a text of the records has such a sign in it
            found = self._cells(table, columns, start, _plain_cell)
        if found is None:
            raise DatabaseNotUsable(f"The table {table.name} cannot be read: it is damaged.")
        return found.select(typed(column) for column in columns)

    def _cells(
        self, table: Table, columns: Columns, start: int, cell: Callable[[Column[Any]], str]
    ) -> pl.DataFrame | None:
        """Some rows' columns, each cut out of its text; None where they are not all as long."""
        texts = ", ".join(f"group_concat({cell(column)}, '{_END}')" for column in columns)
        sql = f'SELECT count(*), {texts} FROM "{table.name}" WHERE rowid >= ? AND rowid < ?'  # noqa: S608
        count, *found = self._connection.execute(sql, (start, start + _AT_ONCE)).fetchone()
        schema = {column.name: _kind(column) for column in columns}
        if not count:
            return pl.DataFrame(schema=schema)
        try:
            cut = [_cut(text, kind) for text, kind in zip(found, schema.values(), strict=True)]
        except (UnicodeDecodeError, pl.exceptions.PolarsError):
            return None
        if any(len(each) != count for each in cut):
            return None
        return pl.DataFrame(dict(zip(schema, cut, strict=True)))


def _cell(column: Column[Any]) -> str:
    """A cell as text; an empty one says that nothing is known."""
    return f"coalesce({_name(column)}, '')" if column.nullable else _name(column)


def _plain_cell(column: Column[Any]) -> str:
    """The same without the signs that end cells; it takes three times as long."""
    return f"replace(replace({_cell(column)}, '{_END}', ' '), '{_NEVER}', ' ')"


def _cut(text: bytes, kind: Any) -> pl.Series:
    """The cells of such a text."""
    if kind is pl.String:
        return pl.Series([text.decode()]).str.split(_END).explode(empty_as_null=False)
    return pl.read_csv(
        text + _END.encode(),
        has_header=False,
        separator=_NEVER,
        eol_char=_END,
        quote_char=None,
        schema={"cell": kind},
    ).to_series()


class _OnAServer:
    """One connection to PostgreSQL, through Arrow."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def stamp(self) -> str:
        found = self._ask(_STAMP)
        return str(found[0, 0]) if found.height else ""

    def size(self, table: Table) -> int:
        """How many rows the server thinks there are."""
        sql = f"SELECT reltuples::bigint FROM pg_class WHERE oid = '{table.name}'::regclass"  # noqa: S608 - our own name
        return int(self._ask(sql)[0, 0])

    def read(self, table: Table, columns: Columns) -> pl.DataFrame:
        began = perf_counter()
        names = ", ".join(_name(column) for column in columns)
        found = self._ask(f'SELECT {names} FROM "{table.name}"')  # noqa: S608 - our own names
        frame = found.select(typed(column) for column in columns)
        _say(table, frame, began)
        return frame

    def _ask(self, sql: str) -> pl.DataFrame:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return pl.DataFrame(pl.from_arrow(cursor.fetch_arrow_table(), rechunk=True))


def _say(table: Table, typed: pl.DataFrame, began: float) -> None:
    if typed.height >= WORTH_SAYING:
        seconds = perf_counter() - began
        log.info("Read %s: %s rows in %.1f s", table.name, f"{typed.height:,}", seconds)


def _name(column: Column[Any]) -> str:
    return f'"{column.name}"'


def _kind(column: Column[Any]) -> Any:
    """What a cell's text is read as."""
    if isinstance(column.type, Boolean):
        return pl.Int8
    if isinstance(column.type, Date):
        return pl.Date
    if isinstance(column.type, Integer):
        return pl.Int32
    return pl.Float64 if isinstance(column.type, Float) else pl.String


def typed(column: Column[Any]) -> pl.Expr:
    """The column as facts expect it, whichever way it was read."""
    kind = pl.Boolean if isinstance(column.type, Boolean) else _kind(column)
    value = pl.col(column.name).cast(kind)
    if kind is not pl.String:
        return value
    if not column.nullable:
        return value.fill_null("")
    return pl.when(value != "").then(value).alias(column.name)
