"""The command `check`: can the database be used, how fresh is it, how would people sign in?"""

import sys
from typing import Annotated

import typer
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access.sign_in import SignInNotUsable, provider
from dashboard.database import DatabaseNotUsable, connect, database_url, marks, migrate, unreachable
from dashboard.database.connection import VARIABLE, WRITE_VARIABLE
from dashboard.database.schema import require_current
from dashboard.database.tables import Case, Import
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
        migrate(connect(database_url(writing=True)))
    with engine.connect() as connection:
        require_current(connection)
        made_up = marks.is_made_up(connection)
        last = connection.scalar(select(func.max(Import.finished_at)).where(Import.loaded))
        roles = _roles(connection)
    snapshot = read_snapshot(engine)
    return [
        f"Database: {url.render_as_string()}, up to date.",
        *roles,
        "Records: made up; no real person is described." if made_up else "Records: real.",
        f"Last record: {snapshot.latest.isoformat()}."
        if snapshot.latest
        else "Last record: none; load some with 'drive-dashboard import'.",
        f"Last import: {last:%Y-%m-%d %H:%M} UTC." if last else "Last import: none.",
        _sign_in(),
    ]


def _sign_in() -> str:
    try:
        named = provider()
    except SignInNotUsable as problem:
        return f"Sign-in: {problem}"
    if named is None:
        return "Sign-in: not set up; the dashboard is served on this computer only."
    return f"Sign-in: with {named.metadata_url}, which sends people back to {named.redirect_uri}."


def _roles(connection: Connection) -> list[str]:
    """On PostgreSQL: who reads and who writes, and whether the one can do without the other."""
    if connection.dialect.name != "postgresql":
        return []
    may_write = func.has_table_privilege(Case.__tablename__, "INSERT")
    name, writes = connection.execute(select(func.current_user(), may_write)).one()
    writing = database_url(writing=True)
    with connect(writing).connect() as other:
        here = func.current_database()
        one = other.scalar(select(here)) == connection.scalar(select(here))
        if one:
            require_current(other)
        if not one or marks.stamp(other) != marks.stamp(connection):
            raise DatabaseNotUsable(f"{WRITE_VARIABLE} and {VARIABLE} name two databases.")
        writer, possible = other.execute(select(func.current_user(), may_write)).one()
    if not possible:
        raise DatabaseNotUsable(
            f"The role {writer} cannot write. Name one that can in {WRITE_VARIABLE}."
        )
    read = (
        "can write too; see docs/operations.md for one that cannot" if writes else "can only read"
    )
    return [f"Read as {name}, which {read}; written as {writer}."]
