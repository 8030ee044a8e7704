"""Back-ups: a whole case database in one file, whichever engine it came from or goes back to."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine

from dashboard.database import DatabaseNotUsable, connect, migrate
from dashboard.upkeep.copying import NotCopied, Progress, copy_database


def back_up(source: Engine, file: Path, progress: Progress | None = None) -> int:
    """Write the whole database into a new file, compared row by row; the number of rows.

    The file is a SQLite database of the same tables, readable by its owner alone. It is there
    when all is well, and not before. Raises NotCopied.
    """
    if file.exists():
        raise NotCopied(
            f"There is a file {file} already, and nothing is ever written over it. Name another."
        )
    aside = file.with_name(f".{file.name}.part")
    try:
        aside.unlink(missing_ok=True)
        aside.touch(mode=0o600)
        target = connect(_address(aside), alone=True)
        try:
            rows = copy_database(source, target, progress)
        finally:
            target.dispose()
        _sync(aside)
        aside.rename(file)
    except OSError as problem:
        raise NotCopied(
            f"The back-up could not be written to {file}: {problem.strerror}."
        ) from problem
    finally:
        aside.unlink(missing_ok=True)
        Path(f"{aside}-journal").unlink(missing_ok=True)
    return rows


def restore(file: Path, target: Engine, progress: Progress | None = None) -> int:
    """Bring a back-up into a database that is missing or empty; the number of rows.

    A back-up made by an older version of the program is brought up to date on the way. Raises
    NotCopied or DatabaseNotUsable.
    """
    require_whole(file)
    # A copy of it is read, so that the back-up itself is never written to.
    with tempfile.TemporaryDirectory(prefix="drive-restore-") as folder:
        copied = Path(folder, "back-up.sqlite")
        copied.write_bytes(b"")
        copied.chmod(0o600)
        with closing(sqlite3.connect(copied)) as to, closing(_opened(file)) as made:
            made.backup(to)
        source = connect(_address(copied))
        try:
            migrate(source)
            return copy_database(source, target, progress)
        finally:
            source.dispose()


def require_whole(file: Path) -> None:
    """Raises DatabaseNotUsable unless the file is a whole and sound SQLite database."""
    if not file.is_file():
        raise DatabaseNotUsable(f"There is no back-up at {file}.")
    try:
        with closing(_opened(file)) as made:
            found = made.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        found = str(problem)
    if found != "ok":
        raise DatabaseNotUsable(
            f"The back-up {file} is damaged ({found}), and nothing was restored. "
            "Take an earlier one."
        )


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _address(file: Path) -> URL:
    return URL.create("sqlite", database=str(file.resolve()))


def _sync(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
