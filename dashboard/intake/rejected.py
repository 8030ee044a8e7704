"""Refused rows: kept with the whole row as it came, and given back as files to mend."""

import csv
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, and_, case, func, insert, not_, select

from dashboard.database import tables
from dashboard.intake.problems import ALSO, FELL, NotLoadable, Rejection, Rejections
from dashboard.intake.report import RejectedRow
from dashboard.intake.sources import REJECTED_REASON, REJECTED_ROW, Source

_AT_ONCE = 1000
# In a kept row: the cells that no heading was above.
_BEYOND = "beyond the headings, cell "


def with_content(
    sources: list[Source], rejections: Rejections
) -> Iterator[tuple[Rejection, dict[str, str]]]:
    """Each refused row with its cells by heading, read from its file a second time.

    The value that was refused is set to what stands in the file, as it stands there.
    """
    for number, source in enumerate(sources):
        wanted = rejections.of_source(number)
        if not wanted:
            continue
        headings = unique_headings(source.headings)
        with closing(source.rows()) as rows:
            for row, cells in rows:
                if row not in wanted:
                    continue
                more = [
                    f"column {at}" if at <= source.width else f"{_BEYOND}{at - source.width}"
                    for at in range(len(headings) + 1, len(cells) + 1)
                ]
                padded = cells + [""] * (len(headings) - len(cells))
                content = dict(zip(headings + more, padded, strict=True))
                rejection = wanted[row]
                if rejection.column in content:
                    rejection.value = content[rejection.column]
                yield rejection, content


def unique_headings(headings: tuple[str, ...]) -> list[str]:
    """Headings as names that can be told apart: "column 3" for a blank one, "Notes (2)"."""
    names: list[str] = []
    for at, heading in enumerate(headings, start=1):
        name = heading or f"column {at}"
        repeat = 2
        while name in names:
            name = f"{heading} ({repeat})"
            repeat += 1
        names.append(name)
    return names


def keep(
    connection: Connection,
    import_id: int,
    labels: list[str],
    rows: Iterator[tuple[Rejection, dict[str, str]]],
) -> None:
    """Write refused rows into the database."""
    waiting: list[dict[str, Any]] = []
    for rejection, content in rows:
        waiting.append(
            {
                "import_id": import_id,
                "file": labels[rejection.source],
                "row": rejection.row,
                "column": rejection.column,
                "value": rejection.value,
                "reason": rejection.reason,
                "content": content,
            }
        )
        if len(waiting) == _AT_ONCE:
            connection.execute(insert(tables.RejectedRow), waiting)
            waiting.clear()
    if waiting:
        connection.execute(insert(tables.RejectedRow), waiting)


def read_rejected(engine: Engine, import_id: int, most: int) -> tuple[list[RejectedRow], list[str]]:
    """The first refused rows of an import, and all the files and sheets that it refused any of.

    Rows that only follow from another come last.
    """
    kept = tables.RejectedRow
    follows = and_(kept.reason.contains(FELL), not_(kept.reason.contains(ALSO)))
    files = select(kept.file).where(kept.import_id == import_id).distinct().order_by(kept.file)
    chosen = (
        select(kept.file, kept.row, kept.column, kept.value, kept.reason)
        .where(kept.import_id == import_id)
        .order_by(case((follows, 1), else_=0), kept.file, kept.row)
        .limit(most)
    )
    with engine.connect() as connection:
        rows = [RejectedRow(*row) for row in connection.execute(chosen)]
        return rows, list(connection.scalars(files))


def write_rejected(engine: Engine, import_id: int | None, folder: Path) -> list[Path]:
    """Write the refused rows of an import (the latest, if None) as CSV files into a folder.

    One file for each file or sheet, with its own headings and two more: the row it stood in, and
    why it was refused. It can be mended and loaded again, with the same mapping.
    Raises NotLoadable where there is no such import, or it refused nothing.
    """
    kept = tables.RejectedRow
    with engine.connect() as connection:
        if import_id is None:
            import_id = connection.scalar(select(func.max(tables.Import.import_id)))
        if import_id is None or not connection.scalar(
            select(tables.Import.import_id).where(tables.Import.import_id == import_id)
        ):
            raise NotLoadable("There is no such import.")
        rows = connection.execution_options(stream_results=True).execute(
            select(kept.file, kept.row, kept.column, kept.reason, kept.content)
            .where(kept.import_id == import_id)
            .order_by(kept.file, kept.row)
        )
        written: list[Path] = []
        for file, refused in groupby(rows, key=lambda row: row.file):
            path = folder / file_for(file)
            _write(path, refused)
            written.append(path)
    if not written:
        raise NotLoadable(f"Import {import_id} rejected no rows.")
    return written


def file_for(label: str) -> Path:
    """What the refused rows of a file or sheet are written to, named so that they load again.

    `cases.txt` becomes `cases.csv`, and `records.xlsx [cases]` becomes `records.xlsx [cases].csv`:
    a mapping may name the sheet or the workbook.
    """
    return Path(f"{label}.csv") if label.endswith("]") else Path(label).with_suffix(".csv")


def _write(path: Path, rows: Iterator[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    first = next(rows)
    ours = (REJECTED_ROW, REJECTED_REASON)
    headings = [name for name in first.content if name not in ours and not name.startswith(_BEYOND)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([*headings, REJECTED_ROW, REJECTED_REASON])
        for row in (first, *rows):
            cells = [_harmless(row.content.get(heading, "")) for heading in headings]
            why = row.reason if row.column is None else f"{row.column}: {row.reason}"
            # Cells without a heading stay without one, so that the row is refused until mended.
            beyond = [
                _harmless(cell) for name, cell in row.content.items() if name.startswith(_BEYOND)
            ]
            out.writerow([*cells, row.row, why, *beyond])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; intake takes the quotation mark off again."""
    return f"'{cell}" if cell.lstrip()[:1] in {"=", "+", "-", "@"} else cell
