"""Excel workbooks, cell by cell, with formulas visible."""

import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from dashboard.intake.problems import NotLoadable

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"


def is_workbook(path: Path) -> bool:
    """Whether the file is a workbook by its content.

    Raises NotLoadable for one that is encrypted or of the old kind, and for other zip files.
    """
    with path.open("rb") as file:
        start = file.read(4)
        if start == OLE:
            locked = "EncryptedPackage".encode("utf-16-le") in start + file.read(1 << 24)
            raise NotLoadable(
                f"{path.name} is protected by a password. Save it without one and try again."
                if locked
                else f"{path.name} is an old Excel or Word file. Save it as .xlsx or CSV."
            )
    if start != ZIP:
        return False
    try:
        with ZipFile(path) as parts:
            if "xl/workbook.xml" in parts.namelist():
                return True
    except BadZipFile:
        raise NotLoadable(f"{path.name} is damaged: it cannot be opened as a workbook.") from None
    raise NotLoadable(f"{path.name} is a zip file, but no Excel workbook.")


def sheets(path: Path) -> list[str]:
    """The names of the worksheets, in their order."""
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets]


def records(path: Path, sheet: str) -> Generator[list[str], None, None]:
    """The rows of a sheet as text, an empty one as []."""
    with _opened(path) as book:
        cells = book[sheet]
        # What the file says of its own size is often wrong.
        cells.reset_dimensions()
        for row in cells.iter_rows():
            texts = [_text(cell) for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            yield texts


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The workbook. Raises NotLoadable where its parts cannot be read, then or later."""
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it leaves out; none of them matter here.
        warnings.simplefilter("ignore", UserWarning)
        try:
            book = load_workbook(file, read_only=True, data_only=False)
            yield book
            book.close()
        except (BadZipFile, KeyError, ValueError, SyntaxError, TypeError) as error:
            raise NotLoadable(f"{path.name} is damaged: it cannot be read to its end.") from error


def _text(cell: Any) -> str:
    """A cell as it would stand in a CSV file; a formula begins with "="."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        whole = int(value) if value == int(value) else None
        if whole is None:
            return repr(value)
        shown = cell.number_format or ""
        # A format of noughts only shows an id with its leading noughts, which belong to it.
        return str(whole).zfill(len(shown)) if set(shown) == {"0"} else str(whole)
    return "=" + str(getattr(value, "text", None) or "formula").removeprefix("=")
