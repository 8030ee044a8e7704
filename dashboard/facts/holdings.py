"""What the database holds, table by table, and how it came in: facts about tables, not people."""

from collections.abc import Container
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import Connection, Date, Row, Table, func, select

from dashboard.database.tables import RECORDS, Import, RejectedRow
from dashboard.facts.records import Records

LONDON = ZoneInfo("Europe/London")

# Days that lie ahead by their nature say nothing of how far the records reach.
_AHEAD = ("due_on", "planned_end_on", "to_on")
# ... and the days of these tables are what is planned for the service, not what happened in it.
_PLANNED = ("targets", "case_manager_hours", "case_manager_areas")
_HELD = {
    "table": pl.String,
    "rows": pl.Int64,
    "first_day": pl.Date,
    "last_day": pl.Date,
    "next_day": pl.Date,
}
# What one row of a file did to a table; `read` is all of them.
_COUNTS = ("read", "inserted", "updated", "unchanged", "rejected", "removed")


def tables(held: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """A row a table: what is `held` of it, and the last import that had rows of it: its `import`
    number and when it was `loaded`.
    """
    last = (
        made.filter(pl.col("loaded"))
        .explode("tables", empty_as_null=True)
        .sort("import")
        .group_by("tables", maintain_order=True)
        .agg(pl.col("import", "at").last())
    )
    return held.join(
        last.rename({"tables": "table", "at": "loaded"}),
        on="table",
        how="left",
        maintain_order="left",
    )


def held(records: Records) -> pl.DataFrame:
    """A row a table: its `rows`, the `first_day` and `last_day` that something in it happened up
    to today, and the `next_day` still ahead that is noted as such a day.
    """
    today = datetime.now(LONDON).date()
    rows = []
    for name, table in RECORDS.items():
        frame = records[name]
        noted = [frame[day].alias("day") for day in _days(table)]
        days = pl.concat(noted) if noted else pl.Series([], dtype=pl.Date)
        happened, ahead = days.filter(days <= today), days.filter(days > today)
        rows.append((name, frame.height, happened.min(), happened.max(), ahead.min()))
    return pl.DataFrame(rows, _HELD, orient="row")


def held_now(connection: Connection, changed: Container[str], before: pl.DataFrame) -> pl.DataFrame:
    """The same: of tables that changed as the database says, of the others as `before`."""
    today = datetime.now(LONDON).date()
    # Where a day that was ahead has come, the table is another without a change.
    known = before.filter(pl.col("next_day").is_null() | (pl.col("next_day") > today))
    same = {row[0]: row for row in known.select(*_HELD).iter_rows()}
    return pl.DataFrame(
        [
            same[name] if name in same and name not in changed else _asked(connection, table, today)
            for name, table in RECORDS.items()
        ],
        _HELD,
        orient="row",
    )


def _asked(connection: Connection, table: Table, today: date) -> tuple[Any, ...]:
    """What is held of a table, as the database says."""
    days: list[date] = []
    for day in (table.c[each] for each in _days(table)):
        # Each end by itself: that takes half the time of asking for all at once.
        for ends in (
            select(day).where(day <= today).order_by(day),
            select(day).where(day <= today).order_by(day.desc()),
            select(day).where(day > today).order_by(day),
        ):
            days += connection.scalars(ends.limit(1))
    rows = connection.scalar(select(func.count()).select_from(table))
    happened, ahead = [day for day in days if day <= today], [day for day in days if day > today]
    return (
        table.name,
        rows,
        min(happened, default=None),
        max(happened, default=None),
        min(ahead, default=None),
    )


def _days(table: Table) -> list[str]:
    """The columns that say on which day something happened."""
    if table.name in _PLANNED:
        return []
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, Date) and column.name not in _AHEAD
    ]


def imports(connection: Connection) -> pl.DataFrame:
    """A row an import, in order: its number, `at` (London's clocks), whether it was `loaded`, its
    `files`, the `tables` it had rows of, the counts of what it did, and the rows it `refused`.
    """
    refused = {
        row.import_id: row.n
        for row in connection.execute(
            select(RejectedRow.import_id, func.count().label("n")).group_by(RejectedRow.import_id)
        )
    }
    chosen = select(
        Import.import_id, Import.finished_at, Import.loaded, Import.files, Import.counts
    ).order_by(Import.import_id)
    rows = [_import(row, refused.get(row.import_id, 0)) for row in connection.execute(chosen)]
    schema: dict[str, Any] = {
        "import": pl.Int64,
        "at": pl.Datetime("us"),
        "loaded": pl.Boolean,
        "files": pl.String,
        "tables": pl.List(pl.String),
        **dict.fromkeys(_COUNTS, pl.Int64),
        "refused": pl.Int64,
    }
    return pl.DataFrame(rows, schema)


def _import(row: Row[Any], refused: int) -> dict[str, Any]:
    at: datetime = row.finished_at
    if at.tzinfo is None:  # SQLite keeps no zone; what is written is UTC
        at = at.replace(tzinfo=ZoneInfo("UTC"))
    counts: dict[str, dict[str, int]] = row.counts
    return {
        "import": row.import_id,
        "at": at.astimezone(LONDON).replace(tzinfo=None),
        "loaded": row.loaded,
        "files": ", ".join(row.files),
        "tables": [name for name, each in counts.items() if each["read"] or each.get("removed", 0)],
        **{name: sum(each.get(name, 0) for each in counts.values()) for name in _COUNTS},
        "refused": refused,
    }
