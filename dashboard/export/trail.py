"""The trail as rows: for its page, as CSV, and by the command `audit`."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access.entries import Search, entries
from dashboard.access.trail import TrailNotWritten, What, at_the_command_line, note
from dashboard.database import DatabaseNotUsable, connect, database_url, marks, unreachable
from dashboard.database.schema import require_current
from dashboard.draw.table import to_csv

HEADINGS = {
    "at": "When",
    "who": "Who",
    "role": "Role",
    "what": "What",
    "details": "Details",
    "rows": "Rows",
}
_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "at": pl.Datetime("us"),
    "who": pl.String,
    "role": pl.String,
    "what": pl.String,
    "details": pl.String,
    "rows": pl.Int64,
}


def trail_rows(
    connection: Connection, search: Search, areas: Mapping[str, str], most: int | None = None
) -> pl.DataFrame:
    """Columns as in `HEADINGS`; the latest first. `areas`: names to say for areas' keys."""
    found = entries(connection, search, areas, most)
    return pl.DataFrame([asdict(each) for each in found], _TYPES)


def audit(
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    who: Annotated[
        str,
        typer.Option(
            help="A part of the name or address of who did it, or of whom it was done to."
        ),
    ] = "",
    what: Annotated[What | None, typer.Option(help="A kind of entry.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, for a spreadsheet.")] = False,
) -> None:
    """Print the trail: who did what, and when. The latest first."""
    search = Search(start.date() if start else None, end.date() if end else None, who, what)
    try:
        with connect(database_url()).connect() as connection:
            require_current(connection)
            # Areas stay as the other commands take them.
            rows = trail_rows(connection, search, {})
            made_up = marks.is_made_up(connection)
        if as_csv:
            writing = connect(database_url(writing=True))
            said = {"page": "audit", "file": "audit.csv"}
            note(writing, at_the_command_line(), None, What.DOWNLOAD, said, rows.height)
    except (DatabaseNotUsable, TrailNotWritten) as problem:
        raise _refusal(str(problem)) from None
    except SQLAlchemyError as problem:
        raise _refusal(str(unreachable(problem))) from None
    if as_csv:
        sys.stdout.buffer.write(to_csv(rows, HEADINGS, made_up=made_up))
        return
    table = Table(*HEADINGS.values())
    for row in rows.iter_rows(named=True):
        at = f"{row['at']:%Y-%m-%d %H:%M:%S}"
        count = "" if row["rows"] is None else str(row["rows"])
        table.add_row(at, row["who"], row["role"], row["what"], row["details"], count)
    console = Console()
    console = console if console.is_terminal else Console(width=200)
    console.print(table)


def _refusal(words: str) -> typer.Exit:
    sys.stderr.write(f"{words}\n")
    return typer.Exit(2)
