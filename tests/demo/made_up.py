"""A made-up service for tests to look into: its database, its summary, its tables as frames."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
from sqlalchemy import Date, inspect, select

from dashboard.database.connection import connect, database_url
from dashboard.database.tables import RECORDS
from dashboard.demo import Summary, fill

TODAY = date(2026, 10, 31)


@dataclass
class Service:
    """A filled database, and its tables as frames with dates."""

    file: Path
    summary: Summary
    read: Callable[[str], pl.DataFrame]

    @property
    def today(self) -> date:
        return self.summary.today


def read_table(url: str, table: str) -> pl.DataFrame:
    """All rows of a table, in the order of its primary key."""
    engine = connect(database_url(url))
    found = RECORDS[table]
    with engine.connect() as connection:
        rows = connection.execute(select(found).order_by(*inspect(found).primary_key)).all()
    engine.dispose()
    frame = pl.DataFrame(rows, schema=found.columns.keys(), orient="row", infer_schema_length=None)
    dates = [column.name for column in found.columns if isinstance(column.type, Date)]
    return frame.with_columns(pl.col(dates).cast(pl.Date))


def make(folder: Path, cases: int | None, seed: int, today: date) -> Service:
    file = folder / f"{cases}-{seed}-{today}.sqlite"
    url = f"sqlite:///{file}"
    summary = fill(url, cases=cases, seed=seed, today=today)
    return Service(file, summary, cache(lambda table: read_table(url, table)))
