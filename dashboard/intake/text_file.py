"""Delimited text as case systems export it: which encoding, which delimiter, which rows."""

import codecs
import csv
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.intake.problems import NotLoadable

DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000
_CHUNK = 1 << 20
# The beginnings of files that people rename or export by mistake.
_OTHER_KINDS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a Word document",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"SQLite format 3": "a database",
}


@dataclass(frozen=True)
class TextFile:
    """A text file that holds a table."""

    path: Path
    encoding: str
    delimiter: str

    def records(self) -> Generator[list[str], None, None]:
        """The heading and all rows after it, each as its cells; a blank line is an empty row.

        Raises NotLoadable where a quotation mark is never closed.
        """
        csv.field_size_limit(LONGEST_CELL)
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=self.delimiter)
            start = 1
            try:
                for cells in reader:
                    if lines.ended:
                        raise self._never_closed(start)
                    if start > 1 or not _names_delimiter(cells):
                        yield cells
                    start = reader.line_num + 1
            except csv.Error:
                raise self._never_closed(start) from None

    def _never_closed(self, line: int) -> NotLoadable:
        return NotLoadable(
            f"{self.path.name} cannot be read as a table: a quotation mark opened in "
            f"line {line} is never closed. Close or remove it and try again."
        )


class _Lines:
    """The lines of a file, and whether a reader has asked for one after the last."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            return next(self._file)
        except StopIteration:
            self.ended = True
            raise


def read_text(path: Path) -> TextFile:
    """How this text file is to be read. Raises NotLoadable where it is no text, or empty."""
    with path.open("rb") as file:
        start = file.read(4096)
    for magic, kind in _OTHER_KINDS.items():
        if start.startswith(magic):
            raise NotLoadable(f"{path.name} is {kind}, not a table. Export it as CSV or Excel.")
    encoding = _encoding(path, start)
    heading = _first_line(path, encoding)
    if heading.lstrip().startswith("<"):
        raise NotLoadable(f"{path.name} is a web page, not a table. Export it as CSV or Excel.")
    return TextFile(path, encoding, _delimiter(heading))


def _encoding(path: Path, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif start[1:4:2] == b"\0\0" and start[0:1] != b"\0":
        candidates = ["utf-16-le"]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    for encoding in candidates:
        if _is_text(path, encoding):
            return encoding
    raise NotLoadable(
        f"{path.name} is not a table: it holds no text that can be read. "
        "Export the records as CSV or Excel and try again."
    )


def _is_text(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _first_line(path: Path, encoding: str) -> str:
    """The first line that is not blank, or the one after a line that names the delimiter."""
    with path.open(encoding=encoding, newline="") as file:
        for line in file:
            if line.strip(" \r\n\t;,"):
                return line
    raise NotLoadable(f"{path.name} is empty.")


def _names_delimiter(cells: list[str]) -> bool:
    """Excel's first line `sep=;`, which is no heading."""
    return bool(cells) and cells[0].strip().lower().startswith("sep=")


def _delimiter(heading: str) -> str:
    if heading.lower().startswith("sep=") and heading[4:5] in DELIMITERS:
        return heading[4]
    bare = "".join(heading.split('"')[::2])
    return max(DELIMITERS, key=bare.count)
