"""From a source's headings and the mapping: which tables it feeds, and how each cell is read."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Column, Date

from dashboard.database.tables import RECORDS
from dashboard.intake.dates import full_year, month_number
from dashboard.intake.feeds import Feed, Reader, Values
from dashboard.intake.mapping import ColumnRule, FeedRule, Mapping
from dashboard.intake.names import listing, nearest, plain, table_named
from dashboard.intake.problems import NotLoadable
from dashboard.intake.sources import REJECTED_REASON, REJECTED_ROW, Source
from dashboard.intake.values import FORMULA, Bad, Codes, Parse, bare, is_formula, is_missing, parser

# Days that may lie ahead: what is planned, due or aimed for. All others say what has happened.
_AHEAD = {
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
_AREA_OR_WIDER = {"targets.area", "annotations.area"}
_OURS = {plain(REJECTED_ROW), plain(REJECTED_REASON)}


class Planner:
    """Makes the feeds of an import, with notes on what the sources have beside."""

    def __init__(self, mapping: Mapping, lists: dict[str, Codes], today: date) -> None:
        self.mapping = mapping
        self.lists = lists
        self.today = today
        self.feeds: list[Feed] = []
        self.notes: list[str] = []

    def plan(self, number: int, source: Source) -> None:
        """Add the feeds of a source. Raises NotLoadable where a heading or column is lacking."""
        rules = [
            (place, rule)
            for place, rule in enumerate(self.mapping.feeds)
            if rule.takes(source.file, source.name, source.sheets)
        ]
        if not rules:
            table = table_named(source.name)
            if table is None:
                raise NotLoadable(f"{source.label} is not named after a table.")
            rules = [(-1, FeedRule(table=table))]
        used: set[int] = set()
        for place, rule in rules:
            feed = _Plan(self, number, source, place, rule).feed()
            self.feeds.append(feed)
            used |= {index for reader in feed.readers for index in reader.indexes}
            used |= set(feed.when_filled)
        unfed = {name for feed in self.feeds if feed.source == number for name in feed.absent}
        spare = [
            f"{heading} (did you mean {meant}?)" if (meant := nearest(heading, unfed)) else heading
            for index, heading in enumerate(source.headings)
            if heading and index not in used and plain(heading) not in _OURS
        ]
        if spare:
            self.notes.append(f"{source.label}: columns not used: {listing(spare, 30)}.")


class _Plan:
    """One feed in the making: a source, and the rule by which it feeds a table.

    `place` is the number of the rule in the mapping file, or -1 where the name alone decides.
    """

    def __init__(
        self, planner: Planner, number: int, source: Source, place: int, rule: FeedRule
    ) -> None:
        self._planner = planner
        self._number = number
        self._source = source
        self._place = place
        self._rule = rule
        self._table = RECORDS[rule.table]
        words = (*planner.mapping.missing, *rule.missing)
        self._missing = frozenset(plain(word) for word in words)
        self._indexes: dict[str, list[int]] = {}
        for index, heading in enumerate(source.headings):
            if heading:
                self._indexes.setdefault(plain(heading), []).append(index)

    def feed(self) -> Feed:
        """The feed. Raises NotLoadable where a column that the table needs has no heading."""
        readers = [reader for column in self._table.columns if (reader := self._reader(column))]
        fed = {reader.column for reader in readers}
        for name in self._rule.codes:
            if name not in fed:
                what = f"no heading of {self._source.label} feeds this column"
                raise self._mistake(what, "codes", name)
        lacking = [
            column.name
            for column in self._table.columns
            if not column.nullable and column.name not in fed
        ]
        if lacking:
            slips = [
                f" Did you mean {meant} by {heading}?"
                for heading in self._source.headings
                if (meant := nearest(heading, lacking))
            ]
            raise NotLoadable(
                f"{self._source.label} lacks {listing(lacking)}, which {self._table.name} "
                f"cannot do without; its headings are {self._headings()}.{''.join(slips)} "
                "Rename a heading, or say in a mapping file which one is meant."
            )
        return Feed(
            len(self._planner.feeds),
            self._number,
            self._table,
            readers,
            tuple(self._index(heading, "when_filled") for heading in self._rule.when_filled),
            self._missing,
            self._source.mended,
        )

    def _reader(self, column: Column[Any]) -> Reader | None:
        """How the column is read, if anything feeds it: by the mapping, else by its own name."""
        given = self._rule.columns.get(column.name)
        if given is None and plain(column.name) in self._indexes:
            given = ColumnRule(heading=column.name)
        if given is None or given.leave_out:
            return None
        indexes = tuple(self._index(heading, "columns", column.name) for heading in given.headings)
        return Reader(
            column.name,
            tuple(self._source.headings[index] for index in indexes),
            indexes,
            self._values(column, given),
            not column.nullable,
        )

    def _index(self, heading: str, *key: str) -> int:
        found = self._indexes.get(plain(heading), [])
        if len(found) == 1:
            return found[0]
        if found:
            what = f"{self._source.label} has the heading {heading!r} {len(found)} times"
        else:
            what = f"{self._source.label} has no heading {heading!r}; it has {self._headings()}"
        raise self._mistake(what, *key)

    def _headings(self) -> str:
        return listing([heading for heading in self._source.headings if heading], 30)

    def _mistake(self, what: str, *key: str) -> NotLoadable:
        """A mistake in the mapping, or without one in the file itself."""
        if self._place < 0:
            return NotLoadable(f"{what}. Rename or remove one of them.")
        return NotLoadable(self._planner.mapping.mistake(("feed", self._place, *key), what))

    def _values(self, column: Column[Any], given: ColumnRule) -> Values:
        parse = self._parse(column, given)
        if given.constant is not None:
            value = parse(bare(given.constant))
            if isinstance(value, Bad):
                what = f"{given.constant!r} {value.reason}"
                raise self._mistake(what, "columns", column.name)
            return Values(lambda _: value)
        if given.from_parts:
            return Values(_parts_reader(given, self._missing, parse))

        def read(cell: str) -> Any:
            if is_formula(cell):
                return FORMULA
            text = bare(cell)
            return None if is_missing(text, self._missing) else parse(text)

        return Values(read)

    def _parse(self, column: Column[Any], given: ColumnRule) -> Parse:
        """What a cell of the column means, once it says something."""
        name, lists = str(column), self._planner.lists
        words = self._rule.codes.get(column.name, {})
        if name in _AREA_OR_WIDER:
            return _replaced(words, lists["county"].parse_area)
        list_name = column.info.get("codes")
        if list_name is None:
            ahead = not isinstance(column.type, Date) or {name, f"{self._table.name}.*"} & _AHEAD
            not_after = None if ahead else self._planner.today
            return _replaced(words, parser(column, None, not_after, given.formats))
        for word, code in words.items():
            if code not in lists[list_name].known:
                what = f"{code!r} is not a code of {list_name}: {lists[list_name].in_words}"
                if lists[list_name].open:
                    what += f"; it can be added to them under [codes.{list_name}]"
                raise self._mistake(what, "codes", column.name, word)
        return lists[list_name].also(words).parse


def _replaced(words: dict[str, str], parse: Parse) -> Parse:
    """Reads what the mapping puts in place of a word, and other words as they are."""
    if not words:
        return parse
    instead = {plain(word): value for word, value in words.items()}
    return lambda text: parse(instead.get(plain(text), text))


def _parts_reader(
    given: ColumnRule, missing: frozenset[str], parse: Parse
) -> Callable[[str | tuple[str, ...]], Any]:
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
