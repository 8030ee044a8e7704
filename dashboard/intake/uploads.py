"""Files that come through the browser: kept in a folder of their own while they are loaded."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from sqlalchemy.engine import URL

from dashboard.access.roles import Role
from dashboard.intake.importing import run_import
from dashboard.intake.problems import NotLoadable
from dashboard.intake.report import NOTHING_LOADED, Report

MOST_FILES = 40
MOST_MEGABYTES = 50  # of all files together; larger ones are loaded on the command line
_AGAIN = re.compile(r"\s*\(\d+\)(?=\.[^.]*$)")


@dataclass(frozen=True)
class Upload:
    """A file as it was chosen in the browser."""

    name: str
    content: bytes


def load_uploads(
    url: str | URL,
    records: Sequence[Upload],
    mapping: Upload | None = None,
    *,
    dry_run: bool,
    today: date | None = None,
    who: tuple[str, Role | None] | None = None,
) -> Report:
    """Load them as `run_import` loads files, or try to. The files are gone when this returns."""
    with TemporaryDirectory(prefix="drive-upload-") as folder:
        try:
            paths = _kept(records, Path(folder, "records"))
            chart = _kept([mapping], Path(folder, "mapping"))[0] if mapping else None
        except NotLoadable as problem:
            return Report(NOTHING_LOADED, message=str(problem), dry_run=dry_run)
        return run_import(url, paths, chart, dry_run=dry_run, today=today, who=who)


def _kept(uploads: Sequence[Upload], folder: Path) -> list[Path]:
    """The files written into the folder. Raises NotLoadable where they are too many or too much."""
    if not uploads:
        raise NotLoadable("No file was chosen.")
    if len(uploads) > MOST_FILES:
        raise NotLoadable(
            f"{len(uploads)} files were chosen, and at most {MOST_FILES} can be loaded at once. "
            "Choose fewer, or load the folder with 'drive-dashboard import'."
        )
    size = sum(len(each.content) for each in uploads) / 1_000_000
    if size > MOST_MEGABYTES:
        raise NotLoadable(
            f"The files hold {size:,.0f} MB, and at most {MOST_MEGABYTES} MB can be loaded here. "
            "Choose fewer, or load them with 'drive-dashboard import'."
        )
    names = [_name(each) for each in uploads]
    (name, times), *_ = Counter(names).most_common(1)
    if times > 1:
        raise NotLoadable(f"Two of the files are called {name}. Rename one, or load them apart.")
    folder.mkdir()
    paths = [folder / name for name in names]
    for path, each in zip(paths, uploads, strict=True):
        path.write_bytes(each.content)
    return paths


def _name(upload: Upload) -> str:
    """The file's name without any folder, whichever way its system writes one.

    Also without the number that a browser gives to what is downloaded again: "cases (1).csv".
    """
    name = _AGAIN.sub("", PurePosixPath(upload.name.replace("\\", "/")).name)
    if not name or "\0" in name:
        raise NotLoadable("One of the files has no name. Give it that of its table.")
    return name
