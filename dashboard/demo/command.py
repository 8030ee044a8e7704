"""The command `demo`; dashboard/cli.py gives it its name."""

import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import DatabaseNotUsable, database_url, unreachable
from dashboard.demo.recipe import fill


def demo(
    cases: Annotated[
        int | None, typer.Option(min=1, help="Number of cases; default about 450 referrals a year.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Another seed makes other records.")] = 1,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Last day with records."),
    ] = None,
) -> None:
    """Fill an empty database with made-up Thames Valley records."""
    console = Console(stderr=True)
    day = today.date() if today else None
    try:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Making records up", total=1.0)
            made = fill(
                database_url(writing=True),
                cases,
                seed,
                day,
                lambda what, share: bar.update(task, description=what, completed=share),
            )
    except (DatabaseNotUsable, SQLAlchemyError, ValueError) as problem:
        words = unreachable(problem) if isinstance(problem, SQLAlchemyError) else problem
        sys.stderr.write(f"{words}\n")
        raise typer.Exit(2) from None
    rows = sum(made.tables.values())
    sys.stdout.write(
        f"Made up {made.cases:,} cases and all that goes with them, {rows:,} rows, "
        f"up to {made.today.isoformat()}.\n"
    )
