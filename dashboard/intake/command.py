"""The commands `import` and `rejected`; dashboard/cli.py gives them their names."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from dashboard.database.connection import DatabaseNotUsable, connect, database_url
from dashboard.database.schema import require_current
from dashboard.intake.importing import Progress, run_import
from dashboard.intake.problems import NotLoadable
from dashboard.intake.rejected import write_rejected
from dashboard.intake.report import NOTHING_LOADED, Report


def import_records(
    paths: Annotated[list[Path], typer.Argument(help="Folders, CSV files or Excel workbooks.")],
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that says how headings and codes are mapped.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report without writing.")] = False,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete", help="The files are the whole of their tables; remove all other rows."
        ),
    ] = False,
    allow_empty: Annotated[
        bool,
        typer.Option("--allow-empty", help="With --complete: a file without rows may empty one."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load records into the case database.

    Exit code 0: all rows were loaded. 1: some were rejected, the rest loaded. 2: nothing could be.
    """
    try:
        url = database_url(writing=True)
    except DatabaseNotUsable as problem:
        report = Report(NOTHING_LOADED, message=str(problem), dry_run=dry_run)
    else:
        with _progress() as progress:
            report = run_import(
                url, paths, mapping, dry_run, complete, allow_empty, progress=progress
            )
    # Colours and wrapping would spoil what programs read, so this is written as it is.
    out = sys.stderr if report.exit_code == NOTHING_LOADED and not as_json else sys.stdout
    out.write((report.as_json() if as_json else report.as_text()) + "\n")
    raise typer.Exit(report.exit_code)


def rejected(
    out: Annotated[Path, typer.Option(help="Folder to write the CSV files into.")],
    number: Annotated[
        int | None, typer.Option("--import", help="Number of the import; default the latest.")
    ] = None,
) -> None:
    """Write the rejected rows of an import as CSV files, to be mended and loaded again."""
    try:
        engine = connect(database_url())
        with engine.connect() as connection:
            require_current(connection)
        written = write_rejected(engine, number, out)
    except (DatabaseNotUsable, NotLoadable) as problem:
        sys.stderr.write(f"{problem}\n")
        raise typer.Exit(2) from None
    for path in written:
        sys.stdout.write(f"{path}\n")


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A line on the terminal that says what is being done; none where nobody looks."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    looks = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*looks, console=console, transient=True) as bar:
        task = bar.add_task("Looking at the files")

        def tell(what: str, rows: int | None) -> None:
            bar.update(task, description=what if rows is None else f"{what}: {rows:,} rows")

        yield tell
