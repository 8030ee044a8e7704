"""The files and sheets that an import is given, each a source of rows."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from dashboard.intake import workbook
from dashboard.intake.names import plain, table_named
from dashboard.intake.problems import NotLoadable
from dashboard.intake.text_file import read_text

MOST_COLUMNS = 200
TEXT = {".csv", ".tsv", ".txt", ".tab"}
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xltx", ".xlsb", ".ods"}
# The headings that are added to a file of refused rows (see rejected.py).
REJECTED_ROW, REJECTED_REASON = "rejected_row", "rejected_reason"

# ... and how rejected.py names such a file, where the rows are a sheet's: workbook and sheet.
_OF_SHEET = re.compile(r"(.+) \[(.+)\]\.csv")

Records = Callable[[], Generator[list[str], None, None]]
# Of a file, a source in it, and the sheets it has: whether the mapping feeds a table from it.
Wanted = Callable[[str, str, tuple[str, ...]], bool]


@dataclass(frozen=True)
class Source:
    """A CSV file, or a sheet of a workbook, with a heading.

    `label` is how reports call it; `file` is the file's name as a mapping gives it; `name` (its
    stem, or the sheet's name) says which table it holds; `width` is how many cells a row may have;
    `sheets` are those of its workbook.
    """

    label: str
    path: Path
    file: str
    name: str
    headings: tuple[str, ...]
    width: int
    records: Records
    sheets: tuple[str, ...] = ()

    @property
    def mended(self) -> bool:
        """Whether this is a file of refused rows that comes back."""
        ours = {plain(REJECTED_ROW), plain(REJECTED_REASON)}
        return ours <= {plain(heading) for heading in self.headings}

    @property
    def reason_at(self) -> int | None:
        """In a file of refused rows: the position of the reasons."""
        if not self.mended:
            return None
        return [plain(heading) for heading in self.headings].index(plain(REJECTED_REASON))

    def rows(self) -> Generator[tuple[int, list[str]], None, None]:
        """The rows below the heading, without the blank ones; the heading is row 1."""
        number = 0
        for cells in self.records():
            blank = not "".join(cells).strip()
            if number == 0 and blank:
                continue
            number += 1
            if number > 1 and not blank:
                yield number, cells


@dataclass
class Found:
    """The sources found, and what was passed over, in words."""

    sources: list[Source] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)


def find_sources(paths: list[Path], wanted: Wanted) -> Found:
    """Every source in the files, workbooks and folders given.

    A source is taken where it is `wanted`, or its name is a table's. Raises NotLoadable where a
    file is no table, or where nothing is recognised.
    """
    found = Found()
    for path in paths:
        if path.is_dir():
            _from_folder(path, wanted, found)
        elif path.is_file():
            _from_file(path, wanted, found)
        else:
            raise NotLoadable(f"There is no file or folder {path}.")
    if not found.sources:
        raise NotLoadable(
            "No table was found. A file or sheet is named after the table that it holds, "
            "such as referrals.csv, or a mapping file says which table it feeds."
            + "".join(f" {note}" for note in found.notes)
        )
    found.sources = _told_apart(found.sources)
    return found


def _told_apart(sources: list[Source]) -> list[Source]:
    """The sources, with the folder's name before those labels that are there twice."""
    times = Counter(source.label for source in sources)
    labelled = [
        replace(each, label=f"{each.path.absolute().parent.name}/{each.label}")
        if times[each.label] > 1
        else each
        for each in sources
    ]
    (label, most), *_ = Counter(source.label for source in labelled).most_common(1)
    if most > 1:
        raise NotLoadable(f"Two of the files are called {label}. Rename one, or load them apart.")
    return labelled


def _from_folder(folder: Path, wanted: Wanted, found: Found) -> None:
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise NotLoadable(f"The folder {folder} cannot be opened: {error.strerror}.") from None
    for path in files:
        if path.name.startswith((".", "~$")):
            continue
        kind = path.suffix.lower()
        if kind in WORKBOOKS or (kind in TEXT and _is_known(*_named(path, wanted), wanted)):
            _from_file(path, wanted, found)
        else:
            found.notes.append(f"{path.name} was passed over: its name is not a table's.")


def _is_known(file: str, name: str, wanted: Wanted, sheets: tuple[str, ...] = ()) -> bool:
    return table_named(name) is not None or wanted(file, name, sheets)


def _named(path: Path, wanted: Wanted) -> tuple[str, str]:
    """A text file's own name, and the name that says what it holds.

    Refused rows of a sheet come back in the name of their workbook and sheet.
    """
    of_sheet = _OF_SHEET.fullmatch(path.name)
    if of_sheet is None:
        return path.name, path.stem
    book, sheet = of_sheet.groups()
    return book, sheet if _is_known(book, sheet, wanted, (sheet,)) else Path(book).stem


def _from_file(path: Path, wanted: Wanted, found: Found) -> None:
    if path.resolve() in found.seen:
        return
    found.seen.add(path.resolve())
    try:
        if workbook.is_workbook(path):
            _from_workbook(path, wanted, found)
            return
        text = read_text(path)
    except OSError as error:
        raise NotLoadable(f"{path.name} cannot be opened: {error.strerror}.") from None
    file, name = _named(path, wanted)
    if not _is_known(file, name, wanted):
        raise NotLoadable(
            f"{path.name} is not named after a table. Rename it, such as referrals.csv, "
            "or say in a mapping file which table it feeds."
        )
    found.sources.append(_source(path.name, path, file, name, text.records))


def _from_workbook(path: Path, wanted: Wanted, found: Found) -> None:
    filled = {}
    for sheet in workbook.sheets(path):
        records = partial(workbook.records, path, sheet)
        with closing(records()) as each:
            if any(any(cells) for cells in each):
                filled[sheet] = records
    if not filled:
        raise NotLoadable(f"{path.name} is empty.")
    book, sheets = table_named(path.stem), tuple(filled)
    for sheet, records in filled.items():
        # A workbook of one sheet may be named after its table itself.
        name = path.stem if len(filled) == 1 and book and not table_named(sheet) else sheet
        if _is_known(path.name, name, wanted, sheets):
            source = _source(f"{path.name} [{sheet}]", path, path.name, name, records)
            # Notes beside a table on a sheet are in nobody's way; beside refused rows stand the
            # cells for which they were refused.
            width = source.width if source.mended else sys.maxsize
            found.sources.append(replace(source, width=width, sheets=sheets))
            if book and (held := table_named(name)) and held != book:
                found.notes.append(
                    f"Sheet {sheet} of {path.name} was taken for {held}: a sheet's own name "
                    f"counts before that of its workbook."
                )
        else:
            alone = " The workbook's name counts only where it has one sheet." if book else ""
            found.notes.append(
                f"Sheet {sheet} of {path.name} was passed over: its name is not a table's.{alone}"
            )


def _source(label: str, path: Path, file: str, name: str, records: Records) -> Source:
    with closing(records()) as each:
        heading = next((cells for cells in each if "".join(cells).strip()), None)
    if heading is None:
        raise NotLoadable(f"{label} is empty.")
    headings = [cell.strip().lstrip("\ufeff") for cell in heading]
    while not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise NotLoadable(
            f"{label} has {len(headings)} columns; a table has at most {MOST_COLUMNS}. "
            "Remove those that are not needed."
        )
    return Source(label, path, file, name, tuple(headings), len(heading), records)
