"""The mapping file: which file feeds which table, under which headings, with which codes.

Its form is described, with an example, in MAPPING.md.
"""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import Date, String

from dashboard.database.code_lists import BY_NAME, Code, CodeList
from dashboard.database.tables import RECORDS
from dashboard.intake.names import listing
from dashboard.intake.problems import NotLoadable
from dashboard.intake.toml_places import Place, line_of, places, syntax_mistake


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnRule(_Strict):
    """Where a column's value comes from: a heading, a constant, or the parts of a date."""

    heading: str | None = None
    formats: tuple[str, ...] = ()
    constant: str | None = None
    year: str | int | None = None
    month: str | int | None = None
    day: str | int | None = None
    century: int | None = None
    leave_out: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> "ColumnRule":
        ways = [
            self.heading is not None,
            self.constant is not None,
            self.leave_out,
            self.from_parts,
        ]
        if sum(ways) != 1:
            raise ValueError("give a heading, a constant, or year, month and day")
        if self.from_parts and None in (self.year, self.month, self.day):
            raise ValueError("a date from parts needs year, month and day")
        if self.formats and self.heading is None:
            raise ValueError("formats go with a heading")
        return self

    @property
    def from_parts(self) -> bool:
        return any(part is not None for part in (self.year, self.month, self.day, self.century))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the file that the value is made of."""
        parts = (self.heading, self.year, self.month, self.day)
        return tuple(part for part in parts if isinstance(part, str))


def _rule(given: Any) -> Any:
    """A heading alone may be given as text; `false` leaves the column out."""
    if isinstance(given, str):
        return {"heading": given}
    if given is False:
        return {"leave_out": True}
    if isinstance(given, dict) and isinstance(given.get("constant"), int | float | bool):
        return given | {"constant": str(given["constant"])}
    if isinstance(given, dict):
        return {key: str(v) if hasattr(v, "isoformat") else v for key, v in given.items()}
    return given


class FeedRule(_Strict):
    """That a file or sheet feeds a table, and how."""

    table: str
    file: str | None = None
    columns: dict[str, Annotated[ColumnRule, BeforeValidator(_rule)]] = {}
    codes: dict[str, dict[str, str]] = {}
    when_filled: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def takes(self, file_name: str, source_name: str, sheets: tuple[str, ...] = ()) -> bool:
        """Whether the rule is for this file (with or without its ending) or sheet.

        `sheets` are those of the workbook: where one is called like the workbook without its
        ending, the name means that sheet.
        """
        if self.file is None or self._names(file_name) or self._names(source_name):
            return True
        return self._names(Path(file_name).stem) and not any(map(self._names, sheets))

    def _names(self, name: str) -> bool:
        return fnmatchcase(name.strip().lower(), (self.file or "").strip().lower())


class _File(_Strict):
    feed: tuple[FeedRule, ...] = Field(min_length=0, default=())
    codes: dict[str, dict[str, str]] = {}
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping file that has been read. Without a file: an empty one."""

    name: str | None = None
    feeds: tuple[FeedRule, ...] = ()
    codes: dict[str, dict[str, str]] | None = None
    missing: tuple[str, ...] = ()
    lines: dict[Place, int] | None = None

    def mistake(self, place: Place, what: str) -> str:
        """A mistake in words, with its line and key."""
        line = line_of(place, self.lines or {})
        key = ".".join(str(part) for part in place if not isinstance(part, int))
        return f"{self.name} line {line}, {key or 'file'}: {what}"

    def wants(self, file_name: str, source_name: str, sheets: tuple[str, ...]) -> bool:
        return any(feed.takes(file_name, source_name, sheets) for feed in self.feeds)

    def added_codes(self) -> dict[str, list[Code]]:
        """The codes that the service adds to open lists."""
        return {
            name: [Code(code, label) for code, label in codes.items()]
            for name, codes in (self.codes or {}).items()
        }


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises NotLoadable that lists every mistake in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise NotLoadable(f"The mapping file {path} cannot be opened: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise NotLoadable(f"The mapping file {path.name} is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise NotLoadable(f"{path.name} {syntax_mistake(error)}") from None
    empty = Mapping(path.name, lines=places(text))
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        mistakes = [empty.mistake(_key(each["loc"]), _words(each)) for each in error.errors()]
        raise NotLoadable("\n".join(mistakes)) from None
    mapping = Mapping(path.name, file.feed, file.codes, file.missing, empty.lines)
    if mistakes := _mistakes(mapping):
        raise NotLoadable("\n".join(mistakes))
    return mapping


def _key(place: Place) -> Place:
    return tuple(part for part in place if part != "[key]")


def _words(error: Any) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return "this key is not known here"
    if kind == "missing":
        return "this key is needed"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    return str(error["msg"]).replace("Input should be", "this should be")


def _mistakes(mapping: Mapping) -> list[str]:
    found: list[str] = []

    def mistake(what: str, *place: str | int) -> None:
        found.append(mapping.mistake(place, what))

    for name, codes in (mapping.codes or {}).items():
        if name not in BY_NAME:
            mistake(
                f"there is no code list {name}; there are {listing([*BY_NAME], 30)}", "codes", name
            )
        elif not BY_NAME[name].open:
            for code in codes:
                known = listing([*BY_NAME[name].by_code], 30)
                what = f"the list {name} is closed, nothing can be added to it; it has {known}"
                mistake(what, "codes", name, code)
    for number, feed in enumerate(mapping.feeds):
        table = RECORDS.get(feed.table)
        if table is None:
            mistake(f"there is no table {feed.table!r}", "feed", number, "table")
            continue
        for column in [*feed.columns, *feed.codes]:
            if column not in table.columns:
                part = "columns" if column in feed.columns else "codes"
                known = listing(list(table.columns.keys()), 20)
                mistake(
                    f"{table.name} has no such column; it has {known}", "feed", number, part, column
                )
        for column, rule in feed.columns.items():
            is_date = column in table.columns and isinstance(table.columns[column].type, Date)
            if column in table.columns and (rule.from_parts or rule.formats) and not is_date:
                mistake("this column is no date", "feed", number, "columns", column)
        for column in feed.codes:
            if column in table.columns and not isinstance(table.columns[column].type, String):
                mistake("this column has no codes", "feed", number, "codes", column)
    return found


def with_added(codes: CodeList, added: list[Code]) -> CodeList:
    """The list with the codes that a mapping adds at its end."""
    new = tuple(code for code in added if code.code not in codes.by_code)
    return CodeList(codes.name, codes.codes + new, codes.open, codes.ordered, codes.grows)
