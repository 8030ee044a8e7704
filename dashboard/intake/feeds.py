"""A feed reads the rows of one source for one table, cell by cell, some thousands at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Table

from dashboard.intake.problems import CLASH, Finding
from dashboard.intake.sources import Source
from dashboard.intake.values import FORMULA, Bad, bare, is_formula, is_missing

BATCH = 20_000
# Takes down a row's number, the position and heading of a cell, the cell, and what is wrong.
Note = Callable[[int, int, str | None, str | None, str], None]
# Distinct cells of a column whose values are remembered; beyond it they are forgotten.
_REMEMBERED = 50_000


class Values(dict[Any, Any]):
    """What each distinct cell means; parsed when first met."""

    def __init__(self, parse: Any) -> None:
        self._parse = parse

    def __missing__(self, cell: Any) -> Any:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[cell] = self._parse(cell)
        return value


@dataclass
class Reader:
    """How one column of a table is read: from cells, or as a constant without any."""

    column: str
    headings: tuple[str, ...]
    indexes: tuple[int, ...]
    values: Values
    required: bool

    def read(self, columns: list[tuple[str, ...]], count: int) -> list[Any]:
        values = self.values
        if len(self.indexes) == 1:
            return [values[cell] for cell in columns[self.indexes[0]]]
        if not self.indexes:
            return [values[""]] * count
        return [values[cells] for cells in zip(*(columns[i] for i in self.indexes), strict=True)]


@dataclass
class Feed:
    """One table fed from one source; `absent` are the columns that the source does not have."""

    number: int
    source: int
    table: Table
    readers: list[Reader]
    when_filled: tuple[int, ...]
    missing: frozenset[str]
    mended: bool
    absent: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        present = {reader.column for reader in self.readers}
        columns = [column.name for column in self.table.columns]
        self.absent = tuple(name for name in columns if name not in present)


@dataclass
class Batch:
    """Rows read from a source: for each feed its staged rows, and what was wrong with them.

    `untaken` counts the rows that no feed took.
    """

    staged: dict[int, list[dict[str, Any]]]
    findings: list[Finding]
    rows: int
    untaken: int


def read_batches(source: Source, feeds: list[Feed]) -> Iterator[Batch]:
    """The rows of a source, some thousands at a time."""
    rows = source.rows()
    while chunk := list(islice(rows, BATCH)):
        yield _read_batch(source, feeds, chunk)


def _read_batch(source: Source, feeds: list[Feed], rows: list[tuple[int, list[str]]]) -> Batch:
    number_of_source = feeds[0].source
    # By row: the position of the column, and what is wrong there.
    wrong: dict[int, list[tuple[int, Finding]]] = {}

    def note(row: int, position: int, heading: str | None, value: str | None, why: str) -> None:
        finding = Finding(number_of_source, row, heading, value, why)
        wrong.setdefault(row, []).append((position, finding))

    width = len(source.headings)
    cells = []
    for row, given in rows:
        _note_misplaced(source, row, given, note)
        cells.append(given[:width] + [""] * (width - len(given)))
    columns = list(zip(*cells, strict=True))
    staged = {}
    taken = [False] * len(rows)
    for feed in feeds:
        applies = [_applies(feed, row) for row in cells]
        taken = [one or other for one, other in zip(taken, applies, strict=True)]
        values = {reader.column: reader.read(columns, len(rows)) for reader in feed.readers}
        for reader in feed.readers:
            _note_wrong(reader, values[reader.column], rows, applies, note)
        records = zip(*values.values(), strict=True)
        staged[feed.number] = [
            {"row": number, **dict(zip(values, record, strict=True))}
            for (number, _), applied, record in zip(rows, applies, records, strict=True)
            if applied
        ]
    clashed = _clashed(source, rows)
    for feed_records in staged.values():
        for fed in feed_records:
            fed["rejected"] = int(fed["row"] in wrong)
            fed["clashed"] = int(fed["row"] in clashed)
    findings = [
        finding
        for _, problems in sorted(wrong.items())
        for _, finding in sorted(problems, key=lambda problem: problem[0])
    ]
    return Batch(staged, findings, len(rows), taken.count(False))


def _clashed(source: Source, rows: list[tuple[int, list[str]]]) -> set[int]:
    """Rows that come back with the reason that another row has their key."""
    at = source.reason_at
    if at is None:
        return set()
    return {row for row, cells in rows if at < len(cells) and CLASH in cells[at]}


def _applies(feed: Feed, cells: list[str]) -> bool:
    """Whether the feed takes the row at all."""
    return all(not is_missing(bare(cells[at]), feed.missing) for at in feed.when_filled)


def _note_misplaced(source: Source, row: int, cells: list[str], note: Note) -> None:
    """Formulas, wherever they stand, and cells that no heading is above."""
    for position, cell in enumerate(cells):
        if "=" in cell and is_formula(cell):
            known = position < len(source.headings)
            heading = source.headings[position] if known else None
            note(row, position, heading, cell, FORMULA.reason)
    if len(cells) > source.width and (extra := _filled(cells[source.width :])):
        why = "the row has more cells than there are headings"
        note(row, source.width, None, ", ".join(extra), why)


def _filled(cells: list[str]) -> list[str]:
    return [text for cell in cells if (text := cell.strip())]


def _note_wrong(
    reader: Reader,
    values: list[Any],
    rows: list[tuple[int, list[str]]],
    applies: list[bool],
    note: Note,
) -> None:
    """Cells that could not be read, whose values become null; and required ones that are blank."""
    for place, value in enumerate(values):
        if value is None:
            why = f"{reader.column} is required, and is missing here" if reader.required else None
        elif isinstance(value, Bad):
            why = value.reason
            values[place] = None
        else:
            continue
        if why is None or not applies[place]:
            continue
        number, given = rows[place]
        cells = [given[at] if at < len(given) else "" for at in reader.indexes]
        # Of several parts the one that is blank is named, else the first.
        part = next((i for i, cell in enumerate(cells) if not bare(cell)), 0)
        if cells:
            note(number, reader.indexes[part], reader.headings[part], cells[part], why)
        else:
            note(number, -1, reader.column, None, why)
