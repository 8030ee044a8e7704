"""Writing frames into the case database in bulk, on either engine."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from sqlalchemy import Connection

from dashboard.database.tables import RECORDS
from dashboard.demo import profile
from dashboard.demo.chance import ids, stream


@dataclass(frozen=True)
class NewId:
    """The id column of rows numbered on as they are written."""

    column: str
    prefix: str
    width: int


@dataclass(frozen=True)
class Numbered:
    """How many digits the ids have, so that they sort: referrals and cases, people, events."""

    main: int
    people: int
    events: int

    @staticmethod
    def for_size(referrals: int, cases: int) -> "Numbered":
        # A case has some three victim-survivors, and at most some sixty rows of any one table.
        return Numbered(
            *(max(4, len(str(most))) for most in (referrals, cases * 4, 10 + cases * 60))
        )

    def with_id(self, column: str, prefix: str) -> NewId:
        return NewId(column, prefix, self.events)


@contextmanager
def written_without_indexes(connection: Connection) -> Iterator[None]:
    """Indexes are made once all rows are there, which takes half the time."""
    indexes = [index for table in RECORDS.values() for index in table.indexes]
    indexes.sort(key=lambda index: str(index.name))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size = -200000")  # KiB
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


class Writer:
    """Writes frames of one table after the other, in the caller's transaction.

    Each frame gets the holes that real records have, but in the rows of the cases to `spare`.
    `rows` counts what was written, by table.
    """

    def __init__(self, connection: Connection, seed: int) -> None:
        self.rows: Counter[str] = Counter()
        self.spare: frozenset[str] = frozenset()
        self._connection = connection
        self._seed = seed
        self._frames: Counter[str] = Counter()

    def write(self, table: str, frame: pl.DataFrame, new_id: NewId | None = None) -> None:
        """Append these rows, numbered on from those already there if `new_id` says so."""
        if new_id:
            numbers = np.arange(len(frame)) + self.rows[table] + 1
            made = ids(new_id.prefix, numbers, new_id.width).alias(new_id.column)
            frame = frame.select(made, pl.all())
        frame = self._with_holes(table, frame)
        self._frames[table] += 1
        self.rows[table] += len(frame)
        if frame.is_empty():
            return
        if self._connection.dialect.name == "sqlite":
            self._insert(table, frame)
        else:
            self._copy(table, frame)

    def _with_holes(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        rng = stream(self._seed, f"holes in {table}", self._frames[table])
        for column, share in profile.HOLES.get(table, {}).items():
            empty = pl.Series(rng.random(len(frame)) < share)
            if "case_id" in frame.columns and self.spare:
                empty &= ~frame["case_id"].is_in(list(self.spare))
            frame = frame.with_columns(pl.when(~empty).then(pl.col(column)).alias(column))
        return frame

    def _insert(self, table: str, frame: pl.DataFrame) -> None:
        columns = ", ".join(f'"{column}"' for column in frame.columns)
        marks = ", ".join("?" * frame.width)
        cursor: Any = self._connection.connection.cursor()
        cursor.executemany(
            f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608
            frame.with_columns(pl.col(pl.Date).cast(pl.String)).iter_rows(),
        )

    def _copy(self, table: str, frame: pl.DataFrame) -> None:
        columns = ", ".join(f'"{column}"' for column in frame.columns)
        cursor: Any = self._connection.connection.cursor()
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN (FORMAT csv)') as copy:
            copy.write(frame.write_csv(include_header=False))
