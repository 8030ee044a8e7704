"""The command `check`: can the database be used, how fresh is it, how would people sign in?"""

import sys
from typing import Annotated

import typer
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import DatabaseNotUsable, connect, database_url, marks, migrate, unreachable
from dashboard.database.schema import require_current
from dashboard.database.tables import Import
from dashboard.snapshot import read_snapshot


def check(
    bring_up_to_date: Annotated[
        bool, typer.Option("--migrate", help="Bring an older database up to date first.")
    ] = False,
) -> None:
    """Say whether the database can be reached and used, and how fresh it is. Exit 2 if not."""
    try:
        lines = _state(bring_up_to_date)
    except (DatabaseNotUsable, SQLAlchemyError) as problem:
        words = problem if isinstance(problem, DatabaseNotUsable) else unreachable(problem)
        sys.stderr.write(f"{words}\n")
        raise typer.Exit(2) from None
    sys.stdout.write("\n".join(lines) + "\n")


def _state(bring_up_to_date: bool) -> list[str]:
    url = database_url()
    engine = connect(url)
    if bring_up_to_date:
        migrate(engine)
    with engine.connect() as connection:
        require_current(connection)
        made_up = marks.is_made_up(connection)
        last = connection.scalar(select(func.max(Import.finished_at)).where(Import.loaded))
    snapshot = read_snapshot(engine)
    return [
        f"Database: {url.render_as_string()}, up to date.",
        "Records: made up; no real person is described." if made_up else "Records: real.",
        f"Last record: {snapshot.latest.isoformat()}."
        if snapshot.latest
        else "Last record: none; load some with 'drive-dashboard import'.",
        f"Last import: {last:%Y-%m-%d %H:%M} UTC." if last else "Last import: none.",
        "Sign-in: not set up; the dashboard is served on this computer only.",
    ]
