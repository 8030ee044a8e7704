"""Snapshots as files: a folder a version, mapped into memory and shared by all processes.

A folder is written aside and renamed into place, never changed, and removed when a later one has
taken its place; who still has it mapped keeps it. Files hold records: nobody else may read them.
A file that is not as it was written is noticed, and the database is read instead. Ids and labels
are kept as numbers, each list of names once.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from pydantic import TypeAdapter
from sqlalchemy.engine import URL

from dashboard.database.settings import Settings
from dashboard.facts.ids import OF_PEOPLE, enums_of
from dashboard.snapshot.snapshot import Snapshot

try:
    import fcntl
except ImportError:  # a system without such locks: each process then reads for itself
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

VARIABLE = "DRIVE_SNAPSHOT_FOLDER"
_CONTENTS = "contents.json"
_NOT_GOOD = (OSError, ValueError, KeyError, pa.ArrowException, pl.exceptions.PolarsError)
_SETTINGS = TypeAdapter(Settings)
_PACKAGE = Path(__file__).parents[1]


def usual_folder() -> Path:
    """Where snapshots are kept: `DRIVE_SNAPSHOT_FOLDER`, or the user's own cache."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "drive-dashboard"


class Files:
    """The snapshot files of one database."""

    def __init__(self, url: URL, folder: Path | None = None) -> None:
        named = url.set(password=None, query={}).render_as_string()
        key = hashlib.sha256(named.encode()).hexdigest()[:16]
        self._folder = (folder or usual_folder()) / key

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Only one process reads the database at a time; the others find its files."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self._folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            yield  # `write` says what is wrong with the folder
            return
        try:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def read(self, state: str | None) -> Snapshot | None:
        """The snapshot of this state (None: the newest there is), or None if there is no good one.

        Files that another version of this program wrote are none.
        """
        for folder in self._written():
            if state is None or folder == self._place(state):
                try:
                    return _read(folder)
                except _NOT_GOOD as problem:
                    log.warning(
                        "The snapshot file %s is not good and is left aside: %s", folder, problem
                    )
                    shutil.rmtree(folder, ignore_errors=True)
        return None

    def write(self, snapshot: Snapshot) -> Snapshot | None:
        """Keep a snapshot in place of those before it; None where that cannot be done.

        What comes back has its columns in the files, where other processes share them. Files of
        facts that stayed the same are taken over from the snapshot that it was made from.
        """
        aside = None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside = Path(tempfile.mkdtemp(prefix="writing-", dir=self._folder))
            _write(aside, snapshot, self._of(snapshot.since) if snapshot.since else None)
            place = self._place(snapshot.state)
            shutil.rmtree(place, ignore_errors=True)
            aside.rename(place)
            made = _facts(place, _contents(place), snapshot._facts.keys() - snapshot.same)
        except _NOT_GOOD as problem:
            log.warning("The snapshot cannot be kept as a file: %s", problem)
            if aside:
                shutil.rmtree(aside, ignore_errors=True)
            return None
        self.forget(but=place)
        return replace(snapshot, _facts=snapshot._facts | made)

    def _of(self, reading: str) -> Path | None:
        """The folder of one reading; another of the same records may have taken its place."""
        for folder in self._written():
            with suppress(*_NOT_GOOD):
                if _contents(folder)["reading"] == reading:
                    return folder
        return None

    def _place(self, state: str) -> Path:
        return self._folder / f"{state}-{_program()}"

    def forget(self, but: Path | None = None) -> None:
        """Remove the files; `but`: all others."""
        for folder in self._folder.glob("*/"):
            if folder != but:
                shutil.rmtree(folder, ignore_errors=True)

    def _written(self) -> list[Path]:
        """The folders that this program has written, the newest first."""
        try:
            found = [each for each in self._folder.iterdir() if each.name.endswith(_program())]
        except OSError:
            return []
        return sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)


