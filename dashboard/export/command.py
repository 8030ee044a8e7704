"""The command `measures`; dashboard/cli.py gives it its name."""

import json
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, Viewer
from dashboard.database import DatabaseNotUsable, connect, database_url, unreachable
from dashboard.export.measures import BY, measure_rows, measures_document, measures_table
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.areas import AreaNotKnown, areas_named
from dashboard.snapshot.snapshot import LONDON


def measures(
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    as_at: Annotated[
        datetime | None, typer.Option("--as-at", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(help="A district's code or name, or a county's key; may be repeated."),
    ] = None,
    by: Annotated[str | None, typer.Option(help=" | ".join(BY))] = None,
    role: Annotated[Role, typer.Option(help="Whose numbers.")] = Role.MANAGER,
    case_manager: Annotated[
        str | None, typer.Option(help="Whose cases, for the role case_manager.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for other programs.")] = False,
) -> None:
    """Print every measure, for a period, for some areas, in one of their dimensions."""
    if by is not None and by not in BY:
        raise _refusal(f"--by takes {', '.join(BY)}; not '{by}'.")
    if role.protected:
        raise _refusal(
            f"The role {role.value} sees released numbers only, and no release has been made. "
            "Use another role."
        )
    if not role.sees_records:
        raise _refusal(f"The role {role.value} has no numbers of its own. Use another role.")
    if by == "case_manager" and not role.sees_workers:
        raise _refusal(f"The role {role.value} does not see numbers by case manager.")
    if role is Role.CASE_MANAGER and case_manager is None:
        raise _refusal("The role case_manager needs --case-manager, the id of the worker.")
    days = _Days(start, end, as_at)
    try:
        snapshot = read_snapshot(connect(database_url()))
        areas = areas_named(area, snapshot.areas) if area else None
    except (DatabaseNotUsable, AreaNotKnown) as problem:
        raise _refusal(str(problem)) from None
    except SQLAlchemyError as problem:
        raise _refusal(str(unreachable(problem))) from None
    viewer = Viewer(role, None, case_manager)
    lens = snapshot.lens(viewer, areas, days.start, days.end, days.as_at)
    if lens.start > lens.end:
        raise _refusal(
            f"The period ends before it starts: from {lens.start.isoformat()} "
            f"to {lens.end.isoformat()}, as at {lens.as_at.isoformat()}."
        )
    rows = measure_rows(lens, by)
    if as_json:
        document = measures_document(lens, rows, made_up=snapshot.made_up)
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    if snapshot.made_up:
        typer.echo("Made-up data: these records are invented. No real person is described.")
    console = Console()
    # Where nobody looks at a terminal, lines are not broken to its width.
    console = console if console.is_terminal else Console(width=160)
    console.print(measures_table(rows, by))


class _Days:
    """The days given, as dates; as-at not in the future."""

    def __init__(
        self, start: datetime | None, end: datetime | None, as_at: datetime | None
    ) -> None:
        self.start, self.end, self.as_at = (
            each.date() if each else None for each in (start, end, as_at)
        )
        today = datetime.now(LONDON).date()
        if self.as_at and self.as_at > today:
            raise _refusal(f"--as-at {self.as_at.isoformat()} lies in the future.")


def _refusal(words: str) -> typer.Exit:
    """Say what is wrong on standard error; the caller raises what this returns (exit 2)."""
    typer.echo(words, err=True)
    return typer.Exit(2)
