"""Small tables as text: what a test is given, and what it expects, as people would write it down.

cases
case_id | allocated_on | closed_on
C1      | 2026-01-05   |
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Float, Integer

from dashboard.database import marks
from dashboard.database.tables import RECORDS


def parse(text: str) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Each table of the text: its name, its headings, its rows."""
    for block in text.strip().split("\n\n"):
        name, heading, *rows = [line.strip() for line in block.strip().splitlines()]
        yield name, _cells(heading), [_cells(row) for row in rows]


def write(connection: Connection, text: str) -> None:
    """Write the tables into the case database; version moves."""
    write_rows(connection, text)
    marks.move_version(connection)


def write_rows(connection: Connection, text: str) -> None:
    """Write the tables, parents first."""
    tables = {name: (headings, rows) for name, headings, rows in parse(text)}
    unknown = tables.keys() - RECORDS.keys()
    assert not unknown, f"No such table: {unknown}"
    for name, table in RECORDS.items():
        if name not in tables:
            continue
        headings, rows = tables[name]
        values = [
            {
                heading: _value(table.columns[heading].type, cell)
                for heading, cell in zip(headings, row, strict=True)
            }
            for row in rows
        ]
        if values:
            connection.execute(table.insert(), values)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _value(kind: Any, cell: str) -> Any:
    if not cell:
        return None
    if isinstance(kind, Date):
        return date.fromisoformat(cell)
    if isinstance(kind, Boolean):
        return cell == "yes"
    if isinstance(kind, Integer):
        return int(cell)
    if isinstance(kind, Float):
        return float(cell)
    return cell
