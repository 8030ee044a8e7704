"""From a source's headings and the mapping: which tables it feeds, and how each cell is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Date, Table

from dashboard.database.tables import RECORDS
from dashboard.intake.dates import full_year, month_number
from dashboard.intake.mapping import ColumnRule, FeedRule, Mapping
from dashboard.intake.names import listing, plain, table_named
from dashboard.intake.problems import Finding, NotLoadable
from dashboard.intake.sources import Source
from dashboard.intake.values import FORMULA, Bad, Codes, Parse, bare, is_formula, is_missing, parser

BATCH = 20_000
# Distinct cells of a column whose values are remembered; beyond it they are forgotten.
_REMEMBERED = 50_000
# Days that may lie ahead: what is planned, due or aimed for. All others say what has happened.
AHEAD = {
    "areas.*",
    "agencies.*",
    "case_managers.*",
    "case_manager_areas.*",
    "case_manager_hours.*",
    "targets.*",
    "annotations.*",
    "cases.planned_end_on",
    "case_areas.to_on",
    "assignments.to_on",
    "reviews.due_on",
    "partner_actions.due_on",
}
# Where an area may also be a county, or the whole.
AREA_OR_WIDER = {("targets", "area"), ("annotations", "area")}


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
    """Rows read from a source: for each feed its staged rows, and what was wrong with them."""

    staged: dict[int, list[dict[str, Any]]]
    findings: list[Finding]
    rows: int


class Planner:
    """Makes the feeds of an import."""

    def __init__(self, mapping: Mapping, lists: dict[str, Codes], today: date) -> None:
        self._mapping = mapping
        self._lists = lists
        self._today = today
        self.feeds: list[Feed] = []
        self.notes: list[str] = []

    def plan(self, number: int, source: Source) -> None:
        """Add the feeds of a source. Raises NotLoadable where a heading or column is lacking."""
        file_name = source.label.partition(" [")[0]
        rules = [
            (place, rule)
            for place, rule in enumerate(self._mapping.feeds)
            if rule.takes(file_name, source.name)
        ]
        if not rules:
            table = table_named(source.name)
            if table is None:
                raise NotLoadable(f"{source.label} is not named after a table.")
            rules = [(-1, FeedRule(table=table))]
        used: set[int] = set()
        for place, rule in rules:
            feed = self._feed(number, source, place, rule)
            self.feeds.append(feed)
            used |= {index for reader in feed.readers for index in reader.indexes}
        spare = [
            heading
            for index, heading in enumerate(source.headings)
            if heading and index not in used and not plain(heading).startswith("rejectedr")
        ]
        if spare:
            self.notes.append(f"{source.label}: columns not used: {listing(spare, 30)}.")

    def _feed(self, number: int, source: Source, place: int, rule: FeedRule) -> Feed:
        table = RECORDS[rule.table]
        missing = frozenset(plain(word) for word in (*self._mapping.missing, *rule.missing))
        known: dict[str, list[int]] = {}
        for index, heading in enumerate(source.headings):
            if heading:
                known.setdefault(plain(heading), []).append(index)

        def at(heading: str, *key: str | int) -> int:
            found = known.get(plain(heading), [])
            if len(found) == 1:
                return found[0]
            what = (
                f"has the heading {heading!r} {len(found)} times"
                if found
                else (f"has no heading {heading!r}; it has {listing(list(source.headings), 30)}")
            )
            if place < 0:
                raise NotLoadable(f"{source.label} {what}. Rename or remove one of them.")
            raise NotLoadable(
                self._mapping.mistake(("feed", place, *key), f"{source.label} {what}")
            )

        readers = []
        for column in table.columns:
            given = rule.columns.get(column.name)
            if given is None:
                if plain(column.name) not in known:
                    continue
                given = ColumnRule(heading=column.name)
            if given.leave_out:
                continue
            key = ("columns", column.name)
            indexes = tuple(at(heading, *key) for heading in given.headings)
            readers.append(
                Reader(
                    column.name,
                    tuple(source.headings[index] for index in indexes),
                    indexes,
                    self._values(table, column.name, given, rule, place, missing),
                    not column.nullable,
                )
            )
        fed = {reader.column for reader in readers}
        for name in rule.codes:
            if name not in fed:
                what = f"no heading of {source.label} feeds this column"
                raise NotLoadable(self._mapping.mistake(("feed", place, "codes", name), what))
        lacking = [
            column.name
            for column in table.columns
            if not column.nullable and column.name not in fed
        ]
        if lacking:
            raise NotLoadable(
                f"{source.label} lacks {listing(lacking)}, which {table.name} cannot do without; "
                f"its headings are {listing([h for h in source.headings if h], 30)}. "
                "Rename a heading, or say in a mapping file which one is meant."
            )
        return Feed(
            len(self.feeds),
            number,
            table,
            readers,
            tuple(at(heading, "when_filled") for heading in rule.when_filled),
            missing,
            source.mended,
        )

    def _values(
        self,
        table: Table,
        name: str,
        given: ColumnRule,
        rule: FeedRule,
        place: int,
        missing: frozenset[str],
    ) -> Values:
        parse = self._parse(table, name, given, rule, place)

        def read(cell: str) -> Any:
            if is_formula(cell):
                return FORMULA
            text = bare(cell)
            return None if is_missing(text, missing) else parse(text)

        if given.constant is not None:
            value = parse(bare(given.constant))
            if isinstance(value, Bad):
                raise NotLoadable(
                    self._mapping.mistake(
                        ("feed", place, "columns", name), f"{given.constant!r} {value.reason}"
                    )
                )
            return Values(lambda _: value)
        if given.from_parts:
            return Values(_parts_parser(given, missing, parse))
        return Values(read)

    def _parse(
        self, table: Table, name: str, given: ColumnRule, rule: FeedRule, place: int
    ) -> Parse:
        column = table.columns[name]
        codes = None
        if list_name := column.info.get("codes"):
            words = rule.codes.get(name, {})
            codes = self._lists[list_name].also(words)
            for word, code in words.items():
                if code not in codes.known:
                    raise NotLoadable(
                        self._mapping.mistake(
                            ("feed", place, "codes", name, word),
                            f"{code!r} is not a code of {list_name}; it can be added "
                            f"under [codes.{list_name}]",
                        )
                    )
        if (table.name, name) in AREA_OR_WIDER:
            return self._lists["county"].parse_area
        ahead = not isinstance(column.type, Date) or {f"{table.name}.*", f"{column}"} & AHEAD
        return parser(column, codes, None if ahead else self._today, given.formats)


def _parts_parser(given: ColumnRule, missing: frozenset[str], parse: Parse) -> Any:
    """Reads a date from the cells of its parts, in the order year, month, day."""

    def read(cells: str | tuple[str, ...]) -> Any:
        rest = iter((cells,) if isinstance(cells, str) else cells)
        said = [
            bare(next(rest)) if isinstance(part, str) else str(part)
            for part in (given.year, given.month, given.day)
        ]
        if any(is_missing(part, missing) for part in said):
            return None
        year, month, day = (part.removesuffix(".0") for part in said)
        number = month_number(month)
        if not (year.isdigit() and day.isdigit() and number):
            return Bad("is not the year, month and day of a date")
        return parse(f"{full_year(int(year), given.century):04}-{number:02}-{int(day):02}")

    return read


def read_batches(source: Source, feeds: list[Feed]) -> Iterator[Batch]:
    """The rows of a source, some thousands at a time."""
    rows = source.rows()
    while chunk := list(islice(rows, BATCH)):
        yield _read_batch(source, feeds, chunk)


def _read_batch(source: Source, feeds: list[Feed], rows: list[tuple[int, list[str]]]) -> Batch:
    width = len(source.headings)
    numbers = [number for number, _ in rows]
    number_of_source = feeds[0].source
    # By row: the position of the column, and what is wrong there.
    wrong: dict[int, list[tuple[int, Finding]]] = {}

    def note(row: int, position: int, heading: str | None, value: str | None, why: str) -> None:
        finding = Finding(number_of_source, row, heading, value, why)
        wrong.setdefault(row, []).append((position, finding))

    padded = []
    for row, cells in rows:
        for position, cell in enumerate(cells):
            if "=" in cell and is_formula(cell):
                heading = source.headings[position] if position < width else None
                note(row, position, heading, cell, FORMULA.reason)
        if len(cells) > width and (extra := [cell for cell in cells[width:] if cell.strip()]):
            note(row, width, None, extra[0], "the row has more cells than there are headings")
        padded.append(cells[:width] + [""] * (width - len(cells)))
    columns = list(zip(*padded, strict=True))

    staged: dict[int, list[dict[str, Any]]] = {}
    for feed in feeds:
        applies = (
            [
                all(not is_missing(bare(cells[i]), feed.missing) for i in feed.when_filled)
                for cells in padded
            ]
            if feed.when_filled
            else [True] * len(padded)
        )
        values = {reader.column: reader.read(columns, len(rows)) for reader in feed.readers}
        for reader in feed.readers:
            _note_wrong(reader, values[reader.column], numbers, applies, padded, note)
        names = list(values)
        staged[feed.number] = [
            {"row": number, **dict(zip(names, record, strict=True))}
            for number, applied, record in zip(
                numbers, applies, zip(*values.values(), strict=True), strict=True
            )
            if applied
        ]
    for records in staged.values():
        for record in records:
            record["rejected"] = int(record["row"] in wrong)
    findings = [
        finding
        for _, problems in sorted(wrong.items())
        for _, finding in sorted(problems, key=lambda problem: problem[0])
    ]
    return Batch(staged, findings, len(rows))


def _note_wrong(
    reader: Reader,
    values: list[Any],
    numbers: list[int],
    applies: list[bool],
    rows: list[list[str]],
    note: Any,
) -> None:
    for place, value in enumerate(values):
        if value is None:
            if not (reader.required and applies[place]):
                continue
            why = f"{reader.column} is required, and is missing here"
        elif isinstance(value, Bad):
            why = value.reason
            values[place] = None
            if not applies[place]:
                continue
        else:
            continue
        cells = [rows[place][index] for index in reader.indexes]
        # Of several parts the one that is missing is named, else the first.
        blank = next((i for i, cell in enumerate(cells) if not bare(cell)), 0)
        position = reader.indexes[blank] if cells else -1
        heading = reader.headings[blank] if cells else reader.column
        note(numbers[place], position, heading, cells[blank] if cells else None, why)
