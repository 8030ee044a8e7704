"""The commands `annotate` and `targets`: what people keep, from the command line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, Viewer
from dashboard.access.trail import at_the_command_line
from dashboard.database import DatabaseNotUsable, connect, database_url, unreachable
from dashboard.database.schema import require_current
from dashboard.database.settings import read_settings
from dashboard.keeping.annotations import add_annotation, remove_annotation
from dashboard.keeping.changes import NotKept
from dashboard.keeping.periods import remove_target, set_target
from dashboard.keeping.reading import Places, annotations, places, targets
from queries.measures import MEASURES


def annotate(
    text: Annotated[str, typer.Argument(help="What happened; nothing: list what is noted.")] = "",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not given.")
    ] = None,
    area: Annotated[str, typer.Option(help="A district, a county's key, or all.")] = "all",
    remove: Annotated[bool, typer.Option("--remove", help="Take this note away.")] = False,
) -> None:
    """Note what happened on a day, for the charts over time; without a text, list the notes."""
    with _database() as (engine, viewer):
        within = _places(engine, viewer)
        if not text:
            with engine.connect() as connection:
                for row in annotations(connection, within):
                    sys.stdout.write(f"{row['on']}  {row['area']:<20} {row['text']}\n")
            return
        day = on.date() if on else date.today()  # noqa: DTZ011 - the day where the person is
        change = remove_annotation if remove else add_annotation
        change(engine, viewer, day, within.find(area), text)
        sys.stdout.write("Removed.\n" if remove else "Noted.\n")


def targets_kept(
    measure: Annotated[str, typer.Argument(help="A measure's key; nothing: list all.")] = "",
    value: Annotated[
        float | None, typer.Argument(help="The target; a rate as a fraction, 0.8.")
    ] = None,
    area: Annotated[str, typer.Option(help="A district, a county's key, or all.")] = "all",
    from_on: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")
    ] = None,
    last_on: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take this target away.")] = False,
) -> None:
    """Set or remove a target; without a measure, list the targets."""
    with _database() as (engine, viewer):
        within = _places(engine, viewer)
        if not measure:
            with engine.connect() as connection:
                for row in targets(connection, within):
                    last = row["to_on"] - timedelta(days=1) if row["to_on"] else "on"
                    sys.stdout.write(
                        f"{row['measure']:<32} {row['area']:<20} "
                        f"{row['from_on']} to {last}  {row['value']:g}\n"
                    )
            return
        if measure not in MEASURES or not MEASURES[measure].target:
            known = ", ".join(key for key, each in MEASURES.items() if each.target)
            raise NotKept(f"“{measure}” is not a measure that has targets. Those are: {known}.")
        if from_on is None or (value is None and not remove):
            raise NotKept("Give a value and its first day: targets MEASURE VALUE --from DAY.")
        key, first = within.find(area), from_on.date()
        if remove:
            remove_target(engine, viewer, measure, key, first)
            sys.stdout.write("Removed.\n")
        elif value is not None:
            last_day = last_on.date() if last_on else None
            set_target(engine, viewer, measure, key, first, last_day, value)
            sys.stdout.write("Set.\n")


@contextmanager
def _database() -> Iterator[tuple[Engine, Viewer]]:
    """The database to write to and who writes; what fails is said in words, exit 2."""
    try:
        engine = connect(database_url(writing=True))
        with engine.connect() as connection:
            require_current(connection)
        yield engine, Viewer(Role.MANAGER, None, name=at_the_command_line())
    except (DatabaseNotUsable, NotKept, SQLAlchemyError) as problem:
        words = unreachable(problem) if isinstance(problem, SQLAlchemyError) else problem
        sys.stderr.write(f"{words}\n")
        raise typer.Exit(2) from None


def _places(engine: Engine, viewer: Viewer) -> Places:
    with engine.connect() as connection:
        return places(connection, viewer, _whole(connection))


def _whole(connection: Connection) -> str:
    return read_settings(connection).whole_name
