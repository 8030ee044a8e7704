"""The commands `copy`, `backup`, `restore`, `erase` and `retain`; dashboard/cli.py names them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.status import Status
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from dashboard.access.trail import at_the_command_line
from dashboard.database import DatabaseNotUsable, connect, database_url, unreachable
from dashboard.snapshot.files import Files
from dashboard.snapshot.snapshot import LONDON
from dashboard.upkeep.backup import back_up, restore
from dashboard.upkeep.copying import NotCopied, Progress, copy_database
from dashboard.upkeep.erasing import Kind, NotErased, erase
from dashboard.upkeep.retention import retain


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Address of a case database.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Address of a new or empty one.")],
) -> None:
    """Copy a case database to another, on either engine, and compare every row."""
    with _refusals(), _progress() as progress:
        one, other = connect(_address(source)), connect(_address(target), create=True)
        rows = copy_database(one, other, progress)
    sys.stdout.write(f"Copied {rows:,} rows; every one is the same in both databases.\n")


def backup(
    out: Annotated[Path, typer.Option(help="File to write; it must not be there yet.")],
) -> None:
    """Write the whole case database into one file, compared row by row."""
    with _refusals(), _progress() as progress:
        rows = back_up(connect(database_url()), out, progress)
    sys.stdout.write(f"Backed up {rows:,} rows to {out}; every one was compared.\n")


def bring_back(
    file: Annotated[Path, typer.Argument(help="A file that 'backup' made.")],
) -> None:
    """Bring a back-up into a new or empty database, compared row by row."""
    with _refusals(), _progress() as progress:
        target = connect(database_url(writing=True), create=True)
        rows = restore(file, target, progress)
    sys.stdout.write(
        f"Restored {rows:,} rows from {file}; every one was compared. What was erased, granted or "
        "withdrawn after it was made has to be done again.\n"
    )


def erase_person(
    person: Annotated[str, typer.Argument(metavar="ID", help="The person's id.")],
    kind: Annotated[
        Kind | None, typer.Option(help="Whose id it is, where two kinds of people have it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go.")] = False,
) -> None:
    """Remove the records of one service user, victim-survivor or comparison person."""
    with _refusals():
        engine = connect(database_url(writing=True))
        done = erase(engine, person, at_the_command_line(), kind, dry_run=dry_run)
        _forget(dry_run=dry_run)
    _say_rows(done.rows, done.rejected)
    sys.stdout.write(
        f"This was a dry run: all these rows of one {done.kind.noun} are still there.\n"
        if dry_run
        else f"Erased: {done.total:,} rows of one {done.kind.noun}. Back-ups made before still "
        "hold them.\n"
    )


def reduce_to_counts(
    older_than: Annotated[
        int, typer.Option(min=1, metavar="MONTHS", help="How long records are kept.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go.")] = False,
) -> None:
    """Reduce closed cases that are older than so many months to the counts of their months."""
    with _refusals():
        engine = connect(database_url(writing=True))
        today = datetime.now(LONDON).date()
        done = retain(engine, older_than, at_the_command_line(), today, dry_run=dry_run)
        _forget(dry_run=dry_run)
    _say_rows(done.rows, done.rejected)
    sys.stdout.write(
        f"Line: {done.line.isoformat()}. Counts of {done.months} months are kept for what lies "
        f"before it, {done.counts:,} in all.\n"
    )
    if dry_run:
        sys.stdout.write("This was a dry run: nothing was removed.\n")


def _forget(*, dry_run: bool) -> None:
    """Snapshot files hold what went; where a dashboard runs it writes new ones."""
    if not dry_run:
        Files(database_url()).forget()


def _say_rows(rows: Mapping[str, int], rejected: int) -> None:
    said = dict(rows) | ({"rejected rows": rejected} if rejected else {})
    width = max(map(len, said), default=0)
    for name, count in said.items():
        sys.stdout.write(f"{name:<{width}}  {count:,}\n")


@contextmanager
def _refusals() -> Iterator[None]:
    """What could not be done, in a sentence on standard error, and exit code 2."""
    try:
        yield
    except (DatabaseNotUsable, NotCopied, NotErased, SQLAlchemyError) as problem:
        words = unreachable(problem) if isinstance(problem, SQLAlchemyError) else problem
        sys.stderr.write(f"{words}\n")
        raise typer.Exit(2) from None


def _address(text: str) -> URL:
    """An address of a database, or the path of a SQLite file."""
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).resolve()))
    try:
        make_url(text)
    except ArgumentError:
        raise DatabaseNotUsable(
            f"'{text}' is not a database address. "
            "It looks like sqlite:////folder/file.sqlite or postgresql://user@host/name."
        ) from None
    return database_url(text)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A line on the terminal that says what is being done; none where nobody looks."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Status("Opening", console=console) as line:
        tell: Callable[[str, str], None] = lambda what, table: line.update(f"{what} {table}")  # noqa: E731
        yield tell