@cache
def _program() -> str:
    """Changes with everything that a snapshot's content depends on beside the records."""
    found = hashlib.sha256(pl.__version__.encode())
    for room in ("database", "facts", "snapshot"):
        for file in sorted((_PACKAGE / room).rglob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


def _write(folder: Path, snapshot: Snapshot, before: Path | None) -> None:
    lists: list[pl.Series] = []
    frames: dict[str, Any] = {}
    there = _taken_over(snapshot.same, before, folder) if before else {}
    of_people: dict[str, int] = {}
    for name, frame in snapshot._facts.items():
        enums = {}
        for column in enums_of(frame):
            place = of_people.get(column)
            if place is None:
                place = _place_of(frame[column].dtype.categories, lists)  # type: ignore[attr-defined]
            if column in OF_PEOPLE:  # all facts share their lists
                of_people[column] = place
            enums[column] = f"list-{place}"
        if name not in there:
            numbers = frame.with_columns(pl.col(column).to_physical() for column in enums)
            there[name] = _put(folder / f"{name}.arrow", numbers)
        frames[name] = {"enums": enums, **there[name]}
    named = {
        f"list-{place}": _put(folder / f"list-{place}.arrow", names.to_frame("value"))
        for place, names in enumerate(lists)
    }
    contents = {
        "reading": snapshot.reading,
        "version": snapshot.version,
        "state": snapshot.state,
        "read_at": snapshot.read_at.isoformat(),
        "whole_at": snapshot.whole_at.isoformat(),
        "made_up": snapshot.made_up,
        "settings": _SETTINGS.dump_python(snapshot.settings, mode="json"),
        "first": snapshot.first and snapshot.first.isoformat(),
        "latest": snapshot.latest and snapshot.latest.isoformat(),
        "since": snapshot.since,
        "same": sorted(snapshot.same),
        "lists": named,
        "frames": frames,
    }
    text = json.dumps(contents).encode()
    with _private(folder / _CONTENTS) as file:
        file.write(f"{zlib.crc32(text):08x}\n".encode() + text)


def _taken_over(names: Iterable[str], before: Path, folder: Path) -> dict[str, dict[str, int]]:
    """Files of an earlier snapshot, given a second name here: size and checksum of each.

    Not all file systems can, and the earlier one may be gone.
    """
    taken = {}
    try:
        written = _contents(before)["frames"]
        for name in names:
            size_and_sum = {each: written[name][each] for each in ("size", "sum")}
            (folder / f"{name}.arrow").hardlink_to(before / f"{name}.arrow")
            taken[name] = size_and_sum
    except (OSError, ValueError, KeyError) as problem:
        log.info("Not all files of the snapshot before can be taken over: %s", problem)
    return taken


def _place_of(names: pl.Series, lists: list[pl.Series]) -> int:
    """Where these names stand among the lists; they are added where they are not there yet."""
    for place, other in enumerate(lists):
        if len(other) == len(names) and other.equals(names):
            return place
    lists.append(names)
    return len(lists) - 1


def _put(path: Path, frame: pl.DataFrame) -> dict[str, int]:
    """Write a frame in one piece, so that it can be mapped in one; its size and checksum."""
    with _private(path) as file:
        frame.rechunk().write_ipc(
            file, compat_level=pl.CompatLevel.newest(), record_batch_size=max(frame.height, 1)
        )
    return {"size": path.stat().st_size, "sum": _sum(path)}


def _private(path: Path) -> Any:
    return open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb")


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found = zlib.crc32(piece, found)
    return found


def _contents(folder: Path) -> dict[str, Any]:
    first_line, _, text = (folder / _CONTENTS).read_bytes().partition(b"\n")
    if int(first_line, 16) != zlib.crc32(text):
        raise ValueError("its list of contents was changed")
    return json.loads(text)  # type: ignore[no-any-return]


def _read(folder: Path) -> Snapshot:
    contents = _contents(folder)
    with ThreadPoolExecutor(2) as workers:
        checked = workers.map(
            lambda each: _checked(folder / f"{each[0]}.arrow", each[1]),
            [*contents["lists"].items(), *contents["frames"].items()],
        )
        for _ in checked:
            pass
    return Snapshot(
        contents["reading"],
        contents["version"],
        contents["state"],
        datetime.fromisoformat(contents["read_at"]),
        datetime.fromisoformat(contents["whole_at"]),
        contents["made_up"],
        _SETTINGS.validate_python(contents["settings"]),
        _day(contents["first"]),
        _day(contents["latest"]),
        _facts(folder, contents, contents["frames"]),
        contents["since"],
        frozenset(contents["same"]),
    )


def _facts(folder: Path, contents: dict[str, Any], names: Iterable[str]) -> dict[str, pl.DataFrame]:
    """These facts as the files of a folder hold them."""
    enums = {name: contents["frames"][name]["enums"] for name in names}
    # Making the expression hashes the whole list of names, so that is done once for each list.
    named = {
        each: pl.all().cat.to(pl.Enum(_mapped(folder, each)["value"]))
        for each in {each for lists in enums.values() for each in lists.values()}
    }
    return {name: _named(_mapped(folder, name), lists, named) for name, lists in enums.items()}


def _named(numbers: pl.DataFrame, lists: dict[str, str], named: dict[str, pl.Expr]) -> pl.DataFrame:
    """A frame whose numbers stand for the names of these lists, by column."""
    each = (numbers.select(column).select(named[name]) for column, name in lists.items())
    return numbers.with_columns(column.to_series() for column in each)


def _checked(path: Path, written: dict[str, int]) -> None:
    if path.stat().st_size != written["size"] or _sum(path) != written["sum"]:
        raise ValueError(f"{path.name} is not as it was written")


def _mapped(folder: Path, name: str) -> pl.DataFrame:
    """The columns of a file where they lie: nothing is copied until it is read."""
    table = pa.ipc.open_file(pa.memory_map(str(folder / f"{name}.arrow"))).read_all()
    return pl.DataFrame(pl.from_arrow(table, rechunk=False))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
