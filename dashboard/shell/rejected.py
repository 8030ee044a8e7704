"""The rejected rows of an import, read when they are asked for, and as files to mend."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from sqlalchemy import Engine

from dashboard.database import connect, database_url
from dashboard.intake import file_for, read_rejected, write_rejected

_COLUMNS = {
    "file": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "reason": pl.String,
}


@dataclass(frozen=True)
class Rejected:
    """Rejected rows of an import: the first `rows` of them, and the `files` they all stood in."""

    number: int
    rows: pl.DataFrame
    files: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """What the download is called: a CSV file named so that it loads again, or a zip file."""
        if self.packed:
            return f"rejected-by-import-{self.number}.zip"
        return file_for(self.files[0]).name

    @property
    def packed(self) -> bool:
        """Whether the download is several files in one, to be unpacked."""
        return len(self.files) > 1

    def as_download(self) -> bytes:
        """All of them, in a CSV file for each file or sheet that they stood in."""
        with _database() as engine, TemporaryDirectory(prefix="drive-rejected-") as folder:
            written = write_rejected(engine, self.number, Path(folder))
            if not self.packed:
                return written[0].read_bytes()
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in written:
                    archive.write(path, path.relative_to(folder))
            return packed.getvalue()


def rejected_of(number: int, most: int) -> Rejected:
    """The first rejected rows of an import."""
    with _database() as engine:
        rows, files = read_rejected(engine, number, most)
    return Rejected(number, pl.DataFrame([asdict(row) for row in rows], _COLUMNS), tuple(files))


@contextmanager
def _database() -> Iterator[Engine]:
    engine = connect(database_url())
    try:
        yield engine
    finally:
        engine.dispose()
