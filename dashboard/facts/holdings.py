"""What the database holds, table by table, and how it came in: facts about tables, not people."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import Connection, Date, Row, func, select

from dashboard.database.tables import RECORDS, Import, RejectedRow
from dashboard.facts.records import Records

LONDON = ZoneInfo("Europe/London")

# Days that lie ahead by their nature say nothing of how far the records reach.
_AHEAD = ("due_on", "planned_end_on", "to_on")
# ... and the days of these tables are what is planned for the service, not what happened in it.
_PLANNED = ("targets", "case_manager_hours", "case_manager_areas")
# What one row of a file did to a table; `read` is all of them.
_COUNTS = ("read", "inserted", "updated", "unchanged", "rejected", "removed")


def tables(records: Records, made: pl.DataFrame) -> pl.DataFrame:
    """A row a table: `rows`, the `first_day` and `last_day` that something in it happened (up to
    today), and the last import that had rows of it: its `import` number and when it was `loaded`.
    """
    today = datetime.now(LONDON).date()
    last = (
        made.filter(pl.col("loaded"))
        .explode("tables", empty_as_null=True)
        .sort("import")
        .group_by("tables", maintain_order=True)
        .agg(pl.col("import", "at").last())
    )
    rows = []
    for name, table in RECORDS.items():
        frame = records[name]
        days = [
            column.name
            for column in table.columns
            if isinstance(column.type, Date) and column.name not in _AHEAD and name not in _PLANNED
        ]
        happened = pl.concat([frame[day].alias("day") for day in days]) if days else None
        if happened is not None:
            happened = happened.filter(happened <= today)
        rows.append(
            {
                "table": name,
                "rows": frame.height,
                "first_day": None if happened is None else happened.min(),
                "last_day": None if happened is None else happened.max(),
            }
        )
    schema = {"table": pl.String, "rows": pl.Int64, "first_day": pl.Date, "last_day": pl.Date}
    return pl.DataFrame(rows, schema).join(
        last.rename({"tables": "table", "at": "loaded"}),
        on="table",
        how="left",
        maintain_order="left",
    )


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
