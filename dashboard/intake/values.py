"""One cell becomes one value of a table's column, or the reason why it cannot."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, Float, Integer

from dashboard.database.code_lists import CodeList
from dashboard.intake.dates import EARLIEST, parse_day
from dashboard.intake.names import listing, plain, slug

# What stands round a value and does not belong to it.
_AROUND = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\ufeff"
_NOTHING = {"", "null"}
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
_YES = {"yes", "y", "true", "t", "1", "x", "on", "checked", "ticked", "✓", "✔"}
_NO = {"no", "n", "false", "f", "0", "off", "unchecked", "unticked"}
_NOT_SAID = {"unknown", "notknown", "nk", "notrecorded", "notstated", "na", "dontknow"}
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}([, ]\d{3})+)(\.\d*)?")
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+", re.I)
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that could not be read, and why."""

    reason: str


FORMULA = Bad("is a formula; put its value in its place")
Parse = Callable[[str], Any]


def bare(cell: str) -> str:
    """The cell without what stands round its value.

    A quotation mark before = + - or @ goes too: it kept a spreadsheet from reading a formula.
    """
    text = cell.strip(_AROUND)
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def is_formula(cell: str) -> bool:
    return cell.lstrip()[:1] == "="


def is_missing(text: str, words: frozenset[str]) -> bool:
    """Whether a bare cell says nothing: it is blank, or one of the words (plain) for that."""
    return text.lower() in _NOTHING or (bool(words) and plain(text) in words)


class Codes:
    """A code list as an import reads it.

    `grown` collects the values that a list that grows has met for the first time, with labels.
    """

    def __init__(self, codes: CodeList) -> None:
        self._codes = codes
        self.grown: dict[str, str] = {}
        self._words: dict[str, str] = {}
        # A code's own name goes before what others are also called.
        for names in (
            [(code.code, code.code) for code in codes.codes],
            [(code.label, code.code) for code in codes.codes],
            [(also, code.code) for code in codes.codes for also in code.also],
        ):
            for name, code in names:
                self._words.setdefault(plain(name), code)

    @property
    def known(self) -> tuple[str, ...]:
        return self._codes.values

    @property
    def in_words(self) -> str:
        """The codes there are, for a message."""
        return listing(list(self.known), 30)

    @property
    def open(self) -> bool:
        """Whether a mapping may add to the list."""
        return self._codes.open

    def also(self, words: dict[str, str]) -> "Codes":
        """The same list with a mapping's own words, which go before all others."""
        same = copy(self)
        same._words = self._words | {plain(word): code for word, code in words.items()}
        return same

    def parse(self, text: str) -> str | Bad:
        word = plain(text.removesuffix(".0"))
        if word in self._words:
            return self._words[word]
        if self._codes.grows and (code := slug(text)):
            # Of two spellings the same one is kept in whichever order they come.
            self.grown[code] = min(self.grown.get(code, text), text)
            return code
        return Bad(f"is not one of the known codes: {self.in_words}")

    def parse_area(self, text: str) -> str:
        """A county's key by its name, "all" for the whole; a district's code as it is."""
        word = plain(text)
        return "all" if word in {"all", "whole"} else self._words.get(word, text)


def parser(
    column: Column[Any],
    codes: Codes | None = None,
    not_after: date | None = None,
    formats: tuple[str, ...] = (),
) -> Parse:
    """How cells of this column are read.

    `codes` are those of the column's list, if it has one; `not_after` is the last day a date may
    be, if the column says when something happened; `formats` are those of the mapping.
    """
    if codes is not None:
        return codes.parse
    if isinstance(column.type, Date):
        return _day_parser(not_after, formats)
    if isinstance(column.type, Boolean):
        return _yes_or_no
    if isinstance(column.type, Integer):
        return _whole
    if isinstance(column.type, Float):
        return _number
    return _identifier if column.name.endswith("_id") or column.name == "area_code" else _text


def _text(text: str) -> str | Bad:
    return Bad("is a spreadsheet's error, not a value") if text in _ERRORS else text


def _identifier(text: str) -> str | Bad:
    if _SHORTENED.fullmatch(text):
        return Bad("is a number that a spreadsheet has shortened, so the id is lost")
    return _text(text)


def _number(text: str) -> float | Bad:
    per_cent = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(digits):
        return Bad("is not a number")
    return float(digits.replace(",", "").replace(" ", "")) / (100 if per_cent else 1)


def _whole(text: str) -> int | Bad:
    number = _number(text)
    if isinstance(number, Bad) or number != int(number) or text.endswith("%"):
        return Bad("is not a whole number")
    return int(number) if abs(number) <= _LARGEST else Bad("is too large")


def _yes_or_no(text: str) -> bool | Bad | None:
    word = plain(text.removesuffix(".0")) or text
    if word in _YES:
        return True
    if word in _NO:
        return False
    return None if word in _NOT_SAID else Bad("is neither yes nor no")


def _day_parser(not_after: date | None, formats: tuple[str, ...]) -> Parse:
    def parse(text: str) -> date | Bad:
        day = parse_day(text, formats)
        if day is None:
            return Bad(
                f"is not a date of the form {' or '.join(formats)}"
                if formats
                else "is not a date (ISO, or day first, such as 2025-03-21 or 21/03/2025)"
            )
        if day < EARLIEST:
            return Bad(f"is too early (the first day that is taken is {EARLIEST})")
        if not_after is not None and day > not_after:
            return Bad(f"is in the future (today is {not_after})")
        return day

    return parse
